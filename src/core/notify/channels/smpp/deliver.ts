import { createHash } from 'node:crypto';
import type { ReceiptStatus } from '../../route-driver.ts';
import { readMessage, type Heard } from './message-text.ts';
import { createReader } from './pdu.ts';

/** How the ids of receipts are written, against those of the answers. */
export type ReceiptIds = 'same' | 'hex' | 'decimal';

export type Delivered =
  | { readonly kind: 'receipt'; readonly id: string; readonly status: ReceiptStatus; readonly raw: string }
  | { readonly kind: 'words'; readonly from: string; readonly heard: Heard };

const tagReceiptedId = 0x001e;
const tagPayload = 0x0424;
const tagState = 0x0427;

/** What a deliver_sm brings: the fate of a message, or words from a telephone. */
export function readDeliver(body: Buffer, ids: ReceiptIds): Delivered {
  const reader = createReader(body);
  reader.text();
  reader.bytes(2);
  const from = reader.text();
  reader.bytes(2);
  reader.text();
  const esmClass = reader.byte();
  reader.bytes(2);
  reader.text();
  reader.text();
  reader.bytes(2);
  const coding = reader.byte();
  reader.byte();
  const short = reader.bytes(reader.byte());
  const parameters = reader.parameters();
  const bytes = short.length > 0 ? short : (parameters.get(tagPayload) ?? Buffer.alloc(0));
  const isReceipt = (esmClass & 0x3c) === 0x04 || parameters.has(tagReceiptedId);
  if (!isReceipt) {
    return { kind: 'words', from: from.replaceAll(/\D/g, ''), heard: readMessage(bytes, coding, esmClass) };
  }
  const text = bytes.toString('latin1');
  const named = parameters.get(tagReceiptedId)?.toString('latin1').replaceAll('\0', '');
  const state = parameters.get(tagState)?.[0];
  const raw = /\bstat:\s*(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? stateNames[state ?? 0] ?? 'UNKNOWN';
  const error = /\berr:\s*(\w+)/i.exec(text)?.[1];
  return {
    kind: 'receipt',
    id: toOwnId(named ?? /\bid:\s*([^\s]+)/i.exec(text)?.[1] ?? '', ids),
    status: final[raw] ?? 'accepted',
    raw: error === undefined || /^0+$/.test(error) ? raw : `${raw} ${error}`,
  };
}

const stateNames: Readonly<Record<number, string>> = {
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
};

const final: Readonly<Record<string, ReceiptStatus>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
};

/** As answers write it: leading zeros and the case of letters are a centre's whim. */
export function toPlainId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '');
}

function toOwnId(id: string, ids: ReceiptIds): string {
  if (ids === 'decimal' && /^\d+$/.test(id)) return BigInt(id).toString(16);
  if (ids === 'hex' && /^[\da-f]+$/i.test(id)) return BigInt(`0x${id}`).toString();
  return toPlainId(id);
}

const sameWithinMs = 10 * 60_000;

/** A centre that was not heard says it again and gives it no name: it is known by who says what, and about when. */
export function answerId(from: string, text: string, at: number): string {
  const span = Math.floor(at / sameWithinMs);
  return createHash('sha256').update(`${from}\n${span}\n${text}`).digest('hex').slice(0, 32);
}
