import type { AnswerVerb } from '../../../../shared/domain/reaching.ts';
import type { InboundAttachment, InboundMessage } from '../../../platform/inbound-message.ts';
import { findAnswerCodes, readAnswerWords, saidCodes } from '../../answer-words.ts';
import type { InboundFile, RouteInbox } from '../../route-driver.ts';
import { type NoticeName, readNoticeId } from './notice-id.ts';
import { ownWords } from './own-words.ts';

/**
 * What a letter is to the notices that were sent: `reply` answers one by its headers, `word` by the code alone, `copy`
 * is one itself as a provider keeps it, `automatic` is a bounce of one or a program's answer to it.
 */
export type NoticeLink = {
  readonly as: 'reply' | 'word' | 'copy' | 'automatic';
  readonly code: string;
};

export type LetterSeen = { readonly message: InboundMessage; readonly direction: 'in' | 'out' };

type Parts = {
  /** Where a notification with that code was sent by mail, in small letters; undefined when there is none. */
  readonly addressesOf: (code: string) => readonly string[] | undefined;
  /** Of the route by that mailbox, else of any by mail; undefined when the desk has none. */
  readonly inboxOf: (accountId: number) => RouteInbox | undefined;
  /** A mail server says that nobody lives there. */
  readonly onDead: (address: string, because: string) => void;
};

/**
 * Takes what a letter says about notices, in the letter's own transaction: a kill between the two loses neither. A
 * program's answer acknowledges nothing. undefined is a letter like any other.
 */
export function createTakeLetter(parts: Parts): (letter: LetterSeen) => NoticeLink | undefined {
  return ({ message, direction }) => {
    const inbox = parts.inboxOf(message.accountId);
    if (!inbox || message.channel !== 'mail') return undefined;
    if (direction === 'out') return takeCopy(parts, inbox, message);
    const kind = message.automatic?.kind;
    if (kind === 'bounce' || kind === 'auto-reply') return takeAutomatic(parts, inbox, message);
    return takeAnswer(parts, inbox, message);
  };
}

/** A provider keeps a copy of what it has taken: that tells what the lost answer of the server did not. */
function takeCopy(parts: Parts, inbox: RouteInbox, message: InboundMessage): NoticeLink | undefined {
  const name = known(parts, readNoticeId(message.externalId));
  if (!name) return undefined;
  inbox.receipt({
    providerId: name.uuid,
    eventId: `copy:${message.contentHash}`,
    at: message.receivedAt,
    report: { status: 'accepted', raw: 'copy' },
  });
  return { as: 'copy', code: name.code };
}

function takeAutomatic(parts: Parts, inbox: RouteInbox, message: InboundMessage): NoticeLink | undefined {
  const bounce = message.automatic?.bounce;
  const name =
    known(parts, readNoticeId(bounce?.originalMessageId)) ??
    parentNotice(parts, message) ??
    known(parts, readNoticeId(quotedId.exec(message.text)?.[0]));
  if (!name) return undefined;
  // RFC 3463 class 4 is a delay: the server goes on trying.
  if (message.automatic?.kind === 'bounce' && !bounce?.status?.startsWith('4.')) {
    const raw = [bounce?.status, bounce?.diagnostic].filter(Boolean).join(' ');
    inbox.receipt({
      providerId: name.uuid,
      eventId: `bounce:${message.contentHash}`,
      at: message.receivedAt,
      report: { status: 'failed', raw: raw || 'bounced' },
    });
    for (const address of deadIn(parts, name, message)) parts.onDead(address, raw);
  }
  return { as: 'automatic', code: name.code };
}

/** RFC 3463: no such mailbox or domain, or one that was switched off. A full one, or a suspicion of spam, passes. */
const nobodyThere = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/;

/** Only what the notice was sent to: a bounce is easily forged, and must not shut out anybody else. */
function deadIn(parts: Parts, { code }: NoticeName, { automatic }: InboundMessage): readonly string[] {
  const { status, recipients = [] } = automatic?.bounce ?? {};
  if (!nobodyThere.test(status ?? '')) return [];
  const sentTo = parts.addressesOf(code) ?? [];
  return recipients.map((address) => address.toLowerCase()).filter((address) => sentTo.includes(address));
}

/** A bounce in free words quotes the headers of what it returns. */
const quotedId = /notice\.[0-9A-Za-z]{1,32}\.[0-9a-f-]{36}@/i;

function takeAnswer(parts: Parts, inbox: RouteInbox, message: InboundMessage): NoticeLink | undefined {
  const words = ownWords(message.text);
  const notice = parentNotice(parts, message);
  const code = codeIn(parts, message, words) ?? notice?.code;
  if (code === undefined) return undefined;
  inbox.answer({
    eventId: message.contentHash,
    at: message.receivedAt,
    address: (message.from?.address ?? '').toLowerCase(),
    verb: readAnswerWords(words).verb ?? subjectVerb(message, notice),
    code,
    providerId: notice?.code === code ? notice.uuid : null,
    text: words,
    files: message.attachments.filter(isSent).map(toFile),
    place: null,
  });
  return { as: notice ? 'reply' : 'word', code };
}

function parentNotice(parts: Parts, { inReplyTo, references }: InboundMessage): NoticeName | undefined {
  const parents = [...(inReplyTo === undefined ? [] : [inReplyTo]), ...references.toReversed()];
  const names = parents.map(readNoticeId);
  return names.map((name) => known(parts, name)).find((name) => name !== undefined);
}

function known(parts: Parts, name: NoticeName | undefined): NoticeName | undefined {
  return name && parts.addressesOf(name.code) !== undefined ? name : undefined;
}

/**
 * Said by the writer in the letter or its subject it is theirs, whoever they are. In what they quote it counts only from
 * those it was sent to: letters are passed on, and a stranger's "accepted" below one is about something else.
 */
function codeIn(parts: Parts, message: InboundMessage, words: string): string | undefined {
  const isKnown = (code: string) => parts.addressesOf(code) !== undefined;
  const said = saidCodes(words).find(isKnown);
  if (said !== undefined) return said;
  const sender = (message.from?.address ?? '').toLowerCase();
  const quoted = findAnswerCodes(`${message.subject}\n${message.text}`);
  return (
    quoted.find((code) => parts.addressesOf(code)?.includes(sender) ?? false) ??
    (isBareSubject(message.subject) ? findAnswerCodes(message.subject).find(isKnown) : undefined)
  );
}

/** As the links of a notice write it: one verb and the code. */
function isBareSubject(subject: string): boolean {
  return subject.trim().split(/\s+/).length <= 3 && readAnswerWords(subject).verb !== null;
}

function subjectVerb({ subject }: InboundMessage, notice: NoticeName | undefined): AnswerVerb | null {
  return notice === undefined && isBareSubject(subject) ? readAnswerWords(subject).verb : null;
}

/** Telephones send photos inline; logos of signatures come so too, and are small. */
const smallestPhoto = 30_000;

function isSent({ inline, size, mimeType }: InboundAttachment): boolean {
  return !inline || (mimeType.startsWith('image/') && size >= smallestPhoto);
}

function toFile({ sha256, fileName, mimeType, size }: InboundAttachment): InboundFile {
  return { sha256, fileName: fileName.slice(0, 255), mimeType: mimeType.slice(0, 127), size };
}
