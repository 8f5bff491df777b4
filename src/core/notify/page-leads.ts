import type { NotifyParts } from './parts.ts';
import { acknowledge } from './acknowledge.ts';
import { notify } from './notify.ts';

export type UnheededAlarm = {
  readonly incident: { readonly id: number; readonly code: string; readonly title: string };
  /** Of the desk, in its words. */
  readonly what: string;
  readonly minutes: number;
  readonly personIds: readonly number[];
};

/**
 * Tells people of the desk by their ladders what sounds there and nobody acknowledges. A desk without any way of sending
 * has nobody to tell it by: there it only sounds.
 */
export function pageLeads(
  parts: NotifyParts,
  { incident, what, minutes, personIds }: UnheededAlarm,
  revision: number,
): void {
  if (!parts.routes.all().some(({ enabled }) => enabled === 1)) return;
  for (const id of personIds) {
    notify(
      parts,
      {
        to: { kind: 'person', id },
        kind: 'alarm',
        incidentId: incident.id,
        urgency: 'critical',
        title: `${incident.code} ${incident.title}`.slice(0, 300),
        text: `${what}: за ${minutes} мин никто не подтвердил.`,
        verbs: ['accepted'],
        createdBy: null,
        passesOn: true,
      },
      revision,
    );
  }
}

/** Somebody has it: whoever is still being told of it is left alone. */
export function pagesAnswered(
  parts: NotifyParts,
  incidentId: number,
  actor: number | null,
  revision: number,
): void {
  const at = parts.clock.now();
  for (const id of parts.notifications.unansweredAlarms(incidentId)) {
    acknowledge(parts, id, { by: 'hand', at, personId: actor }, revision);
  }
}
