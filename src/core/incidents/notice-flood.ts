import { uuidv7 } from '../../shared/ids.ts';
import type { FloodMember, FloodRecord, FloodSubject } from '../db/flood-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { IncidentParts } from './parts.ts';
import { saveIncident } from './save-incident.ts';

const minuteMs = 60_000;

/**
 * Whenever an incident is tied to an asset, in the running transaction: more of them in a short time than the desk
 * says, about one asset, one line or one region, are one flood with one alarm. Those that were there before keep theirs.
 */
export function noticeFlood(parts: IncidentParts, incidentId: number, revision: number): void {
  const incident = parts.incidents.require(incidentId);
  if (incident.floodId !== null || incident.finishedAt !== null || incident.dismissedAt !== null) return;
  const subjects = parts.floods.subjectsOf(incidentId);
  const windowMs = parts.floodLimits().minutes * minuteMs;
  for (const { kind, id } of subjects) {
    const flood = parts.floods.running(kind, id);
    // An old letter that comes late is not of the flood only because it names the same place.
    if (!flood || incident.registeredAt < flood.startedAt - windowMs) continue;
    return join(parts, flood, incident, revision);
  }
  for (const subject of subjects) {
    const members = crowdAround(parts, subject, incident, windowMs);
    if (members) return begin(parts, subject, { members, incidentId }, revision);
  }
}

/** The incidents around this one that lie within the time, if they are more than the desk takes one by one. */
function crowdAround(
  parts: IncidentParts,
  subject: FloodSubject,
  { id, registeredAt }: IncidentRecord,
  windowMs: number,
): FloodMember[] | undefined {
  const { count } = parts.floodLimits();
  const near = parts.floods.loose(subject, registeredAt - windowMs, registeredAt + windowMs);
  for (const { registeredAt: from } of near) {
    const within = near.filter(
      (other) => other.registeredAt >= from && other.registeredAt <= from + windowMs,
    );
    if (within.length > count && within.some((member) => member.id === id)) return within;
  }
  return undefined;
}

type Crowd = { readonly members: readonly FloodMember[]; readonly incidentId: number };

function begin(
  parts: IncidentParts,
  { kind, id: subjectId, title }: FloodSubject,
  { members, incidentId }: Crowd,
  revision: number,
): void {
  const now = parts.clock.now();
  const startedAt = members[0]?.registeredAt ?? now;
  const fresh = { kind, subjectId, title, startedAt, lastAt: now, endedAt: null, revision } as const;
  const id = parts.floods.insert({ ...fresh, uuid: uuidv7(now, parts.random.bytes(10)) });
  const flood = { ...fresh, id };
  for (const member of members) enter(parts, flood, parts.incidents.require(member.id), revision);
  parts.floods.withdrawNew(incidentId, revision);
  parts.alarms.raise(incidentId, 'flood', now, revision);
  parts.db.touch('alarm', incidentId);
}

function join(parts: IncidentParts, flood: FloodRecord, incident: IncidentRecord, revision: number): void {
  const startedAt = Math.min(flood.startedAt, incident.registeredAt);
  parts.floods.save({ ...flood, startedAt, lastAt: parts.clock.now(), revision });
  enter(parts, flood, incident, revision);
  parts.floods.withdrawNew(incident.id, revision);
}

function enter(
  parts: IncidentParts,
  { id, kind, title }: Pick<FloodRecord, 'id' | 'kind' | 'title'>,
  incident: IncidentRecord,
  revision: number,
): void {
  parts.journal.append({
    kind: 'incident.flood-joined',
    subject: 'incident',
    subjectId: incident.id,
    actorId: null,
    facts: { floodId: id, kind, title },
  });
  saveIncident(parts, { ...incident, floodId: id }, revision);
  parts.db.touch('flood', incident.id);
}
