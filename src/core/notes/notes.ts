import { findMentions } from '../../shared/domain/mentions.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { NoteRecord } from '../db/note-store.ts';
import type { IncidentParts } from '../incidents/parts.ts';
import { markUnread } from '../incidents/reading.ts';
import { saveIncident } from '../incidents/save-incident.ts';

type NoteKind = 'incident.note-added' | 'incident.note-removed' | 'incident.note-restored';

/** For the desk alone. Whoever is named in it hears of it and finds the incident unread. */
export function addNote(
  parts: IncidentParts,
  { incidentId, text }: { readonly incidentId: number; readonly text: string },
  authorId: number,
): { readonly id: number; readonly undo: number } {
  return parts.db.transact((revision) => {
    parts.incidents.require(incidentId);
    const now = parts.clock.now();
    const mentions = mentionedIn(parts, text);
    const note = {
      uuid: uuidv7(now, parts.random.bytes(10)),
      incidentId,
      authorId,
      text,
      earlier: [],
      mentions,
      createdAt: now,
      editedAt: null,
      removedAt: null,
    };
    const id = parts.notes.insert(note, revision);
    parts.notes.saveDraft({ personId: authorId, incidentId }, '', now);
    const undo = tell(parts, 'incident.note-added', { ...note, id }, authorId);
    call(parts, note, mentions, authorId, revision);
    touchNotes(parts, incidentId, revision);
    return { id, undo };
  });
}

/** Throws `denied` (reason `note-of-another`), `not-found`. */
export function editNote(
  parts: IncidentParts,
  { id, text }: { readonly id: number; readonly text: string },
  actor: number,
): { readonly undo: number | null } {
  return parts.db.transact(() => {
    const note = requireOwn(parts, id, actor);
    return { undo: note.text === text ? null : rewrite(parts, note, text, actor) };
  });
}

/** Throws as `editNote`. It can come back. */
export function removeNote(parts: IncidentParts, id: number, actor: number): { readonly undo: number } {
  return parts.db.transact(() => ({ undo: setRemoved(parts, requireOwn(parts, id, actor), true, actor) }));
}

/** For undo: what the note said before its change number `version`. Throws `conflict` (reason `changed-since`). */
export function takeBackEdit(parts: IncidentParts, id: number, version: number, actor: number): void {
  const note = parts.notes.require(id);
  const text = note.earlier[version];
  if (text === undefined || note.removedAt !== null || note.earlier.length !== version + 1) {
    throw new AppError('conflict', { details: { reason: 'changed-since' } });
  }
  rewrite(parts, note, text, actor);
}

/** For undo. Throws `conflict` (reason `changed-since`) when it is so already. */
export function setNoteRemoved(parts: IncidentParts, id: number, isRemoved: boolean, actor: number): void {
  const note = parts.notes.require(id);
  if ((note.removedAt !== null) === isRemoved) {
    throw new AppError('conflict', { details: { reason: 'changed-since' } });
  }
  setRemoved(parts, note, isRemoved, actor);
}

function rewrite(parts: IncidentParts, note: NoteRecord, text: string, actor: number): number {
  return parts.db.transact((revision) => {
    const mentions = mentionedIn(parts, text);
    const earlier = [...note.earlier, note.text];
    parts.notes.save({ ...note, text, earlier, mentions, editedAt: parts.clock.now() }, revision);
    const sequence = parts.journal.append({
      kind: 'incident.note-edited',
      subject: 'incident',
      subjectId: note.incidentId,
      actorId: actor,
      facts: { noteId: note.id, version: earlier.length - 1 },
    });
    const added = mentions.filter((personId) => !note.mentions.includes(personId));
    call(parts, note, added, actor, revision);
    touchNotes(parts, note.incidentId, revision);
    return sequence;
  });
}

function setRemoved(parts: IncidentParts, note: NoteRecord, isRemoved: boolean, actor: number): number {
  return parts.db.transact((revision) => {
    const next = { ...note, removedAt: isRemoved ? parts.clock.now() : null };
    parts.notes.save(next, revision);
    touchNotes(parts, note.incidentId, revision);
    return tell(parts, isRemoved ? 'incident.note-removed' : 'incident.note-restored', next, actor);
  });
}

function requireOwn(parts: IncidentParts, id: number, actor: number): NoteRecord {
  const note = parts.notes.require(id);
  if (note.removedAt !== null) throw new AppError('not-found', { details: { reason: 'note', id } });
  if (note.authorId !== actor) throw new AppError('denied', { details: { reason: 'note-of-another' } });
  if (note.textExpiredAt) throw new AppError('conflict', { details: { reason: 'changed-since' } });
  return note;
}

function mentionedIn({ people }: IncidentParts, text: string): number[] {
  const active = people.all().filter((person) => person.active === 1);
  return [...new Set(findMentions(text, active).map(({ personId }) => personId))];
}

/** Nobody is called by his own note. */
function call(
  parts: IncidentParts,
  { incidentId }: Pick<NoteRecord, 'incidentId'>,
  personIds: readonly number[],
  actor: number,
  revision: number,
): void {
  for (const personId of personIds) {
    if (personId === actor) continue;
    parts.alarms.raise(incidentId, 'mention', parts.clock.now(), revision, personId);
    parts.db.touch('alarm', incidentId);
    markUnread(parts, incidentId, personId);
  }
}

function tell<K extends NoteKind>(
  parts: IncidentParts,
  kind: K,
  { id, incidentId, mentions }: NoteRecord,
  actor: number,
): number {
  const facts = kind === 'incident.note-added' ? { noteId: id, mentions } : { noteId: id };
  return parts.journal.append({
    kind: kind as 'incident.note-added',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: facts as { noteId: number; mentions: readonly number[] },
  });
}

/** Notes are among the words an incident is found by. */
function touchNotes(parts: IncidentParts, incidentId: number, revision: number): void {
  parts.index(saveIncident(parts, parts.incidents.require(incidentId), revision));
}
