import { toAppError } from '../../shared/errors.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { closingProblems } from './closing-problems.ts';
import { moveToStatus } from './change-incident.ts';
import type { IncidentParts } from './parts.ts';
import { wakeUp } from './postpone.ts';
import { raiseReminder } from './reminders.ts';
import { saveDecision } from './save-incident.ts';

/** The wall clock may jump and the machine may sleep, so no wait is trusted for longer than this. */
const longestWaitMs = 15_000;
const batch = 100;

/** Wakes what was postponed, closes what silence closes and reminds, to the second; after sleep everything due at once, in order. */
export function createLifeWatch(parts: IncidentParts, log: Logger): Service {
  const loop = createWatchLoop({
    name: 'life',
    clock: parts.clock,
    log,
    look() {
      runDue(parts, log);
      const moments = [parts.life.nextAt(), parts.reminders.nextAt()].filter(
        (moment) => moment !== undefined,
      );
      return Math.min(longestWaitMs, ...moments.map((moment) => moment - parts.clock.now()));
    },
  });
  let unfollow: () => void = () => {};

  return {
    name: 'life',
    async start() {
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('incident') || kinds.has('personal')) loop.wake();
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

type Due = { readonly at: number; readonly run: (revision: number) => void };

function runDue(parts: IncidentParts, log: Logger): void {
  for (;;) {
    const due = collect(parts);
    if (due.length === 0) return;
    let failure: unknown;
    for (const { run } of due) {
      // One that cannot be done must not keep the others waiting.
      try {
        parts.db.transact(run);
      } catch (thrown) {
        log.error({ err: toAppError(thrown) }, 'life.step-failed');
        failure = thrown;
      }
    }
    log.info({ count: due.length }, 'life.steps-done');
    if (failure !== undefined) throw failure;
  }
}

function collect(parts: IncidentParts): Due[] {
  const now = parts.clock.now();
  const waking = parts.life.wakingUp(now, batch).map(({ id, at }) => ({
    at,
    run: (revision: number) => wakeUp(parts, parts.incidents.require(id), undefined, revision),
  }));
  const closing = parts.life
    .closing(now, batch)
    .map(({ id, at }) => ({ at, run: (revision: number) => closeBySilence(parts, id, revision) }));
  const reminding = parts.reminders.due(now, batch).map((reminder) => ({
    at: reminder.at,
    run: (revision: number) => raiseReminder(parts, reminder, revision),
  }));
  return [...waking, ...closing, ...reminding].toSorted((a, b) => a.at - b.at);
}

/** What still lacks something is not closed in silence: somebody hears of it. */
function closeBySilence(parts: IncidentParts, id: number, revision: number): void {
  const incident = parts.incidents.require(id);
  const problems = closingProblems(parts, id);
  if (problems.length === 0) {
    const { id: statusId } = parts.reference.statusByKey('closed');
    moveToStatus(parts, incident, { statusId, why: 'auto-close', actor: null }, revision);
    return;
  }
  parts.journal.append({
    kind: 'incident.auto-close-refused',
    subject: 'incident',
    subjectId: id,
    actorId: null,
    facts: { problems: problems.map(({ kind }) => kind) },
  });
  saveDecision(parts, { ...incident, autoCloseAt: null }, revision);
  parts.alarms.raise(id, 'woke', parts.clock.now(), revision);
  parts.db.touch('alarm', id);
}
