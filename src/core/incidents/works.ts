import type { WorkTimes } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { ClockRecord } from '../db/clock-store.ts';
import type { ClockRuleRecord } from '../db/clock-rule-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { beginClock, refresh, requireClock, rulesByKey, runOn, stopAt, wasMet } from './run-clock.ts';
import { saveDecision } from './save-incident.ts';

/** Clocks of two machines differ a little, and an end is sometimes written down while it happens. */
const aheadMs = 5 * 60_000;

export type WorkMoment = { readonly at: number; readonly actor: Actor };

export type OpenWork = {
  readonly kind: string;
  readonly name: string;
  readonly nameEn: string;
  readonly startedAt: number;
};

/**
 * Begins work of a kind (a rule's key: `emergency`, `repair`, …), or goes on with work that had ended. Inside or outside
 * a transaction; returns the journal entry. Throws `not-found`, `conflict` (reasons `work-begun`, `incident-finished`)
 * or `invalid-input` (`work-too-early`, `work-in-future`).
 */
export function startWork(
  parts: IncidentParts,
  incidentId: number,
  kind: string,
  { at, actor }: WorkMoment,
): number {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.require(incidentId);
    if (isAtRest(incident)) throw conflict('incident-finished');
    const rule = requireWork(parts, kind);
    const before = parts.clocks.ofIncident(incidentId, kind);
    if (before && before.endedAt === null) throw conflict('work-begun');
    requireTimes(parts, incident, { startedAt: at, endedAt: null });
    if (at < (before?.endedAt ?? at)) throw invalid('work-too-early');
    const clock = before ? runOn(parts, before, at, actor) : beginClock(parts, incident, rule, at);
    const sequence = parts.journal.append({
      kind: 'incident.work-begun',
      subject: 'incident',
      subjectId: incidentId,
      actorId: actor,
      facts: { kind, startedAt: at, dueAt: clock.dueAt, endedBefore: before?.endedAt ?? null },
    });
    saveDecision(parts, parts.incidents.require(incidentId), revision);
    return sequence;
  });
}

/** Throws `conflict` (reasons `work-not-begun`, `work-ended`) or `invalid-input` (`work-end-first`, `work-in-future`). */
export function endWork(
  parts: IncidentParts,
  incidentId: number,
  kind: string,
  { at, actor }: WorkMoment,
): number {
  return parts.db.transact((revision) => {
    requireWork(parts, kind);
    const clock = parts.clocks.ofIncident(incidentId, kind);
    if (!clock) throw conflict('work-not-begun');
    if (clock.endedAt !== null) throw conflict('work-ended');
    const incident = parts.incidents.require(incidentId);
    requireTimes(parts, incident, { startedAt: clock.startedAt, endedAt: at });
    const ended = stopAt(parts, clock, at, 'hand');
    const sequence = parts.journal.append({
      kind: 'incident.work-ended',
      subject: 'incident',
      subjectId: incidentId,
      actorId: actor,
      facts: { kind, endedAt: at, met: wasMet(ended) },
    });
    saveDecision(parts, incident, revision);
    return sequence;
  });
}

/**
 * Puts a mistaken begin or end right; null takes the work back as if it had never begun. Throws `not-found`, or
 * `invalid-input` (`work-too-early`, `work-in-future`, `work-end-first`).
 */
export function correctWork(
  parts: IncidentParts,
  incidentId: number,
  { kind, to }: { readonly kind: string; readonly to: WorkTimes | null },
  actor: Actor,
): number | null {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.require(incidentId);
    const clock = parts.clocks.ofIncident(incidentId, kind);
    const from = clock ? { startedAt: clock.startedAt, endedAt: clock.endedAt } : null;
    if (from?.startedAt === to?.startedAt && from?.endedAt === to?.endedAt) return null;
    if (to) requireTimes(parts, incident, to);
    if (to?.endedAt === null && isAtRest(incident)) throw conflict('incident-finished');
    const dueAt = to ? setTimes(parts, incident, { kind, clock, to }).dueAt : null;
    if (!to && clock) parts.clocks.remove(clock.id);
    const sequence = parts.journal.append({
      kind: 'incident.work-corrected',
      subject: 'incident',
      subjectId: incidentId,
      actorId: actor,
      facts: { kind, from, to, dueAt },
    });
    saveDecision(parts, incident, revision);
    return sequence;
  });
}

