import type { JournalView } from '../../../shared/contract/incidents.ts';
import { clockTexts } from './clocks/clock-texts.ts';
import { callTexts } from './contractors/call-texts.ts';
import type { Context, IncidentKind, Writer } from './event-writer.ts';
import { lifeTexts } from './life/life-texts.ts';
import { noticeTexts } from './notice-texts.ts';
import { noteTexts } from './notes/note-texts.ts';

/** One line per kind an incident's history may hold; one of a later version shows its own name rather than nothing. */
const writers: { readonly [K in IncidentKind]: Writer<K> } = {
  'incident.opened': ({ by }, { t }) => t(`journal.opened.${by}`),
  'incident.assigned': ({ to, why, load }, { t, names }) =>
    to === null
      ? t('journal.assigned.none')
      : why === 'least-busy'
        ? t('journal.assigned.least-busy', { to: names.person(to), count: load ?? 0 })
        : t(`journal.assigned.${why}`, { to: names.person(to) }),
  'incident.waits-for-dispatcher': (_, { t }) => t('journal.waits'),
  ...lifeTexts,
  ...noteTexts,
  'incident.type-changed': ({ to, dueAt }, { t, names, format, at }) =>
    to === null
      ? t('journal.type.removed')
      : dueAt === null
        ? t('journal.type.set', { to: names.type(to) })
        : t('journal.type.withDue', { to: names.type(to), due: format.when(dueAt, at) }),
  'incident.edited': ({ changes }, { t }) =>
    t('journal.edited', {
      fields: Object.keys(changes)
        .map((field) => (isField(field) ? t(`journal.field.${field}`) : field))
        .join(', '),
    }),
  ...clockTexts,
  ...callTexts,
  ...noticeTexts,
  'incident.alarm-acknowledged': ({ seconds }, { t }) => t('journal.acknowledged', { seconds }),
  'incident.dismissed': ({ ruleId }, { t }) =>
    t(ruleId === null ? 'journal.dismissed' : 'journal.dismissedRule'),
  'incident.restored': (_, { t }) => t('journal.restored'),
  'incident.letter-joined': ({ by, detail }, { t }) =>
    t('journal.joined', { by: isLink(by) ? t(`card.link.${by}`, { detail: detail ?? '' }) : by }),
  'incident.letter-late': ({ count }, { t }) => t('journal.late', { count }),
  'incident.reopened': (_, { t }) => t('journal.reopened'),
  // Put back to nowhere it has the incident it left for both.
  'incident.letter-moved': ({ from, why }, { t, incidentId }) =>
    t(`journal.moved.${why === 'original-arrived' ? 'arrived' : from === incidentId ? 'out' : 'in'}`),
  'incident.messages-taken': ({ letters }, { t }) => t('journal.taken', { count: letters.length }),
  'incident.letter-queued': ({ to }, { t }) => t('journal.queued', { to: to.join(', ') }),
  'incident.letter-taken-back': (_, { t }) => t('journal.takenBack'),
  'incident.letter-accepted': (_, { t }) => t('journal.accepted'),
  'incident.letter-failed': ({ code, detail }, { t }) =>
    t('journal.failed', { detail: isOurs(code) ? t(`outbox.why.${code}`) : detail }),
  'incident.letter-unknown': (_, { t }) => t('journal.unknown'),
  'incident.letter-settled': ({ by }, { t }) => t(`journal.settled.${by}`),
  'incident.answered-automatically': ({ to }, { t }) =>
    t('journal.answeredAutomatically', { to: to.join(', ') }),
  'incident.answer-held-back': ({ to, limit }, { t }) => t('journal.answerHeldBack', { to, limit }),
  'incident.answer-too-late': (_, { t }) => t('journal.answerTooLate'),
  'incident.letter-read': (_, { t }) => t('journal.read'),
  'incident.message-edited': ({ from }, { t }) => t('journal.messageEdited', { from }),
  'incident.message-deleted': (_, { t }) => t('journal.messageDeleted'),
  'incident.located': ({ by, latitude, longitude }, { t }) =>
    t(`journal.located.${by}`, { place: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` }),
  'incident.asset-bound': ({ assets, by }, { t }) =>
    t(by === 'hand' ? 'journal.asset.bound' : 'journal.asset.found', { codes: codesOf(assets) }),
  'incident.asset-unbound': ({ assets }, { t }) => t('journal.asset.unbound', { codes: codesOf(assets) }),
  'incident.asset-suggested': ({ assets }, { t }) => t('journal.asset.suggested', { codes: codesOf(assets) }),
  'incident.linked': ({ otherCode, role }, { t }) =>
    t('links.event.linked', { role: t(`links.role.${role}`), code: otherCode }),
  'incident.unlinked': ({ otherCode, role }, { t }) =>
    t('links.event.unlinked', { role: t(`links.role.${role}`), code: otherCode }),
  'incident.merged': ({ merged }, { t }) => t('links.event.merged', { codes: codesOf(merged) }),
  'incident.merged-into': ({ code, letters }, { t }) => t('links.event.mergedInto', { code, count: letters }),
  'incident.parted': ({ code, letters }, { t }) => t('links.event.parted', { code, count: letters }),
  'incident.part-left': ({ code, letters }, { t }) => t('links.event.partLeft', { code, count: letters }),
  'incident.letters-moved': ({ letters, to, toCode, why }, { t, incidentId }) => {
    const count = letters.length;
    if (why === 'undo') return t('links.event.lettersBack', { count });
    return to === incidentId
      ? t('links.event.lettersIn', { count })
      : t('links.event.lettersOut', { count, code: toCode });
  },
  'incident.split': ({ letters, toCode }, { t }) =>
    t('links.event.split', { count: letters.length, code: toCode }),
  'incident.split-off': ({ fromCode, letters }, { t }) =>
    t('links.event.splitOff', { count: letters, code: fromCode }),
  'incident.flood-joined': ({ title }, { t }) => t('links.event.floodJoined', { title }),
  'incident.flood-left': ({ title }, { t }) => t('links.event.floodLeft', { title }),
  'incident.letter-again': (_, { t }) => t('journal.again'),
  'incident.silence-began': ({ name, why, since }, { t, format, at }) =>
    t(`journal.silence.${why}`, { name, since: format.when(since, at) }),
  'incident.silence-ended': ({ name, silentMs }, { t, format }) =>
    t('journal.silence.ended', { name, length: format.age(silentMs) }),
  'incident.undone': ({ event }, context) => context.t('journal.undone', { what: shortName(event, context) }),
};

export function eventText(entry: JournalView, context: Context): string {
  const writer = writers[entry.event as IncidentKind] as
    | ((facts: unknown, context: Context) => string)
    | undefined;
  // The payload is what core wrote under this very kind; an entry of an older shape falls back to its name.
  try {
    if (writer) return writer(entry.payload, context);
  } catch {
    // A fact that an old entry lacks.
  }
  return context.t('journal.other', { event: entry.event });
}

const undoneNames = {
  'incident.call-marked': 'contractors.call.name',
  'incident.contractor-answered': 'contractors.event.name',
  'incident.work-begun': 'keys.works',
  'incident.work-ended': 'keys.works',
  'incident.work-corrected': 'keys.works',
  'incident.assigned': 'keys.assign',
  'incident.status-changed': 'keys.status',
  'incident.type-changed': 'keys.type',
  'incident.subtype-changed': 'keys.subtype',
  'incident.repair-priority-changed': 'workflow.repairPriority',
  'incident.closed': 'keys.close',
  'incident.auto-close-armed': 'journal.life.armName',
  'incident.auto-close-cancelled': 'journal.life.armName',
  'incident.reminder-set': 'journal.life.reminderName',
  'incident.reminder-done': 'journal.life.reminderName',
  'incident.edited': 'common.edit',
  'incident.dismissed': 'keys.dismiss',
  'incident.letter-moved': 'keys.moveLetter',
  'incident.messages-taken': 'chats.incident.joinTitle',
  'incident.asset-bound': 'journal.asset.bind',
  'incident.asset-unbound': 'journal.asset.unbind',
  'incident.linked': 'links.undone.linked',
  'incident.unlinked': 'links.undone.unlinked',
  'incident.merged': 'links.undone.merged',
  'incident.merged-into': 'links.undone.merged',
  'incident.parted': 'links.undone.parted',
  'incident.letters-moved': 'links.undone.lettersMoved',
  'incident.split': 'links.undone.split',
  'incident.flood-left': 'links.undone.floodLeft',
  'incident.clock-paused': 'keys.pause',
  'incident.clock-resumed': 'card.clock.resume',
  'incident.note-added': 'keys.note',
  'incident.note-edited': 'notes.edit',
  'incident.note-removed': 'notes.remove',
  'incident.restored': 'journal.restored',
  'incident.letter-queued': 'keys.send',
  'incident.undone': 'notes.undo.action',
} as const;

function codesOf(assets: readonly { readonly code: string }[]): string {
  return assets.map(({ code }) => code).join(', ');
}

function shortName(event: string, { t }: Context): string {
  const key = undoneNames[event as keyof typeof undoneNames] as
    | (typeof undoneNames)[keyof typeof undoneNames]
    | undefined;
  return key ? t(key).toLocaleLowerCase() : event;
}

const fields = [
  'title',
  'description',
  'applicantName',
  'applicantPhone',
  'applicantAddress',
  'asset',
  'priority',
  'categoryIds',
] as const;

function isField(name: string): name is (typeof fields)[number] {
  return (fields as readonly string[]).includes(name);
}

/** Failures before any server said a word: the dictionary tells them, not an answer. */
function isOurs(code: string): code is 'file' | 'account-removed' {
  return code === 'file' || code === 'account-removed';
}

const links = [
  'opened',
  'references',
  'code',
  'content',
  'hand',
  'reply',
  'stored',
  'automatic',
  'sent',
  'same-sender',
  'flood',
] as const;

function isLink(name: string): name is (typeof links)[number] {
  return (links as readonly string[]).includes(name);
}
