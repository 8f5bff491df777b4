import { AppError } from '../../shared/errors.ts';
import type { ClockRecord } from '../db/clock-store.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { targetMsOf, withDeadline } from './sla-clock.ts';

/** Reason of the pause that covers the time an incident lay closed before it was reopened. */
const closedPause = 'closed';

export function startClock(
  parts: IncidentParts,
  incidentId: number,
  startedAt: number,
  slaMinutes: number | null,
): void {
  const targetMs = targetMsOf(slaMinutes);
  const fresh = {
    incidentId,
    kind: 'sla',
    startedAt,
    targetMs,
    riskAt: null,
    dueAt: null,
    pausedAt: null,
    remainingMs: null,
    pauseReason: null,
    endedAt: null,
    riskRaised: 0,
    overdueRaised: 0,
  } as const;
  const id = parts.clocks.insert(fresh);
  refresh(parts, { ...fresh, id });
  parts.journal.append({
    kind: 'incident.clock-started',
    subject: 'incident',
    subjectId: incidentId,
    actorId: null,
    facts: { kind: 'sla', startedAt },
  });
}

/** The first letter turned out to be older than the one that opened the incident. */
export function startClockEarlier(parts: IncidentParts, incidentId: number, startedAt: number): void {
  const clock = parts.clocks.ofIncident(incidentId);
  if (clock && startedAt < clock.startedAt) refresh(parts, { ...clock, startedAt });
}

/** Returns the new deadline, or null while there is none. */
export function setTarget(
  parts: IncidentParts,
  incidentId: number,
  slaMinutes: number | null,
): number | null {
  const clock = requireClock(parts, incidentId);
  return refresh(parts, { ...clock, targetMs: targetMsOf(slaMinutes) }).dueAt;
}

/** Throws `conflict` (reasons `clock-paused`, `clock-ended`). */
export function pauseClock(parts: IncidentParts, incidentId: number, reason: string, actor: Actor): number {
  const clock = requireClock(parts, incidentId);
  if (clock.endedAt !== null) throw new AppError('conflict', { details: { reason: 'clock-ended' } });
  if (clock.pausedAt !== null) throw new AppError('conflict', { details: { reason: 'clock-paused' } });
  const now = parts.clock.now();
  parts.clocks.beginPause({ clockId: clock.id, startedAt: now, reason, actorId: actor });
  const paused = refresh(parts, { ...clock, pausedAt: now, pauseReason: reason });
  return parts.journal.append({
    kind: 'incident.clock-paused',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { kind: 'sla', reason, remainingMs: paused.remainingMs, pausedAt: now },
  });
}

/** Throws `conflict` (reason `clock-running`). */
export function resumeClock(parts: IncidentParts, incidentId: number, actor: Actor): number {
  const clock = requireClock(parts, incidentId);
  if (clock.pausedAt === null) throw new AppError('conflict', { details: { reason: 'clock-running' } });
  const now = parts.clock.now();
  parts.clocks.endPause(clock.id, now);
  const resumed = refresh(parts, { ...clock, pausedAt: null, pauseReason: null });
  return parts.journal.append({
    kind: 'incident.clock-resumed',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { kind: 'sla', pausedMs: Math.max(0, now - clock.pausedAt), dueAt: resumed.dueAt },
  });
}

export function endClock(parts: IncidentParts, incidentId: number, actor: Actor): void {
  const clock = parts.clocks.ofIncident(incidentId);
  if (!clock || clock.endedAt !== null) return;
  const now = parts.clock.now();
  if (clock.pausedAt !== null) parts.clocks.endPause(clock.id, now);
  const ended = refresh(parts, { ...clock, pausedAt: null, pauseReason: null, endedAt: now });
  parts.journal.append({
    kind: 'incident.clock-ended',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { kind: 'sla', endedAt: now, met: ended.dueAt === null ? null : now <= ended.dueAt },
  });
}

/** Runs on after closing: the time it lay closed does not count, unless the closing is undone as a slip. */
export function restartClock(
  parts: IncidentParts,
  incidentId: number,
  why: 'reopened' | 'undo',
  actor: Actor,
): void {
  const clock = parts.clocks.ofIncident(incidentId);
  if (!clock || clock.endedAt === null) return;
  if (why === 'reopened') {
    parts.clocks.beginPause({
      clockId: clock.id,
      startedAt: clock.endedAt,
      reason: closedPause,
      actorId: actor,
    });
    parts.clocks.endPause(clock.id, parts.clock.now());
  }
  refresh(parts, { ...clock, endedAt: null });
  parts.journal.append({
    kind: 'incident.clock-restarted',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { kind: 'sla', why },
  });
}

function refresh(parts: IncidentParts, clock: ClockRecord): ClockRecord {
  const pauses = parts.clocks.pauses(clock.id);
  const saved = withDeadline(clock, pauses, parts.clock.now(), parts.calendar);
  parts.clocks.save(saved);
  return saved;
}

function requireClock(parts: IncidentParts, incidentId: number): ClockRecord {
  const clock = parts.clocks.ofIncident(incidentId);
  if (!clock) throw new AppError('not-found', { details: { reason: 'clock' } });
  return clock;
}
