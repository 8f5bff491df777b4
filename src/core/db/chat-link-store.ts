import type { PeerId } from '../platform/chat-types.ts';
import { chatMessageColumns, toChatMessage } from './chat-message-store.ts';
import { waitingPosition, type ChatMessageRecord } from './chat-records.ts';
import type { Db } from './open.ts';
import type { OutboxRecord } from './outbox-store.ts';

/** A message that became a letter, as far as the next ones are compared with it. */
export type LinkedMessage = Pick<ChatMessageRecord, 'id' | 'topicId' | 'sentAt'> & {
  readonly incidentId: number | null;
};

/** Chats as incidents and the outbox see them. What Telegram says is written elsewhere, by `chat-store.ts`. */
export type ChatLinkStore = {
  /** As whom the account writes. */
  self(accountId: number): { readonly userId: PeerId; readonly name: string } | undefined;
  /** In the order of the chat. */
  messages(ids: readonly number[]): ChatMessageRecord[];
  /** The newest first, none sent before `since`, at most 50; of one sender, or of everybody when it is undefined. */
  linked(chatId: number, senderId: PeerId | undefined, since: number): LinkedMessage[];
  /** Incidents this chat opened, registered between the two times, the newest first, at most `limit`. */
  openedBetween(chatId: number, from: number, to: number, limit: number): number[];
  /** The letter another message of this album became. */
  albumLetter(message: ChatMessageRecord): number | undefined;
  /** The other messages of its album, in the order of the chat. */
  album(message: ChatMessageRecord): ChatMessageRecord[];
  /** The messages just before this one, newest first, at most 100. */
  before(message: ChatMessageRecord): ChatMessageRecord[];
  /** The conversation of this chat in that incident. */
  conversationIn(chatId: number, incidentId: number): number | undefined;
  /** Chats with messages in the incident, the latest heard from first. */
  chatsOf(incidentId: number): number[];
  /** The last message of the other side in the incident. */
  lastIncoming(chatId: number, incidentId: number): ChatMessageRecord | undefined;
  /** What was said about the incident in this chat, newest first, at most 50. */
  textsIn(chatId: number, incidentId: number): string[];
  /** Says which rows changed to a page that was away. */
  stateChanged(messageId: number, revision: number): void;
  /** The other side has read every part of this letter. */
  isRead(messageId: number): boolean;
  /** Outbox rows that left up to this server id and are not known as read, the newest first. */
  leftUpTo(
    chatId: number,
    serverId: number,
  ): { readonly outboxId: number; readonly state: OutboxRecord['state'] }[];
  /** What nobody knows about, of this chat and with this text. */
  unknownOf(
    chatId: number,
    text: string,
  ): { readonly outboxId: number; readonly messageId: number } | undefined;
  /** A message of ours in the chat's history that no letter knows, with this text, sent at that moment or later. */
  ownCopy(chatId: number, text: string, since: number): number | undefined;
  /** Files of messages in incidents whose bytes are not here, the newest messages first. */
  missingFiles(kinds: readonly string[], mostBytes: number, limit: number): number[];
};

export function createChatLinkStore(db: Db): ChatLinkStore {
  return { ...createReading(db), ...createIncidentSide(db), ...createOutboxSide(db) };
}

type Row = Parameters<typeof toChatMessage>[0];

/** An album has at most ten messages; between them Telegram may number a few of other chats. */
const albumReach = 40;

