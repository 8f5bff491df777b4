import type { z } from 'zod';
import type { ChatFile, ChatMessage, ChatRow, chatRule } from '../../src/shared/contract/chats.ts';

type Rule = z.output<typeof chatRule>;
export type SampleChat = {
  readonly row: ChatRow;
  readonly messages: readonly ChatMessage[];
  readonly rules: readonly Rule[];
};

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const sha = (digit: string): string => digit.repeat(64);

export type Draft = Partial<ChatMessage> & { readonly ago: number };

/** Numbers the messages in the order they stand in; `ago` is how long before now each was sent. */
export function write(chatId: number, now: number, drafts: readonly Draft[]): readonly ChatMessage[] {
  return drafts.map(({ ago, ...part }, index) => ({
    id: chatId * 10_000 + index + 1,
    chatId,
    serverId: 400 + index,
    position: 400 + index,
    out: false,
    senderId: null,
    sender: '',
    text: '',
    entities: [],
    replyTo: null,
    forward: null,
    groupedId: null,
    extra: null,
    files: [],
    reactions: [],
    sentAt: now - ago,
    editedAt: null,
    deletedAt: null,
    incident: null,
    outbox: null,
    isRead: false,
    authorId: null,
    ...part,
  }));
}

export function rowOf(
  messages: readonly ChatMessage[],
  part: Partial<ChatRow> & { readonly id: number },
): ChatRow {
  const last = messages.at(-1);
  return {
    accountId: 1,
    kind: 'user',
    title: '',
    username: null,
    isSelf: false,
    isService: false,
    pinned: 0,
    archived: false,
    mutedUntil: null,
    unread: 0,
    canSend: true,
    goneAt: null,
    lastAt: last?.sentAt ?? null,
    last: last
      ? {
          out: last.out,
          sender: last.sender,
          text: last.text.slice(0, 120),
          what: last.text === '' ? (last.files[0]?.kind ?? last.extra?.kind ?? null) : null,
          state: last.isRead ? 'read' : last.out ? 'accepted' : 'none',
        }
      : null,
    contact: null,
    hasRules: false,
    ...part,
  };
}

/** A tiny picture, as Telegram sends one with each photo. */
export function previewOf(top: string, bottom: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="40" height="30" fill="url(#a)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export function file(part: Partial<ChatFile> & { readonly id: number }): ChatFile {
  return {
    kind: 'photo',
    fileName: '',
    mimeType: 'image/jpeg',
    size: 240_000,
    width: 1280,
    height: 960,
    duration: null,
    sha256: null,
    preview: null,
    ...part,
  };
}
