import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import { leastBusy } from './assignment.ts';
import { giveTo } from './change-incident.ts';
import type { Actor, IncidentParts } from './parts.ts';
import { saveIncident } from './save-incident.ts';

export type GiveOut = {
  readonly personId: number;
  /** In the order in which they find somebody: the nearest deadline first. */
  readonly incidentIds: readonly number[];
  /** null spreads them, each to whoever is the least busy at that step. */
  readonly to: number | null;
  readonly why: JournalFacts['person.work-given']['why'];
  readonly actor: Actor;
};

export type GivenOut = { readonly moved: number; readonly undo: number | null };

/**
 * Open work of somebody who leaves finds other hands, in the running transaction; with nobody on duty it waits for
 * whoever starts next. One entry of the journal takes back the whole.
 */
export function giveOut(
  parts: IncidentParts,
  { personId, incidentIds, to, why, actor }: GiveOut,
  revision: number,
): GivenOut {
  if (incidentIds.length === 0) return { moved: 0, undo: null };
  const entries = incidentIds.map((id) => {
    const incident = parts.incidents.require(id);
    return to === null
      ? spread(parts, incident, { personId, actor }, revision)
      : giveTo(parts, incident, { personId: to, why: 'shift-ended', actor }, revision);
  });
  const undo = parts.journal.append({
    kind: 'person.work-given',
    subject: 'person',
    subjectId: personId,
    actorId: actor,
    facts: { why, to, entries },
  });
  parts.db.touch('person');
  return { moved: entries.length, undo };
}

function spread(
  parts: IncidentParts,
  incident: IncidentRecord,
  { personId, actor }: Pick<GiveOut, 'personId' | 'actor'>,
  revision: number,
): number {
  const chosen = leastBusy(parts.people.loads().filter((row) => row.personId !== personId));
  const sequence = parts.journal.append({
    kind: 'incident.assigned',
    subject: 'incident',
    subjectId: incident.id,
    actorId: actor,
    facts: {
      from: incident.assigneeId,
      to: chosen?.personId ?? null,
      why: 'shift-ended',
      ...(chosen ? { load: chosen.load } : {}),
    },
  });
  saveIncident(parts, { ...incident, assigneeId: chosen?.personId ?? null }, revision);
  return sequence;
}
