import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import { findCodes } from '../../shared/domain/incident-code.ts';
import { uuidv7 } from '../../shared/ids.ts';
import { createAddressStore } from '../db/address-store.ts';
import { createAssetIndexStore } from '../db/asset-index-store.ts';
import { createConversationStore } from '../db/conversation-store.ts';
import { createLetterFactStore } from '../db/letter-fact-store.ts';
import { createMessageStore, type Place } from '../db/message-store.ts';
import type { Db } from '../db/open.ts';
import { createRuleStore } from '../db/rule-store.ts';
import { createSearchStore } from '../db/search-store.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { byCodeWord, chooseIncident, type Choice } from './choose-incident.ts';
import { findInLetter } from './find-in-letter.ts';
import { matchingRule } from './ignore-rules.ts';
import { readLetter, type Letter } from './letter.ts';
import type { IntakeContext, IntakeEvents, NoticeLink } from './parts.ts';
import { storeLetter } from './store-letter.ts';
import { placeChatMessage } from './place-chat-message.ts';
import { findThread, type Thread } from './thread.ts';

export type Accepted = {
  /** The letter's row, or the row of the letter this is another copy of. */
  readonly messageId: number;
  readonly incidentId: number | null;
  readonly duplicate: boolean;
};

export type Intake = {
  /**
   * From a letter to its conversation and incident. Joins the caller's transaction, so that the raw row is marked in
   * the same one; called again with the same letter it changes nothing.
   * `mayOpen` is false for letters the server took before the account's start: they are kept and only thread.
   */
  accept(message: InboundMessage, options: { readonly mayOpen: boolean }): Accepted;
};

type Parts = IntakeEvents & {
  readonly db: Db;
  readonly desk: IncidentDesk;
  readonly journal: Journal;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: Logger;
};

/** A robot that sends the same alarm again within this time means the incident it already opened. */
const resendWindowMs = 86_400_000;

export function createIntake({ db, log, ...rest }: Parts): Intake {
  const context: IntakeContext = {
    ...rest,
    messages: createMessageStore(db),
    conversations: createConversationStore(db),
    rules: createRuleStore(db),
    addresses: createAddressStore(db),
    letterFacts: createLetterFactStore(db),
    search: createSearchStore(db),
  };
  const finding = { desk: rest.desk, assetIndex: createAssetIndexStore(db), log };
  return {
    accept: (message, { mayOpen }) =>
      db.transact((revision) => {
        const prefixes = [context.desk.codePrefix()];
        const letter = readLetter(message, context.addresses.own(), prefixes);
        const copy = findCopy(context, letter);
        if (copy) {
          log.debug({ message: copy.messageId, account: message.accountId }, 'intake.copy-seen');
          return { messageId: copy.messageId, incidentId: copy.incidentId, duplicate: true };
        }
        const accepted = message.place
          ? placeChatMessage(context, letter, message.place, revision)
          : place(context, letter, mayOpen, revision);
        findInLetter(finding, letter, accepted);
        db.touch('message', accepted.incidentId ?? undefined);
        return accepted;
      }),
  };
}

/**
 * A copy has the same content, in whichever mailbox it was found. Our own letters are known by the Message-ID we gave
 * them; for anybody else's that is a hint only, because forgers and broken robots repeat it.
 */
function findCopy({ messages, onOwnLetterSeen }: IntakeContext, letter: Letter): Place | undefined {
  const { contentHash, externalId, from } = letter.source;
  const same = messages.byContentHash(contentHash);
  if (same || externalId === undefined) return same;
  const sender = (from?.address ?? '').toLowerCase();
  const own = messages
    .byExternalId(externalId)
    .filter(({ direction }) => direction === 'out')
    .find(({ fromAddress }) => letter.direction === 'out' || fromAddress.toLowerCase() === sender);
  if (own) onOwnLetterSeen(own.messageId);
  return own;
}

