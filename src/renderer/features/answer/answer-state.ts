import type { z } from 'zod';
import type { PultContract } from '../../../shared/contract/index.ts';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import { readMarked } from '../../../shared/domain/marked-text.ts';
import type { Failure } from '../../lib/failure.ts';
import type { Upload } from '../../lib/uploads.ts';

/** Where it is written: in the chat itself, or for it from an incident's card. */
export type AnswerPlace = { readonly chatId: number; readonly incidentId: number | null };

export type ReplyTarget = { readonly id: number; readonly sender: string; readonly text: string };

export type AnswerDraft = NonNullable<z.infer<PultContract['chats']['open']['output']>['draft']>;
export type OutgoingFile = AnswerDraft['files'][number];

/** What the hand has put together. */
export type Written = {
  readonly text: string;
  /** undefined answers what the incident says by itself, null answers nothing. */
  readonly reply: ReplyTarget | null | undefined;
  readonly files: readonly OutgoingFile[];
};

/** A message handed to the outbox a moment ago, and what it was made of: it may be taken back. */
export type Leaving = {
  readonly outboxId: number;
  readonly notBefore: number;
  readonly state: OutboxRow['state'];
  readonly errorCode: string | null;
  readonly takingBack: boolean;
  readonly written: Written;
};

export type AnswerSlot = Written & {
  readonly place: AnswerPlace;
  readonly status: 'loading' | 'ready' | 'failed';
  /** It is on the screen. */
  readonly shown: boolean;
  /** The last message of the other side in the incident. */
  readonly answerTo: ReplyTarget | null;
  readonly uploads: readonly Upload[];
  /** Pictures leave as files, byte for byte. */
  readonly asFiles: boolean;
  readonly saving: 'saved' | 'waiting' | 'saving' | 'failed';
  /** Counts what the hand did: an answer of core to an older question is not taken over. */
  readonly edits: number;
  readonly sending: boolean;
  readonly failure: Failure | undefined;
  readonly leaving: readonly Leaving[];
  /** Grows when the field should take the focus. */
  readonly focusAsked: number;
};

export type AnswersState = {
  readonly slots: ReadonlyMap<string, AnswerSlot>;
  /** Telegram messages that have not left yet, of all chats. */
  readonly waiting: readonly OutboxRow[];
  /** Hundredths of the files of a message that are at Telegram, by its number in the outbox. */
  readonly uploading: ReadonlyMap<number, number>;
};

export type Transfer = z.infer<PultContract['chats']['transfers']['output']>['transfers'][number];

/** Of messages whose files are still on their way; at a hundred the message itself is being said. */
export function uploadingOf(transfers: readonly Transfer[]): AnswersState['uploading'] {
  return new Map(
    transfers.flatMap(({ outboxId, doneBytes, size, reason }) => {
      if (outboxId === null || reason !== null || size === 0 || doneBytes >= size) return [];
      return [[outboxId, Math.floor((doneBytes / size) * 100)]];
    }),
  );
}

const nothing: Written = { text: '', reply: undefined, files: [] };
const textLimit = 4096;
/** Of a text that goes with files: Telegram's limit for accounts without a subscription. */
const captionLimit = 1024;
export const mostFiles = 10;

/** What Telegram shows as a picture, and its limit for one in bytes. */
const pictureTypes: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);
const largestPicture = 10 * 1024 * 1024;

export function placeKey({ chatId, incidentId }: AnswerPlace): string {
  return incidentId === null ? `chat:${chatId}` : `chat:${chatId}:incident:${incidentId}`;
}

export function emptySlot(place: AnswerPlace): AnswerSlot {
  return {
    ...nothing,
    place,
    status: 'loading',
    shown: false,
    answerTo: null,
    uploads: [],
    asFiles: false,
    saving: 'saved',
    edits: 0,
    sending: false,
    failure: undefined,
    leaving: [],
    focusAsked: 0,
  };
}

export function isBlank({ text, files }: Written): boolean {
  return text.trim() === '' && files.length === 0;
}

export function withoutWriting(slot: AnswerSlot): AnswerSlot {
  return { ...slot, ...nothing };
}

export function replyOf({ reply, answerTo }: AnswerSlot): ReplyTarget | null {
  return reply === undefined ? answerTo : reply;
}

