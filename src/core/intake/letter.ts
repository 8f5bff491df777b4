import { createHash } from 'node:crypto';
import { cleanTitle, firstWords, squeeze } from '../../shared/domain/subject.ts';
import type { InboundMessage, MessageAddress } from '../platform/inbound-message.ts';
import { readFormLetter } from './form-letter.ts';

/** An inbound message as intake sees it: whose it is, who asks, what it is about. */
export type Letter = {
  readonly source: InboundMessage;
  /** `out` also for a copy of our own letter that came back to Inbox. */
  readonly direction: 'in' | 'out';
  readonly applicant: MessageAddress;
  readonly title: string;
  readonly text: string;
  /** A bounce or an automatic reply. Bulk is not: operators' robots send their alarms so. */
  readonly automatic: boolean;
  /** Nearest parent first, without ids that name nothing. */
  readonly parents: readonly string[];
  readonly likeness: string;
};

/** More references than this are an attack or a loop; the nearest and the root say all there is to know. */
const nearestParents = 90;
const oldestParents = 10;
const nobody: MessageAddress = { name: '', address: '' };
/** Robots fill In-Reply-To with these: one of them would tie every alarm of a year together. */
const nothing = /^(?:null|none|nil|undefined|auto|0+)?(?:@.*)?$|^auto-/i;

export function readLetter(
  source: InboundMessage,
  ownAddresses: ReadonlySet<string>,
  codePrefixes: readonly string[],
): Letter {
  const form =
    source.direction === 'in' && source.channel === 'mail' ? readFormLetter(source.text) : undefined;
  const direction = isOwn(source, ownAddresses, form?.applicant) ? 'out' : 'in';
  return {
    source,
    direction,
    applicant: source.place?.applicant ?? applicantOf(source, form?.applicant),
    title: source.place?.title ?? titleOf(source, form?.description, codePrefixes),
    text: form?.text ?? source.text,
    automatic: source.automatic?.kind === 'bounce' || source.automatic?.kind === 'auto-reply',
    parents: parentsOf(source),
    likeness: likenessOf(source),
  };
}

function titleOf(
  { subject, text, attachments }: InboundMessage,
  description: string | undefined,
  codePrefixes: readonly string[],
): string {
  return (
    cleanTitle(description ?? subject, codePrefixes) ||
    cleanTitle(subject, codePrefixes) ||
    firstWords(text) ||
    squeeze(attachments.find(({ inline }) => !inline)?.fileName ?? '')
  );
}

/**
 * Our own address in Inbox is a copy of what we sent ourselves, unless it speaks for somebody else: a web form writes
 * from the desk's own mailbox with the applicant in Reply-To or in the form.
 */
function isOwn(
  source: InboundMessage,
  ownAddresses: ReadonlySet<string>,
  formApplicant: string | undefined,
): boolean {
  if (source.direction === 'out') return true;
  const isOurs = ({ address }: MessageAddress) => ownAddresses.has(address.toLowerCase());
  if (!source.from || !isOurs(source.from)) return false;
  const speaksFor = [
    ...source.replyTo,
    ...(formApplicant === undefined ? [] : [{ name: '', address: formApplicant }]),
  ];
  return speaksFor.every(isOurs) && source.automatic?.kind !== 'bounce';
}

function applicantOf(source: InboundMessage, formApplicant: string | undefined): MessageAddress {
  if (formApplicant !== undefined) return { name: '', address: formApplicant };
  const [replyTo] = source.replyTo;
  if (replyTo && replyTo.address !== '') {
    const sameName = replyTo.name === '' ? (source.from?.name ?? '') : replyTo.name;
    return { name: sameName, address: replyTo.address };
  }
  return source.from ?? nobody;
}

function parentsOf({ inReplyTo, references, externalId }: InboundMessage): string[] {
  const nearest = references.slice(-nearestParents).toReversed();
  const oldest = references.slice(0, Math.max(0, references.length - nearestParents)).slice(0, oldestParents);
  const all = [...(inReplyTo === undefined ? [] : [inReplyTo]), ...nearest, ...oldest.toReversed()];
  return [...new Set(all)].filter((id) => id !== externalId && id.length <= 998 && !nothing.test(id));
}

/** The same alarm sent again: who, what and with which files, whatever its headers. */
function likenessOf({ from, subject, text, attachments }: InboundMessage): string {
  const parts = [(from?.address ?? '').toLowerCase(), squeeze(subject), squeeze(text)];
  for (const { sha256 } of attachments) parts.push(sha256);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
