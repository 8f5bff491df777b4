import type { Health, Service } from '../platform/service.ts';
import type { Logger } from '../platform/logger.ts';
import type { IncidentParts } from './parts.ts';

/** The wall clock may jump and the machine may sleep, so no wait is trusted for longer than this. */
const longestWaitMs = 15_000;
const batch = 100;

/** Raises "at risk" and "overdue" to the second; after sleep or a clock jump everything due is raised at once, in order. */
export function createSlaWatch(parts: IncidentParts, log: Logger): Service {
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  let wake: () => void = () => {};

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      raiseDue(parts, log);
      const nextAt = parts.clocks.nextAlarmAt();
      const waitMs =
        nextAt === undefined ? longestWaitMs : Math.min(longestWaitMs, nextAt - parts.clock.now());
      const woken = new AbortController();
      wake = () => woken.abort();
      await parts.clock.sleep(Math.max(0, waitMs), AbortSignal.any([signal, woken.signal])).catch(() => {
        // Woken early or stopped: the loop's condition tells which.
      });
    }
  }

  return {
    name: 'sla',
    async start() {
      const stop = new AbortController();
      const unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('incident')) wake();
      });
      running = { stop, done: run(stop.signal).finally(unfollow) };
    },
    async stop() {
      running?.stop.abort();
      await running?.done;
      running = undefined;
    },
    health: (): Health => ({ state: running ? 'ok' : 'off' }),
  };
}

/** Every alarm whose moment has passed, oldest deadline first. */
export function raiseDue(parts: IncidentParts, log: Logger): void {
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
