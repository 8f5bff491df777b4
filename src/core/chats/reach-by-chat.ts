import { basename } from 'node:path';
import type { ChatNoticeRecord, ChatNoticeStore } from '../db/chat-notice-store.ts';
import type { ChatMessageRecord } from '../db/chat-records.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import type { ChatNoticeFile, ChatNoticeState, ChatReach, ChatWords } from '../platform/chat-reach.ts';
import type { ChatParts } from './parts.ts';
import { queueChatMessage } from './send-chat-message.ts';
import { withdrawFromChat } from './take-back.ts';

export type ChatAccounts = {
  readonly isConnected: (accountId: number) => boolean;
  readonly connected: () => number;
};

type Parts = ChatParts & ChatAccounts & { readonly notices: ChatNoticeStore };

const dayMs = 24 * 3_600_000;
/** What is said this long after the desk's own words answers them without a reply. */
const answersMs = 12 * 3_600_000;
const heardMs = 30 * dayMs;
const readMs = 7 * dayMs;
/** A minute of difference between their clock and ours. */
const skewMs = 60_000;
const pageSize = 200;

/** Reaching people by their chat with the desk's own account, over the rows of chats and the outbox. */
export function createReachByChat(parts: Parts): ChatReach {
  const { db, clock, notices, outbox } = parts;

  function current(key: string): { notice: ChatNoticeRecord; record: OutboxRecord } | undefined {
    const notice = notices.find(key);
    const record = notice && outbox.find(notice.outboxId);
    return notice && record ? { notice, record } : undefined;
  }

  return {
    connected: parts.connected,
    chat(chatId) {
      const chat = parts.chats.find(chatId);
      if (!chat) return undefined;
      const canWrite = chat.canSend === 1 && chat.goneAt === null;
      return { canWrite, isConnected: parts.isConnected(chat.accountId) };
    },
    write: ({ key, chatId, text, files }) =>
      db.transact(() => {
        const before = current(key)?.record;
        if (before && before.state !== 'cancelled') return;
        const given = { chatId, text, files: files.map(toFile) };
        const message = { ...given, entities: [], replyTo: null, incidentId: null };
        const { outboxId } = queueChatMessage(parts, message, null, 0);
        notices.put({ key, outboxId, chatId, writtenAt: clock.now() });
      }),
    stateOf(key) {
      const found = current(key);
      return found && toState(found.record);
    },
    takeBack(key) {
      const found = current(key);
      return found === undefined || withdrawFromChat(parts, found.record.id);
    },
    untold: () =>
      notices.untold().map(({ key, outboxId }) => {
        const record = outbox.require(outboxId);
        return { key, at: record.acceptedAt ?? clock.now(), state: toState(record) };
      }),
    markTold: (key) =>
      db.transact(() => {
        const state = current(key)?.record.state;
        if (state === undefined) return;
        notices.markTold(key, state, state === 'read' || state === 'failed' || state === 'cancelled');
        notices.settleBefore(clock.now() - readMs);
      }),
    said(after) {
      const ids = notices.saidAfter(after, clock.now() - heardMs, pageSize);
      const upTo = ids.length < pageSize ? notices.newestMessage() : (ids.at(-1) ?? after);
      return { words: ids.flatMap((id) => wordsOf(parts, id) ?? []), upTo };
    },
    words: (id) => wordsOf(parts, id),
    newest: () => notices.newestMessage(),
    wantFiles(id) {
      for (const file of parts.chatFiles.ofMessage(id)) if (file.sha256 === null) parts.wantFile(file.id);
    },
    reply({ id, chatId }, text) {
      const message = { chatId, text, entities: [], replyTo: id, files: [], incidentId: null };
      queueChatMessage(parts, message, null, 0);
    },
    onChange: (listener) =>
      db.onCommit(({ kinds }) => {
        if (kinds.has('outbox') || kinds.has('chat')) listener();
      }),
  };
}

/** Bytes lie under the name of their hash. */
function toFile({ path, fileName, mimeType, size }: ChatNoticeFile) {
  const as: 'photo' | 'document' = /^image\/(jpeg|png|webp)$/.test(mimeType) ? 'photo' : 'document';
  return { sha256: basename(path), fileName, mimeType, size, as };
}

function toState({ state, wroteAt, errorCode, errorDetail, notBefore }: OutboxRecord): ChatNoticeState {
  switch (state) {
    case 'queued':
    case 'sending':
      return { state: 'waiting', mayHaveLeft: wroteAt !== null, trouble: errorCode, retryAt: notBefore };
    case 'accepted':
    case 'delivered':
      return { state: 'left' };
    case 'read':
    case 'acknowledged':
      return { state: 'read' };
    case 'failed':
      return { state: 'failed', code: errorCode ?? '', detail: errorDetail ?? '' };
    case 'unknown':
      return { state: 'unknown' };
    case 'cancelled':
      return { state: 'taken-back' };
  }
}

function wordsOf(parts: Parts, id: number): ChatWords | undefined {
  const message = parts.chatMessages.find(id);
  if (!message || message.direction !== 'in' || message.deletedAt !== null) return undefined;
  const { chatId, sentAt: at, text, extra } = message;
  return {
    id,
    chatId,
    at,
    text: extra?.kind === 'contact' ? `${extra.name} ${extra.phone}` : text,
    answers: answeredBy(parts, message)?.key ?? null,
    files: parts.chatFiles
      .ofMessage(id)
      .map(({ sha256, fileName, mimeType, size }) => ({ sha256, fileName, mimeType, size })),
    place: extra?.kind === 'location' ? { latitude: extra.latitude, longitude: extra.longitude } : null,
  };
}

function answeredBy(
  { chatMessages, outbox, notices }: Parts,
  message: ChatMessageRecord,
): ChatNoticeRecord | undefined {
  const { chatId, replyTo, position, sentAt } = message;
  if (replyTo !== null) {
    const messageId = chatMessages.byServerId(chatId, replyTo)?.messageId ?? null;
    const record = messageId === null ? undefined : outbox.ofMessage(messageId);
    return record && notices.ofOutbox(record.id);
  }
  const last = notices.lastSaid(chatId, position);
  if (!last || sentAt < last.writtenAt - skewMs || sentAt > last.writtenAt + answersMs) return undefined;
  return last;
}
