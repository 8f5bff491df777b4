import { AppError } from '../../shared/errors.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { acknowledgeAlarms } from './alarms.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { setRepairTarget } from './run-clock.ts';
import { saveDecision } from './save-incident.ts';

type At = { readonly id: number; readonly expected: number };

/** None belongs to every type. */
export function belongsTo(
  parts: Pick<IncidentParts, 'reference'>,
  subtypeId: number | null,
  typeId: number | null,
): boolean {
  if (subtypeId === null) return true;
  return typeId !== null && parts.reference.subtype(subtypeId).typeIds.includes(typeId);
}

/** Throws `not-found`, `conflict` (reasons `stale`, `subtype-foreign`). */
export function setSubtype(
  parts: IncidentParts,
  input: At & { readonly subtypeId: number | null },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.subtypeId === input.subtypeId) return { undo: null };
    acknowledgeAlarms(parts, incident.id, actor, revision);
    return { undo: moveToSubtype(parts, incident, input.subtypeId, actor, revision) };
  });
}

/** In the running transaction; returns the journal entry. Throws `conflict` (reason `subtype-foreign`). */
export function moveToSubtype(
  parts: IncidentParts,
  incident: IncidentRecord,
  subtypeId: number | null,
  actor: Actor,
  revision: number,
): number {
  if (!belongsTo(parts, subtypeId, incident.typeId)) {
    throw new AppError('conflict', { details: { reason: 'subtype-foreign' } });
  }
  const sequence = parts.journal.append({
    kind: 'incident.subtype-changed',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { from: incident.subtypeId, to: subtypeId },
  });
  saveDecision(parts, { ...incident, subtypeId }, revision);
  return sequence;
}

/** The repair's clock follows. Throws `not-found`, `conflict` (reason `stale`). */
export function setRepairPriority(
  parts: IncidentParts,
  input: At & { readonly repairPriorityId: number | null },
  actor: Actor,
): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    if (incident.repairPriorityId === input.repairPriorityId) return { undo: null };
    acknowledgeAlarms(parts, incident.id, actor, revision);
    return { undo: moveToRepairPriority(parts, incident, input.repairPriorityId, actor, revision) };
  });
}

/** In the running transaction; returns the journal entry. */
export function moveToRepairPriority(
  parts: IncidentParts,
  incident: IncidentRecord,
  repairPriorityId: number | null,
  actor: Actor,
  revision: number,
): number {
  const minutes =
    repairPriorityId === null ? null : parts.reference.repairPriority(repairPriorityId).targetMinutes;
  const dueAt = setRepairTarget(parts, incident.id, minutes);
  const sequence = parts.journal.append({
    kind: 'incident.repair-priority-changed',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: { from: incident.repairPriorityId, to: repairPriorityId, minutes, dueAt },
  });
  saveDecision(parts, { ...incident, repairPriorityId }, revision);
  return sequence;
}
