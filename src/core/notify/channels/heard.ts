import type { AnswerVerb } from '../../../shared/domain/reaching.ts';

/** What somebody did in a messenger, in whatever way its service tells it; ids are texts. */
export type Heard = HeardStart | HeardPress | HeardWords | HeardMove | HeardBlocked;

export type HeardStart = {
  readonly kind: 'start';
  /** Of the link they came by; empty when they came without. */
  readonly code: string;
  readonly chatId: string;
  readonly userId: string;
  readonly title: string;
};

export type HeardPress = {
  readonly kind: 'press';
  readonly queryId: string;
  readonly chatId: string;
  readonly messageId: string;
  readonly data: string;
  /** What is above the buttons, and what they say now. */
  readonly text: string;
  readonly shown: readonly AnswerVerb[];
};

export type HeardWords = {
  readonly kind: 'words';
  readonly chatId: string;
  readonly messageId: string;
  readonly at: number;
  readonly text: string;
  /** The message it answers. */
  readonly replyTo: string | null;
  readonly files: readonly HeardFile[];
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
};

/** A place they share live has changed; the message stays the same. */
export type HeardMove = {
  readonly kind: 'moved';
  readonly chatId: string;
  readonly messageId: string;
  readonly at: number;
  readonly place: NonNullable<HeardWords['place']>;
};

export type HeardFile = {
  /** What its service fetches it by. */
  readonly ref: string;
  readonly fileName: string;
  readonly mimeType: string;
};

/** They shut the bot out, or let it in again. */
export type HeardBlocked = { readonly kind: 'blocked'; readonly chatId: string; readonly isBlocked: boolean };
