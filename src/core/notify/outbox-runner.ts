import type { MessageChannel } from '../../shared/domain/channels.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { AttemptOutcome, OutboxLane, OutboxRecord, OutboxStore } from '../db/outbox-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Health, Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import type { Certainty, Channel } from './channel.ts';

export type OutboxRunner = Service & {
  /** Everything that waits may be tried now: the network is back, or a person asks. */
  wake(): void;
  /** The same for one account: its password was mended, it is signed in again. */
  retryAccount(channel: MessageChannel, accountId: number): void;
};

/** What follows from an outcome, inside its transaction. */
export type OutboxOutcomes = {
  accepted(record: OutboxRecord, response: string, revision: number): void;
  failed(record: OutboxRecord, code: string, detail: string, revision: number): void;
  unknown(record: OutboxRecord, revision: number): void;
  changed(record: OutboxRecord, revision: number): void;
  /** Whether it is too late for it to leave; then what follows is done, and the runner cancels it. */
  tooLate(record: OutboxRecord, revision: number): boolean;
};

type Parts = {
  readonly db: Db;
  readonly store: OutboxStore;
  readonly channels: Readonly<Record<MessageChannel, Channel>>;
  readonly outcomes: OutboxOutcomes;
  readonly clock: Clock;
  readonly log: Logger;
};

/** For whoever reads the table; a living attempt is known by its lane. */
const leaseMs = 600_000;
/** First a hiccup, then an outage: a letter leaves within a minute of the network's return. */
const retriesMs = [2000, 5000, 15_000, 30_000, 60_000] as const;
const refusedLoginMs = 600_000;
/** About an hour of one letter alone being put off, such as by greylisting: then a person must know. */
const mostTries = 60;
const longestWaitMs = 30_000;
/** The database itself failed, most likely for want of space. */
const laneFailedMs = 5000;

/** A file of a gigabyte in one chat must not hold a word in another; more at once would only share the same line. */
const mostChatsAtOnce = 3;

/** Telegram named a time: to ask before it only makes it longer. */
function askedToWait({ errorCode }: OutboxRecord): boolean {
  return errorCode === 'flood-wait' || errorCode === 'slow-mode';
}

type Account = {
  readonly channel: MessageChannel;
  readonly accountId: number;
  /** By `clock.elapsed`: until then the service is left alone, whatever waits. */
  pausedUntil: number;
  trouble: string | undefined;
  /** Lanes at work, by chat; null is the only lane of a mailbox. */
  readonly working: Map<number | null, Promise<void>>;
};

/**
 * One letter at a time per lane, oldest first: a lane is a mailbox, or a chat. Trouble with the service itself pauses
 * the whole account rather than the letter: a younger letter must not overtake, and twenty waiting letters must not be
 * twenty refused logins.
 */
