import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import type { NotificationTemplateStore } from '../db/notification-template-store.ts';
import type { NotificationViewStore } from '../db/notification-view-store.ts';
import type { StrayStore } from '../db/stray-store.ts';
import type { NotifyParts } from './parts.ts';

/** What a dispatcher does with notifications needs the engine and what is seen of it. */
export type NoticeParts = NotifyParts & {
  readonly view: NotificationViewStore;
  readonly templates: NotificationTemplateStore;
  readonly strays: StrayStore;
};

/** Of an incident it stands in its history; of none, in the desk's journal. */
export function tellChange(
  { journal, contacts, people }: Pick<NoticeParts, 'journal' | 'contacts' | 'people'>,
  { id, incidentId, party }: NotificationRecord,
  what: JournalFacts['notification.changed']['what'],
  actorId: number,
): void {
  const found = party && (party.kind === 'contact' ? contacts.find(party.id) : people.find(party.id));
  const facts = { what, notificationId: id, name: found?.name ?? '' };
  journal.append(
    incidentId === null
      ? { kind: 'notification.changed', subject: 'notification', subjectId: id, actorId, facts }
      : { kind: 'incident.notification-changed', subject: 'incident', subjectId: incidentId, actorId, facts },
  );
}
