import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import type { MessageChannel } from '../../shared/domain/channels.ts';

/** What every channel makes of something it received, and the only thing intake understands. */
export type InboundMessage = {
  readonly channel: MessageChannel;
  /** Of the channel: a mailbox or a Telegram account. */
  readonly accountId: number;
  /** `out` is a letter a person sent from another client, seen in the Sent folder. */
  readonly direction: 'in' | 'out';
  /** Message-ID without angle brackets; a hint, never an identity. */
  readonly externalId: string | undefined;
  /** Over Message-ID, Date, From and the decoded body: survives a move to another server. */
  readonly contentHash: string;
  readonly inReplyTo: string | undefined;
  /** Oldest first, without angle brackets. */
  readonly references: readonly string[];
  readonly from: MessageAddress | undefined;
  readonly replyTo: readonly MessageAddress[];
  readonly to: readonly MessageAddress[];
  readonly cc: readonly MessageAddress[];
  readonly bcc: readonly MessageAddress[];
  readonly subject: string;
  /** Readable text; made from the HTML when the letter has no text part. */
  readonly text: string;
  /** Already sanitised; `cid:` sources are kept and resolved when served. */
  readonly html: string | undefined;
  /** The letter's own date, or the server's when it has none or an impossible one. Epoch milliseconds. */
  readonly sentAt: number;
  /** When the server took it (INTERNALDATE). Epoch milliseconds. */
  readonly receivedAt: number;
  readonly listId: string | undefined;
  readonly automatic: AutomaticMark | undefined;
  readonly attachments: readonly InboundAttachment[];
  /** Codes of what had to be guessed while reading, shown beside the letter: `charset-guessed`, `date-missing`, … */
  readonly notes: readonly string[];
  readonly place?: ChatPlace;
};

/**
 * Where a message of a chat stands. It has no subject and no headers: who knows the chat has decided, and intake
 * neither threads it nor weighs its rules.
 */
export type ChatPlace = {
  /** null opens an incident. */
  readonly incidentId: number | null;
  readonly link: LinkEvidence;
  /** The conversation of this chat in that incident, when it has one. */
  readonly conversationId: number | null;
  readonly title: string;
  readonly applicant: MessageAddress;
  readonly applicantPhone: string;
  readonly typeId: number | null;
  /** Who opened or joined it by hand; null for a rule. */
  readonly actorId: number | null;
};

export type MessageAddress = { readonly name: string; readonly address: string };

export type InboundAttachment = {
  /** Content address of the bytes in the data directory. */
  readonly sha256: string;
  readonly fileName: string;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly contentId: string | undefined;
  readonly inline: boolean;
};

/** A letter no person wrote: it never opens or reopens an incident. */
export type AutomaticMark = {
  readonly kind: 'bounce' | 'auto-reply' | 'bulk';
  /** Which header or phrase gave it away, for the screen. */
  readonly evidence: string;
  readonly bounce: BounceReport | undefined;
};

export type BounceReport = {
  /** Message-ID of the letter that came back, without angle brackets. */
  readonly originalMessageId: string | undefined;
  readonly recipients: readonly string[];
  /** RFC 3463 status, such as `5.1.1`. */
  readonly status: string | undefined;
  readonly diagnostic: string | undefined;
};