function place(context: IntakeContext, letter: Letter, mayOpen: boolean, revision: number): Accepted {
  const thread = findThread(context.messages, context.desk, letter);
  const notice = context.onNotice({ message: letter.source, direction: letter.direction });
  if (notice && mustStandApart(notice, thread)) return placeApart(context, letter, thread, notice, revision);
  const choice = byCodeWord(context, letter, chooseIncident(context, letter, thread));
  if (letter.automatic) return placeAutomatic(context, letter, thread, choice, revision);
  if (choice.incidentId !== undefined) {
    return join(context, letter, thread, { ...choice, incidentId: choice.incidentId, mayOpen }, revision);
  }
  if (letter.direction === 'out') {
    const link: LinkEvidence = thread.place ? choice.link : { by: 'sent' };
    return settle(context, letter, thread, { incidentId: null, link, notes: choice.notes }, revision);
  }
  if (notice) return placeApart(context, letter, thread, notice, revision);
  const withheld = whyNotOpen(context, letter, mayOpen);
  if (withheld !== undefined) {
    const link: LinkEvidence = { by: 'stored', detail: withheld };
    const stored = settle(context, letter, thread, { incidentId: null, link, notes: choice.notes }, revision);
    if (mayOpen) journalStored(context, stored.messageId, withheld);
    return stored;
  }
  const { sentAt } = letter.source;
  const alike = thread.place
    ? undefined
    : context.messages.alike(letter.likeness, sentAt - resendWindowMs, sentAt + resendWindowMs);
  if (alike && alike.incidentId !== null) {
    return joinAlike(context, letter, alike, revision);
  }
  return open(context, letter, thread, choice, revision);
}

/**
 * A notice quotes the code of its incident, and its answer does so too: that is no letter to the incident. Where the
 * headers lead to a letter of one, or the code word stands in a letter about one, it belongs there as any letter does.
 */
function mustStandApart({ as }: NoticeLink, { place: at }: Thread): boolean {
  return as !== 'word' && (at === undefined || at.incidentId === null);
}

/** What was answered stands with the notification; the letter is kept and opens nothing. */
function placeApart(
  context: IntakeContext,
  letter: Letter,
  thread: Thread,
  { as, code }: NoticeLink,
  revision: number,
): Accepted {
  const links: Readonly<Record<NoticeLink['as'], LinkEvidence>> = {
    reply: { by: 'stored', detail: `notice ${code}` },
    word: { by: 'stored', detail: `notice ${code}` },
    copy: { by: 'sent' },
    automatic: { by: 'automatic', detail: letter.source.automatic?.evidence ?? code },
  };
  const stored = settle(context, letter, thread, { incidentId: null, link: links[as], notes: [] }, revision);
  if (as !== 'copy') journalStored(context, stored.messageId, as === 'automatic' ? as : `notice ${code}`);
  return stored;
}

type Target = {
  readonly incidentId: number | null;
  readonly link: LinkEvidence;
  readonly notes: readonly string[];
  /** Take this conversation rather than one the headers lead to. */
  readonly conversationId?: number;
};

/** Stores the letter in the right conversation and brings along letters that waited for it without an incident. */
function settle(
  context: IntakeContext,
  letter: Letter,
  thread: Thread,
  { incidentId, link, notes, conversationId }: Target,
  revision: number,
): Accepted {
  const { conversations } = context;
  const named = [...(thread.place ? [thread.place] : []), ...thread.others];
  const waiting = [...new Set(named.filter((at) => at.incidentId === null).map((at) => at.conversationId))];
  const target =
    conversationId ??
    named.find((at) => at.incidentId === incidentId)?.conversationId ??
    contractorThread(context, letter, incidentId) ??
    waiting.at(0) ??
    conversations.insert({
      uuid: uuidv7(context.clock.now(), context.random.bytes(10)),
      channel: letter.source.channel,
      accountId: letter.source.accountId,
      incidentId,
      createdAt: context.clock.now(),
    });
  const adopted = adopt(context, { target, waiting, incidentId }, revision);
  const messageId = storeLetter(context, letter, { conversationId: target, link, notes }, revision);
  if (incidentId !== null) {
    for (const earlier of adopted) {
      // It was there before the incident knew it: it must neither alert nor count as a late letter.
      context.desk.letterJoined({
        ...earlier,
        incidentId,
        opening: true,
        automatic: false,
        by: 'references',
      });
    }
  }
  return { messageId, incidentId, duplicate: false };
}

