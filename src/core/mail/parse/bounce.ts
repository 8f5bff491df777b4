import type { BounceReport } from '../../platform/inbound-message.ts';
import { decodeBytes } from './charset.ts';
import { cleanLine } from './clean-text.ts';
import { type Header, headerValue, parseHeaderBlock } from './header-block.ts';
import { readMessageId } from './message-ids.ts';
import type { MimePart } from './mime-part.ts';

export type DeliveryReport = { readonly report: BounceReport; readonly isFailure: boolean };

const maxRecipients = 100;

/** What a delivery report (RFC 3464) says; undefined when the letter carries none. */
export function readDeliveryReport(
  root: MimePart<unknown>,
  inReplyTo: string | undefined,
): DeliveryReport | undefined {
  const status = findPart(root, (part) => /^message\/(?:global-)?delivery-status$/.test(part.type));
  if (status === undefined) return undefined;
  const fields = readFields(status.body?.head);
  const actions = valuesOf(fields, 'action').map((action) => action.toLowerCase());
  const recipients = [...valuesOf(fields, 'final-recipient'), ...valuesOf(fields, 'original-recipient')];
  const unique = [...new Set(recipients.map(withoutKind).filter((address) => address.includes('@')))];
  return {
    isFailure: actions.length === 0 || actions.some((action) => action.startsWith('failed')),
    report: {
      originalMessageId: originalId(root) ?? inReplyTo,
      recipients: unique.slice(0, maxRecipients),
      status: /[245]\.\d{1,3}\.\d{1,3}/.exec(valuesOf(fields, 'status').at(0) ?? '')?.[0],
      diagnostic: toDiagnostic(valuesOf(fields, 'diagnostic-code').map(withoutKind).at(0)),
    },
  };
}

/** The same from a bounce in free words, as qmail, Exim and hosting panels write it. */
export function readFreeBounce(
  root: MimePart<unknown>,
  text: string,
  inReplyTo: string | undefined,
): BounceReport {
  const start = text.slice(0, 50_000);
  const quoted = /^[ \t>]{0,20}message-id:\s{0,10}(<[^<>\s]{3,500}>)/im.exec(start)?.[1];
  const failed = headerValue(root.headers, 'x-failed-recipients')?.split(',') ?? [];
  const named = Array.from(
    start.matchAll(/^[ \t]{0,20}<?([^\s<>:@]{1,64}@[\w.-]{1,255})>?:?[ \t]{0,20}(?:$|\()/gm),
    (match) => match[1] ?? '',
  );
  const recipients = [...failed, ...named]
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const line = start
    .split('\n')
    .find((candidate) => /(?:^|\s|#)[45]\d\d[\s-]|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(candidate));
  return {
    originalMessageId: originalId(root) ?? readMessageId(quoted) ?? inReplyTo,
    recipients: [...new Set(recipients)].slice(0, maxRecipients),
    status: /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(line ?? '')?.[0],
    diagnostic: toDiagnostic(line),
  };
}

/** Message-ID of the letter sent back, whole or as headers only. */
function originalId(root: MimePart<unknown>): string | undefined {
  const letter = findPart(root, (part) => part.body?.nested !== undefined);
  const nested = letter?.body?.nested;
  if (nested !== undefined) return readMessageId(headerValue(nested.headers, 'message-id'));
  const headers = findPart(root, (part) => part.type === 'text/rfc822-headers');
  return readMessageId(headerValue(readFields(headers?.body?.head), 'message-id'));
}

function findPart(
  part: MimePart<unknown>,
  isWanted: (part: MimePart<unknown>) => boolean,
): MimePart<unknown> | undefined {
  if (isWanted(part)) return part;
  for (const child of part.children) {
    const found = findPart(child, isWanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Blank lines part the groups of a report; the groups are read as one. */
function readFields(bytes: Uint8Array | undefined): readonly Header[] {
  if (bytes === undefined) return [];
  const lines = decodeBytes(bytes, undefined).text.split(/\r?\n/);
  return parseHeaderBlock(lines.filter((line) => line !== '').map((line) => Buffer.from(line))).headers;
}

function valuesOf(fields: readonly Header[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}

/** `rfc822; a@b.example` and `smtp; 550 …` name the kind of value first. */
function withoutKind(value: string): string {
  return value
    .replace(/^[\w-]+\s*;\s*/, '')
    .replaceAll(/^<|>$/g, '')
    .trim();
}

function toDiagnostic(line: string | undefined): string | undefined {
  const clean = cleanLine((line ?? '').slice(0, 500));
  return clean === '' ? undefined : clean;
}
