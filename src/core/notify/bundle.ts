import type { NotificationKind, NotificationRecord } from '../db/notification-store.ts';
import { insertNotification } from './insert-notification.ts';
import type { NotifyParts } from './parts.ts';

/** A call asks its own question: its answer must be its own. */
const bundled: readonly NotificationKind[] = ['composed', 'handover', 'alarm'];
const mostBundled = 30;

/** What was held back from somebody is told at once, as one message; false: there is only this one. */
export function bundleHeld(parts: NotifyParts, released: NotificationRecord, revision: number): boolean {
  const { party, kind } = released;
  if (party === null || !bundled.includes(kind)) return false;
  const held = parts.notifications
    .heldOf(party)
    .filter((notification) => bundled.includes(notification.kind))
    .slice(0, mostBundled);
  if (held.length < 2) return false;
  const incidents = new Set(held.map(({ incidentId }) => incidentId));
  // They are taken out first: the bundle's own start must find them gone.
  const members = held.map((notification) => ({
    ...notification,
    state: 'bundled' as const,
    heldBy: null,
    dueAt: null,
    revision,
  }));
  for (const member of members) parts.notifications.save(member);
  const bundleId = insertNotification(
    parts,
    {
      to: party,
      kind: 'bundle',
      incidentId: incidents.size === 1 ? released.incidentId : null,
      urgency: held.some(({ urgency }) => urgency === 'urgent') ? 'urgent' : 'normal',
      title: `Сообщений: ${held.length}`,
      text: held.map(({ title, text }, index) => lineOf(index + 1, title, text)).join('\n\n'),
      verbs: held.some(({ verbs }) => verbs.length > 0) ? ['accepted'] : [],
      files: held.flatMap(({ id }) => parts.notifications.files(id)),
      createdBy: released.createdBy,
      passesOn: held.some(({ ladder }) => ladder.passesOn),
    },
    revision,
  );
  const endedAt = parts.clock.now();
  for (const member of members) {
    parts.notifications.save({ ...member, bundleId, endedAt });
    parts.db.touch('notification', member.incidentId ?? undefined);
  }
  return true;
}

function lineOf(number: number, title: string, text: string): string {
  return `${number}) ${[title, text].filter((part) => part !== '').join('\n')}`;
}