function createReading(
  db: Db,
): Pick<ChatLinkStore, 'self' | 'messages' | 'linked' | 'albumLetter' | 'album' | 'before' | 'missingFiles'> {
  const self = db.prepare<[number], { userId: PeerId; name: string }>(
    'SELECT user_id AS userId, name FROM telegram_account WHERE id = ?',
  );
  const messages = db.prepare<[string], Row>(
    `SELECT ${chatMessageColumns} FROM json_each(?) wanted CROSS JOIN chat_message m ON m.id = wanted.value
     ORDER BY m.position, m.id`,
  );
  const linkedSql = (index: string, condition: string) =>
    `SELECT m.id, m.topic_id AS topicId, m.sent_at AS sentAt, v.incident_id AS incidentId
     FROM chat_message m INDEXED BY ${index} JOIN message l ON l.id = m.message_id
     JOIN conversation v ON v.id = l.conversation_id
     WHERE m.chat_id = ? AND m.message_id IS NOT NULL ${condition} ORDER BY m.position DESC LIMIT 50`;
  const linkedAll = db.prepare<[number], LinkedMessage>(linkedSql('chat_message_linked', ''));
  const linkedOf = db.prepare<[number, string], LinkedMessage>(
    linkedSql('chat_message_linked_by_sender', 'AND m.sender_id = ?'),
  );
  const albumLetter = db
    .prepare<[object], number>(
      `SELECT message_id FROM chat_message WHERE chat_id = :chatId AND message_id IS NOT NULL
         AND position BETWEEN :position - ${albumReach} AND :position + ${albumReach}
         AND grouped_id = :groupedId AND id <> :id LIMIT 1`,
    )
    .pluck();
  const album = db.prepare<[object], Row>(
    `SELECT ${chatMessageColumns} FROM chat_message m WHERE m.chat_id = :chatId
       AND m.position BETWEEN :position - ${albumReach} AND :position + ${albumReach}
       AND m.grouped_id = :groupedId AND m.id <> :id ORDER BY m.position`,
  );
  const before = db.prepare<[number, number], Row>(
    `SELECT ${chatMessageColumns} FROM chat_message m
     WHERE m.chat_id = ? AND m.position < ? ORDER BY m.position DESC LIMIT 100`,
  );
  const missing = db
    .prepare<[string, number, number], number>(
      `SELECT f.id FROM chat_message m INDEXED BY chat_message_by_message JOIN chat_file f ON f.chat_message_id = m.id
       WHERE m.message_id IS NOT NULL AND f.sha256 IS NULL AND f.remote IS NOT NULL
         AND f.kind IN (SELECT value FROM json_each(?)) AND f.size <= ?
       ORDER BY m.message_id DESC LIMIT ?`,
    )
    .pluck();
  return {
    self: (accountId) => self.get(accountId),
    messages: (ids) => messages.all(JSON.stringify(ids)).map(toChatMessage),
    linked(chatId, senderId, since) {
      const found = senderId === undefined ? linkedAll.all(chatId) : linkedOf.all(chatId, senderId);
      return found.filter(({ sentAt }) => sentAt >= since);
    },
    albumLetter({ id, chatId, position, groupedId }) {
      return groupedId === null ? undefined : albumLetter.get({ id, chatId, position, groupedId });
    },
    album({ id, chatId, position, groupedId }) {
      if (groupedId === null) return [];
      return album.all({ id, chatId, position, groupedId }).map(toChatMessage);
    },
    before: ({ chatId, position }) => before.all(chatId, position).map(toChatMessage),
    missingFiles: (kinds, mostBytes, limit) => missing.all(JSON.stringify(kinds), mostBytes, limit),
  };
}

function createIncidentSide(
  db: Db,
): Pick<ChatLinkStore, 'conversationIn' | 'chatsOf' | 'lastIncoming' | 'textsIn' | 'openedBetween'> {
  const said = `conversation v JOIN message l ON l.conversation_id = v.id JOIN chat_message m ON m.message_id = l.id`;
  const conversation = db
    .prepare<[number, number], number>(
      `SELECT v.id FROM ${said} WHERE v.incident_id = ? AND v.channel = 'telegram' AND m.chat_id = ? LIMIT 1`,
    )
    .pluck();
  const chatsOf = db
    .prepare<[number], number>(
      `SELECT m.chat_id FROM ${said} WHERE v.incident_id = ? AND v.channel = 'telegram' GROUP BY m.chat_id
       ORDER BY max(iif(m.direction = 'in', m.sent_at, 0)) DESC, max(m.sent_at) DESC`,
    )
    .pluck();
  const lastIncoming = db.prepare<[number, number], Row>(
    `SELECT ${chatMessageColumns} FROM ${said}
     WHERE v.incident_id = ? AND v.channel = 'telegram' AND m.chat_id = ? AND m.direction = 'in'
       AND m.deleted_at IS NULL ORDER BY m.position DESC LIMIT 1`,
  );
  const opened = db
    .prepare<[number, number, number, number], number>(
      `SELECT i.id FROM incident i INDEXED BY incident_by_registration
       WHERE i.registered_at BETWEEN ? AND ? AND i.channel = 'telegram' AND EXISTS (
         SELECT 1 FROM ${said} WHERE v.incident_id = i.id AND m.chat_id = ?)
       ORDER BY i.registered_at DESC LIMIT ?`,
    )
    .pluck();
  const textsIn = db
    .prepare<[number, number], string>(
      `SELECT m.text FROM ${said} WHERE v.incident_id = ? AND v.channel = 'telegram' AND m.chat_id = ?
       ORDER BY m.position DESC LIMIT 50`,
    )
    .pluck();
  return {
    conversationIn: (chatId, incidentId) => conversation.get(incidentId, chatId),
    chatsOf: (incidentId) => chatsOf.all(incidentId),
    lastIncoming(chatId, incidentId) {
      const row = lastIncoming.get(incidentId, chatId);
      return row && toChatMessage(row);
    },
    openedBetween: (chatId, from, to, limit) => opened.all(from, to, chatId, limit),
    textsIn: (chatId, incidentId) => textsIn.all(incidentId, chatId),
  };
}

