import type { IncidentRecord } from '../db/incident-store.ts';
import { acknowledgeAlarms } from './alarms.ts';
import { armAutoClosing } from './auto-close.ts';
import { moveToStatus, moveToType, requireTransition } from './change-incident.ts';
import { requireClosable } from './closing-problems.ts';
import type { Actor, IncidentParts, Undo } from './parts.ts';
import { moveToRepairPriority, moveToSubtype } from './subtype.ts';
import { endWork } from './works.ts';

export type Closing = {
  readonly id: number;
  readonly expected: number;
  /** null arms the automatic closing instead. */
  readonly statusId: number | null;
  readonly typeId?: number | undefined;
  readonly subtypeId?: number | undefined;
  readonly endWorks?: readonly { readonly kind: string; readonly at: number }[] | undefined;
  /** null takes the priority away. */
  readonly repairPriorityId?: number | null | undefined;
};

/**
 * Puts in what was missing and closes, all or nothing, with one way back for all of it. Throws what each step throws,
 * and `conflict` (reason `not-ready-to-close`) when something is missing still.
 */
export function closeIncident(parts: IncidentParts, input: Closing, actor: Actor): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.requireAt(input.id, input.expected);
    acknowledgeAlarms(parts, incident.id, actor, revision);
    const mended = mend(parts, incident, input, actor, revision);
    const ready = parts.incidents.require(input.id);
    requireClosable(parts, ready);
    const entries = [...mended, ...finish(parts, ready, input.statusId, actor, revision)];
    if (entries.length < 2) return { undo: entries[0] ?? null };
    const { statusId } = input;
    const undo = parts.journal.append({
      kind: 'incident.closed',
      subject: 'incident',
      subjectId: incident.id,
      actorId: actor,
      facts: { statusId, entries },
    });
    return { undo };
  });
}

/** Returns the journal entries of what was put in. */
function mend(
  parts: IncidentParts,
  { id, ...before }: IncidentRecord,
  { typeId, subtypeId, endWorks = [], repairPriorityId }: Closing,
  actor: Actor,
  revision: number,
): number[] {
  const current = () => parts.incidents.require(id);
  const entries: number[] = [];
  if (typeId !== undefined && typeId !== before.typeId) {
    entries.push(moveToType(parts, current(), typeId, actor, revision));
  }
  if (subtypeId !== undefined && subtypeId !== before.subtypeId) {
    entries.push(moveToSubtype(parts, current(), subtypeId, actor, revision));
  }
  for (const { kind, at } of endWorks) entries.push(endWork(parts, id, kind, { at, actor }));
  if (repairPriorityId !== undefined && repairPriorityId !== before.repairPriorityId) {
    entries.push(moveToRepairPriority(parts, current(), repairPriorityId, actor, revision));
  }
  return entries;
}

function finish(
  parts: IncidentParts,
  incident: IncidentRecord,
  statusId: number | null,
  actor: Actor,
  revision: number,
): number[] {
  if (statusId !== null) {
    requireTransition(parts, incident, statusId);
    return [moveToStatus(parts, incident, { statusId, why: 'hand', actor }, revision)];
  }
  // What a letter has promised stays promised.
  if (incident.autoCloseAt !== null) return [];
  return [armAutoClosing(parts, incident, { by: 'hand', actor }, revision)];
}
