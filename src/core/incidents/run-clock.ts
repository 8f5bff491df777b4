import { aroundTheClock } from '../../shared/domain/working-calendar.ts';
import { AppError } from '../../shared/errors.ts';
import type { ClockEnd, ClockRecord, PauseRecord } from '../db/clock-store.ts';
import type { ClockRuleRecord } from '../db/clock-rule-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { targetMsOf, withDeadline } from './clock-deadline.ts';
import type { Actor, IncidentParts } from './parts.ts';

/** Reason of the pause that covers the time a clock stood ended before it ran on. */
const closedPause = 'closed';

/** Those that begin by themselves; works wait for a hand. */
export function startClocks(parts: IncidentParts, incident: IncidentRecord): void {
  for (const rule of parts.clockRules.all()) {
    if (!rule.active || rule.starts === 'hand') continue;
    const startedAt = rule.starts === 'registered' ? incident.registeredAt : incident.openedAt;
    beginClock(parts, incident, rule, startedAt);
    parts.journal.append({
      kind: 'incident.clock-started',
      subject: 'incident',
      subjectId: incident.id,
      actorId: null,
      facts: { kind: rule.key, startedAt },
    });
  }
}

/** Writes a clock that runs from a moment; the journal is the caller's. */
export function beginClock(
  parts: IncidentParts,
  incident: IncidentRecord,
  rule: ClockRuleRecord,
  startedAt: number,
): ClockRecord {
  const fresh = {
    incidentId: incident.id,
    kind: rule.key,
    startedAt,
    targetMs: targetMsOf(targetMinutes(parts, incident, rule)),
    riskAt: null,
    dueAt: null,
    pausedAt: null,
    remainingMs: null,
    pauseReason: null,
    endedAt: null,
    endedBy: null,
    warnAt: null,
    warned: 0,
    riskRaised: 0,
    overdueRaised: 0,
  } as const;
  const id = parts.clocks.insert(fresh);
  return refresh(parts, { ...fresh, id });
}

export function targetMinutes(
  parts: Pick<IncidentParts, 'reference' | 'clockRules'>,
  incident: Pick<IncidentRecord, 'typeId' | 'repairPriorityId'>,
  rule: ClockRuleRecord,
): number | null {
  if (rule.target === 'fixed') return rule.targetMinutes;
  if (rule.target === 'type') {
    return incident.typeId === null ? null : parts.reference.type(incident.typeId).slaMinutes;
  }
  return incident.repairPriorityId === null
    ? null
    : parts.clockRules.repairMinutes(incident.repairPriorityId);
}

/** The first letter turned out to be older than the one that opened the incident. */
export function startClockEarlier(parts: IncidentParts, incidentId: number, startedAt: number): void {
  const rules = rulesByKey(parts);
  for (const clock of parts.clocks.all(incidentId)) {
    const isOfLetter = rules.get(clock.kind)?.starts === 'registered';
    if (isOfLetter && startedAt < clock.startedAt) refresh(parts, { ...clock, startedAt });
  }
}

/** For every clock that takes as long as the type says. Returns the incident's own new deadline, or null. */
export function setTarget(
  parts: IncidentParts,
  incidentId: number,
  slaMinutes: number | null,
): number | null {
  retarget(parts, incidentId, 'type', slaMinutes);
  return requireClock(parts, incidentId, 'sla').dueAt;
}

/** For every clock that takes as long as the priority of the repair says; returns the repair's deadline, or null. */
export function setRepairTarget(
  parts: IncidentParts,
  incidentId: number,
  minutes: number | null,
): number | null {
  retarget(parts, incidentId, 'repair-priority', minutes);
  return parts.clocks.ofIncident(incidentId, 'repair')?.dueAt ?? null;
}

function retarget(
  parts: IncidentParts,
  incidentId: number,
  target: ClockRuleRecord['target'],
  minutes: number | null,
): void {
  const rules = rulesByKey(parts);
  for (const clock of parts.clocks.all(incidentId)) {
    if (rules.get(clock.kind)?.target === target) refresh(parts, { ...clock, targetMs: targetMsOf(minutes) });
  }
}

type Brake = { readonly kind: string; readonly reason: string };

/** Throws `conflict` (reasons `clock-paused`, `clock-ended`). */
export function pauseClock(
  parts: IncidentParts,
  incidentId: number,
  { kind, reason }: Brake,
  actor: Actor,
): number {
  const clock = requireClock(parts, incidentId, kind);
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
    facts: { kind, reason, remainingMs: paused.remainingMs, pausedAt: now },
  });
}

/** Throws `conflict` (reason `clock-running`). */
export function resumeClock(parts: IncidentParts, incidentId: number, kind: string, actor: Actor): number {
  const clock = requireClock(parts, incidentId, kind);
  if (clock.pausedAt === null) throw new AppError('conflict', { details: { reason: 'clock-running' } });
  const now = parts.clock.now();
  parts.clocks.endPause(clock.id, now);
  const resumed = refresh(parts, { ...clock, pausedAt: null, pauseReason: null });
  return parts.journal.append({
    kind: 'incident.clock-resumed',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { kind, pausedMs: Math.max(0, now - clock.pausedAt), dueAt: resumed.dueAt },
  });
}

