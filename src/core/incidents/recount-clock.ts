import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { ClockRecord } from '../db/clock-store.ts';
import { targetMsOf } from './clock-deadline.ts';
import { followPause } from './follow-status.ts';
import type { IncidentParts } from './parts.ts';
import { counted, targetMinutes } from './run-clock.ts';
import { saveIncident } from './save-incident.ts';

export type MovedBecause = Pick<JournalFacts['incident.deadline-moved'], 'because' | 'name'> & {
  /** The rule has another length now: that of its running clocks is taken anew. */
  readonly retargets?: boolean;
};

/** An open clock as it is counted now; the journal says so when its deadline moved. Returns whether it did. */
function recountClock(
  parts: IncidentParts,
  clock: ClockRecord,
  { because, name, retargets = false }: MovedBecause,
): boolean {
  const next = counted(parts, retargets ? retargeted(parts, clock) : clock);
  const { dueAt, riskAt, warnAt, targetMs, remainingMs } = next;
  const isSame =
    dueAt === clock.dueAt &&
    riskAt === clock.riskAt &&
    warnAt === clock.warnAt &&
    targetMs === clock.targetMs &&
    remainingMs === clock.remainingMs;
  if (isSame) return false;
  parts.clocks.save(next);
  if (dueAt === clock.dueAt) return false;
  parts.journal.append({
    kind: 'incident.deadline-moved',
    subject: 'incident',
    subjectId: clock.incidentId,
    actorId: null,
    facts: { kind: clock.kind, from: clock.dueAt, to: dueAt, because, name },
  });
  return true;
}

function retargeted(parts: IncidentParts, clock: ClockRecord): ClockRecord {
  const rule = parts.clockRules.require(clock.kind);
  const incident = parts.incidents.require(clock.incidentId);
  return { ...clock, targetMs: targetMsOf(targetMinutes(parts, incident, rule)) };
}

/** Inside a transaction that saves the incident afterwards: another region may have other hours of the day. */
export function clocksFollowPlace(parts: IncidentParts, incidentId: number): void {
  const name = parts.clockZone(incidentId);
  for (const clock of parts.clocks.all(incidentId)) {
    if (clock.endedAt === null) recountClock(parts, clock, { because: 'region', name });
  }
}

/** A whole incident's open clock after a calendar or a rule was edited: its pause follows the rule too. */
export function recountAfterEdit(
  parts: IncidentParts,
  clock: ClockRecord,
  cause: MovedBecause,
  revision: number,
): void {
  const incident = parts.incidents.require(clock.incidentId);
  let hasMoved = recountClock(parts, clock, cause);
  if (cause.because === 'rule') {
    const fresh = parts.clocks.ofIncident(clock.incidentId, clock.kind) ?? clock;
    const rule = parts.clockRules.find(clock.kind);
    followPause(parts, fresh, { rule, statusId: incident.statusId, actor: null });
    hasMoved ||= parts.clocks.ofIncident(clock.incidentId, clock.kind)?.pausedAt !== clock.pausedAt;
  }
  if (hasMoved) saveIncident(parts, incident, revision);
}
