import { z } from 'zod';
import { command, query } from '../rpc/define.ts';
import { done, id, time } from './common.ts';

export const longestNote = 4000;
/** What one action is done to at most. */
export const mostAtOnce = 500;

const noteText = z.string().trim().min(1).max(longestNote);
const undo = z.object({ undo: z.int().nullable() });

const noteView = z.object({
  id,
  authorId: id,
  text: z.string(),
  /** Who is named in it. */
  mentions: z.array(id),
  createdAt: time,
  editedAt: time.nullable(),
  /** Its words went when their time of keeping was over. */
  textExpiredAt: time.nullable().optional(),
});
export type NoteView = z.infer<typeof noteView>;

/** What dispatchers write for each other; no letter ever quotes it. */
export const notesContract = {
  ofIncident: query(
    z.strictObject({ incidentId: id }),
    /** Oldest first; `draft` is what the asking person has begun to write. */
    z.object({ notes: z.array(noteView), draft: z.string() }),
  ),
  /** Whoever is named with `@` hears it. Takes the place of the draft. */
  add: command(
    z.strictObject({ incidentId: id, text: noteText }),
    z.object({ id, undo: z.int().nullable() }),
  ),
  /** Own ones only; fails with `denied` (reason `note-of-another`), `not-found`. */
  edit: command(z.strictObject({ id, text: noteText }), undo),
  remove: command(z.strictObject({ id }), undo),
  saveDraft: command(z.strictObject({ incidentId: id, text: z.string().max(longestNote) }), done),
} as const;

export const favouriteLevels = ['normal', 'important'] as const;
export const favouriteLevel = z.enum(favouriteLevels).nullable();
export type FavouriteLevel = z.infer<typeof favouriteLevel>;

/** Of the person at the page alone. */
export const personalContract = {
  setFavourite: command(z.strictObject({ incidentId: id, level: favouriteLevel }), undo),
  /** Bold again, as if it had not been read. */
  markUnread: command(z.strictObject({ incidentId: id }), undo),
  /** Who has read everything there is. */
  readers: query(z.strictObject({ incidentId: id }), z.object({ personIds: z.array(id) })),
} as const;