function createOutboxSide(
  db: Db,
): Pick<ChatLinkStore, 'stateChanged' | 'isRead' | 'leftUpTo' | 'unknownOf' | 'ownCopy'> {
  const touchMessages = db.prepare<[number, number], void>(
    'UPDATE chat_message SET revision = ? WHERE message_id = ?',
  );
  const touchChats = db
    .prepare<[number, number], number>(
      `UPDATE chat SET revision = ? WHERE id IN (SELECT chat_id FROM chat_message WHERE message_id = ?) RETURNING id`,
    )
    .pluck();
  const unread = db
    .prepare<[number], number>(
      `SELECT count(*) FROM chat_message m JOIN chat c ON c.id = m.chat_id
       WHERE m.message_id = ? AND (m.server_id IS NULL OR m.server_id > c.read_outbox_max)`,
    )
    .pluck();
  const left = db.prepare<[number, number, number], { outboxId: number; state: OutboxRecord['state'] }>(
    `SELECT o.id AS outboxId, o.state FROM chat_message m INDEXED BY chat_message_linked
     JOIN outbox o ON o.message_id = m.message_id
     WHERE m.chat_id = ? AND m.message_id IS NOT NULL AND m.position <= ? ORDER BY m.position DESC LIMIT 200 OFFSET ?`,
  );
  const unknown = db.prepare<[number, string], { outboxId: number; messageId: number }>(
    `SELECT o.id AS outboxId, o.message_id AS messageId FROM outbox o JOIN chat_message m ON m.message_id = o.message_id
     WHERE o.state IN ('queued', 'sending', 'unknown', 'failed') AND o.state = 'unknown' AND m.chat_id = ?
       AND m.server_id IS NULL AND m.text = ? ORDER BY o.id LIMIT 1`,
  );
  const ownCopy = db
    .prepare<[number, string, number], number>(
      `SELECT id FROM (SELECT id, text, direction, message_id, sent_at FROM chat_message
         WHERE chat_id = ? AND position < ${waitingPosition} ORDER BY position DESC LIMIT 500)
       WHERE direction = 'out' AND message_id IS NULL AND text = ? AND sent_at >= ? ORDER BY sent_at LIMIT 1`,
    )
    .pluck();
  return {
    stateChanged(messageId, revision) {
      touchMessages.run(revision, messageId);
      for (const id of touchChats.all(revision, messageId)) db.touch('chat', id);
    },
    isRead: (messageId) => unread.get(messageId) === 0,
    leftUpTo(chatId, serverId) {
      const found = new Map<number, OutboxRecord['state']>();
      for (let offset = 0; ; offset += 200) {
        const page = left.all(chatId, serverId, offset);
        for (const { outboxId, state } of page) {
          // Receipts only move forward: whatever stands before a message that was read has been settled with it.
          if (state === 'read') return [...found].map(([id, at]) => ({ outboxId: id, state: at }));
          found.set(outboxId, state);
        }
        if (page.length < 200) return [...found].map(([id, at]) => ({ outboxId: id, state: at }));
      }
    },
    unknownOf: (chatId, text) => unknown.get(chatId, text),
    ownCopy: (chatId, text, since) => ownCopy.get(chatId, text, since),
  };
}
