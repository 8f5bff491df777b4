import type { AssignmentReason } from '../../shared/domain/journal-kinds.ts';
import type { LoadRow } from '../db/person-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { IncidentParts } from './parts.ts';
import { saveIncident } from './save-incident.ts';

/** The least busy; among equals whoever has waited longest for work, so that the spread never exceeds one. */
export function leastBusy(loads: readonly LoadRow[]): LoadRow | undefined {
  return loads.toSorted(
    (a, b) => a.load - b.load || a.lastAssignedAt - b.lastAssignedAt || a.personId - b.personId,
  )[0];
}

/**
 * Gives the incident to the least busy dispatcher on duty, in the running transaction; nobody on duty leaves it
 * waiting, and the journal says which it was.
 */
export function assignLeastBusy(
  parts: IncidentParts,
  incident: IncidentRecord,
  why: AssignmentReason,
  revision: number,
): IncidentRecord {
  const chosen = leastBusy(parts.people.loads());
  if (!chosen) {
    parts.journal.append({
      kind: 'incident.waits-for-dispatcher',
      subject: 'incident',
      subjectId: incident.id,
      actorId: null,
      facts: { why: 'nobody-on-duty' },
    });
    return incident;
  }
  parts.journal.append({
    kind: 'incident.assigned',
    subject: 'incident',
    subjectId: incident.id,
    actorId: null,
    facts: { from: incident.assigneeId, to: chosen.personId, why, load: chosen.load },
  });
  parts.db.touch('person');
  return saveIncident(parts, { ...incident, assigneeId: chosen.personId }, revision);
}

/** Everything that waits for somebody, oldest first; returns how many found a dispatcher. */
export function assignWaiting(parts: IncidentParts, revision: number): number {
  if (parts.people.loads().length === 0) return 0;
  const waiting = parts.incidents.waiting();
  for (const { id } of waiting)
    assignLeastBusy(parts, parts.incidents.require(id), 'shift-started', revision);
  return waiting.length;
}