export function isPicture({ mimeType, size }: { readonly mimeType: string; readonly size: number }): boolean {
  return pictureTypes.has(mimeType) && size <= largestPicture;
}

/** An album is of pictures or of files, never of both: one file among pictures makes them all files. */
export function filesToSend({ files, asFiles }: AnswerSlot): OutgoingFile[] {
  const as = !asFiles && files.every(isPicture) ? ('photo' as const) : ('document' as const);
  return files.map((file) => ({ ...file, as }));
}

/** How many signs may still be written; negative when there are too many. */
export function roomLeft({ text, files, uploads }: AnswerSlot): number {
  const limit = files.length + uploads.length > 0 ? captionLimit : textLimit;
  return limit - readMarked(text.trim()).text.length;
}

type Blocked = 'empty' | 'uploading' | 'not-uploaded' | 'too-long' | 'caption-too-long';

/** Why this cannot leave yet, as a key under `answer.blocked`. */
export function blockedBy(slot: AnswerSlot): Blocked | undefined {
  if (slot.uploads.some((upload) => upload.failure === undefined)) return 'uploading';
  if (slot.uploads.length > 0) return 'not-uploaded';
  if (isBlank(slot)) return 'empty';
  if (roomLeft(slot) >= 0) return undefined;
  return slot.files.length > 0 ? 'caption-too-long' : 'too-long';
}

/** What core has kept is taken over only while nothing here is newer. */
export function withDraft(slot: AnswerSlot, draft: AnswerDraft | null, edits: number): AnswerSlot {
  if (slot.status === 'loading' && slot.edits > 0) {
    // Somebody typed while it was being fetched: both stay.
    const kept = draft
      ? withBroughtBack(slot, { ...draft, reply: slot.reply ?? targetOf(slot, draft) })
      : slot;
    return { ...kept, status: 'ready' };
  }
  const isMoving = slot.sending || slot.leaving.some(({ takingBack }) => takingBack);
  const isBusy = isMoving || slot.saving !== 'saved' || slot.edits !== edits;
  if (isBusy) return { ...slot, status: 'ready' };
  // A chosen reply without a word is no draft to core, and none that another window could have taken away.
  if (!draft) return { ...slot, ...(isBlank(slot) ? {} : nothing), status: 'ready', failure: undefined };
  const { text, files } = draft;
  return {
    ...slot,
    status: 'ready',
    text,
    files,
    asFiles: files.length > 0 && files.every((file) => isPicture(file) && file.as === 'document'),
    reply: targetOf(slot, draft),
  };
}

/** The message a draft answers; its words are not known yet when it is neither of those at hand. */
function targetOf({ reply, answerTo }: AnswerSlot, { replyTo }: AnswerDraft): ReplyTarget | null {
  if (replyTo === null) return null;
  const known = [reply, answerTo].find((target) => target?.id === replyTo);
  return known ?? { id: replyTo, sender: '', text: '' };
}

/** Brought back in front of what has been begun since. */
export function withBroughtBack(slot: AnswerSlot, { text, reply, files }: Written): AnswerSlot {
  const known = new Set(files.map(({ sha256 }) => sha256));
  const more = slot.files.filter(({ sha256 }) => !known.has(sha256));
  return {
    ...slot,
    text: [text, slot.text].filter((part) => part.trim() !== '').join('\n\n'),
    reply,
    files: [...files, ...more].slice(0, mostFiles),
  };
}

/** Nothing here that core does not know and no eye looks at. */
export function isSpare({ shown, saving, uploads, leaving }: AnswerSlot): boolean {
  return (
    !shown && saving === 'saved' && uploads.length === 0 && leaving.every(({ state }) => state !== 'queued')
  );
}

export function withRows(slot: AnswerSlot, rows: readonly OutboxRow[]): AnswerSlot {
  if (slot.leaving.length === 0) return slot;
  const leaving = slot.leaving.flatMap((item) => {
    const row = rows.find(({ id }) => id === item.outboxId);
    if (!row) return [item];
    if (row.state === 'cancelled') return [];
    return [{ ...item, state: row.state, errorCode: row.errorCode, notBefore: row.notBefore }];
  });
  return { ...slot, leaving };
}
