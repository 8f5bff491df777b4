import type { ClockRecord } from '../db/clock-store.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import type { Logger } from '../platform/logger.ts';
import { escalateUnheeded, type OnEscalated } from './escalation.ts';
import type { IncidentParts } from './parts.ts';
import { refresh, rulesByKey } from './run-clock.ts';

/** The wall clock may jump and the machine may sleep, so no wait is trusted for longer than this. */
const longestWaitMs = 15_000;
const batch = 100;
const minuteMs = 60_000;

/**
 * Raises warnings, "at risk" and "overdue" to the second, and tells the shift lead what nobody acknowledged; after sleep
 * or a clock jump everything due is raised at once, in order.
 */
export function createSlaWatch(parts: IncidentParts, log: Logger, onEscalated?: OnEscalated): Service {
  const loop = createWatchLoop({
    name: 'sla',
    clock: parts.clock,
    log,
    look() {
      raiseDue(parts, log);
      escalateUnheeded(parts, log, onEscalated);
      const moments = [parts.clocks.nextAlarmAt(), parts.alarms.nextEscalationAt()];
      const waits = moments.flatMap((at) => (at === undefined ? [] : [at - parts.clock.now()]));
      return Math.min(longestWaitMs, ...waits);
    },
  });
  let unfollow: () => void = () => {};

  return {
    name: 'sla',
    async start() {
      unfollow = parts.db.onCommit(({ kinds }) => {
        if (kinds.has('incident') || kinds.has('alarm')) loop.wake();
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

/** Every alarm whose moment has passed, oldest moment first. */
function raiseDue(parts: IncidentParts, log: Logger): void {
  for (;;) {
    const now = parts.clock.now();
    const due = parts.clocks.alarming(now, batch);
    if (due.length === 0) return;
    parts.db.transact((revision) => {
      const rules = rulesByKey(parts);
      for (const clock of due) {
        const rule = rules.get(clock.kind);
        const kind = raiseFor(parts, clock, { now, warnPercents: rule?.warnPercents ?? [] });
        parts.alarms.raise(clock.incidentId, kind, now, revision);
        if (rule?.escalateMinutes) {
          parts.alarms.escalateAt(clock.incidentId, kind, now, now + rule.escalateMinutes * minuteMs);
        }
        parts.incidents.save({ ...parts.incidents.require(clock.incidentId), revision });
        parts.db.touch('alarm');
        parts.db.touch('incident', clock.incidentId);
      }
    });
    log.info({ count: due.length }, 'sla.alarms-raised');
  }
}

type Look = { readonly now: number; readonly warnPercents: readonly number[] };

/** The most urgent that has come: what is overdue is no longer warned of. */
function raiseFor(
  parts: IncidentParts,
  clock: ClockRecord,
  { now, warnPercents }: Look,
): 'warning' | 'at-risk' | 'overdue' {
  const entry = { subject: 'incident', subjectId: clock.incidentId, actorId: null } as const;
  const facts = { kind: clock.kind, dueAt: clock.dueAt ?? 0 };
  if (clock.dueAt !== null && clock.dueAt < now) {
    const warned = warnPercents.length;
    parts.clocks.save({ ...clock, riskRaised: 1, overdueRaised: 1, warned, warnAt: null });
    parts.journal.append({ ...entry, kind: 'incident.overdue', facts });
    return 'overdue';
  }
  const isRiskFirst = clock.warnAt === null || clock.riskAt === null || clock.riskAt < clock.warnAt;
  if (clock.riskRaised === 0 && clock.riskAt !== null && clock.riskAt <= now && isRiskFirst) {
    parts.clocks.save({ ...clock, riskRaised: 1 });
    parts.journal.append({ ...entry, kind: 'incident.at-risk', facts });
    return 'at-risk';
  }
  const percent = warnPercents[clock.warned] ?? 0;
  refresh(parts, { ...clock, warned: clock.warned + 1 });
  parts.journal.append({ ...entry, kind: 'incident.clock-warning', facts: { ...facts, percent } });
  return 'warning';
}
