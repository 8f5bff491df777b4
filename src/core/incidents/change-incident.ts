import type { AssignmentReason, JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { acknowledgeAlarms } from './alarms.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { endClock, pauseClock, restartClock, resumeClock, setTarget } from './run-clock.ts';
import { saveDecision } from './save-incident.ts';

type At = { readonly id: number; readonly expected: number };

/** Throws `conflict` (reasons `stale`, `transition`) when the workflow does not allow the step. */
export function setStatus(
  parts: IncidentParts,
  input: At & { readonly statusId: number },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.statusId === input.statusId) return { undo: null };
    const from = parts.reference.status(incident.statusId);
    if (!from.nextIds.includes(input.statusId)) {
      throw new AppError('conflict', {
        details: { reason: 'transition', from: from.id, to: input.statusId },
      });
    }
    acknowledgeAlarms(parts, incident.id, actor, revision);
    return {
      undo: moveToStatus(parts, incident, { statusId: input.statusId, why: 'hand', actor }, revision),
    };
  });
}

export type StatusMove = {
  readonly statusId: number;
  readonly why: JournalFacts['incident.status-changed']['why'];
  readonly actor: Actor;
};

/** Status with what follows from it: finishing ends the clock, leaving a finishing status runs it on. */
export function moveToStatus(
  parts: IncidentParts,
  incident: IncidentRecord,
  { statusId, why, actor }: StatusMove,
  revision: number,
): number {
  const status = parts.reference.status(statusId);
  const sequence = parts.journal.append({
    kind: 'incident.status-changed',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { from: incident.statusId, to: statusId, why },
  });
  const finishedAt = status.finishes ? (incident.finishedAt ?? parts.clock.now()) : null;
  if (status.finishes) endClock(parts, incident.id, actor);
  else if (incident.finishedAt !== null)
    restartClock(parts, incident.id, why === 'undo' ? 'undo' : 'reopened', actor);
  const lateLetters = status.finishes ? incident.lateLetters : 0;
  saveDecision(parts, { ...incident, statusId, finishedAt, lateLetters }, revision);
  parts.db.touch('person');
  return sequence;
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
  const sequence = parts.journal.append({
    kind: 'incident.type-changed',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { from: incident.typeId, to: typeId, slaMinutes, dueAt },
  });
  saveDecision(parts, { ...incident, typeId }, revision);
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
    const undo = pauseClock(parts, incident.id, input.reason, actor);
    saveDecision(parts, incident, revision);
    return { undo };
  });
}

export function resume(parts: IncidentParts, input: At, actor: Actor): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    const undo = resumeClock(parts, incident.id, actor);
    saveDecision(parts, incident, revision);
    return { undo };
  });
}

/** "Not an incident": out of the queue with its clock stopped, kept with its number and letters. */
export function dismiss(
  parts: IncidentParts,
  input: At & { readonly ruleId: number | null },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.dismissedAt !== null) return { undo: null };
    acknowledgeAlarms(parts, incident.id, actor, revision);
    endClock(parts, incident.id, actor);
    const sequence = parts.journal.append({
      kind: 'incident.dismissed',
      subject: 'incident',
      subjectId: incident.id,
      actorId: actor,
      facts: { ruleId: input.ruleId },
    });
    saveDecision(parts, { ...incident, dismissedAt: parts.clock.now(), unread: 0 }, revision);
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
  if (incident.finishedAt === null) restartClock(parts, incident.id, 'undo', actor);
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

/** Reading is not a decision: no journal entry, no stale page. */
export function markRead(parts: IncidentParts, id: number): void {
  parts.db.transact((revision) => {
    const incident = parts.incidents.require(id);
    if (incident.unread === 0) return;
    parts.incidents.save({ ...incident, unread: 0, revision });
    parts.db.touch('incident', id);
  });
}
