import type { InboundAttachment, InboundMessage } from '../../platform/inbound-message.ts';
import { readAddresses } from './addresses.ts';
import { readAutomatic } from './automatic.ts';
import { type BodyStore, memoryStore } from './body-store.ts';
import { cleanLine } from './clean-text.ts';
import { contentHash } from './content-hash.ts';
import { headerValue } from './header-block.ts';
import { readLetterDate } from './letter-date.ts';
import { type ContentAttachment, readContent } from './letter-content.ts';
import { limits } from './limits.ts';
import { readMessageId, readReferences } from './message-ids.ts';
import type { MimePart } from './mime-part.ts';
import { createBudget, createMimeReader } from './mime-reader.ts';
import { isBodyText } from './part-body.ts';
import { decodeWords } from './words.ts';

/** A letter as intake wants it, but for what only the account knows. */
export type ParsedInbound = Omit<InboundMessage, 'channel' | 'accountId' | 'direction'>;

export type ParsedLetter = Omit<ParsedInbound, 'attachments'> & {
  readonly attachments: readonly ParsedAttachment[];
};

export type ParsedAttachment = InboundAttachment & { readonly content: Uint8Array };

/** Reads a whole letter in memory; never throws on a broken one. */
export function parseLetter({
  raw,
  receivedAt,
}: {
  readonly raw: Uint8Array;
  readonly receivedAt: number;
}): ParsedLetter {
  const reading = startLetter(memoryStore, receivedAt);
  reading.write(raw);
  const { message, attachments } = reading.end();
  return {
    ...message,
    attachments: attachments.map((attachment) => ({
      ...toInbound(attachment),
      content: attachment.body.content,
    })),
  };
}

export type LetterReading<Stored> = {
  write(chunk: Uint8Array): void;
  end(): {
    readonly message: Omit<ParsedInbound, 'attachments'>;
    readonly attachments: readonly ContentAttachment<Stored>[];
  };
};

/** Reads a letter that is written in pieces; attachments go to the store as they pass. */
export function startLetter<Stored>(store: BodyStore<Stored>, receivedAt: number): LetterReading<Stored> {
  const budget = createBudget();
  const reader = createMimeReader(store, budget);
  return {
    write: (chunk) => reader.write(chunk),
    end() {
      const root = reader.end();
      const { text, html, attachments } = readContent(root, store, budget.notes);
      const head = readHead(root, receivedAt, budget.notes);
      const automatic = readAutomatic({ ...head, root, text });
      const hash = contentHash({
        messageId: head.externalId,
        dateHeader: headerValue(root.headers, 'date'),
        fromAddress: head.from?.address,
        bodies: bodiesOf(root),
        attachments: attachments.map(({ body }) => body.sha256),
      });
      const message = {
        ...head,
        text,
        html,
        receivedAt,
        automatic,
        contentHash: hash,
        notes: [...budget.notes].toSorted(),
      };
      return { message, attachments };
    },
  };
}

export function toInbound({
  fileName,
  mimeType,
  contentId,
  inline,
  body,
}: ContentAttachment<unknown>): InboundAttachment {
  return { sha256: body.sha256, fileName, mimeType, size: body.size, contentId, inline };
}

type Head = Pick<
  ParsedInbound,
  | 'externalId'
  | 'inReplyTo'
  | 'references'
  | 'from'
  | 'replyTo'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'subject'
  | 'sentAt'
  | 'listId'
>;

function readHead(root: MimePart<unknown>, receivedAt: number, notes: Set<string>): Head {
  const value = (name: string) => headerValue(root.headers, name);
  const addresses = (name: string) => {
    const all = root.headers.filter((header) => header.name === name).map((header) => header.value);
    const list = readAddresses(all.join(', '));
    if (list.guessed) notes.add('charset-guessed');
    return list.addresses;
  };
  const subject = decodeWords(value('subject') ?? '');
  if (subject.guessed) notes.add('charset-guessed');
  const date = readLetterDate(value('date'), receivedAt);
  if (date.note !== undefined) notes.add(date.note);
  const from = addresses('from').at(0) ?? addresses('sender').at(0);
  if (from === undefined) notes.add('from-missing');
  const externalId = readMessageId(value('message-id'));
  if (externalId === undefined) notes.add('message-id-missing');
  return {
    externalId,
    inReplyTo: readReferences(value('in-reply-to'), externalId).at(0),
    references: readReferences(value('references'), externalId),
    from,
    replyTo: addresses('reply-to'),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    subject: Array.from(cleanLine(subject.text)).slice(0, limits.subjectChars).join(''),
    sentAt: date.sentAt,
    listId: readListId(value('list-id')),
  };
}

function readListId(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const id = cleanLine(/<([^<>]+)>/.exec(value)?.[1] ?? value).toLowerCase();
  return id === '' ? undefined : id;
}

function bodiesOf(part: MimePart<unknown>): Uint8Array[] {
  if (part.body !== undefined) return isBodyText(part) ? [part.body.head] : [];
  return part.children.flatMap(bodiesOf);
}
