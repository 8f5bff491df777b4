import type { Actor, IncidentParts } from './parts.ts';

const secondMs = 1000;

/** Silences what sounds for an incident: by key, or because somebody acts on it. */
export function acknowledgeAlarms(
  parts: IncidentParts,
  incidentId: number,
  actor: Actor,
  revision: number,
): boolean {
  const now = parts.clock.now();
  const silenced = parts.alarms.acknowledge(incidentId, actor, now, revision);
  if (!silenced) return false;
  parts.onAlarmsAnswered?.(incidentId, actor, revision);
  parts.journal.append({
    kind: 'incident.alarm-acknowledged',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { kinds: silenced.kinds, seconds: Math.max(0, Math.round((now - silenced.since) / secondMs)) },
  });
  const incident = parts.incidents.require(incidentId);
  parts.incidents.save({ ...incident, revision });
  parts.db.touch('alarm');
  parts.db.touch('incident', incidentId);
  return true;
}

export function acknowledge(parts: IncidentParts, ids: readonly number[], actor: Actor): void {
  parts.db.transact((revision) => {
    for (const id of ids) acknowledgeAlarms(parts, id, actor, revision);
  });
}

/** Returns how many incidents sounded. */
export function acknowledgeAll(parts: IncidentParts, actor: Actor): number {
  return parts.db.transact((revision) => {
    const ids = parts.alarms.soundingIncidents(actor);
    for (const id of ids) acknowledgeAlarms(parts, id, actor, revision);
    return ids.length;
  });
}