export function createOutboxRunner(parts: Parts): OutboxRunner {
  const { db, store, clock, log } = parts;
  const accounts = new Map<string, Account>();
  const active = new Map<number, AbortController>();
  let stopping = new AbortController();
  let unfollow: () => void = () => {};

  const loop = createWatchLoop({
    name: 'outbox',
    clock,
    log,
    look() {
      recover(parts, active);
      let waitMs = longestWaitMs;
      for (const { at, ...lane } of store.nextDue()) {
        const account = accountOf(lane);
        if (account.working.has(lane.chatId)) continue;
        const readyMs = Math.max(at - clock.now(), account.pausedUntil - clock.elapsed());
        if (readyMs > 0) waitMs = Math.min(waitMs, readyMs);
        else if (account.working.size < mostChatsAtOnce) begin(account, lane);
      }
      return waitMs;
    },
  });

  function accountOf({ channel, accountId }: OutboxLane): Account {
    const key = `${channel} ${accountId}`;
    const account = accounts.get(key) ?? {
      channel,
      accountId,
      pausedUntil: Number.NEGATIVE_INFINITY,
      trouble: undefined,
      working: new Map(),
    };
    accounts.set(key, account);
    return account;
  }

  function begin(account: Account, lane: OutboxLane): void {
    const work = drain(account, lane, stopping.signal)
      .catch((error: unknown) => {
        account.pausedUntil = clock.elapsed() + laneFailedMs;
        log.error({ err: error, channel: lane.channel, accountId: lane.accountId }, 'outbox.lane-failed');
      })
      .finally(() => {
        account.working.delete(lane.chatId);
        loop.wake();
      });
    account.working.set(lane.chatId, work);
  }

  async function drain(account: Account, lane: OutboxLane, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && account.pausedUntil <= clock.elapsed()) {
      const record = store.firstDue(lane, clock.now());
      if (!record) return;
      const ending = new AbortController();
      active.set(record.id, ending);
      try {
        const failure = await attempt(parts, record, AbortSignal.any([signal, ending.signal]));
        account.trouble = failure?.reason;
        if (failure?.pauseMs !== undefined) account.pausedUntil = clock.elapsed() + failure.pauseMs;
      } finally {
        active.delete(record.id);
      }
    }
  }

  /** Its files were still on their way: nobody wants them any more. */
  function endTakenBack(): void {
    for (const [id, ending] of active) {
      if (store.require(id).state === 'cancelled') ending.abort(new AppError('cancelled'));
    }
  }

  function makeDue(only: Pick<OutboxLane, 'channel' | 'accountId'> | undefined): void {
    const isMeant = ({ channel, accountId }: Pick<OutboxLane, 'channel' | 'accountId'>) =>
      only === undefined || (channel === only.channel && accountId === only.accountId);
    for (const account of accounts.values()) {
      if (isMeant(account)) account.pausedUntil = Number.NEGATIVE_INFINITY;
    }
    db.transact((revision) => {
      for (const record of store.inState('queued')) {
        if (isMeant(record) && record.attempts > 0 && !askedToWait(record)) {
          store.save({ ...record, notBefore: Math.min(record.notBefore, clock.now()), revision });
        }
      }
    });
    loop.wake();
  }

  return {
    name: 'outbox',
    wake: () => makeDue(undefined),
    retryAccount: (channel, accountId) => makeDue({ channel, accountId }),
    async start() {
      recover(parts, active);
      stopping = new AbortController();
      unfollow = db.onCommit(({ kinds }) => {
        if (!kinds.has('outbox')) return;
        endTakenBack();
        loop.wake();
      });
      loop.start();
    },
    async stop() {
      unfollow();
      stopping.abort();
      await loop.stop();
      await Promise.all([...accounts.values()].flatMap(({ working }) => [...working.values()]));
    },
    health(): Health {
      const health = loop.health();
      if (health.state !== 'ok') return health;
      const { waiting, unknown, failed } = store.counts();
      const facts = { waiting, unknown, failed };
      if (unknown > 0 || failed > 0) return { state: 'needs-attention', reason: 'letters-not-sent', facts };
      const trouble = [...accounts.values()].find((account) => account.trouble !== undefined)?.trouble;
      if (trouble !== undefined && waiting > 0) return { state: 'degraded', reason: trouble, facts };
      return { state: 'ok', facts };
    },
  };
}

/**
 * After a crash, or an attempt whose outcome could not be written: what had not begun to leave may be tried again,
 * what had must be looked into, unless the channel takes it only once.
 */
function recover(
  { db, store, channels, outcomes, clock, log }: Parts,
  active: ReadonlyMap<number, unknown> = new Map(),
): void {
  const interrupted = store.inState('sending').filter(({ id }) => !active.has(id));
  if (interrupted.length === 0) return;
  db.transact((revision) => {
    for (const record of interrupted) {
      const unknown = record.wroteAt !== null && !channels[record.channel].isIdempotent;
      const next = { ...record, state: unknown ? 'unknown' : 'queued', leaseUntil: null, revision } as const;
      store.save(next);
      const open = store.openAttempt(record.id);
      if (open !== undefined) {
        const outcome = unknown ? 'unknown' : 'retry';
        store.endAttempt(open, { endedAt: clock.now(), outcome, code: 'interrupted', detail: null });
      }
      if (unknown) outcomes.unknown(next, revision);
      else outcomes.changed(next, revision);
    }
    db.touch('outbox');
  });
  log.warn({ count: interrupted.length }, 'outbox.recovered');
}

/** What went wrong, for the health; with a time when the service itself is to be left alone. */
type Trouble = { readonly reason: string; readonly pauseMs: number | undefined };

async function attempt(
  parts: Parts,
  queued: OutboxRecord,
  signal: AbortSignal,
): Promise<Trouble | undefined> {
  const { db, store, clock, log } = parts;
  const channel = parts.channels[queued.channel];
  const { attemptId, record } = claim(parts, queued);
  if (!record) return undefined;
  let wrote = false;
  const hooks = {
    wrote() {
      db.transact((revision) => {
        const current = store.require(record.id);
        // Taken back the moment before.
        if (current.state === 'cancelled') throw new AppError('cancelled');
        store.save({ ...current, wroteAt: clock.now(), revision });
      });
      wrote = true;
    },
  };
  let response: string;
  try {
    ({ response } = await channel.deliver(record, hooks, signal));
  } catch (thrown) {
    return settleFailure(parts, { record, attemptId, wrote, error: toAppError(thrown) });
  }
  settleSuccess(parts, record.id, attemptId, response);
  log.info({ outboxId: record.id, attempts: record.attempts }, 'outbox.accepted');
  return undefined;
}

