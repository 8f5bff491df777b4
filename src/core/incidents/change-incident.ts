import type { AssignmentReason, JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { acknowledgeAlarms } from './alarms.ts';
import { requireClosable } from './closing-problems.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { clocksFollowStatus } from './follow-status.ts';
import { endClocks, pauseClock, restartClock, resumeClock, setTarget } from './run-clock.ts';
import { saveDecision } from './save-incident.ts';
import { belongsTo } from './subtype.ts';

type At = { readonly id: number; readonly expected: number };

/**
 * By hand. Throws `conflict`: `stale`, `transition` when the workflow does not lead there, `postpone-needs-time` (see
 * postpone.ts), `not-ready-to-close` when something is missing.
 */
export function setStatus(
  parts: IncidentParts,
  input: At & { readonly statusId: number },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.statusId === input.statusId) return { undo: null };
    requireTransition(parts, incident, input.statusId);
    acknowledgeAlarms(parts, incident.id, actor, revision);
    return {
      undo: moveToStatus(parts, incident, { statusId: input.statusId, why: 'hand', actor }, revision),
    };
  });
}

/** Throws `conflict` (reasons `transition`, `merged-away` with `code`). */
export function requireTransition(parts: IncidentParts, incident: IncidentRecord, to: number): void {
  requireApart(incident);
  const from = parts.reference.status(incident.statusId);
  if (from.nextIds.includes(to) && parts.reference.status(to).active) return;
  throw new AppError('conflict', { details: { reason: 'transition', from: from.id, to } });
}

/** Its letters live in another: what happens to the trouble is decided there. */
function requireApart({ mergedIntoId, code }: IncidentRecord): void {
  if (mergedIntoId === null) return;
  throw new AppError('conflict', { details: { reason: 'merged-away', code } });
}

type StatusFacts = JournalFacts['incident.status-changed'];

export type StatusMove = {
  readonly statusId: number;
  readonly why: StatusFacts['why'];
  readonly actor: Actor;
  readonly facts?: Pick<StatusFacts, 'until' | 'reason' | 'backTo' | 'messageId'>;
  /** What undo brings back with the status. */
  readonly restored?: StatusFacts['ended'];
};

/**
 * Status with what follows from it: clocks follow, and what waited in the old one waits no longer. A finishing status
 * chosen by hand wants everything in its place: throws `conflict` (reason `not-ready-to-close`).
 */
export function moveToStatus(
  parts: IncidentParts,
  incident: IncidentRecord,
  { statusId, why, actor, facts = {}, restored = {} }: StatusMove,
  revision: number,
): number {
  const status = parts.reference.status(statusId);
  // What waits without a time to wake up waits for ever.
  if (status.key === 'postponed' && why === 'hand') {
    throw new AppError('conflict', { details: { reason: 'postpone-needs-time' } });
  }
  if (status.finishes && why === 'hand') requireClosable(parts, incident);
  const sequence = parts.journal.append({
    kind: 'incident.status-changed',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { from: incident.statusId, to: statusId, why, ...facts, ...endedBy(incident) },
  });
  const finishedAt = status.finishes ? (incident.finishedAt ?? parts.clock.now()) : null;
  clocksFollowStatus(parts, incident, { statusId, why, actor });
  const lateLetters = status.finishes ? incident.lateLetters : 0;
  const postponedUntil = facts.until ?? restored.postponedUntil ?? null;
  const autoCloseAt = restored.autoCloseAt ?? null;
  const next = { ...incident, statusId, finishedAt, lateLetters, postponedUntil, autoCloseAt };
  saveDecision(parts, next, revision);
  parts.db.touch('person');
  return sequence;
}

function endedBy({ autoCloseAt, postponedUntil }: IncidentRecord): Pick<StatusFacts, 'ended'> {
  if (autoCloseAt === null && postponedUntil === null) return {};
  return {
    ended: {
      ...(autoCloseAt === null ? {} : { autoCloseAt }),
      ...(postponedUntil === null ? {} : { postponedUntil }),
    },
  };
}

/** The deadline follows from the type: until there is one the clock has a start and no end. */
export function setType(
  parts: IncidentParts,
  input: At & { readonly typeId: number | null },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.typeId === input.typeId) return { undo: null };
    acknowledgeAlarms(parts, incident.id, actor, revision);
    return { undo: moveToType(parts, incident, input.typeId, actor, revision) };
  });
}

export function moveToType(
  parts: IncidentParts,
  incident: IncidentRecord,
  typeId: number | null,
  actor: Actor,
  revision: number,
): number {
  const slaMinutes = typeId === null ? null : parts.reference.type(typeId).slaMinutes;
  const dueAt = setTarget(parts, incident.id, slaMinutes);
  const subtypeId = belongsTo(parts, incident.subtypeId, typeId) ? incident.subtypeId : null;
  const lost = incident.subtypeId === null || subtypeId !== null ? {} : { subtypeId: incident.subtypeId };
  const sequence = parts.journal.append({
    kind: 'incident.type-changed',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { from: incident.typeId, to: typeId, slaMinutes, dueAt, ...lost },
  });
  saveDecision(parts, { ...incident, typeId, subtypeId }, revision);
  return sequence;
}

