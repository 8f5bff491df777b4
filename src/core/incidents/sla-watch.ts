import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import type { Logger } from '../platform/logger.ts';
import type { IncidentParts } from './parts.ts';

/** The wall clock may jump and the machine may sleep, so no wait is trusted for longer than this. */
const longestWaitMs = 15_000;
const batch = 100;

/** Raises "at risk" and "overdue" to the second; after sleep or a clock jump everything due is raised at once, in order. */
export function createSlaWatch(parts: IncidentParts, log: Logger): Service {
  const loop = createWatchLoop({
    name: 'sla',
    clock: parts.clock,
    log,
    look() {
      raiseDue(parts, log);
      const nextAt = parts.clocks.nextAlarmAt();
      return nextAt === undefined ? longestWaitMs : Math.min(longestWaitMs, nextAt - parts.clock.now());
    },
  });
  let unfollow: () => void = () => {};

  return {
    name: 'sla',
    async start() {
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('incident')) loop.wake();
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

/** Every alarm whose moment has passed, oldest deadline first. */
function raiseDue(parts: IncidentParts, log: Logger): void {
  for (;;) {
    const now = parts.clock.now();
    const due = parts.clocks.alarming(now, batch);
    if (due.length === 0) return;
    parts.db.transact((revision) => {
      for (const clock of due) {
        const overdue = clock.dueAt !== null && clock.dueAt < now;
        const kind = overdue ? 'overdue' : 'at-risk';
        parts.clocks.save({ ...clock, riskRaised: 1, overdueRaised: overdue ? 1 : clock.overdueRaised });
        parts.alarms.raise(clock.incidentId, kind, now, revision);
        parts.journal.append({
          kind: overdue ? 'incident.overdue' : 'incident.at-risk',
          subject: 'incident',
          subjectId: clock.incidentId,
          actorId: null,
          facts: { kind: clock.kind, dueAt: clock.dueAt ?? 0 },
        });
        parts.incidents.save({ ...parts.incidents.require(clock.incidentId), revision });
        parts.db.touch('alarm');
        parts.db.touch('incident', clock.incidentId);
      }
    });
    log.info({ count: due.length }, 'sla.alarms-raised');
  }
}