function settleSuccess(
  { db, store, outcomes, clock }: Parts,
  outboxId: number,
  attemptId: number,
  response: string,
): void {
  db.transact((revision) => {
    const now = clock.now();
    const accepted = {
      ...store.require(outboxId),
      state: 'accepted',
      leaseUntil: null,
      acceptedAt: now,
      errorCode: null,
      errorDetail: null,
      revision,
    } as const;
    store.save(accepted);
    store.endAttempt(attemptId, { endedAt: now, outcome: 'accepted', code: null, detail: response });
    outcomes.accepted(accepted, response, revision);
    db.touch('outbox');
  });
}

function claim({ db, store, channels, outcomes, clock }: Parts, queued: OutboxRecord) {
  return db.transact((revision) => {
    const current = store.require(queued.id);
    const now = clock.now();
    if (current.state !== 'queued' || current.notBefore > now) return { attemptId: 0, record: undefined };
    const cancelled = { ...current, state: 'cancelled', revision } as const;
    if (outcomes.tooLate(cancelled, revision)) {
      store.save(cancelled);
      db.touch('outbox');
      return { attemptId: 0, record: undefined };
    }
    const record = {
      ...current,
      state: 'sending',
      leaseUntil: now + leaseMs,
      // Whether an earlier try was taken stays open where nobody is asked about it.
      wroteAt: channels[current.channel].isIdempotent ? current.wroteAt : null,
      attempts: current.attempts + 1,
      revision,
    } as const;
    store.save(record);
    outcomes.changed(record, revision);
    db.touch('outbox');
    return { attemptId: store.beginAttempt(record.id, now), record };
  });
}

type Failure = {
  readonly record: OutboxRecord;
  readonly attemptId: number;
  readonly wrote: boolean;
  readonly error: AppError;
};

function settleFailure(parts: Parts, { record, attemptId, wrote, error }: Failure): Trouble | undefined {
  const { db, store, outcomes, clock, log } = parts;
  if (store.require(record.id).state === 'cancelled') {
    const ended = { endedAt: clock.now(), outcome: 'retry', code: 'cancelled', detail: null } as const;
    db.transact(() => store.endAttempt(attemptId, ended));
    return undefined;
  }
  const isChannel = error.details['scope'] === 'channel';
  const known = certaintyOf(error, wrote);
  const mayRepeat = known === 'unknown' && parts.channels[record.channel].isIdempotent;
  const isEndless = isChannel || error.details['scope'] === 'chat' || error.code === 'cancelled';
  const isWorn = !isEndless && record.attempts >= mostTries;
  const certainty = decide(known, mayRepeat, isWorn);
  const code = error.reason ?? error.code;
  const detail = String(error.details['response'] ?? error.message);
  const now = clock.now();
  const retryMs = waitMs(error, record.attempts);
  const [state, outcome]: [OutboxRecord['state'], AttemptOutcome] =
    certainty === 'unknown'
      ? ['unknown', 'unknown']
      : certainty === 'refused'
        ? ['failed', 'refused']
        : ['queued', 'retry'];
  db.transact((revision) => {
    const current = store.require(record.id);
    const next = {
      ...current,
      state,
      wroteAt: known === 'not-sent' ? record.wroteAt : current.wroteAt,
      leaseUntil: null,
      errorCode: code,
      errorDetail: detail,
      notBefore: state === 'queued' ? now + retryMs : record.notBefore,
      revision,
    };
    store.save(next);
    store.endAttempt(attemptId, { endedAt: now, outcome, code, detail });
    if (state === 'failed') outcomes.failed(next, code, detail, revision);
    else if (state === 'unknown') outcomes.unknown(next, revision);
    else outcomes.changed(next, revision);
    db.touch('outbox');
  });
  log.warn({ outboxId: record.id, outcome, code, attempts: record.attempts }, 'outbox.attempt-failed');
  return { reason: code, pauseMs: state === 'queued' && isChannel ? retryMs : undefined };
}

function decide(known: Certainty, mayRepeat: boolean, isWorn: boolean): Certainty {
  if (known === 'not-sent') return isWorn ? 'refused' : 'not-sent';
  return mayRepeat && !isWorn ? 'not-sent' : known;
}

function certaintyOf(error: AppError, wrote: boolean): Certainty {
  const { certainty } = error.details;
  if (certainty === 'not-sent' || certainty === 'refused' || certainty === 'unknown') return certainty;
  return wrote ? 'unknown' : 'not-sent';
}

function waitMs(error: AppError, attempts: number): number {
  if (error.retryAfterMs !== undefined) return error.retryAfterMs;
  // A refused login is mended by a person; asking again and again would lock the mailbox.
  if (error.code === 'denied') return refusedLoginMs;
  return retriesMs[Math.min(attempts, retriesMs.length) - 1] ?? retriesMs[0];
}
