import { AppError, toAppError } from '../../shared/errors.ts';
import type { AttemptOutcome, OutboxRecord, OutboxStore } from '../db/outbox-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Health, Service } from '../platform/service.ts';
import type { Certainty, Channel } from './channel.ts';

export type OutboxRunner = Service & {
  /** Looks at once: something was queued, or the network is back. */
  wake(): void;
  /** Everything waiting for this account may be tried now: its password was mended. */
  retryAccount(accountId: number): void;
};

/** What follows from an outcome, inside its transaction. */
export type OutboxOutcomes = {
  accepted(record: OutboxRecord, response: string, revision: number): void;
  failed(record: OutboxRecord, code: string, detail: string, revision: number): void;
  unknown(record: OutboxRecord, revision: number): void;
  changed(record: OutboxRecord, revision: number): void;
};

type Parts = {
  readonly db: Db;
  readonly store: OutboxStore;
  readonly channel: Channel;
  readonly outcomes: OutboxOutcomes;
  readonly clock: Clock;
  readonly log: Logger;
};

/** Longer than any delivery may take, so that a lease never ends under a living attempt. */
const leaseMs = 600_000;
/** First a hiccup, then an outage: a letter leaves within a minute of the network's return. */
const retryMs = [2000, 5000, 15_000, 30_000, 60_000] as const;
const refusedLoginMs = 600_000;
const longestWaitMs = 30_000;
const batch = 50;

/** One letter at a time per account, oldest first; accounts do not wait for each other. */
export function createOutboxRunner(parts: Parts): OutboxRunner {
  const { db, store, clock, log } = parts;
  const lanes = new Map<number, Promise<void>>();
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  let wake: () => void = () => {};
  let trouble: string | undefined;

  async function lane(accountId: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const record = store.due(clock.now(), batch).find((row) => row.accountId === accountId);
      if (!record || signal.aborted) return;
      trouble = await attempt(parts, record, signal);
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const { accountId } of store.due(clock.now(), batch)) {
        if (lanes.has(accountId)) continue;
        const task = lane(accountId, signal)
          .catch((error: unknown) => log.error({ err: error, accountId }, 'outbox.lane-failed'))
          .finally(() => {
            lanes.delete(accountId);
            wake();
          });
        lanes.set(accountId, task);
      }
      const nextAt = store.nextDueAt();
      const untilNext = nextAt === undefined || lanes.size > 0 ? longestWaitMs : nextAt - clock.now();
      const woken = new AbortController();
      wake = () => woken.abort();
      await clock
        .sleep(Math.min(longestWaitMs, Math.max(0, untilNext)), AbortSignal.any([signal, woken.signal]))
        .catch(() => {
          // Woken early or stopped: the loop's condition tells which.
        });
    }
    await Promise.all(lanes.values());
  }

  function makeDue(accountId: number): void {
    db.transact((revision) => {
      for (const record of store.inState('queued')) {
        if (record.accountId === accountId && record.attempts > 0) {
          store.save({ ...record, notBefore: clock.now(), revision });
        }
      }
    });
    wake();
  }

  return {
    name: 'outbox',
    wake: () => wake(),
    retryAccount: makeDue,
    async start() {
      recover(parts);
      const stop = new AbortController();
      const unfollow = db.onCommit(({ kinds }) => {
        if (kinds.has('outbox')) wake();
      });
      running = { stop, done: run(stop.signal).finally(unfollow) };
    },
    async stop() {
      running?.stop.abort();
      await running?.done;
      running = undefined;
    },
    health(): Health {
      if (!running) return { state: 'off' };
      const { waiting, unknown, failed } = store.counts();
      const facts = { waiting, unknown, failed };
      if (unknown > 0 || failed > 0) return { state: 'needs-attention', reason: 'letters-not-sent', facts };
      if (trouble !== undefined && waiting > 0) return { state: 'degraded', reason: trouble, facts };
      return { state: 'ok', facts };
    },
  };
}

/** After a crash: what had not begun to leave may be tried again, what had must be looked into. */
export function recover({ db, store, outcomes, clock, log }: Parts): void {
  const interrupted = store.inState('sending');
  if (interrupted.length === 0) return;
  db.transact((revision) => {
    for (const record of interrupted) {
      const unknown = record.wroteAt !== null;
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

/** Returns the reason of a failure, for the health. */
async function attempt(parts: Parts, queued: OutboxRecord, signal: AbortSignal): Promise<string | undefined> {
  const { db, store, channel, outcomes, clock, log } = parts;
  const { attemptId, record } = claim(parts, queued);
  if (!record) return undefined;
  let wrote = false;
  const hooks = {
    wrote() {
      wrote = true;
      db.transact((revision) => store.save({ ...store.require(record.id), wroteAt: clock.now(), revision }));
    },
  };
  try {
    const { response } = await channel.deliver(record, hooks, signal);
    db.transact((revision) => {
      const now = clock.now();
      const accepted = {
        ...store.require(record.id),
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
    log.info({ outboxId: record.id, attempts: record.attempts }, 'outbox.accepted');
    return undefined;
  } catch (thrown) {
    return settleFailure(parts, { record, attemptId, wrote, error: toAppError(thrown) });
  }
}

function claim({ db, store, outcomes, clock }: Parts, queued: OutboxRecord) {
  return db.transact((revision) => {
    const current = store.require(queued.id);
    const now = clock.now();
    if (current.state !== 'queued' || current.notBefore > now) return { attemptId: 0, record: undefined };
    const record = {
      ...current,
      state: 'sending',
      leaseUntil: now + leaseMs,
      wroteAt: null,
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

function settleFailure(parts: Parts, { record, attemptId, wrote, error }: Failure): string {
  const { db, store, outcomes, clock, log } = parts;
  const certainty = certaintyOf(error, wrote);
  const code = error.reason ?? error.code;
  const detail = String(error.details['response'] ?? error.message);
  const now = clock.now();
  const [state, outcome]: [OutboxRecord['state'], AttemptOutcome] =
    certainty === 'unknown'
      ? ['unknown', 'unknown']
      : certainty === 'refused'
        ? ['failed', 'refused']
        : ['queued', 'retry'];
  db.transact((revision) => {
    const next = {
      ...store.require(record.id),
      state,
      leaseUntil: null,
      errorCode: code,
      errorDetail: detail,
      notBefore: state === 'queued' ? now + waitMs(error, record.attempts) : record.notBefore,
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
  return code;
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
  return retryMs[Math.min(attempts, retryMs.length) - 1] ?? retryMs[0];
}
