import type { ChatEntity } from '../../shared/contract/chats.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { ChatDraft } from '../db/chat-draft-store.ts';
import type { ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { markRead } from '../incidents/reading.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { ChatParts } from './parts.ts';

export type SendChatMessage = {
  readonly chatId: number;
  readonly text: string;
  readonly entities: readonly ChatEntity[];
  /** Row of the message answered. */
  readonly replyTo: number | null;
  readonly files: ChatDraft['files'];
  readonly incidentId: number | null;
};

export type SentToChat = { readonly outboxId: number; readonly notBefore: number };

const secondMs = 1000;
/** Telegram's own limits for a message and for the words under a file. */
const longestText = 4096;
const longestCaption = 1024;

/**
 * A message that waits in its chat and in the outbox, in one transaction. Throws `invalid-input` (reasons `message-empty`,
 * `message-too-long`, `reply-waits`), `conflict` (reasons `write-forbidden`, `chat-gone`, `signed-out`), `not-found`.
 */
export function sendChatMessage(parts: ChatParts, given: SendChatMessage, personId: number): SentToChat {
  return queueChatMessage(parts, given, personId, parts.undoSeconds() * secondMs);
}

/** The same for whoever writes; the desk itself is nobody, and has nothing to take back. */
export function queueChatMessage(
  parts: ChatParts,
  given: SendChatMessage,
  personId: number | null,
  waitMs: number,
): SentToChat {
  return parts.db.transact((revision) => {
    // It may have been merged since the answer was begun.
    const incidentId =
      given.incidentId === null ? null : livingIncident(parts.incidents, given.incidentId).id;
    const input = { ...given, incidentId };
    const chat = requireWritable(parts, input.chatId);
    const text = input.text.trimEnd();
    requireSendable(text, input.files.length);
    const answered = answeredBy(parts, chat, input.replyTo);
    const now = parts.clock.now();
    const messageId = insertLetter(parts, { ...input, text }, chat, personId, revision);
    insertWaiting(parts, { ...input, text }, chat, { messageId, answered }, revision);
    const notBefore = now + waitMs;
    const outboxId = parts.outbox.insert({
      uuid: uuidv7(now, parts.random.bytes(10)),
      channel: 'telegram',
      accountId: chat.accountId,
      messageId,
      state: 'queued',
      notBefore,
      leaseUntil: null,
      wroteAt: null,
      attempts: 0,
      errorCode: null,
      errorDetail: null,
      // Telegram keeps what it takes: nothing is to be put anywhere.
      sentCopy: 'provider',
      effect: '{}',
      createdBy: personId,
      createdAt: now,
      acceptedAt: null,
      revision,
    });
    if (personId !== null) {
      parts.chatDrafts.remove({ personId, chatId: chat.id, incidentId: given.incidentId });
    }
    parts.chats.save({ ...chat, lastMessageAt: Math.max(chat.lastMessageAt ?? 0, now), revision });
    tellIncident(parts, input.incidentId, { messageId, outboxId, personId, title: chat.title }, revision);
    parts.db.touch('chat', chat.id);
    parts.db.touch('draft');
    parts.db.touch('outbox');
    return { outboxId, notBefore };
  });
}

function requireWritable(parts: ChatParts, chatId: number): ChatRecord {
  const chat = parts.chats.require(chatId);
  if (chat.goneAt !== null) throw new AppError('conflict', { details: { reason: 'chat-gone' } });
  if (chat.canSend === 0) throw new AppError('conflict', { details: { reason: 'write-forbidden' } });
  return chat;
}

function requireSendable(text: string, files: number): void {
  if (text.trim() === '' && files === 0) {
    throw new AppError('invalid-input', { details: { reason: 'message-empty' } });
  }
  if (text.length > (files > 0 ? longestCaption : longestText)) {
    throw new AppError('invalid-input', { details: { reason: 'message-too-long' } });
  }
}

function answeredBy(
  { chatMessages }: ChatParts,
  chat: ChatRecord,
  replyTo: number | null,
): ChatMessageRecord | undefined {
  if (replyTo === null) return undefined;
  const answered = chatMessages.find(replyTo);
  if (!answered || answered.chatId !== chat.id) {
    throw new AppError('not-found', { details: { reason: 'message', id: replyTo } });
  }
  // Telegram has no number for it yet, so nothing can answer it.
  if (answered.serverId === null) throw new AppError('invalid-input', { details: { reason: 'reply-waits' } });
  return answered;
}

function insertLetter(
  parts: ChatParts,
  { text, incidentId, files }: SendChatMessage,
  chat: ChatRecord,
  personId: number | null,
  revision: number,
): number {
  const now = parts.clock.now();
  const known = incidentId === null ? undefined : parts.chatLinks.conversationIn(chat.id, incidentId);
  const conversationId =
    known ??
    parts.conversations.insert({
      uuid: uuidv7(now, parts.random.bytes(10)),
      channel: 'telegram',
      accountId: chat.accountId,
      incidentId,
      createdAt: now,
    });
  const messageId = parts.messages.insert(
    {
      uuid: uuidv7(now, parts.random.bytes(10)),
      conversationId,
      direction: 'out',
      channel: 'telegram',
      accountId: chat.accountId,
      externalId: null,
      contentHash: null,
      likeness: null,
      inReplyTo: null,
      subject: '',
      from: { name: parts.chatLinks.self(chat.accountId)?.name ?? '', address: '' },
      text,
      html: null,
      sentAt: now,
      receivedAt: now,
      listId: null,
      automaticKind: null,
      automaticEvidence: null,
      notes: [],
      link: { by: 'sent' },
      authorId: personId,
      recipients: [],
      references: [],
      attachments: files.map((file) => ({ ...file, contentId: undefined, inline: false })),
    },
    revision,
  );
  parts.indexLetter({ messageId, subject: '', text, people: [chat.title] });
  return messageId;
}

/** One row for each message it becomes on the server: one, or one for each file of an album, the words under the first. */
function insertWaiting(
  parts: ChatParts,
  { text, entities, files }: SendChatMessage,
  chat: ChatRecord,
  { messageId, answered }: { messageId: number; answered: ChatMessageRecord | undefined },
  revision: number,
): void {
  const self = parts.chatLinks.self(chat.accountId);
  const now = parts.clock.now();
  // Telegram takes no album of photos and documents together; as documents all of them arrive byte for byte.
  const isMixed = new Set(files.map((file) => file.as)).size > 1;
  const count = Math.max(1, files.length);
  for (let index = 0; index < count; index += 1) {
    const words = index === 0 ? text : '';
    const { id } = parts.chatMessages.insert({
      chatId: chat.id,
      serverId: null,
      randomId: randomId(parts),
      direction: 'out',
      senderId: self?.userId ?? null,
      senderName: self?.name ?? '',
      text: words,
      entities: index === 0 ? entities.filter(({ offset, length }) => offset + length <= text.length) : [],
      replyTo: answered?.serverId ?? null,
      topicId: answered?.topicId ?? null,
      forward: null,
      groupedId: count > 1 ? `waiting-${messageId}` : null,
      extra: null,
      reactions: [],
      sentAt: now,
      editedAt: null,
      deletedAt: null,
      messageId,
      revision,
      announced: false,
    });
    const file = files[index];
    if (file) {
      const { sha256, fileName, mimeType, size } = file;
      const kind = isMixed ? 'document' : file.as;
      const unknown = { remote: null, width: null, height: null, duration: null, preview: null };
      parts.chatFiles.insert({ ...unknown, chatMessageId: id, kind, sha256, fileName, mimeType, size });
    }
    parts.chatMessages.index(id, [words, file?.fileName ?? '']);
  }
}

/** Signed 64 bits, as Telegram counts them; zero is none. */
function randomId(parts: ChatParts): string {
  const bytes = parts.random.bytes(8);
  const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0);
  return (value === 0n ? 1n : value).toString();
}

function tellIncident(
  parts: ChatParts,
  incidentId: number | null,
  sent: { messageId: number; outboxId: number; personId: number | null; title: string },
  revision: number,
): void {
  if (incidentId === null) return;
  const incident = parts.incidents.require(incidentId);
  parts.journal.append({
    kind: 'incident.letter-queued',
    subject: 'incident',
    subjectId: incidentId,
    actorId: sent.personId,
    facts: { messageId: sent.messageId, outboxId: sent.outboxId, to: [sent.title], templateKey: null },
  });
  const messageCount = incident.messageCount + 1;
  saveIncident(parts, { ...incident, messageCount, lastMessageAt: parts.clock.now() }, revision);
  if (sent.personId !== null) markRead(parts, incidentId, sent.personId);
  parts.db.touch('message', incidentId);
}