/** Throws `conflict` (reason `person-inactive`). */
export function assign(
  parts: IncidentParts,
  input: At & { readonly personId: number | null },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.assigneeId === input.personId) return { undo: null };
    if (input.personId !== null) requireActive(parts, input.personId);
    return { undo: giveTo(parts, incident, { personId: input.personId, why: 'hand', actor }, revision) };
  });
}

export function requireActive(parts: IncidentParts, personId: number): void {
  if (parts.people.require(personId).active === 0) {
    throw new AppError('conflict', { details: { reason: 'person-inactive' } });
  }
}

export function giveTo(
  parts: IncidentParts,
  incident: IncidentRecord,
  {
    personId,
    why,
    actor,
  }: { readonly personId: number | null; readonly why: AssignmentReason; readonly actor: Actor },
  revision: number,
): number {
  const sequence = parts.journal.append({
    kind: 'incident.assigned',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { from: incident.assigneeId, to: personId, why },
  });
  saveDecision(parts, { ...incident, assigneeId: personId }, revision);
  parts.db.touch('person');
  return sequence;
}

export type Edit = Partial<
  Pick<
    IncidentRecord,
    'title' | 'description' | 'applicantName' | 'applicantPhone' | 'applicantAddress' | 'asset' | 'priority'
  >
> & { readonly categoryIds?: readonly number[] | undefined };

export function edit(parts: IncidentParts, { id, expected, ...change }: At & Edit, actor: Actor): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(id, expected);
    return { undo: applyEdit(parts, incident, change, actor, revision) };
  });
}

/** Returns the journal entry, or null when nothing differs. */
export function applyEdit(
  parts: IncidentParts,
  incident: IncidentRecord,
  { categoryIds, ...fields }: Edit,
  actor: Actor,
  revision: number,
): number | null {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const changes: Record<string, { from: unknown; to: unknown }> = {};
  for (const [key, to] of given) {
    const from = incident[key as keyof typeof fields];
    if (from !== to) changes[key] = { from, to };
  }
  const before = parts.incidents.categories(incident.id);
  const after = categoryIds?.toSorted((a, b) => a - b);
  if (after && after.join() !== before.join()) {
    changes['categoryIds'] = { from: before, to: after };
    parts.incidents.setCategories(incident.id, after);
  }
  if (Object.keys(changes).length === 0) return null;
  const sequence = parts.journal.append({
    kind: 'incident.edited',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { changes },
  });
  saveDecision(parts, { ...incident, ...Object.fromEntries(given) }, revision);
  return sequence;
}

export function pause(parts: IncidentParts, input: At & { readonly reason: string }, actor: Actor): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    const undo = pauseClock(parts, incident.id, { kind: 'sla', reason: input.reason }, actor);
    saveDecision(parts, incident, revision);
    return { undo };
  });
}

export function resume(parts: IncidentParts, input: At, actor: Actor): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    const undo = resumeClock(parts, incident.id, 'sla', actor);
    saveDecision(parts, incident, revision);
    return { undo };
  });
}

/**
 * "Not an incident": out of the queue with its clock stopped, kept with its number and letters. Throws `conflict`
 * (reasons `stale`, `merged-away`).
 */
export function dismiss(
  parts: IncidentParts,
  input: At & { readonly ruleId: number | null },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.dismissedAt !== null) return { undo: null };
    requireApart(incident);
    acknowledgeAlarms(parts, incident.id, actor, revision);
    endClocks(parts, incident.id, 'dismissed', actor);
    const sequence = parts.journal.append({
      kind: 'incident.dismissed',
      subject: 'incident',
      subjectId: incident.id,
      actorId: actor,
      facts: { ruleId: input.ruleId },
    });
    saveDecision(parts, { ...incident, dismissedAt: parts.clock.now() }, revision);
    parts.db.touch('person');
    return { undo: sequence };
  });
}

/** Back into the queue, as if it had never been set aside. */
export function restoreDismissed(
  parts: IncidentParts,
  incident: IncidentRecord,
  why: 'undo' | 'letter',
  actor: Actor,
  revision: number,
): IncidentRecord {
  for (const clock of parts.clocks.all(incident.id)) {
    // Closed while it was set aside, it has nothing that runs.
    if (clock.endedBy === 'dismissed' && incident.finishedAt === null) {
      restartClock(parts, clock, 'undo', actor);
    }
  }
  parts.journal.append({
    kind: 'incident.restored',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { why },
  });
  parts.db.touch('person');
  return saveDecision(parts, { ...incident, dismissedAt: null }, revision);
}