/** A contractor who names the code in a letter of his own goes on in the thread he was written to in. */
function contractorThread(
  { letterFacts }: IntakeContext,
  { direction, source }: Letter,
  incidentId: number | null,
): number | undefined {
  if (incidentId === null || direction !== 'in' || !source.from) return undefined;
  return letterFacts.threadWith(incidentId, source.from.address);
}

type Adopted = { readonly messageId: number; readonly direction: 'in' | 'out'; readonly receivedAt: number };

/** Puts the waiting conversations into the target; returns their letters when they get an incident by it. */
function adopt(
  { conversations }: IntakeContext,
  { target, waiting, incidentId }: { target: number; waiting: readonly number[]; incidentId: number | null },
  revision: number,
): Adopted[] {
  const letters = waiting.flatMap((id) => {
    const found = conversations.letters(id);
    if (id !== target)
      conversations.moveLetters(
        found.map((letter) => letter.id),
        target,
        revision,
      );
    return found.map(({ id: messageId, direction, receivedAt }) => ({ messageId, direction, receivedAt }));
  });
  if (incidentId === null) return [];
  if (waiting.includes(target)) conversations.setIncident(target, incidentId);
  return letters;
}

type JoinChoice = Choice & { readonly incidentId: number; readonly mayOpen: boolean };

function join(
  context: IntakeContext,
  letter: Letter,
  thread: Thread,
  { incidentId, link, notes, byHeaders, mayOpen }: JoinChoice,
  revision: number,
): Accepted {
  const mayBeOriginal = byHeaders && thread.beforeReply && letter.direction === 'in' && mayOpen;
  const replaced = mayBeOriginal ? openedByReply(context, letter, incidentId) : undefined;
  const actual: LinkEvidence = replaced === undefined ? link : { ...link, by: 'opened' };
  const accepted = settle(context, letter, thread, { incidentId, link: actual, notes }, revision);
  if (replaced !== undefined) {
    const { externalId } = letter.source;
    const reply: LinkEvidence = { by: 'references' };
    context.messages.setLink(
      replaced,
      externalId === undefined ? reply : { ...reply, detail: externalId },
      revision,
    );
    context.desk.registerEarlier({ incidentId, ...openingFacts(letter) });
  }
  tellJoined(context, letter, accepted, { link: actual, opening: replaced !== undefined });
  return accepted;
}

/** The reply that opened the incident because its original, this letter, came after it. */
function openedByReply(
  { messages, rules }: IntakeContext,
  letter: Letter,
  incidentId: number,
): number | undefined {
  const { externalId } = letter.source;
  const opening = messages.opening(incidentId);
  if (externalId === undefined || !opening || !messages.refersTo(opening.messageId, externalId))
    return undefined;
  return matchingRule(rules.active(), letter.source) ? undefined : opening.messageId;
}

function joinAlike(context: IntakeContext, letter: Letter, alike: Place, revision: number): Accepted {
  const link: LinkEvidence = { by: 'content' };
  const at: Thread = { place: alike, matched: undefined, beforeReply: false, others: [] };
  const accepted = settle(context, letter, at, { incidentId: alike.incidentId, link, notes: [] }, revision);
  tellJoined(context, letter, accepted, { link, opening: false });
  return accepted;
}