function setTimes(
  parts: IncidentParts,
  incident: IncidentRecord,
  {
    kind,
    clock,
    to,
  }: { readonly kind: string; readonly clock: ClockRecord | undefined; readonly to: WorkTimes },
): ClockRecord {
  const running = clock ?? beginClock(parts, incident, requireWork(parts, kind), to.startedAt);
  if (to.endedAt !== null) return stopAt(parts, { ...running, startedAt: to.startedAt }, to.endedAt, 'hand');
  return refresh(parts, { ...running, startedAt: to.startedAt, endedAt: null, endedBy: null });
}

/** Undo of `incident.work-begun`, if it still stands as it was begun. Throws `conflict` (reason `changed-since`). */
export function takeBackBegin(
  parts: IncidentParts,
  incidentId: number,
  facts: { readonly kind: string; readonly startedAt: number; readonly endedBefore: number | null },
): void {
  const clock = requireClock(parts, incidentId, facts.kind);
  const { endedBefore } = facts;
  const isThis = endedBefore === null ? clock.startedAt === facts.startedAt : true;
  if (clock.endedAt !== null || !isThis) throw conflict('changed-since');
  if (endedBefore === null) {
    parts.clocks.remove(clock.id);
    return;
  }
  parts.clocks.removePause(clock.id, endedBefore);
  stopAt(parts, clock, endedBefore, 'hand');
}

/** Undo of `incident.work-ended`. Throws `conflict` (reason `changed-since`). */
export function takeBackEnd(
  parts: IncidentParts,
  incidentId: number,
  facts: { readonly kind: string; readonly endedAt: number },
): void {
  const clock = requireClock(parts, incidentId, facts.kind);
  // In a closed incident nothing runs: whoever closed it relied on the end.
  const isClosed = isAtRest(parts.incidents.require(incidentId));
  if (clock.endedAt !== facts.endedAt || isClosed) throw conflict('changed-since');
  runOn(parts, clock, null, null);
}

/** Works begun and not ended, in the order they began: what closing has to ask about. */
export function openWorks(parts: IncidentParts, incidentId: number): OpenWork[] {
  const rules = rulesByKey(parts);
  return parts.clocks.all(incidentId).flatMap(({ kind, startedAt, endedAt }) => {
    const rule = rules.get(kind);
    if (endedAt !== null || rule?.starts !== 'hand') return [];
    return [{ kind, name: rule.name, nameEn: rule.nameEn, startedAt }];
  });
}

function isAtRest({ finishedAt, dismissedAt }: IncidentRecord): boolean {
  return finishedAt !== null || dismissedAt !== null;
}

function requireWork(parts: IncidentParts, kind: string): ClockRuleRecord {
  const rule = parts.clockRules.require(kind);
  if (rule.starts !== 'hand') throw invalid('not-a-work');
  return rule;
}

function requireTimes(
  parts: IncidentParts,
  incident: IncidentRecord,
  { startedAt, endedAt }: WorkTimes,
): void {
  const latest = parts.clock.now() + aheadMs;
  if (startedAt < Math.min(incident.registeredAt, incident.openedAt)) throw invalid('work-too-early');
  if (startedAt > latest || (endedAt !== null && endedAt > latest)) throw invalid('work-in-future');
  if (endedAt !== null && endedAt < startedAt) throw invalid('work-end-first');
}

function conflict(reason: string): AppError {
  return new AppError('conflict', { details: { reason } });
}

function invalid(reason: string): AppError {
  return new AppError('invalid-input', { details: { reason } });
}
