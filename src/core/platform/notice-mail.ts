import type { MessageAddress } from './inbound-message.ts';

/** A letter of the desk to one person that belongs to no incident. */
export type NoticeLetter = {
  /** Without angle brackets; bounces and answers name it. */
  readonly messageId: string;
  readonly to: MessageAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly urgent: boolean;
  readonly files: readonly { readonly path: string; readonly fileName: string; readonly mimeType: string }[];
};

/** The mailboxes of the desk, as somebody sees them who only sends by them. */
export type NoticeMail = {
  /** undefined when it was removed or is switched off; a halted one waits for a person. */
  mailbox(accountId: number): { readonly address: string; readonly haltedReason: string | null } | undefined;
  /** Throws as a channel does: AppError with `certainty`, and `scope` of `channel` for trouble with the mailbox. */
  send(
    accountId: number,
    letter: NoticeLetter,
    wrote: () => void,
    signal: AbortSignal,
  ): Promise<{ readonly response: string }>;
  /** Signs in and sends nothing. */
  verify(accountId: number): Promise<void>;
};
