import { AppError, toAppError } from '../../shared/errors.ts';
import { type Backoff, createBackoff } from '../platform/backoff.ts';
import type { PeerId } from '../platform/chat-types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { createWake } from '../platform/wake.ts';
import { type AccountPart, askAccount, askChannel, type AskParts } from './ask-difference.ts';
import type { Peer, PositionedUpdate, Update, UpdateBatch, UpdateState } from './telegram-port.ts';
import type { TelegramTiming } from './telegram-timing.ts';
import { createUpdateLog, type Placed, takeReady, type UpdateLog } from './update-log.ts';

/** Rows and the positions they bring the logs to: one transaction. */
export type LogPart = {
  /** What has no place in any log. */
  readonly loose: readonly Update[];
  readonly updates: readonly Update[];
  readonly peers: readonly Peer[];
  readonly account?: UpdateState;
  readonly channels?: ReadonlyMap<PeerId, number>;
};

export type LogSink = {
  /** Throws when nothing could be written: no log has moved then. */
  commit(part: LogPart): void;
  /** Whether this peer can be shown and addressed. */
  knows(peer: PeerId): boolean;
};

export type UpdateManager = {
  /** Takes up what is stored; nothing is asked before `online`. */
  begin(account: UpdateState, channels: Iterable<readonly [PeerId, number]>): void;
  push(batch: UpdateBatch): void;
  /** The connection came or went. With its coming everything is asked for. */
  online(isOnline: boolean): void;
  /** Asks for what the account's log has, at once. */
  ask(): void;
  /** Where a channel's log stands by the list of chats: asks when it is behind, begins to follow when it is new. */
  channelAt(channel: PeerId, pts: number): void;
  /** Left or gone: its log is followed no longer. */
  forget(channel: PeerId): void;
  /** Resolves when the account's log has been asked for to its end after the last `online`; rejects when stopped. */
  caughtUp(signal: AbortSignal): Promise<void>;
  run(signal: AbortSignal): Promise<void>;
};

export type UpdateManagerParts = AskParts & {
  readonly sink: LogSink;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly timing: TelegramTiming;
  /** A channel nobody has heard of wrote, or one cannot be asked: the list of chats knows more. */
  readonly onListWanted: () => void;
  /** The channel answers that it is gone. */
  readonly onGone: (channel: PeerId) => void;
};

/** As many in one transaction: some ten milliseconds of the loop. */
const mostAtOnce = 300;
/** More that came too early are thrown away: asking brings them back. */
const mostWaiting = 5000;
const mostChannelsAtOnce = 3;

/**
 * Keeps the order of Telegram's logs. Pushes may come twice, too early or never; every update is stored once and in
 * the order of its log, because a log moves only in the transaction of what it moved past.
 */
