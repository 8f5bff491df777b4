import { AppError } from '../../shared/errors.ts';
import type { Actor, IncidentParts, Undo } from '../incidents/parts.ts';
import { saveDecision } from '../incidents/save-incident.ts';

/** It came with the others and is not about the same. Throws `not-found`. */
export function leaveFlood(parts: IncidentParts, incidentId: number, actor: Actor): Undo {
  return parts.db.transact((revision) => {
    const incident = parts.incidents.require(incidentId);
    if (incident.floodId === null) return { undo: null };
    const flood = parts.floods.find(incident.floodId);
    const undo = parts.journal.append({
      kind: 'incident.flood-left',
      subject: 'incident',
      subjectId: incidentId,
      actorId: actor,
      facts: { floodId: incident.floodId, title: flood?.title ?? '' },
    });
    saveDecision(parts, { ...incident, floodId: null }, revision);
    parts.db.touch('flood', incidentId);
    return { undo };
  });
}

/** Undo of leaving. Throws `conflict` (reason `changed-since`). */
export function returnToFlood(
  parts: IncidentParts,
  incidentId: number,
  floodId: number,
  actor: Actor,
  revision: number,
): void {
  const incident = parts.incidents.require(incidentId);
  const flood = parts.floods.find(floodId);
  if (incident.floodId !== null || !flood) {
    throw new AppError('conflict', { details: { reason: 'changed-since' } });
  }
  parts.journal.append({
    kind: 'incident.flood-joined',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { floodId, kind: flood.kind, title: flood.title },
  });
  saveDecision(parts, { ...incident, floodId }, revision);
  parts.db.touch('flood', incidentId);
}
