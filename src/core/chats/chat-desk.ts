import type { Contact, ChatRule } from '../../shared/contract/chats.ts';
import type { ChatRuleFacts } from '../../shared/domain/journal-kinds.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { ChatDraft, ChatDraftKey } from '../db/chat-draft-store.ts';
import { listOf } from './match-rule.ts';
import type { ChatParts } from './parts.ts';

/** As typed; nothing typed is no draft. */
export function saveChatDraft(parts: ChatParts, key: ChatDraftKey, draft: ChatDraft): void {
  parts.db.transact(() => {
    parts.chats.require(key.chatId);
    if (key.incidentId !== null) parts.incidents.require(key.incidentId);
    if (draft.text === '' && draft.files.length === 0) parts.chatDrafts.remove(key);
    else parts.chatDrafts.save(key, draft, parts.clock.now());
    parts.db.touch('draft');
  });
}

/** Here at once, for the others when Telegram can be told. Reading never goes backwards. */
export function markChatRead(parts: ChatParts, chatId: number, upTo: number): void {
  parts.db.transact((revision) => {
    const chat = parts.chats.require(chatId);
    const message = parts.chatMessages.find(upTo);
    if (!message || message.chatId !== chatId) {
      throw new AppError('not-found', { details: { reason: 'message', id: upTo } });
    }
    // A message of ours that waits has no number: what Telegram has named before it has been read.
    const wanted = message.serverId ?? parts.chatMessages.newestAnnounced(chatId);
    if (wanted <= Math.max(chat.readInboxMax, chat.readWanted ?? 0) && chat.unreadCount === 0) return;
    const left = parts.chatMessages.countIncomingAfter(chatId, wanted);
    const readWanted = Math.max(chat.readWanted ?? 0, wanted);
    parts.chats.save({ ...chat, readWanted, unreadCount: Math.min(chat.unreadCount, left), revision });
    parts.db.touch('chat', chatId);
  });
}

export type SaveRule = Omit<ChatRule, 'id' | 'hits'> & { readonly id?: number | undefined };

/** Throws `invalid-input` (reason `rule-empty`), `not-found`. */
export function saveChatRule(parts: ChatParts, { id, ...rule }: SaveRule, actor: number): number {
  return parts.db.transact((revision) => {
    parts.chats.require(rule.chatId);
    if (rule.typeId !== null) parts.reference.type(rule.typeId);
    const needsValue = rule.kind === 'sender' || rule.kind === 'keyword';
    if (needsValue && listOf(rule.value).length === 0) {
      throw new AppError('invalid-input', { details: { reason: 'rule-empty' } });
    }
    const before = id === undefined ? undefined : requireRule(parts, id, rule.chatId);
    const saved = before
      ? before.id
      : parts.chatRules.insert({ ...rule, createdBy: actor, createdAt: parts.clock.now() }, revision);
    if (before) parts.chatRules.update({ ...rule, id: before.id }, revision);
    const { chatId, kind, value, typeId, active } = rule;
    parts.journal.append({
      kind: 'chat.rule-saved',
      subject: 'chat',
      subjectId: chatId,
      actorId: actor,
      facts: {
        chatId,
        kind,
        value,
        typeId,
        active,
        ruleId: saved,
        before: before ? ruleFacts(before) : null,
        after: ruleFacts(rule),
      },
    });
    touchChat(parts, chatId, revision);
    return saved;
  });
}

export function removeChatRule(parts: ChatParts, id: number, actor: number): void {
  parts.db.transact((revision) => {
    const before = requireRule(parts, id);
    const { chatId, kind, value } = before;
    parts.chatRules.remove(id);
    parts.journal.append({
      kind: 'chat.rule-removed',
      subject: 'chat',
      subjectId: chatId,
      actorId: actor,
      facts: { chatId, kind, value, before: ruleFacts(before), after: null },
    });
    touchChat(parts, chatId, revision);
  });
}

/** As `saveChatRule` takes it. */
export function savedRule(
  { chatRules }: ChatParts,
  id: number,
): (SaveRule & { readonly id: number }) | undefined {
  const rule = chatRules.find(id);
  return rule && { ...(ruleFacts(rule) as SaveRule), id };
}

function ruleFacts({ chatId, kind, value, typeId, active }: Omit<ChatRule, 'id' | 'hits'>): ChatRuleFacts {
  return { chatId, kind, value, typeId, active };
}

function requireRule({ chatRules }: ChatParts, id: number, chatId?: number) {
  const rule = chatRules.find(id);
  if (!rule || (chatId !== undefined && rule.chatId !== chatId)) {
    throw new AppError('not-found', { details: { reason: 'rule', id } });
  }
  return rule;
}

/** Whose chat it is; null is nobody's. */
export function setContact(
  parts: ChatParts,
  { chatId, contactId }: { readonly chatId: number; readonly contactId: number | null },
  actor: number,
): void {
  parts.db.transact((revision) => {
    const chat = parts.chats.require(chatId);
    if (chat.contactId === contactId) return;
    if (contactId !== null) parts.contacts.require(contactId);
    parts.contacts.setChat(chatId, contactId, revision);
    parts.journal.append({
      kind: 'chat.contact-set',
      subject: 'chat',
      subjectId: chatId,
      actorId: actor,
      facts: { chatId, from: chat.contactId, to: contactId },
    });
    touchChat(parts, chatId, revision);
    parts.db.touch('contact');
  });
}

export type SaveContact = Omit<Contact, 'id' | 'chatIds' | 'addresses'> & {
  readonly id?: number | undefined;
  /** undefined keeps them. */
  readonly addresses?: Contact['addresses'] | undefined;
};

export function saveContact(parts: ChatParts, { id, ...contact }: SaveContact, actor: number): number {
  return parts.db.transact((revision) => {
    const now = parts.clock.now();
    const was = id === undefined ? null : contactFacts(parts.contacts.require(id));
    let saved: number;
    if (id === undefined) {
      const uuid = uuidv7(now, parts.random.bytes(10));
      saved = parts.contacts.insert({ ...contact, uuid, createdAt: now }, revision);
    } else {
      const before = parts.contacts.require(id);
      parts.contacts.update({ ...contact, id }, revision);
      // Rows of the list carry the name.
      for (const chatId of before.chatIds) touchChat(parts, chatId, revision);
      saved = id;
    }
    const { name, kind, active } = contact;
    parts.journal.append({
      kind: 'contact.saved',
      subject: 'contact',
      subjectId: saved,
      actorId: actor,
      facts: { name, kind, active, before: was, after: contactFacts(parts.contacts.require(saved)) },
    });
    parts.db.touch('contact');
    return saved;
  });
}

/** All that `saveContact` takes. */
function contactFacts({ id: _id, chatIds: _chats, ...facts }: Contact): Readonly<Record<string, unknown>> {
  return facts;
}

/** By name, organisation, any address or figures of a phone. */
export function findContacts(parts: ChatParts, text: string): Contact[] {
  const folded = foldText(text);
  const digits = text.replaceAll(/\D/g, '');
  return parts.contacts.all().filter(({ name, organisation, email, phone, addresses }) => {
    if (folded === '') return true;
    const values = [email, phone, ...addresses.map(({ value }) => value)];
    if (foldText([name, organisation, ...values].join(' ')).includes(folded)) return true;
    return digits.length > 2 && values.some((value) => value.replaceAll(/\D/g, '').includes(digits));
  });
}

function touchChat(parts: ChatParts, chatId: number, revision: number): void {
  parts.chats.save({ ...parts.chats.require(chatId), revision });
  parts.db.touch('chat', chatId);
}