/** As if it had never run on: the same pause, for the same reason. Throws `conflict` (reason `changed-since`). */
export function pauseAgain(parts: IncidentParts, incidentId: number, kind: string, actor: Actor): void {
  const clock = requireClock(parts, incidentId, kind);
  const pause = parts.clocks.pauses(clock.id).at(-1);
  if (!pause || clock.pausedAt !== null || clock.endedAt !== null) {
    throw new AppError('conflict', { details: { reason: 'changed-since' } });
  }
  parts.clocks.reopenPause(pause.id);
  const { startedAt: pausedAt, reason } = pause;
  const paused = refresh(parts, { ...clock, pausedAt, pauseReason: reason });
  parts.journal.append({
    kind: 'incident.clock-paused',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { kind, reason, remainingMs: paused.remainingMs, pausedAt },
  });
}

/** Everything that still runs. */
export function endClocks(
  parts: IncidentParts,
  incidentId: number,
  by: Exclude<ClockEnd, 'hand'>,
  actor: Actor,
): void {
  for (const clock of parts.clocks.all(incidentId)) endClock(parts, clock, by, actor);
}

export function endClock(
  parts: IncidentParts,
  clock: ClockRecord,
  by: Exclude<ClockEnd, 'hand'>,
  actor: Actor,
): void {
  if (clock.endedAt !== null) return;
  const ended = stopAt(parts, clock, parts.clock.now(), by);
  parts.journal.append({
    kind: 'incident.clock-ended',
    subject: 'incident',
    subjectId: clock.incidentId,
    actorId: actor,
    facts: { kind: clock.kind, endedAt: ended.endedAt ?? 0, met: wasMet(ended), by },
  });
}

/** Ends a clock at a moment; the journal is the caller's. */
export function stopAt(parts: IncidentParts, clock: ClockRecord, at: number, by: ClockEnd): ClockRecord {
  // An end before the clock began is no end: works can be begun some minutes ahead.
  const endedAt = Math.max(at, clock.startedAt);
  if (clock.pausedAt !== null) parts.clocks.endPause(clock.id, endedAt);
  return refresh(parts, { ...clock, pausedAt: null, pauseReason: null, endedAt, endedBy: by });
}

/** null while there is no deadline to be met. */
export function wasMet({ dueAt, endedAt }: Pick<ClockRecord, 'dueAt' | 'endedAt'>): boolean | null {
  return dueAt === null || endedAt === null ? null : endedAt <= dueAt;
}

/** Runs on after its end: the time between does not count, unless the end is undone as a slip. */
export function restartClock(
  parts: IncidentParts,
  clock: ClockRecord,
  why: 'reopened' | 'undo',
  actor: Actor,
): void {
  if (clock.endedAt === null) return;
  runOn(parts, clock, why === 'reopened' ? parts.clock.now() : null, actor);
  parts.journal.append({
    kind: 'incident.clock-restarted',
    subject: 'incident',
    subjectId: clock.incidentId,
    actorId: actor,
    facts: { kind: clock.kind, why },
  });
}

/** `from`: when it runs on; the time since its end is then a pause. null: as if it had not ended, paused if it was. */
export function runOn(
  parts: IncidentParts,
  clock: ClockRecord,
  from: number | null,
  actor: Actor,
): ClockRecord {
  if (from !== null && clock.endedAt !== null) {
    const { endedAt: startedAt, id: clockId } = clock;
    parts.clocks.beginPause({ clockId, startedAt, reason: closedPause, actorId: actor });
    parts.clocks.endPause(clock.id, from);
  }
  const open = { ...clock, endedAt: null, endedBy: null };
  const cut = from === null ? pauseCutShort(parts, clock) : undefined;
  if (!cut) return refresh(parts, open);
  parts.clocks.reopenPause(cut.id);
  return refresh(parts, { ...open, pausedAt: cut.startedAt, pauseReason: cut.reason });
}

/** The pause that the end of the clock ended with it. */
function pauseCutShort(parts: IncidentParts, { id, endedAt }: ClockRecord): PauseRecord | undefined {
  const last = parts.clocks.pauses(id).at(-1);
  return last && last.endedAt === endedAt && last.reason !== closedPause ? last : undefined;
}

/** Writes the clock with its moments worked out anew. */
export function refresh(parts: IncidentParts, clock: ClockRecord): ClockRecord {
  const saved = counted(parts, clock);
  parts.clocks.save(saved);
  return saved;
}

/** The clock as its rule and calendar have it now. */
export function counted(parts: IncidentParts, clock: ClockRecord): ClockRecord {
  const rule = parts.clockRules.find(clock.kind);
  const calendar = rule ? parts.calendars.of(rule.calendarId, clock.incidentId) : aroundTheClock;
  const warnPercents = rule?.warnPercents ?? [];
  return withDeadline(clock, parts.clocks.pauses(clock.id), parts.clock.now(), { calendar, warnPercents });
}

export function rulesByKey(parts: Pick<IncidentParts, 'clockRules'>): Map<string, ClockRuleRecord> {
  return new Map(parts.clockRules.all().map((rule) => [rule.key, rule]));
}

/** Throws `not-found`. */
export function requireClock(parts: IncidentParts, incidentId: number, kind: string): ClockRecord {
  const clock = parts.clocks.ofIncident(incidentId, kind);
  if (!clock) throw new AppError('not-found', { details: { reason: 'clock' } });
  return clock;
}
