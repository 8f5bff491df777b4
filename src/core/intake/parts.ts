import type { AddressStore } from '../db/address-store.ts';
import type { ConversationStore } from '../db/conversation-store.ts';
import type { LetterFactStore } from '../db/letter-fact-store.ts';
import type { MessageStore } from '../db/message-store.ts';
import type { RuleStore } from '../db/rule-store.ts';
import type { SearchStore } from '../db/search-store.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { Journal } from '../journal/journal.ts';
import type { BounceReport, InboundMessage } from '../platform/inbound-message.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

export type Bounced = {
  /** The letter we sent that came back. */
  readonly messageId: number;
  /** The letter that says so. */
  readonly bounceId: number;
  readonly report: BounceReport | undefined;
};

/**
 * What a letter is to a notice that the desk sent past its incidents: an answer to the letter itself, an answer by a
 * code word, our own copy of it, or a program's answer such as a bounce.
 */
export type NoticeLink = { readonly as: 'reply' | 'word' | 'copy' | 'automatic'; readonly code: string };

export type CodeWord = { readonly incidentId: number; readonly code: string };

/** What intake tells the outbox and the ladders; all run inside the transaction of the letter. */
export type IntakeEvents = {
  /** undefined for a letter that has nothing to do with notices. */
  readonly onNotice: (letter: {
    readonly message: InboundMessage;
    readonly direction: 'in' | 'out';
  }) => NoticeLink | undefined;
  /** Of a letter that neither its headers nor its subject place: the incident whose hand-over's code word it names. */
  readonly handedOver?: (letter: InboundMessage) => CodeWord | undefined;
  readonly onOwnLetterSeen: (messageId: number) => void;
  readonly onBounce: (bounced: Bounced) => void;
};

export type IntakeContext = IntakeEvents & {
  readonly desk: IncidentDesk;
  readonly journal: Journal;
  readonly random: Random;
  readonly clock: Clock;
  readonly messages: MessageStore;
  readonly conversations: ConversationStore;
  readonly rules: RuleStore;
  readonly addresses: AddressStore;
  readonly letterFacts: LetterFactStore;
  readonly search: SearchStore;
};
