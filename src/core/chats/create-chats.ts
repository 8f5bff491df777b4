import type { ChatListStore } from '../db/chat-list-store.ts';
import { createChatDraftStore, type ChatDraft, type ChatDraftKey } from '../db/chat-draft-store.ts';
import { createChatFileStore } from '../db/chat-file-store.ts';
import { createChatHistoryStore, type ChatHistoryStore } from '../db/chat-history-store.ts';
import { createChatListStore } from '../db/chat-list-store.ts';
import { createChatMessageStore } from '../db/chat-message-store.ts';
import type { ChatFileRecord, ChatRecord } from '../db/chat-records.ts';
import { createChatNoticeStore } from '../db/chat-notice-store.ts';
import { createChatRuleStore } from '../db/chat-rule-store.ts';
import { createChatStore } from '../db/chat-store.ts';
import { createContactStore } from '../db/contact-store.ts';
import { createTelegramStore } from '../db/telegram-store.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { createIntake } from '../intake/intake.ts';
import { createMoveLetter } from '../intake/move-letter.ts';
import type { LetterParts } from '../letters/parts.ts';
import type { ChatReach } from '../platform/chat-reach.ts';
import {
  findContacts,
  markChatRead,
  removeChatRule,
  saveChatDraft,
  savedRule,
  saveChatRule,
  saveContact,
  setContact,
} from './chat-desk.ts';
import type { SaveContact, SaveRule } from './chat-desk.ts';
import { chatsForIncident, openChat } from './chat-pages.ts';
import { deleted, downloaded, edited, found, readByOther, received } from './follow-events.ts';
import { joinIncident, openIncident } from './incident-of-messages.ts';
import type { ChatParts, SaidMessage } from './parts.ts';
import { type ChatAccounts, createReachByChat } from './reach-by-chat.ts';
import { sendChatMessage, type SendChatMessage, type SentToChat } from './send-chat-message.ts';
import { settleInChat, takeBackFromChat } from './take-back.ts';
import { missingFiles } from './wanted-files.ts';

/** What people do with chats; everything by rows, so that it works without a connection. */
export type Chats = {
  readonly list: ChatListStore['page'];
  readonly history: ChatHistoryStore['history'];
  open(chatId: number, personId: number): ReturnType<typeof openChat>;
  forIncident(incidentId: number, personId: number): ReturnType<typeof chatsForIncident>;
  send(input: SendChatMessage, personId: number): SentToChat;
  takeBack(outboxId: number, personId: number): void;
  settle(outboxId: number, actor: number): void;
  saveDraft(key: ChatDraftKey, draft: ChatDraft): void;
  markRead(chatId: number, upTo: number): void;
  openIncident(messageIds: readonly number[], actor: number): ReturnType<typeof openIncident>;
  joinIncident(
    messageIds: readonly number[],
    incidentId: number,
    actor: number,
  ): ReturnType<typeof joinIncident>;
  saveRule(rule: SaveRule, actor: number): number;
  removeRule(id: number, actor: number): void;
  /** A rule as it is saved; undefined when there is none. */
  rule(id: number): (SaveRule & { readonly id: number }) | undefined;
  /** Whose chat it is. Throws `not-found`. */
  contactOf(chatId: number): number | null;
  setContact(input: { chatId: number; contactId: number | null }, actor: number): void;
  findContacts(text: string): ReturnType<typeof findContacts>;
  saveContact(contact: SaveContact, actor: number): number;
  /** People reached by their chat; the engine says which accounts are connected. */
  reach(accounts: ChatAccounts): ChatReach;
  /** Files of incidents whose bytes never came: asked for again when an account is connected. */
  missingFiles(): number[];
  /** For the engine; every one runs inside the transaction of the rows it tells of. */
  readonly events: {
    received(messages: readonly SaidMessage[], revision: number): void;
    edited(message: SaidMessage, revision: number): void;
    deleted(messages: readonly SaidMessage[], revision: number): void;
    readByOther(chat: ChatRecord, maxServerId: number, revision: number): void;
    /** A message of ours whose answer was lost has its number after all. */
    found(message: SaidMessage, revision: number): void;
    downloaded(file: ChatFileRecord, revision: number): void;
  };
};

type Parts = LetterParts & Pick<ChatParts, 'log' | 'attachmentFile' | 'wantFile'>;

export function createChats(input: Parts): Chats {
  const { db, clock } = input;
  const incidentDesk = createIncidentDesk(input);
  const parts: ChatParts = {
    ...input,
    chats: createChatStore(db),
    chatMessages: createChatMessageStore(db),
    chatFiles: createChatFileStore(db),
    chatDrafts: createChatDraftStore(db),
    chatRules: createChatRuleStore(db),
    chatList: createChatListStore(db),
    contacts: createContactStore(db),
    telegram: createTelegramStore(db),
    incidentDesk,
    // A chat has no copies in Sent and nothing comes back from it.
    intake: createIntake({
      ...input,
      desk: incidentDesk,
      onOwnLetterSeen: () => {},
      onBounce: () => {},
      onNotice: () => undefined,
    }),
    moveRows: createMoveLetter({ db, clock, random: input.random }),
  };
  return {
    list: parts.chatList.page,
    history: createChatHistoryStore(db).history,
    open: (chatId, personId) => openChat(parts, chatId, personId),
    forIncident: (incidentId, personId) => chatsForIncident(parts, incidentId, personId),
    send: (message, personId) => sendChatMessage(parts, message, personId),
    takeBack: (outboxId, personId) => takeBackFromChat(parts, outboxId, personId),
    settle: (outboxId, actor) => settleInChat(parts, outboxId, actor),
    saveDraft: (key, draft) => saveChatDraft(parts, key, draft),
    markRead: (chatId, upTo) => markChatRead(parts, chatId, upTo),
    openIncident: (ids, actor) => openIncident(parts, ids, actor),
    joinIncident: (ids, incidentId, actor) => joinIncident(parts, ids, incidentId, actor),
    saveRule: (rule, actor) => saveChatRule(parts, rule, actor),
    removeRule: (id, actor) => removeChatRule(parts, id, actor),
    rule: (id) => savedRule(parts, id),
    contactOf: (chatId) => parts.chats.require(chatId).contactId,
    setContact: (change, actor) => setContact(parts, change, actor),
    findContacts: (text) => findContacts(parts, text),
    saveContact: (contact, actor) => saveContact(parts, contact, actor),
    reach: (accounts) => createReachByChat({ ...parts, ...accounts, notices: createChatNoticeStore(db) }),
    missingFiles: () => missingFiles(parts),
    events: {
      received: (messages, revision) => received(parts, messages, revision),
      edited: (message, revision) => edited(parts, message, revision),
      deleted: (messages, revision) => deleted(parts, messages, revision),
      readByOther: (chat, max, revision) => readByOther(parts, chat, max, revision),
      found: (message) => found(parts, message),
      downloaded: (file, revision) => downloaded(parts, file, revision),
    },
  };
}
