import type { AlarmKind } from '../db/alarm-store.ts';
import type { IncidentRecord } from '../db/incident-store.ts';
import type { Logger } from '../platform/logger.ts';
import type { IncidentParts } from './parts.ts';

const batch = 100;
const secondMs = 1000;
const minuteMs = 60_000;

export type Escalated = {
  readonly incident: IncidentRecord;
  readonly alarm: AlarmKind;
  readonly minutes: number;
  /** Those who did not know of this incident yet. */
  readonly personIds: readonly number[];
};
/** In the transaction of the escalation: what else is done for them to hear of it. */
export type OnEscalated = (escalated: Escalated, revision: number) => void;

/** Tells the shift lead what nobody acknowledged in its time; each alarm once, oldest first. */
export function escalateUnheeded(parts: IncidentParts, log: Logger, onEscalated?: OnEscalated): void {
  for (;;) {
    const now = parts.clock.now();
    const unheeded = parts.alarms.unheeded(now, batch);
    if (unheeded.length === 0) return;
    const leads = leadsNow(parts);
    parts.db.transact((revision) => {
      for (const alarm of unheeded) {
        parts.alarms.settleEscalation(alarm.id, revision);
        const incident = parts.incidents.require(alarm.incidentId);
        // Silence or a letter has closed it since: there is nothing left to be late with.
        if (incident.finishedAt !== null || incident.dismissedAt !== null) continue;
        const personIds = leads.filter((personId) =>
          parts.alarms.raise(alarm.incidentId, 'escalated', now, revision, personId),
        );
        // A desk without a lead has nobody above it: everybody hears it once more.
        if (leads.length === 0) parts.alarms.raise(alarm.incidentId, 'escalated', now, revision);
        parts.journal.append({
          kind: 'incident.escalated',
          subject: 'incident',
          subjectId: alarm.incidentId,
          actorId: null,
          facts: {
            alarm: alarm.kind,
            personIds: leads,
            afterSeconds: Math.round((now - alarm.raisedAt) / secondMs),
          },
        });
        const minutes = Math.max(1, Math.round((now - alarm.raisedAt) / minuteMs));
        onEscalated?.({ incident, alarm: alarm.kind, minutes, personIds }, revision);
        parts.incidents.save({ ...incident, revision });
        parts.db.touch('alarm');
        parts.db.touch('incident', alarm.incidentId);
      }
    });
    log.info({ count: unheeded.length, leads: leads.length }, 'sla.escalated');
  }
}

/** A new incident that nobody looks at is told to the lead as soon as the dispatcher's own clock would be. */
export function escalateNew(parts: IncidentParts, incidentId: number): void {
  const minutes = parts.clockRules.find('reaction')?.escalateMinutes;
  const now = parts.clock.now();
  if (minutes) parts.alarms.escalateAt(incidentId, 'new', now, now + minutes * minuteMs);
}

/** The leads on duty; when none is, every lead. */
function leadsNow({ people }: Pick<IncidentParts, 'people'>): number[] {
  const leads = people.all().filter(({ role, active }) => role === 'lead' && active === 1);
  const onDuty = leads.filter(({ id }) => people.openShift(id) !== undefined);
  return (onDuty.length > 0 ? onDuty : leads).map(({ id }) => id);
}
