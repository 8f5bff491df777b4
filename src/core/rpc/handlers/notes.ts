import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { addNote, editNote, removeNote } from '../../notes/notes.ts';
import { setFavourites, setReading } from '../../notes/personal.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'notes' | 'personal'>;

export function notesHandlers({ desk }: DeskParts): Groups {
  return {
    notes: {
      ofIncident: ({ incidentId }, context) => ({
        notes: desk.notes
          .ofIncident(incidentId)
          .map(({ id, authorId, text, mentions, createdAt, editedAt, textExpiredAt }) => ({
            id,
            authorId,
            text,
            mentions: [...mentions],
            createdAt,
            editedAt,
            textExpiredAt,
          })),
        draft: desk.notes.draft(actorOf(context), incidentId),
      }),
      add: (input, context) => addNote(desk, input, actorOf(context)),
      edit: (input, context) => editNote(desk, input, actorOf(context)),
      remove: ({ id }, context) => removeNote(desk, id, actorOf(context)),
      saveDraft({ incidentId, text }, context) {
        desk.db.transact(() => {
          desk.incidents.require(incidentId);
          desk.notes.saveDraft({ personId: actorOf(context), incidentId }, text, desk.clock.now());
        });
        return {};
      },
    },
    personal: {
      setFavourite: ({ incidentId, level }, context) => ({
        undo: setFavourites(desk, [incidentId], level, actorOf(context)).undo,
      }),
      markUnread: ({ incidentId }, context) => ({
        undo: setReading(desk, [incidentId], false, actorOf(context)).undo,
      }),
      readers: ({ incidentId }) => ({ personIds: desk.personal.readers(incidentId) }),
    },
  };
}
