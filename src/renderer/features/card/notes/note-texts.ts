import type { IncidentKind, Writer } from '../event-writer.ts';

type NoteKind = Extract<IncidentKind, `incident.note-${string}` | 'incident.exported'>;

/** What the history says of notes, which it does not quote, and of copies that left the desk. */
export const noteTexts: { readonly [K in NoteKind]: Writer<K> } = {
  'incident.note-added': ({ mentions }, { t, names }) =>
    mentions.length === 0
      ? t('notes.event.added')
      : t('notes.event.called', { names: mentions.map(names.person).join(', ') }),
  'incident.note-edited': (_, { t }) => t('notes.event.edited'),
  'incident.note-removed': (_, { t }) => t('notes.event.removed'),
  'incident.note-restored': (_, { t }) => t('notes.event.restored'),
  'incident.exported': ({ as, notes }, { t }) =>
    t(notes ? 'notes.event.exportedNotes' : 'notes.event.exported', { as: t(`notes.event.as.${as}`) }),
};