export function createUpdateManager(parts: UpdateManagerParts): UpdateManager {
  const { sink, clock, random, log, timing } = parts;
  const wake = createWake(clock);
  const policy = { firstMs: timing.backoffFirst, factor: 2, maxMs: timing.backoffMax };
  const backoffs = new Map<UpdateLog, Backoff>();
  const channels = new Map<PeerId, UpdateLog>();
  const account = createUpdateLog(null, 0);
  let state: UpdateState = { pts: 0, qts: 0, date: 0, seq: 0 };
  let isBegun = false;
  let isOnline = false;
  let isBehind = true;
  let onCaughtUp: (() => void)[] = [];
  let incoming: PositionedUpdate[] = [];
  let peers: Peer[] = [];
  let askedAt = Number.NEGATIVE_INFINITY;
  let storedAgainAt = Number.NEGATIVE_INFINITY;

  const logs = () => [account, ...channels.values()];

  function want(target: UpdateLog): void {
    target.wanted = true;
    target.gapAt = undefined;
    wake.ring();
  }

  function logOf(update: PositionedUpdate & { pts: number }): UpdateLog {
    if (update.channel === null) return account;
    const known = channels.get(update.channel);
    if (known) return known;
    const created = createUpdateLog(update.channel, update.pts - update.count);
    channels.set(update.channel, created);
    parts.onListWanted();
    return created;
  }

  function sortIn(update: PositionedUpdate, loose: Update[]): void {
    if (update.update.kind === 'too-long') {
      const target = update.channel === null ? account : channels.get(update.channel);
      if (target) want(target);
      else parts.onListWanted();
      return;
    }
    const { pts } = update;
    if (pts === null) {
      loose.push(update.update);
      return;
    }
    const target = logOf({ ...update, pts });
    if (target.waiting.length < mostWaiting) {
      target.waiting.push({ ...update, pts });
      return;
    }
    target.waiting = [];
    want(target);
  }

  /** Stores what can be stored of what has come. */
  function flush(): void {
    const batch = incoming.splice(0, mostAtOnce);
    const known = peers;
    peers = [];
    const loose: Update[] = [];
    for (const update of batch) sortIn(update, loose);
    const named = new Set(known.flatMap((peer) => (peer.isMin ? [] : [peer.id])));
    const isKnown = ({ update }: PositionedUpdate) =>
      update.kind !== 'message' || named.has(update.message.peer) || sink.knows(update.message.peer);
    const taken = logs().flatMap((target) =>
      target.asking || target.waiting.length === 0 ? [] : [{ target, ready: takeReady(target, isKnown) }],
    );
    const placed = taken.flatMap(({ ready }) => ready.updates);
    if (loose.length + placed.length + known.length > 0) {
      store(loose, placed, known, new Map(taken.map(({ target, ready }) => [target, ready.pts])));
    }
    for (const { target, ready } of taken) {
      target.waiting = ready.waiting;
      if (ready.isBlocked) {
        target.unknownAt = ready.waiting[0]?.pts;
        want(target);
      } else if (ready.waiting.length === 0) target.gapAt = undefined;
      else target.gapAt ??= clock.elapsed() + gapMs(target);
    }
  }

  function store(
    loose: readonly Update[],
    placed: readonly Placed[],
    known: readonly Peer[],
    ends: ReadonlyMap<UpdateLog, number>,
  ): void {
    const moved = [...ends].filter(([target, pts]) => target.pts !== pts);
    const own = ends.get(account) ?? account.pts;
    commit(
      {
        loose,
        updates: placed.map(({ update }) => update),
        peers: known,
        ...(own === account.pts ? {} : { account: { ...state, pts: own } }),
        channels: new Map(
          moved.flatMap(([{ channel }, pts]) => (channel === null ? [] : [[channel, pts] as const])),
        ),
      },
      moved,
    );
  }

  function commit(part: LogPart, moved: readonly (readonly [UpdateLog, number])[]): void {
    sink.commit(part);
    if (part.account) state = part.account;
    for (const [target, pts] of moved) {
      target.fruitless = 0;
      target.pts = pts;
    }
  }

  /** Asked for in vain, it is asked for ever more rarely: the server may not have it either. */
  function gapMs({ fruitless }: UpdateLog): number {
    return Math.min(timing.gap * 2 ** fruitless, timing.backoffMax);
  }

  /** Nothing could be written, most likely for want of space: what was not stored is asked for when it can be. */
  function keepTrying(failure: unknown): void {
    const error = toAppError(failure);
    storedAgainAt = clock.elapsed() + timing.diskRetry;
    for (const target of logs()) {
      target.waiting = [];
      want(target);
    }
    log.error({ err: error }, 'telegram.updates-not-stored');
  }

  async function ask(target: UpdateLog, signal: AbortSignal): Promise<void> {
    target.asking = true;
    target.wanted = false;
    target.gapAt = undefined;
    const backoff = backoffs.get(target) ?? createBackoff(policy, random);
    backoffs.set(target, backoff);
    try {
      if (target.channel === null) await askOwn(signal);
      else await askChannel(parts, target.channel, () => target.pts, storeChannel(target));
      backoff.reset();
    } catch (failure) {
      const error = toAppError(failure);
      if (error.code === 'cancelled') return;
      if (target.channel !== null && isGone(error)) {
        channels.delete(target.channel);
        parts.onGone(target.channel);
        return;
      }
      target.wanted = true;
      target.retryAt = clock.elapsed() + (error.retryAfterMs ?? backoff.next());
      if (error.reason === 'peer-unknown') parts.onListWanted();
      log.warn({ reason: error.reason ?? error.code, channel: target.channel }, 'telegram.difference-failed');
    } finally {
      target.asking = false;
      wake.ring();
    }
  }

  async function askOwn(signal: AbortSignal): Promise<void> {
    askedAt = clock.elapsed();
    await askAccount(parts, () => state, storeOwn, signal);
    isBehind = false;
    for (const tell of onCaughtUp.splice(0)) tell();
  }

  function storeOwn({ updates = [], peers: known, account: position }: AccountPart): void {
    // A channel's update among them is a push of that channel's log.
    const isPush = ({ channel, pts, update }: PositionedUpdate) =>
      update.kind === 'too-long' || (channel !== null && pts !== null);
    commit(
      {
        loose: [],
        updates: updates.flatMap((each) => (isPush(each) ? [] : [each.update])),
        peers: known,
        ...(position ? { account: position } : {}),
      },
      position ? [[account, position.pts]] : [],
    );
    incoming.push(...updates.filter(isPush));
  }

  function storeChannel(target: UpdateLog) {
    return ({
      updates,
      peers: known,
      pts,
    }: {
      updates: readonly Update[];
      peers: readonly Peer[];
      pts: number;
    }) => {
      const channel = target.channel ?? '';
      commit({ loose: [], updates, peers: known, channels: new Map([[channel, pts]]) }, [[target, pts]]);
    };
  }

  function beginAsking(signal: AbortSignal): void {
    if (!isBegun || !isOnline || clock.elapsed() < storedAgainAt) return;
    const now = clock.elapsed();
    if (now - askedAt >= timing.quiet) {
      account.wanted = true;
      parts.onListWanted();
    }
    let busy = [...channels.values()].filter(({ asking }) => asking).length;
    for (const target of logs()) {
      if (target.gapAt !== undefined && target.gapAt <= now) {
        target.fruitless = Math.min(target.fruitless + 1, 16);
        want(target);
      }
      if (!target.wanted || target.asking || target.retryAt > now) continue;
      if (target.channel !== null) {
        if (busy >= mostChannelsAtOnce) continue;
        busy += 1;
      }
      void ask(target, signal);
    }
  }

  /** Until when nothing can happen by itself. */
  function idleMs(): number {
    const now = clock.elapsed();
    const due = logs().flatMap((target) => [
      ...(target.gapAt === undefined ? [] : [target.gapAt]),
      ...(target.wanted && !target.asking && isOnline ? [Math.max(target.retryAt, storedAgainAt)] : []),
    ]);
    const soonest = Math.min(
      ...due,
      isOnline ? askedAt + timing.quiet : Number.POSITIVE_INFINITY,
      now + timing.quiet,
    );
    return Math.max(1, soonest - now);
  }

  return {
    begin(position, known) {
      isBegun = true;
      askedAt = clock.elapsed();
      state = position;
      account.pts = position.pts;
      for (const [channel, pts] of known) channels.set(channel, createUpdateLog(channel, pts));
      wake.ring();
    },
    push(batch) {
      // Before the first position is asked for, it includes them.
      if (!isBegun) return;
      incoming.push(...batch.updates);
      peers.push(...batch.peers);
      wake.ring();
    },
    online(now) {
      isOnline = now;
      if (!now) return;
      isBehind = true;
      for (const target of logs()) target.retryAt = Number.NEGATIVE_INFINITY;
      want(account);
    },
    ask: () => want(account),
    channelAt(channel, pts) {
      const known = channels.get(channel);
      if (!known) channels.set(channel, createUpdateLog(channel, pts));
      else if (known.pts < pts && !known.asking) want(known);
    },
    forget: (channel) => void channels.delete(channel),
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
        if (clock.elapsed() >= storedAgainAt) {
          try {
            flush();
          } catch (failure) {
            keepTrying(failure);
          }
        } else {
          incoming = [];
          peers = [];
        }
        beginAsking(signal);
        // The page must be answered between two transactions.
        if (incoming.length > 0) await clock.sleep(0, signal);
        else if ((await wake.wait(idleMs(), signal)) === 'rung') await clock.sleep(timing.gather, signal);
      }
    },
  };
}

function isGone({ reason }: AppError): boolean {
  return reason === 'chat-gone' || reason === 'write-forbidden';
}
