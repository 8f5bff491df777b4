import { foldText } from '../../shared/domain/search-text.ts';
import { AppError } from '../../shared/errors.ts';
import type { PeerId, PeerKind } from '../platform/chat-types.ts';
import type { ChatRecord } from './chat-records.ts';
import type { Db } from './open.ts';

export type NewChat = Pick<
  ChatRecord,
  'uuid' | 'accountId' | 'peerId' | 'kind' | 'title' | 'canSend' | 'revision'
>;

export type ChatFolder = {
  readonly id: number;
  readonly title: string;
  readonly rule: {
    readonly include: readonly PeerId[];
    readonly exclude: readonly PeerId[];
    readonly kinds: readonly PeerKind[];
  };
};

export type ChatStore = {
  /** An empty chat: nothing read, nothing pinned. */
  insert(chat: NewChat): ChatRecord;
  find(id: number): ChatRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): ChatRecord;
  ofPeer(accountId: number, peerId: PeerId): ChatRecord | undefined;
  ofAccount(accountId: number): ChatRecord[];
  save(chat: ChatRecord): void;
  /** Chats whose row or messages changed after that revision, oldest change first. */
  changedAfter(revision: number, limit: number): number[];
  /** Chats a dispatcher has read and Telegram has not heard of yet. */
  wantingRead(accountId: number): ChatRecord[];
  /** Every channel whose own log is followed, and where it stands. */
  channelPositions(accountId: number): { readonly peerId: PeerId; readonly pts: number }[];
  /** In the order given; replaces what was there. */
  replaceFolders(accountId: number, folders: readonly ChatFolder[]): void;
  folders(accountId: number): ChatFolder[];
};

const columns = `id, uuid, account_id AS accountId, peer_id AS peerId, kind, title, pinned, archived,
  muted_until AS mutedUntil, unread_count AS unreadCount, read_inbox_max AS readInboxMax,
  read_outbox_max AS readOutboxMax, read_wanted AS readWanted, pts, last_message_at AS lastMessageAt,
  gone_at AS goneAt, can_send AS canSend, complete, contact_id AS contactId, revision`;

export function createChatStore(db: Db): ChatStore {
  const insert = db.prepare<[object], ChatRecord>(
    `INSERT INTO chat (uuid, account_id, peer_id, kind, title, folded, can_send, revision)
     VALUES (:uuid, :accountId, :peerId, :kind, :title, :folded, :canSend, :revision) RETURNING ${columns}`,
  );
  const byId = db.prepare<[number], ChatRecord>(`SELECT ${columns} FROM chat WHERE id = ?`);
  const byPeer = db.prepare<[number, string], ChatRecord>(
    `SELECT ${columns} FROM chat WHERE account_id = ? AND peer_id = ?`,
  );
  const ofAccount = db.prepare<[number], ChatRecord>(
    `SELECT ${columns} FROM chat WHERE account_id = ? ORDER BY id`,
  );
  const save = db.prepare<[object], void>(
    `UPDATE chat SET kind = :kind, title = :title, folded = :folded, pinned = :pinned, archived = :archived,
       muted_until = :mutedUntil, unread_count = :unreadCount, read_inbox_max = :readInboxMax,
       read_outbox_max = :readOutboxMax, read_wanted = :readWanted, pts = :pts, last_message_at = :lastMessageAt,
       gone_at = :goneAt, can_send = :canSend, complete = :complete, contact_id = :contactId, revision = :revision
     WHERE id = :id`,
  );
  const changedAfter = db
    .prepare<[number, number], number>('SELECT id FROM chat WHERE revision > ? ORDER BY revision LIMIT ?')
    .pluck();
  const wantingRead = db.prepare<[number], ChatRecord>(
    `SELECT ${columns} FROM chat WHERE account_id = ? AND read_wanted IS NOT NULL AND gone_at IS NULL ORDER BY id`,
  );
  const channels = db.prepare<[number], { peerId: string; pts: number }>(
    'SELECT peer_id AS peerId, pts FROM chat WHERE account_id = ? AND pts IS NOT NULL AND gone_at IS NULL',
  );
  return {
    insert(chat) {
      const row = insert.get({ ...chat, folded: foldText(chat.title) });
      if (!row) throw new Error('The chat just written is not there');
      return row;
    },
    find: (id) => byId.get(id),
    require(id) {
      const chat = byId.get(id);
      if (!chat) throw new AppError('not-found', { details: { reason: 'chat', id } });
      return chat;
    },
    ofPeer: (accountId, peerId) => byPeer.get(accountId, peerId),
    ofAccount: (accountId) => ofAccount.all(accountId),
    save: (chat) => void save.run({ ...chat, folded: foldText(chat.title) }),
    changedAfter: (revision, limit) => changedAfter.all(revision, limit),
    wantingRead: (accountId) => wantingRead.all(accountId),
    channelPositions: (accountId) => channels.all(accountId),
    ...createFolders(db),
  };
}

function createFolders(db: Db): Pick<ChatStore, 'replaceFolders' | 'folders'> {
  const clear = db.prepare<[number], void>('DELETE FROM chat_folder WHERE account_id = ?');
  const insert = db.prepare<[number, number, string, number, string], void>(
    'INSERT INTO chat_folder (account_id, folder_id, title, position, rule) VALUES (?, ?, ?, ?, ?)',
  );
  const list = db.prepare<[number], { id: number; title: string; rule: string }>(
    'SELECT folder_id AS id, title, rule FROM chat_folder WHERE account_id = ? ORDER BY position',
  );
  return {
    replaceFolders(accountId, folders) {
      clear.run(accountId);
      const once = new Map(folders.map((folder) => [folder.id, folder]));
      [...once.values()].forEach(({ id, title, rule }, position) =>
        insert.run(accountId, id, title, position, JSON.stringify(rule)),
      );
    },
    folders: (accountId) =>
      list.all(accountId).map((row) => ({ ...row, rule: JSON.parse(row.rule) as ChatFolder['rule'] })),
  };
}
