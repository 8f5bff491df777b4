import type { IncidentRecord } from '../db/incident-store.ts';
import type { IncidentParts } from './parts.ts';

/** `read_at` of what was made unread: older than everything that can have come. */
export const madeUnread = -1;

/** The moment a letter came to this desk, always after every moment before it: the wall clock may be set back. */
export function nextInboundAt(parts: IncidentParts, incident: IncidentRecord): number {
  return Math.max(parts.clock.now(), (incident.lastInboundAt ?? 0) + 1);
}

/**
 * Whoever had time to see it has read what has come so far. Reading is not a decision: no journal entry, no stale
 * page. Returns whether anything was unread.
 */
export function markRead(parts: IncidentParts, incidentId: number, personId: number): boolean {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.require(incidentId);
    const last = incident.lastInboundAt ?? 0;
    const readAt = parts.personal.readAt(personId, incidentId);
    if (readAt !== undefined && readAt >= last) return false;
    parts.personal.setReadAt(personId, incidentId, last);
    tellReading(parts, incident, revision);
    return readAt === madeUnread || last > 0;
  });
}

/** Bold for one person, whatever he has read of it. */
export function markUnread(parts: IncidentParts, incidentId: number, personId: number): void {
  parts.db.transact((revision) => {
    parts.personal.setReadAt(personId, incidentId, madeUnread);
    tellReading(parts, parts.incidents.require(incidentId), revision);
  });
}

/** The row carries what each page shows of it, and a page that was away asks for rows by their revision. */
export function tellReading(parts: IncidentParts, incident: IncidentRecord, revision: number): void {
  parts.incidents.save({ ...incident, revision });
  parts.db.touch('personal', incident.id);
  parts.db.touch('incident', incident.id);
}