function open(
  context: IntakeContext,
  letter: Letter,
  thread: Thread,
  { link, notes }: Choice,
  revision: number,
): Accepted {
  const { id } = context.desk.openFromLetter(openingFacts(letter));
  const opened: LinkEvidence =
    link.detail === undefined ? { by: 'opened' } : { by: 'opened', detail: link.detail };
  const accepted = settle(context, letter, thread, { incidentId: id, link: opened, notes }, revision);
  tellJoined(context, letter, accepted, { link: opened, opening: true });
  return accepted;
}

/** A bounce or an automatic reply stands beside what it answers, and never opens or reopens anything. */
function placeAutomatic(
  context: IntakeContext,
  letter: Letter,
  thread: Thread,
  choice: Choice,
  revision: number,
): Accepted {
  const { automatic } = letter.source;
  const bounce = automatic?.kind === 'bounce' ? automatic.bounce : undefined;
  const returned = automatic?.kind === 'bounce' ? returnedLetter(context, letter, choice) : undefined;
  const found: Thread =
    returned && returned.incidentId !== null && choice.incidentId === undefined
      ? { ...thread, place: returned, matched: bounce?.originalMessageId }
      : thread;
  const incidentId = choice.incidentId ?? returned?.incidentId ?? null;
  const detail = choice.link.detail ?? found.matched ?? automatic?.evidence;
  const link: LinkEvidence = { ...choice.link, by: 'automatic', ...(detail === undefined ? {} : { detail }) };
  const accepted = settle(context, letter, found, { incidentId, link, notes: choice.notes }, revision);
  if (accepted.incidentId === null) journalStored(context, accepted.messageId, 'automatic');
  else tellJoined(context, letter, accepted, { link, opening: false });
  if (returned) {
    context.onBounce({ messageId: returned.messageId, bounceId: accepted.messageId, report: bounce });
  }
  return accepted;
}

/** The letter we sent that came back: by its Message-ID, else the latest one to that address in the incident. */
function returnedLetter({ messages }: IntakeContext, letter: Letter, choice: Choice): Place | undefined {
  const report = letter.source.automatic?.bounce;
  const named = report?.originalMessageId === undefined ? [] : [report.originalMessageId];
  for (const id of [...named, ...letter.parents]) {
    const sent = messages.byExternalId(id).find(({ direction }) => direction === 'out');
    if (sent) return sent;
  }
  if (choice.incidentId === undefined || !report || report.recipients.length === 0) return undefined;
  return messages.latestOutgoingTo(choice.incidentId, report.recipients);
}

function tellJoined(
  { desk }: IntakeContext,
  letter: Letter,
  { messageId, incidentId }: Accepted,
  { link, opening }: { link: LinkEvidence; opening: boolean },
): void {
  if (incidentId === null) return;
  desk.letterJoined({
    incidentId,
    messageId,
    direction: letter.direction,
    opening,
    automatic: letter.automatic,
    receivedAt: letter.source.receivedAt,
    by: link.by,
    detail: link.detail,
  });
}

function openingFacts({ title, applicant, source }: Letter) {
  return {
    title,
    applicant,
    registeredAt: source.sentAt,
    channel: source.channel,
    accountId: source.accountId,
  };
}

/** Words for the evidence: `before-start`, `foreign KRS-15`, `rule sender @news.example`. */
function whyNotOpen(
  { desk, rules }: IntakeContext,
  { source }: Letter,
  mayOpen: boolean,
): string | undefined {
  if (!mayOpen) return 'before-start';
  const [foreign] = findCodes(source.subject, desk.foreignPrefixes());
  if (foreign) return `foreign ${foreign.code}`;
  const rule = matchingRule(rules.active(), source);
  if (!rule) return undefined;
  rules.countHit(rule.id);
  return `rule ${rule.field} ${rule.value}`;
}

function journalStored({ journal }: IntakeContext, messageId: number, why: string): void {
  journal.append({
    kind: 'letter.stored',
    subject: 'letter',
    subjectId: messageId,
    actorId: null,
    facts: { messageId, why },
  });
}
