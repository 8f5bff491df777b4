import { toAppError } from '../../shared/errors.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { fallSilent } from './call-answers.ts';
import type { CallParts } from './call-parts.ts';
import { contractorSilent } from './contractor-requests.ts';
import { tellCall } from './tell-call.ts';
import { raise } from './turns.ts';

const longestWaitMs = 15_000;
const batch = 50;
/** After a start or a sleep answers that came meanwhile are read before anybody is passed over. */
const answersFirstMs = 20_000;
const sleptMs = 60_000;

/** Technicians who do not answer, norms that are missed, contractors who say nothing. */
export function createCallWatch(parts: CallParts, log: Logger): Service {
  const { clock, turns } = parts;
  let lookedAt: number | undefined;
  let holdUntil = 0;
  const loop = createWatchLoop({
    name: 'calls',
    clock,
    log,
    look() {
      const now = clock.now();
      if (lookedAt === undefined || now - lookedAt > sleptMs || now < lookedAt) {
        holdUntil = now + answersFirstMs;
      }
      lookedAt = now;
      if (now < holdUntil) return holdUntil - now;
      runDue(parts, log);
      const next = Math.min(
        turns.nextDueAt() ?? Number.MAX_SAFE_INTEGER,
        parts.contractors.nextSilentAt() ?? Number.MAX_SAFE_INTEGER,
      );
      return Math.min(longestWaitMs, Math.max(0, next - clock.now()));
    },
  });
  let unfollow: () => void = () => {};
  return {
    name: 'calls',
    async start() {
      lookedAt = undefined;
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('call')) loop.wake();
      });
      loop.start();
    },
    stop() {
      unfollow();
      return loop.stop();
    },
    health: loop.health,
  };
}

/** Everything that is due, in the order in which it fell due, each in a transaction of its own. */
export function runDue(parts: CallParts, log: Logger): void {
  for (;;) {
    const due = collect(parts);
    if (due.length === 0) return;
    let failure: unknown;
    for (const { run } of due) {
      // One that cannot be done must not keep the others waiting.
      try {
        parts.db.transact(run);
      } catch (thrown) {
        log.error({ err: toAppError(thrown) }, 'calls.step-failed');
        failure = thrown;
      }
    }
    if (failure !== undefined) throw failure;
  }
}

type Due = { readonly at: number; readonly run: (revision: number) => void };

function collect(parts: CallParts): Due[] {
  const now = parts.clock.now();
  const silent = parts.turns.silent(now, batch).map(({ callId, silentAt }) => ({
    at: silentAt ?? now,
    run: (revision: number) => fallSilent(parts, callId, revision),
  }));
  const overdue = parts.turns.overdue(now, batch).map(({ callId, kind, dueAt }) => ({
    at: dueAt,
    run: (revision: number) => {
      parts.turns.markRaised(callId, kind);
      const call = parts.calls.require(callId);
      tellCall(parts, call, { event: 'overdue', mover: { actor: null, by: 'time' }, reason: kind }, revision);
      raise(parts, call, 'call-overdue', revision);
    },
  }));
  const contractors = parts.contractors.silent(now, batch).map(({ id, silentAt }) => ({
    at: silentAt ?? now,
    run: (revision: number) => contractorSilent(parts, id, revision),
  }));
  return [...silent, ...overdue, ...contractors].toSorted((a, b) => a.at - b.at);
}
