import { indexText } from '../../shared/domain/search-text.ts';
import type { ChatMessageRecord } from './chat-records.ts';
import { waitingPosition } from './chat-records.ts';
import type { Db } from './open.ts';

/** Where it stands follows from its server id; `announced` when Telegram's log has named it. */
export type NewChatMessage = Omit<ChatMessageRecord, 'id' | 'position'> & { readonly announced: boolean };

export type ChatMessageStore = {
  /** Throws when the chat has this server id, or any chat this random id. */
  insert(message: NewChatMessage): ChatMessageRecord;
  find(id: number): ChatMessageRecord | undefined;
  byServerId(chatId: number, serverId: number): ChatMessageRecord | undefined;
  byRandomId(randomId: string): ChatMessageRecord | undefined;
  /** What a letter of the outbox became: one message, or each of an album, in order. */
  ofMessage(messageId: number): ChatMessageRecord[];
  /** Outside channels a number is unique in the account. */
  byNumber(accountId: number, serverId: number): ChatMessageRecord | undefined;
  /** Everything but chat and random id; `position` follows the server id. */
  save(message: ChatMessageRecord): void;
  /** False when it was announced before. */
  announce(id: number): boolean;
  /** The newest message Telegram's log has named; 0 when it has named none. */
  newestAnnounced(chatId: number): number;
  /** Telegram's numbers from one to another, both included; without what is deleted. */
  numbersBetween(chatId: number, from: number, to: number): number[];
  /** Messages of the other side above this number. */
  countIncomingAfter(chatId: number, serverId: number): number;
  /** Ours that were tried to be sent and have no number yet, oldest first. */
  tried(chatId: number): ChatMessageRecord[];
  /** A second row of one message of ours. */
  remove(id: number): void;
  /** The words of a message as it stands, in place of those it had. */
  index(id: number, words: readonly string[]): void;
};

type Row = Omit<ChatMessageRecord, 'entities' | 'forward' | 'extra' | 'reactions'> & {
  readonly entities: string;
  readonly forward: string | null;
  readonly extra: string | null;
  readonly reactions: string;
};

export const chatMessageColumns = `m.id, m.chat_id AS chatId, m.server_id AS serverId, m.random_id AS randomId, m.position,
  m.direction, m.sender_id AS senderId, m.sender_name AS senderName, m.text, m.entities, m.reply_to AS replyTo,
  m.topic_id AS topicId, m.forward, m.grouped_id AS groupedId, m.extra, m.reactions, m.sent_at AS sentAt,
  m.edited_at AS editedAt, m.deleted_at AS deletedAt, m.message_id AS messageId, m.revision`;

/** More than a message of Telegram can hold. */
const longestIndexed = 20_000;

