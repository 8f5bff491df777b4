import type { DeskSettings } from '../../shared/contract/settings.ts';
import type { JournalFacts, JournalKind } from '../../shared/domain/journal-kinds.ts';
import type { BindingFacts } from '../../shared/domain/reaching-facts.ts';
import { AppError } from '../../shared/errors.ts';
import type { Assets } from '../assets/create-assets.ts';
import type { TechnicianParts } from '../calls/technicians.ts';
import type { SaveAsset } from '../assets/registry.ts';
import type { SaveContact, SaveRule } from '../chats/chat-desk.ts';
import type { Chats } from '../chats/create-chats.ts';
import type { JournalRow } from '../db/journal-store.ts';
import type { ViewStore } from '../db/view-store.ts';
import type { Actor } from '../incidents/parts.ts';
import type { RuleDesk } from '../intake/rule-desk.ts';
import type { LetterParts } from '../letters/parts.ts';
import { takeBack as takeBackLetter } from '../letters/take-back.ts';
import { setNoteRemoved, takeBackEdit } from '../notes/notes.ts';
import { takeBackReading, takeBackStars } from '../notes/personal.ts';
import {
  removeTemplate,
  saveTemplate,
  templateFactsOf,
  type TemplateParts,
} from '../notify/notice-templates.ts';
import { rosterOf, savePerson, saveRoster } from '../people/people.ts';
import type { Settings } from '../settings/desk-settings.ts';
import { callTakers, type CallUndo } from './calls.ts';
import { type ReferenceList, rowsOf, writeRow } from './reference-rows.ts';
import { changedSince, notUndoable, requireSame } from './still.ts';
import { type ReachParts, reachTakers } from './reaching.ts';
import { technicianTakers } from './technicians.ts';
import { takeBackView } from './views.ts';

export type TakeBackParts = {
  readonly desk: LetterParts;
  readonly rules: RuleDesk;
  readonly views: ViewStore;
  readonly settings: Settings;
  readonly chats: Chats;
  readonly assets: Assets;
  readonly technicians: TechnicianParts;
  readonly calls: CallUndo;
  readonly reach: ReachParts;
  readonly notices: TemplateParts;
  /** An unbinding taken back, and that again. */
  readonly bindings: {
    again(binding: BindingFacts, actor: number): void;
    remove(routeId: number, chatId: string, actor: number): void;
  };
  /** A letter that was let go stands in quarantine again. */
  readonly holdAgain: (rawId: number, actor: number) => void;
};

type At = { readonly entry: JournalRow; readonly actor: number; readonly revision: number };
type Taker<K extends JournalKind> = (parts: TakeBackParts, facts: JournalFacts[K], at: At) => void;

/**
 * Everything that is not an incident's own. Each checks first that what it set still stands and throws `conflict`
 * (reason `changed-since`) when it does not; an entry of an older version lacks what it was before (`not-undoable`).
 */
