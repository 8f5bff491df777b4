import type { StoredFile } from '../../shared/contract/common.ts';
import type { Db } from './open.ts';

export type ChatDraft = {
  readonly text: string;
  /** Row of the message answered. */
  readonly replyTo: number | null;
  readonly files: readonly (StoredFile & { readonly as: 'photo' | 'document' })[];
};

/** Whose, in which chat, and from which incident's card; null is the chat itself. */
export type ChatDraftKey = {
  readonly personId: number;
  readonly chatId: number;
  readonly incidentId: number | null;
};

export type ChatDraftStore = {
  find(key: ChatDraftKey): ChatDraft | undefined;
  save(key: ChatDraftKey, draft: ChatDraft, updatedAt: number): void;
  remove(key: ChatDraftKey): void;
};

type Row = Omit<ChatDraft, 'files'> & { readonly files: string };

/** What stands in the key for no incident. */
const none = 0;

export function createChatDraftStore(db: Db): ChatDraftStore {
  const where = 'person_id = :personId AND chat_id = :chatId AND incident_id = :incidentId';
  const find = db.prepare<[object], Row>(
    `SELECT text, reply_to AS replyTo, files FROM chat_draft WHERE ${where}`,
  );
  const save = db.prepare<[object], void>(
    `INSERT INTO chat_draft (person_id, chat_id, incident_id, text, reply_to, files, updated_at)
     VALUES (:personId, :chatId, :incidentId, :text, :replyTo, :files, :updatedAt)
     ON CONFLICT (person_id, chat_id, incident_id) DO UPDATE SET text = excluded.text, reply_to = excluded.reply_to,
       files = excluded.files, updated_at = excluded.updated_at`,
  );
  const remove = db.prepare<[object], void>(`DELETE FROM chat_draft WHERE ${where}`);
  const keyOf = ({ personId, chatId, incidentId }: ChatDraftKey) => ({
    personId,
    chatId,
    incidentId: incidentId ?? none,
  });
  return {
    find(key) {
      const row = find.get(keyOf(key));
      return row && { ...row, files: JSON.parse(row.files) as ChatDraft['files'] };
    },
    save: (key, { text, replyTo, files }, updatedAt) =>
      void save.run({ ...keyOf(key), text, replyTo, files: JSON.stringify(files), updatedAt }),
    remove: (key) => void remove.run(keyOf(key)),
  };
}
