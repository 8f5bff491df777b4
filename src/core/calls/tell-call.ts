import type { CallEvent, CallFacts } from '../../shared/domain/reaching-facts.ts';
import type { CallRecord } from '../db/call-store.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { CallParts, Mover } from './call-parts.ts';

type Told = {
  readonly event: CallEvent;
  readonly mover: Mover;
  readonly contactId?: number | null;
  readonly reason?: string;
};

/** Into the history of the incident it is for, else into its own. */
export function tellCall(parts: CallParts, call: CallRecord, told: Told, revision: number): number {
  const incidentId = incidentOf(parts, call);
  const facts = factsOf(parts, call, told);
  const actorId = told.mover.actor;
  touchCall(parts, call, revision);
  return incidentId === null
    ? parts.journal.append({ kind: 'call.told', subject: 'call', subjectId: call.id, actorId, facts })
    : parts.journal.append({
        kind: 'incident.call-told',
        subject: 'incident',
        subjectId: incidentId,
        actorId,
        facts,
      });
}

export function factsOf(
  parts: CallParts,
  { id, number, contactId: now }: CallRecord,
  { event, mover, contactId = now, reason = '' }: Told,
): CallFacts {
  const name = contactId === null ? '' : (parts.contacts.find(contactId)?.name ?? '');
  return { callId: id, number, event, contactId, name, by: mover.by, reason };
}

/** Where its history is kept: incidents are merged while somebody drives to them. */
export function incidentOf(parts: CallParts, { incidentId }: CallRecord): number | null {
  return incidentId === null ? null : livingIncident(parts.incidents, incidentId).id;
}

/** A page that was away finds out by the incident's revision. */
export function touchCall(parts: CallParts, call: CallRecord, revision: number): void {
  const incidentId = incidentOf(parts, call);
  if (incidentId === null) {
    parts.db.touch('call');
    return;
  }
  saveIncident(parts, parts.incidents.require(incidentId), revision);
  parts.db.touch('call', incidentId);
}
