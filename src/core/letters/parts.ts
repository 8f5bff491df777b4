import type { Address } from '../../shared/contract/common.ts';
import type { DeskSettings } from '../../shared/contract/settings.ts';
import type { Account } from '../../shared/contract/letters.ts';
import type { ChatLinkStore } from '../db/chat-link-store.ts';
import type { ConversationStore } from '../db/conversation-store.ts';
import type { AutomaticLetterStore } from '../db/automatic-letter-store.ts';
import type { DraftStore } from '../db/draft-store.ts';
import type { LetterFactStore } from '../db/letter-fact-store.ts';
import type { MessageStore } from '../db/message-store.ts';
import type { MessageViewStore } from '../db/message-view-store.ts';
import type { OutboxStore } from '../db/outbox-store.ts';
import type { LetterJoined } from '../incidents/incident-desk.ts';
import type { IncidentParts } from '../incidents/parts.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';

/** What the use-cases on letters need besides those of incidents. */
export type LetterParts = IncidentParts & {
  readonly drafts: DraftStore;
  readonly outbox: OutboxStore;
  readonly messages: MessageStore;
  readonly views: MessageViewStore;
  readonly conversations: ConversationStore;
  /** The chat a message was said in: its page follows the outbox too. */
  readonly chatLinks: ChatLinkStore;
  readonly letterFacts: LetterFactStore;
  readonly automaticLetters: AutomaticLetterStore;
  readonly letterSettings: () => Pick<DeskSettings, 'contractorEmails' | 'shiftPhone' | 'answersLateLetters'>;
  readonly accounts: () => readonly Account[];
  readonly undoSeconds: () => number;
  readonly zone: () => string;
  readonly indexLetter: (letter: {
    messageId: number;
    subject: string;
    text: string;
    people: readonly string[];
    /** It was indexed before: its text has changed. */
    isAgain?: boolean;
  }) => void;
  /** Whoever work is handed over to may acknowledge it; asked each time, because calls are made after letters. */
  readonly handOvers?: () => HandOverHooks | undefined;
  readonly rememberAddresses: (addresses: readonly { name: string; address: string }[], at: number) => void;
};

/** What a hand-over sets going; every one runs inside the transaction of its letter. */
export type HandOverHooks = {
  /** The letter with the words it may be answered by; undefined when the desk asks for none. */
  ask(body: string): { readonly body: string; readonly code: string } | undefined;
  written(
    letter: {
      readonly incidentId: number;
      readonly messageId: number;
      readonly code: string;
      readonly workKind: string;
      readonly to: readonly Address[];
    },
    revision: number,
  ): void;
  left(messageId: number, revision: number): void;
  takenBack(messageId: number, revision: number): void;
  answered(letter: LetterJoined, text: string, from: string): void;
  /** By the code word of a letter that nothing else places. */
  incidentOf(
    letter: Pick<InboundMessage, 'subject' | 'text' | 'from'>,
  ): { readonly incidentId: number; readonly code: string } | undefined;
};
