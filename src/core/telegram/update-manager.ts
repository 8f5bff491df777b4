import { AppError, toAppError } from '../../shared/errors.ts';
import { type Backoff, createBackoff } from '../platform/backoff.ts';
import type { PeerId } from '../platform/chat-types.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { createWake } from '../platform/wake.ts';
import { askAccount, askChannel, type AskParts } from './ask-difference.ts';
import { createLogBook, type LogBook, type LogBookParts } from './log-book.ts';
import type { UpdateLog } from './update-log.ts';

export type UpdateManager = Pick<LogBook, 'push' | 'forget'> & {
  /** Takes up what is stored; nothing is asked before `online`. */
  readonly begin: LogBook['begin'];
  /** The connection came or went. With its coming everything is asked for. */
  online(isOnline: boolean): void;
  /** Asks for what the account's log has, at once. */
  ask(): void;
  /** Where a channel's log stands by the list of chats: asks when it is behind, begins to follow when it is new. */
  readonly channelAt: LogBook['channelAt'];
  /** Resolves when the account's log has been asked for to its end after the last `online`; rejects when stopped. */
  caughtUp(signal: AbortSignal): Promise<void>;
  run(signal: AbortSignal): Promise<void>;
};

export type UpdateManagerParts = AskParts &
  Omit<LogBookParts, 'onChange'> & {
    readonly random: Random;
    readonly log: Logger;
    /** The channel answers that it is gone. */
    readonly onGone: (channel: PeerId) => void;
  };

const mostChannelsAtOnce = 3;

/**
 * Keeps the order of Telegram's logs. Pushes may come twice, too early or never; every update is stored once and in
 * the order of its log, because a log moves only in the transaction of what it moved past.
 */
export function createUpdateManager(parts: UpdateManagerParts): UpdateManager {
  const { clock, log, timing } = parts;
  const wake = createWake(clock);
  const book = createLogBook({ ...parts, onChange: wake.ring });
  const { account } = book;
  const backoffOf = createBackoffs(parts);
  let isOnline = false;
  let isBehind = true;
  let onCaughtUp: (() => void)[] = [];
  let askedAt = Number.NEGATIVE_INFINITY;
  let storedAgainAt = Number.NEGATIVE_INFINITY;

  const busyChannels = () => book.logs().filter(({ asking, channel }) => asking && channel !== null).length;

  /** Nothing could be written, most likely for want of space: what was not stored is asked for when it can be. */
  function flush(): void {
    if (clock.elapsed() < storedAgainAt) {
      book.drop();
      return;
    }
    try {
      book.flush();
    } catch (failure) {
      storedAgainAt = clock.elapsed() + timing.diskRetry;
      book.drop();
      log.error({ err: toAppError(failure) }, 'telegram.updates-not-stored');
    }
  }

  async function ask(target: UpdateLog, signal: AbortSignal): Promise<void> {
    const { channel } = target;
    target.asking = true;
    target.wanted = false;
    target.gapAt = undefined;
    try {
      if (channel === null) await askOwn(signal);
      else
        await askChannel(
          parts,
          channel,
          () => target.pts,
          (part) => book.storeChannel(target, channel, part),
        );
      backoffOf(target).reset();
    } catch (failure) {
      if (!signal.aborted) failed(target, toAppError(failure));
    } finally {
      target.asking = false;
      wake.ring();
    }
  }

  function failed(target: UpdateLog, error: AppError): void {
    const { channel } = target;
    if (channel !== null && isGone(error)) {
      book.forget(channel);
      parts.onGone(channel);
      return;
    }
    target.wanted = true;
    target.retryAt = clock.elapsed() + (error.retryAfterMs ?? backoffOf(target).next());
    if (error.reason === 'peer-unknown') parts.onListWanted();
    if (error.code === 'internal') log.error({ err: error, channel }, 'telegram.difference-failed');
    else log.warn({ reason: error.reason ?? error.code, channel }, 'telegram.difference-failed');
  }

  async function askOwn(signal: AbortSignal): Promise<void> {
    askedAt = clock.elapsed();
    await askAccount(parts, book.state, book.storeOwn, signal);
    isBehind = false;
    for (const tell of onCaughtUp.splice(0)) tell();
  }

  const mayAsk = () => book.isBegun() && isOnline;

  function beginAsking(signal: AbortSignal): void {
    const now = clock.elapsed();
    if (!mayAsk() || now < storedAgainAt) return;
    if (now - askedAt >= timing.quiet) {
      account.wanted = true;
      parts.onListWanted();
    }
    let busy = busyChannels();
    for (const target of book.logs()) {
      if (target.gapAt !== undefined && target.gapAt <= now) {
        target.fruitless = Math.min(target.fruitless + 1, 16);
        book.want(target);
      }
      if (!target.wanted || target.asking || target.retryAt > now) continue;
      if (target.channel !== null) {
        if (busy >= mostChannelsAtOnce) continue;
        busy += 1;
      }
      void ask(target, signal);
    }
  }

  /** Until when nothing can happen by itself; the end of what is being asked rings. */
  function idleMs(): number {
    if (!mayAsk()) return timing.quiet;
    const now = clock.elapsed();
    const isFull = busyChannels() >= mostChannelsAtOnce;
    const due = book.logs().flatMap(({ asking, channel, gapAt, wanted, retryAt }) => {
      if (asking || (isFull && channel !== null)) return [];
      return [...(gapAt === undefined ? [] : [gapAt]), ...(wanted ? [retryAt] : [])];
    });
    const soonest = Math.max(Math.min(...due, askedAt + timing.quiet), storedAgainAt);
    return Math.max(1, soonest - now);
  }

  return {
    ...book,
    begin(position, known) {
      askedAt = clock.elapsed();
      book.begin(position, known);
    },
    online(now) {
      isOnline = now;
      if (!now) return;
      isBehind = true;
      for (const target of book.logs()) target.retryAt = Number.NEGATIVE_INFINITY;
      book.want(account);
    },
    ask: () => book.want(account),
    async caughtUp(signal) {
      if (!isBehind) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const abort = () => reject(new AppError('cancelled'));
      signal.addEventListener('abort', abort, { once: true });
      onCaughtUp.push(resolve);
      await promise.finally(() => {
        signal.removeEventListener('abort', abort);
        onCaughtUp = onCaughtUp.filter((other) => other !== resolve);
      });
    },
    async run(signal) {
      while (!signal.aborted) {
        flush();
        beginAsking(signal);
        // The page must be answered between two transactions.
        if (book.hasMore()) await clock.sleep(0, signal);
        else if ((await wake.wait(idleMs(), signal)) === 'rung') await clock.sleep(timing.gather, signal);
      }
    },
  };
}

/** Kept with its log: a channel that is followed no longer takes it along. */
function createBackoffs({ timing, random }: UpdateManagerParts): (target: UpdateLog) => Backoff {
  const policy = { firstMs: timing.backoffFirst, factor: 2, maxMs: timing.backoffMax };
  const backoffs = new WeakMap<UpdateLog, Backoff>();
  return (target) => {
    const known = backoffs.get(target) ?? createBackoff(policy, random);
    backoffs.set(target, known);
    return known;
  };
}

function isGone({ reason }: AppError): boolean {
  return reason === 'chat-gone' || reason === 'write-forbidden';
}
