import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import { findCodes } from '../../shared/domain/incident-code.ts';
import type { ChatRuleRecord } from '../db/chat-rule-store.ts';
import { codesIn, listOf, matchRule } from './match-rule.ts';
import type { ChatParts, SaidMessage } from './parts.ts';
import { saidText } from './said-text.ts';

/** Where a message that just came belongs. */
export type Placing = {
  /** null opens an incident. */
  readonly incidentId: number | null;
  readonly link: LinkEvidence;
  readonly notes: readonly string[];
  /** The rule that opens it. */
  readonly rule?: ChatRuleRecord;
};

const goesOnMs = 24 * 3_600_000;
/** A place belongs to what the same person said just before it or just after. */
export const placeMs = 600_000;
/** Telegram counts whole seconds and its clock is not ours. */
const clockSlackMs = 60_000;
const floodMs = 600_000;
/** Incidents a chat may open by rules within that time. */
const mostOpened = 10;

/** Undefined: it stays in its chat. */
export function placeMessage(parts: ChatParts, said: SaidMessage): Placing | undefined {
  const { message } = said;
  if (!mayStand(parts, said)) return undefined;
  const named = byAlbum(parts, said) ?? byReply(parts, said) ?? byCode(parts, said);
  if (named) return named;
  const rule = message.direction === 'in' ? ruleFor(parts, said) : undefined;
  return byRule(parts, said, rule, message.sentAt) ?? byPlace(parts, said);
}

/**
 * Of a message that was changed, only what its new words can be the cause of: a code of ours, or a rule that asks for
 * words. All else was weighed when it came and decided the same; a typo mended an hour later must not pull it into what
 * its sender said meanwhile. What stands in an incident is not moved, and what a person took out is not put back: both
 * have a letter. A rule still hears only what was sent after it was made, so the words are known to be new.
 */
export function placeEdited(parts: ChatParts, said: SaidMessage): Placing | undefined {
  const { message } = said;
  if (!mayStand(parts, said)) return undefined;
  const named = byCode(parts, said);
  if (named) return named;
  const rule = message.direction === 'in' ? ruleFor(parts, said, asksForWords) : undefined;
  return rule && byRule(parts, said, rule, saidAt(message));
}

/** When its words were said as they are. */
export function saidAt({ sentAt, editedAt }: SaidMessage['message']): number {
  return Math.max(sentAt, editedAt ?? 0);
}

function mayStand({ telegram }: ChatParts, { chat, message }: SaidMessage): boolean {
  if (message.messageId !== null || message.deletedAt !== null) return false;
  if (message.extra?.kind === 'service') return false;
  return telegram.peer(chat.accountId, chat.peerId)?.isService !== true;
}

function byRule(
  parts: ChatParts,
  said: SaidMessage,
  rule: ChatRuleRecord | undefined,
  at: number,
): Placing | undefined {
  const earlier = bySender(parts, said, rule, at);
  if (earlier || !rule) return earlier;
  return byFlood(parts, said, at) ?? opening(rule);
}

function opening(rule: ChatRuleRecord): Placing {
  return { incidentId: null, link: { by: 'opened' }, notes: [], rule };
}

function joining(incidentId: number, link: LinkEvidence, notes: readonly string[] = []): Placing {
  return { incidentId, link, notes };
}

function byAlbum({ chatLinks, views }: ChatParts, { message }: SaidMessage): Placing | undefined {
  const letter = chatLinks.albumLetter(message);
  const incidentId = letter === undefined ? undefined : views.incidentOf(letter);
  return incidentId === undefined || incidentId === null
    ? undefined
    : joining(incidentId, { by: 'same-sender' });
}

function byReply({ chatMessages, views }: ChatParts, { chat, message }: SaidMessage): Placing | undefined {
  if (message.replyTo === null) return undefined;
  const answered = chatMessages.byServerId(chat.id, message.replyTo);
  if (!answered || answered.messageId === null) return undefined;
  const incidentId = views.incidentOf(answered.messageId) ?? null;
  return incidentId === null ? undefined : joining(incidentId, { by: 'reply' });
}

