import type { PeerId } from '../platform/chat-types.ts';
import { chatMessageColumns, toChatMessage } from './chat-message-store.ts';
import type { ChatMessageRecord } from './chat-records.ts';
import type { Db } from './open.ts';

/** Whoever speaks in a chat, as an incident names them. */
export type ChatPeer = {
  readonly title: string;
  readonly username: string | null;
  readonly phone: string | null;
  readonly isService: number;
};

/** A message of a chat with the incident its letter stands in. */
export type LinkedMessage = ChatMessageRecord & {
  readonly letterId: number;
  readonly incidentId: number | null;
};

/** Chats as incidents and the outbox see them. What Telegram says is written elsewhere, by `chat-store.ts`. */
export type ChatLinkStore = {
  peer(accountId: number, peerId: PeerId): ChatPeer | undefined;
  /** As whom the account writes. */
  self(accountId: number): { readonly userId: PeerId; readonly name: string } | undefined;
  /** In the order of the chat. */
  messages(ids: readonly number[]): ChatMessageRecord[];
  /** Messages of the chat that stand in an incident, the newest first, as far back as they were sent at `since` or later. */
  linkedSince(chatId: number, since: number): LinkedMessage[];
  /** The letter another message of this album became. */
  albumLetter(message: ChatMessageRecord): number | undefined;
  /** Messages by this sender just before a moment that say a place and stand in no incident, newest first. */
  placesBefore(message: ChatMessageRecord, since: number): ChatMessageRecord[];
  /** The conversation of this chat in that incident. */
  conversationIn(chatId: number, incidentId: number): number | undefined;
  setLetter(chatMessageId: number, messageId: number | null, revision: number): void;
  /** Says which rows changed to a page that was away; returns the chats. */
  stateChanged(messageId: number, revision: number): number[];
  /** The other side has read every part of this letter. */
  isRead(messageId: number): boolean;
};

export function createChatLinkStore(db: Db): ChatLinkStore {
  return { ...createReading(db), ...createLinks(db), ...createWriting(db) };
}

type Row = Parameters<typeof toChatMessage>[0];

function createReading(db: Db): Pick<ChatLinkStore, 'peer' | 'self' | 'messages'> {
  const peer = db.prepare<[number, string], ChatPeer>(
    `SELECT title, username, phone, is_service AS isService FROM telegram_peer WHERE account_id = ? AND peer_id = ?`,
  );
  const self = db.prepare<[number], { userId: PeerId; name: string }>(
    'SELECT user_id AS userId, name FROM telegram_account WHERE id = ?',
  );
  const messages = db.prepare<[string], Row>(
    `SELECT ${chatMessageColumns} FROM json_each(?) wanted CROSS JOIN chat_message m ON m.id = wanted.value
     ORDER BY m.position, m.id`,
  );
  return {
    peer: (accountId, peerId) => peer.get(accountId, peerId),
    self: (accountId) => self.get(accountId),
    messages: (ids) => messages.all(JSON.stringify(ids)).map(toChatMessage),
  };
}

/** An album has at most ten messages; between them Telegram may number a few of other chats. */
const albumReach = 40;

type LinkedRow = Row & { readonly incidentId: number | null };

function createLinks(
  db: Db,
): Pick<ChatLinkStore, 'linkedSince' | 'albumLetter' | 'placesBefore' | 'conversationIn' | 'isRead'> {
  const linked = db.prepare<[number], LinkedRow>(
    `SELECT ${chatMessageColumns}, v.incident_id AS incidentId
     FROM chat_message m INDEXED BY chat_message_linked JOIN message l ON l.id = m.message_id
     JOIN conversation v ON v.id = l.conversation_id
     WHERE m.chat_id = ? AND m.message_id IS NOT NULL ORDER BY m.position DESC LIMIT 500`,
  );
  const album = db
    .prepare<[object], number>(
      `SELECT message_id FROM chat_message WHERE chat_id = :chatId AND message_id IS NOT NULL
         AND position BETWEEN :position - ${albumReach} AND :position + ${albumReach}
         AND grouped_id = :groupedId AND id <> :id LIMIT 1`,
    )
    .pluck();
  const before = db.prepare<[object], Row>(
    `SELECT ${chatMessageColumns} FROM chat_message m
     WHERE m.chat_id = :chatId AND m.position < :position ORDER BY m.position DESC LIMIT 100`,
  );
  const conversation = db
    .prepare<[number, number], number>(
      `SELECT v.id FROM conversation v WHERE v.incident_id = ? AND v.channel = 'telegram' AND EXISTS (
         SELECT 1 FROM message l JOIN chat_message m ON m.message_id = l.id
         WHERE l.conversation_id = v.id AND m.chat_id = ?) ORDER BY v.id LIMIT 1`,
    )
    .pluck();
  const unread = db
    .prepare<[number], number>(
      `SELECT count(*) FROM chat_message m JOIN chat c ON c.id = m.chat_id
       WHERE m.message_id = ? AND (m.server_id IS NULL OR m.server_id > c.read_outbox_max)`,
    )
    .pluck();
  return {
    linkedSince(chatId, since) {
      const found: LinkedMessage[] = [];
      for (const { incidentId, ...row } of linked.iterate(chatId)) {
        // Waiting messages stand last and may be older than what was answered since.
        if (row.sentAt < since && row.serverId !== null) break;
        if (row.messageId !== null)
          found.push({ ...toChatMessage(row), letterId: row.messageId, incidentId });
      }
      return found;
    },
    albumLetter({ id, chatId, position, groupedId }) {
      return groupedId === null ? undefined : album.get({ id, chatId, position, groupedId });
    },
    placesBefore({ chatId, position, senderId }, since) {
      return before
        .all({ chatId, position })
        .filter((row) => row.sentAt >= since && row.senderId === senderId && row.messageId === null)
        .map(toChatMessage)
        .filter(({ extra, deletedAt }) => extra?.kind === 'location' && deletedAt === null);
    },
    conversationIn: (chatId, incidentId) => conversation.get(incidentId, chatId),
    isRead: (messageId) => unread.get(messageId) === 0,
  };
}

function createWriting(db: Db): Pick<ChatLinkStore, 'setLetter' | 'stateChanged'> {
  const setLetter = db.prepare<[number | null, number, number], void>(
    'UPDATE chat_message SET message_id = ?, revision = ? WHERE id = ?',
  );
  const touchMessages = db.prepare<[number, number], void>(
    'UPDATE chat_message SET revision = ? WHERE message_id = ?',
  );
  const touchChats = db
    .prepare<[number, number], number>(
      `UPDATE chat SET revision = ? WHERE id IN (SELECT chat_id FROM chat_message WHERE message_id = ?) RETURNING id`,
    )
    .pluck();
  return {
    setLetter: (chatMessageId, messageId, revision) => void setLetter.run(messageId, revision, chatMessageId),
    stateChanged(messageId, revision) {
      touchMessages.run(revision, messageId);
      const chatIds = touchChats.all(revision, messageId);
      for (const id of chatIds) db.touch('chat', id);
      return chatIds;
    },
  };
}