const takers: { readonly [K in JournalKind]?: Taker<K> } = {
  'incident.note-added': ({ desk }, { noteId }, { entry, actor }) => {
    requireOwn(entry, actor);
    setNoteRemoved(desk, noteId, true, actor);
  },
  'incident.note-restored': ({ desk }, { noteId }, { entry, actor }) => {
    requireOwn(entry, actor);
    setNoteRemoved(desk, noteId, true, actor);
  },
  'incident.note-removed': ({ desk }, { noteId }, { entry, actor }) => {
    requireOwn(entry, actor);
    setNoteRemoved(desk, noteId, false, actor);
  },
  'incident.note-edited': ({ desk }, { noteId, version }, { entry, actor }) => {
    requireOwn(entry, actor);
    takeBackEdit(desk, noteId, version, actor);
  },
  'incident.letter-queued': ({ desk, chats }, { outboxId }, { actor }) => {
    if (desk.outbox.require(outboxId).channel === 'mail') takeBackLetter(desk, outboxId, actor);
    else chats.takeBack(outboxId, actor);
  },
  'person.favourites-set': ({ desk }, facts, { entry, actor }) => {
    requireOwn(entry, actor);
    takeBackStars(desk, facts, actor);
  },
  'person.reading-set': ({ desk }, facts, { entry, actor }) => {
    requireOwn(entry, actor);
    takeBackReading(desk, facts, actor);
  },
  'person.saved': ({ desk }, { before, after }, { entry, actor }) => {
    const person = desk.people.require(entry.subjectId);
    const { name, role, email, phone } = person;
    requireSame({ name, role, email, phone, active: person.active === 1 }, required(after));
    // Whoever is new cannot be made never to have been: he is put out of work.
    savePerson(desk, { ...(before ?? { ...required(after), active: false }), id: entry.subjectId }, actor);
  },
  'person.roster-saved': ({ desk }, { before, after }, { entry, actor }) => {
    requireSame(rosterOf(desk, entry.subjectId), required(after));
    saveRoster(desk, entry.subjectId, required(before), actor);
  },
  'rule.saved': ({ rules }, { before, after }, { entry, actor }) => {
    const rule = rules.all().find(({ id }) => id === entry.subjectId);
    requireSame(rule && { field: rule.field, value: rule.value, active: rule.active }, required(after));
    if (before) rules.change(entry.subjectId, before, actor);
    else rules.remove(entry.subjectId, actor);
  },
  'rule.removed': ({ rules }, { before }, { actor }) => {
    const was = required(before);
    const again = rules.all().some(({ field, value }) => field === was.field && value === was.value);
    if (again) throw changedSince();
    rules.add(was, actor);
  },
  'chat.rule-saved': ({ chats }, { ruleId, before, after }, { actor }) => {
    if (ruleId === undefined) throw notUndoable();
    requireSame(chats.rule(ruleId), { ...required(after), id: ruleId });
    if (before) chats.saveRule({ ...(before as SaveRule), id: ruleId }, actor);
    else chats.removeRule(ruleId, actor);
  },
  'chat.rule-removed': ({ chats }, { before }, { actor }) => {
    chats.saveRule(required(before) as SaveRule, actor);
  },
  'chat.contact-set': ({ chats }, { chatId, from, to }, { actor }) => {
    if (chats.contactOf(chatId) !== to) throw changedSince();
    chats.setContact({ chatId, contactId: from }, actor);
  },
  'contact.saved': ({ chats }, { before, after }, { entry, actor }) => {
    const contact = chats.findContacts('').find(({ id }) => id === entry.subjectId);
    const { id: _id, chatIds: _chats, ...current } = contact ?? { id: 0, chatIds: [] };
    requireSame(current, required(after));
    const back = before ?? { ...required(after), active: false };
    chats.saveContact({ ...(back as SaveContact), id: entry.subjectId }, actor);
  },
  ...technicianTakers,
  ...callTakers,
  ...reachTakers,
  'binding.removed': ({ bindings }, { binding }, { actor }) => bindings.again(binding, actor),
  'binding.restored': ({ bindings }, { binding }, { actor }) =>
    bindings.remove(binding.routeId, binding.chatId, actor),
  'notification.template-saved': ({ notices }, { before, after }, { entry, actor }) => {
    const { templates } = notices;
    requireSame(templateFactsOf(templates.require(entry.subjectId)), required(after));
    if (before?.active) saveTemplate(notices, { ...before, id: entry.subjectId }, actor);
    else removeTemplate(notices, entry.subjectId, actor);
  },
  'view.saved': ({ desk, views }, facts, { entry, actor, revision }) =>
    takeBackView({ desk, views }, entry.subjectId, facts, actor, revision),
  'view.removed': ({ desk, views }, facts, { entry, actor, revision }) =>
    takeBackView({ desk, views }, entry.subjectId, facts, actor, revision),
  'setting.saved': ({ settings }, { before, after }, { actor }) => {
    const current = settings.get();
    const keys = Object.keys(required(after)) as (keyof DeskSettings)[];
    requireSame(Object.fromEntries(keys.map((key) => [key, current[key]])), required(after));
    settings.save(required(before) as Partial<DeskSettings>, actor);
  },
  'reference.saved': takeBackRow,
  'letter.quarantine-released': ({ holdAgain }, { rawId }, { actor }) => holdAgain(rawId, actor),
  'asset.saved': takeBackAsset,
  'asset.group-saved': ({ assets }, { before, after }, { entry, actor }) => {
    const group = assets.lists().groups.find(({ id }) => id === entry.subjectId);
    requireSame(group && { name: group.name, domains: group.domains }, required(after));
    // A new one stays: it has no being out of use, and assets may belong to it already.
    if (!before) throw notUndoable();
    assets.saveGroup({ ...before, id: entry.subjectId }, actor);
  },
  'asset.region-saved': ({ assets }, { repairEmail }, { entry, actor }) => {
    const region = assets.lists().regions.find(({ id }) => id === entry.subjectId);
    if (region?.repairEmail !== repairEmail.to) throw changedSince();
    assets.saveRegion({ id: entry.subjectId, repairEmail: repairEmail.from }, actor);
  },
};

