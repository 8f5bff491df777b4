import type { IncidentRecord, IncidentStore } from '../db/incident-store.ts';

/** Where letters of this incident live: itself, or the end of the chain of merges it went into. Throws `not-found`. */
export function livingIncident(incidents: IncidentStore, id: number): IncidentRecord {
  let incident = incidents.require(id);
  while (incident.mergedIntoId !== null) incident = incidents.require(incident.mergedIntoId);
  return incident;
}