export function createChatMessageStore(db: Db): ChatMessageStore {
  const find = createFinders(db);
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO chat_message (chat_id, server_id, random_id, position, direction, sender_id, sender_name, text,
         entities, reply_to, topic_id, forward, grouped_id, extra, reactions, sent_at, edited_at, deleted_at, announced,
         message_id, revision)
       VALUES (:chatId, :serverId, :randomId, coalesce(:serverId, 0), :direction, :senderId, :senderName, :text,
         :entities, :replyTo, :topicId, :forward, :groupedId, :extra, :reactions, :sentAt, :editedAt, :deletedAt,
         :announced, :messageId, :revision) RETURNING id`,
    )
    .pluck();
  const place = db.prepare<[number, number], void>(
    `UPDATE chat_message SET position = ${waitingPosition} + ? WHERE id = ?`,
  );
  const save = db.prepare<[object], void>(
    `UPDATE chat_message SET server_id = :serverId, position = coalesce(:serverId, ${waitingPosition} + :id),
       sender_id = :senderId, sender_name = :senderName, text = :text, entities = :entities, reply_to = :replyTo,
       topic_id = :topicId, forward = :forward, grouped_id = :groupedId, extra = :extra, reactions = :reactions,
       sent_at = :sentAt, edited_at = :editedAt, deleted_at = :deletedAt, message_id = :messageId, revision = :revision
     WHERE id = :id`,
  );
  const announce = db.prepare<[number], void>(
    'UPDATE chat_message SET announced = 1 WHERE id = ? AND announced = 0',
  );
  const remove = db.prepare<[number], void>('DELETE FROM chat_message WHERE id = ?');
  const unindex = db.prepare<[number], void>('DELETE FROM chat_word WHERE rowid = ?');
  const index = db.prepare<[number, string], void>('INSERT INTO chat_word (rowid, text) VALUES (?, ?)');
  return {
    ...find,
    insert(message) {
      const id = insert.get({ ...toRow(message), announced: message.announced ? 1 : 0 });
      if (id === undefined) throw new Error('A message without an id');
      if (message.serverId === null) place.run(id, id);
      const { announced: _announced, ...kept } = message;
      return { ...kept, id, position: message.serverId ?? waitingPosition + id };
    },
    save: (message) => void save.run({ ...toRow(message), id: message.id }),
    announce: (id) => announce.run(id).changes === 1,
    remove(id) {
      remove.run(id);
      db.beforeCommit(() => void unindex.run(id));
    },
    // As the last step of the transaction: FTS5 writes one segment for a whole batch then, instead of one for each.
    index(id, words) {
      const text = indexText(words.map((word) => word.slice(0, longestIndexed)));
      db.beforeCommit(() => {
        unindex.run(id);
        if (text !== '') index.run(id, text);
      });
    },
  };
}

function createFinders(db: Db): Omit<ChatMessageStore, 'insert' | 'save' | 'announce' | 'remove' | 'index'> {
  const select = <P extends unknown[]>(rest: string) =>
    db.prepare<P, Row>(`SELECT ${chatMessageColumns} FROM chat_message m ${rest}`);
  const byId = select<[number]>('WHERE m.id = ?');
  const byServerId = select<[number, number]>('WHERE m.chat_id = ? AND m.server_id = ?');
  const byRandomId = select<[string]>('WHERE m.random_id = ?');
  const ofMessage = select<[number]>('WHERE m.message_id = ? ORDER BY m.id');
  const byNumber = select<[number, number]>(
    `JOIN chat c ON c.id = m.chat_id
     WHERE m.server_id = ? AND c.account_id = ? AND c.kind IN ('user', 'bot', 'group')`,
  );
  const tried = select<[number]>(
    `WHERE m.chat_id = ? AND m.position >= ${waitingPosition} AND m.direction = 'out' AND EXISTS (
       SELECT 1 FROM outbox o WHERE o.message_id = m.message_id AND o.attempts > 0 AND o.state <> 'cancelled')
     ORDER BY m.position`,
  );
  const newestAnnounced = db
    .prepare<[number], number>(
      `SELECT server_id FROM chat_message WHERE chat_id = ? AND server_id IS NOT NULL AND announced = 1
       ORDER BY server_id DESC LIMIT 1`,
    )
    .pluck();
  const numbersBetween = db
    .prepare<[number, number, number], number>(
      `SELECT server_id FROM chat_message
       WHERE chat_id = ? AND server_id BETWEEN ? AND ? AND deleted_at IS NULL ORDER BY server_id`,
    )
    .pluck();
  const countIncoming = db
    .prepare<[number, number], number>(
      `SELECT count(*) FROM chat_message
       WHERE chat_id = ? AND server_id > ? AND direction = 'in' AND deleted_at IS NULL`,
    )
    .pluck();
  const one = (row: Row | undefined) => (row === undefined ? undefined : toChatMessage(row));
  return {
    find: (id) => one(byId.get(id)),
    byServerId: (chatId, serverId) => one(byServerId.get(chatId, serverId)),
    byRandomId: (randomId) => one(byRandomId.get(randomId)),
    ofMessage: (messageId) => ofMessage.all(messageId).map(toChatMessage),
    byNumber: (accountId, serverId) => one(byNumber.get(serverId, accountId)),
    newestAnnounced: (chatId) => newestAnnounced.get(chatId) ?? 0,
    numbersBetween: (chatId, from, to) => numbersBetween.all(chatId, from, to),
    countIncomingAfter: (chatId, serverId) => countIncoming.get(chatId, serverId) ?? 0,
    tried: (chatId) => tried.all(chatId).map(toChatMessage),
  };
}

function toRow(message: Omit<ChatMessageRecord, 'id' | 'position'>) {
  return {
    ...message,
    entities: JSON.stringify(message.entities),
    forward: message.forward === null ? null : JSON.stringify(message.forward),
    extra: message.extra === null ? null : JSON.stringify(message.extra),
    reactions: JSON.stringify(message.reactions),
  };
}

/** A row read by `chatMessageColumns`. */
export function toChatMessage(row: Row): ChatMessageRecord {
  return {
    ...row,
    entities: row.entities === '[]' ? [] : (JSON.parse(row.entities) as ChatMessageRecord['entities']),
    forward: row.forward === null ? null : (JSON.parse(row.forward) as ChatMessageRecord['forward']),
    extra: row.extra === null ? null : (JSON.parse(row.extra) as ChatMessageRecord['extra']),
    reactions: row.reactions === '[]' ? [] : (JSON.parse(row.reactions) as ChatMessageRecord['reactions']),
  };
}