/** Answers whether the kind is one of these. */
export function createTakeBackOther(
  parts: TakeBackParts,
): (entry: JournalRow, actor: Actor, revision: number) => boolean {
  return (entry, actor, revision) => {
    const taker = takers[entry.kind as JournalKind] as Taker<JournalKind> | undefined;
    if (!taker) return false;
    if (actor === null) throw notUndoable();
    taker(parts, JSON.parse(entry.payload) as never, { entry, actor, revision });
    return true;
  };
}

function takeBackRow(
  { desk }: TakeBackParts,
  { list, key, before, after }: JournalFacts['reference.saved'],
  { entry, actor, revision }: At,
): void {
  const known = list as ReferenceList;
  const id = entry.subjectId;
  requireSame(rowsOf(desk.reference, known).get(id), required(after));
  // A new row may stand in incidents already: it is put out of use.
  writeRow(desk.reference, known, before ?? { ...required(after), active: false }, revision);
  desk.journal.append({
    kind: 'reference.saved',
    subject: 'reference',
    subjectId: id,
    actorId: actor,
    facts: { list, key, before: after ?? null, after: rowsOf(desk.reference, known).get(id) ?? null },
  });
  desk.db.touch('reference');
}

function takeBackAsset(
  { desk, assets }: TakeBackParts,
  { changes }: JournalFacts['asset.saved'],
  { entry, actor, revision }: At,
): void {
  const id = entry.subjectId;
  const { sourceId: _source, ...asset } = desk.assets.require(id);
  const current: Readonly<Record<string, unknown>> = {
    ...asset,
    operatorIds: desk.assets.operators(id),
    aliases: desk.assets.aliases(id).map(({ spelling }) => spelling),
  };
  const still = Object.entries(changes).every(
    ([key, { to }]) => JSON.stringify(current[key] ?? null) === JSON.stringify(to),
  );
  if (!still || asset.goneAt !== null) throw changedSince();
  const isNew = Object.hasOwn(changes, 'kind') && changes['kind']?.from === null;
  if (isNew) {
    desk.assets.markGone([id], desk.clock.now(), revision);
    desk.db.touch('asset');
    return;
  }
  const back = Object.fromEntries(Object.entries(changes).map(([key, { from }]) => [key, from]));
  const { parentId, ...fields } = { ...current, ...back } as unknown as SaveAsset & {
    parentId: number | null;
  };
  assets.save({ ...fields, id, poleId: parentId }, actor);
}

function required<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw notUndoable();
  return value;
}

/** Stars, reading and notes are a person's own. */
function requireOwn(entry: JournalRow, actor: number): void {
  if (entry.actorId !== actor) throw new AppError('denied', { details: { reason: 'undo-of-another' } });
}