function byCode({ incidentDesk, chatLinks }: ChatParts, { chat, message }: SaidMessage): Placing | undefined {
  const codes = findCodes(message.text, [incidentDesk.codePrefix()]);
  for (const { number } of codes) incidentDesk.numberSeen(number);
  const known = codes.flatMap(({ number, code }) => {
    const incident = incidentDesk.findByNumber(number);
    return incident ? [{ id: incident.id, code, open: incident.open }] : [];
  });
  const chosen = known.find(({ open }) => open) ?? known.at(0);
  if (!chosen) return undefined;
  const isStranger =
    message.direction === 'in' &&
    chat.contactId === null &&
    chatLinks.conversationIn(chat.id, chosen.id) === undefined;
  const notes = isStranger ? ['code-from-stranger'] : [];
  return joining(chosen.id, { by: 'code', detail: chosen.code }, notes);
}

/** What a colleague's code stands in is the colleague's: it opens nothing here. */
function ruleFor(
  parts: ChatParts,
  { chat, message }: SaidMessage,
  isMeant: (rule: ChatRuleRecord) => boolean = () => true,
): ChatRuleRecord | undefined {
  if (findCodes(message.text, parts.incidentDesk.foreignPrefixes()).length > 0) return undefined;
  const said = { text: saidText(message), senderId: message.senderId };
  return parts.chatRules
    .ofChat(chat.id)
    .find(
      (rule) =>
        rule.active &&
        isMeant(rule) &&
        message.sentAt >= rule.createdAt - clockSlackMs &&
        matchRule(rule, said) !== undefined,
    );
}

function asksForWords({ kind }: ChatRuleRecord): boolean {
  return kind === 'code' || kind === 'keyword';
}

/**
 * The same person goes on: in a group by sender and topic, between two people whoever wrote last. Another object's code
 * is another trouble, where codes are what opens.
 */
function bySender(
  parts: ChatParts,
  { chat, message }: SaidMessage,
  rule: ChatRuleRecord | undefined,
  at: number,
): Placing | undefined {
  const isDialogue = chat.kind === 'user' || chat.kind === 'bot';
  if (message.direction === 'out' && !isDialogue) return undefined;
  if (!isDialogue && message.senderId === null) return undefined;
  const sender = isDialogue ? undefined : (message.senderId ?? undefined);
  for (const earlier of parts.chatLinks.linked(chat.id, sender, at - goesOnMs)) {
    if (earlier.topicId !== message.topicId) continue;
    if (earlier.incidentId === null || !parts.incidentDesk.isOpen(earlier.incidentId)) continue;
    if (rule?.kind === 'code' && isOtherCode(parts, chat.id, earlier.incidentId, rule, message.text))
      return undefined;
    return joining(earlier.incidentId, { by: 'same-sender' });
  }
  return undefined;
}

function isOtherCode(
  { chatLinks }: ChatParts,
  chatId: number,
  incidentId: number,
  rule: ChatRuleRecord,
  text: string,
): boolean {
  const prefixes = listOf(rule.value);
  const known = new Set(chatLinks.textsIn(chatId, incidentId).flatMap((said) => codesIn(said, prefixes)));
  return known.size > 0 && !codesIn(text, prefixes).some((code) => known.has(code));
}

/** A chat gone mad must not bury the queue, and nothing of it may be lost: the rest stands with the last it opened. */
function byFlood(parts: ChatParts, { chat }: SaidMessage, at: number): Placing | undefined {
  const opened = parts.chatLinks.openedBetween(chat.id, at - floodMs, at, mostOpened);
  const target = opened.find((id) => parts.incidentDesk.isOpen(id));
  return opened.length < mostOpened || target === undefined ? undefined : joining(target, { by: 'flood' });
}

/** Where the object is, said by whoever reported it, in whatever topic. */
function byPlace(parts: ChatParts, { chat, message }: SaidMessage): Placing | undefined {
  if (message.extra?.kind !== 'location' || message.senderId === null) return undefined;
  for (const { incidentId } of parts.chatLinks.linked(chat.id, message.senderId, message.sentAt - placeMs)) {
    if (incidentId !== null && parts.incidentDesk.isOpen(incidentId)) {
      return joining(incidentId, { by: 'same-sender' });
    }
  }
  return undefined;
}
