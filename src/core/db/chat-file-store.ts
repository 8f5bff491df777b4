import type { ChatFileRecord } from './chat-records.ts';
import type { Db } from './open.ts';

export type ChatFileStore = {
  insert(file: Omit<ChatFileRecord, 'id'>): ChatFileRecord;
  find(id: number): ChatFileRecord | undefined;
  ofMessage(chatMessageId: number): ChatFileRecord[];
  save(file: ChatFileRecord): void;
};

type Row = Omit<ChatFileRecord, 'remote'> & { readonly remote: string | null };

export const chatFileColumns = `f.id, f.chat_message_id AS chatMessageId, f.kind, f.remote, f.sha256, f.file_name AS fileName,
  f.mime_type AS mimeType, f.size, f.width, f.height, f.duration, f.preview`;

export function createChatFileStore(db: Db): ChatFileStore {
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO chat_file (chat_message_id, kind, remote, sha256, file_name, mime_type, size, width, height, duration,
         preview)
       VALUES (:chatMessageId, :kind, :remote, :sha256, :fileName, :mimeType, :size, :width, :height, :duration,
         :preview) RETURNING id`,
    )
    .pluck();
  const byId = db.prepare<[number], Row>(`SELECT ${chatFileColumns} FROM chat_file f WHERE f.id = ?`);
  const ofMessage = db.prepare<[number], Row>(
    `SELECT ${chatFileColumns} FROM chat_file f WHERE f.chat_message_id = ? ORDER BY f.id`,
  );
  const save = db.prepare<[object], void>(
    `UPDATE chat_file SET kind = :kind, remote = :remote, sha256 = :sha256, file_name = :fileName,
       mime_type = :mimeType, size = :size, width = :width, height = :height, duration = :duration, preview = :preview
     WHERE id = :id`,
  );
  return {
    insert(file) {
      const id = insert.get(toRow(file));
      if (id === undefined) throw new Error('A file without an id');
      return { ...file, id };
    },
    find(id) {
      const row = byId.get(id);
      return row && toChatFile(row);
    },
    ofMessage: (chatMessageId) => ofMessage.all(chatMessageId).map(toChatFile),
    save: (file) => void save.run({ ...toRow(file), id: file.id }),
  };
}

function toRow(file: Omit<ChatFileRecord, 'id'>) {
  return { ...file, remote: file.remote === null ? null : JSON.stringify(file.remote) };
}

/** A row read by `chatFileColumns`. */
export function toChatFile(row: Row): ChatFileRecord {
  return {
    ...row,
    remote: row.remote === null ? null : (JSON.parse(row.remote) as ChatFileRecord['remote']),
  };
}
