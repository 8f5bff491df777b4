import { smsEncoding, splitSms } from '../../../../shared/domain/sms-segments.ts';

/** data_coding: how the bytes of a message are read. */
const defaultAlphabet = 0;
const latin1 = 3;
const binary = new Set([2, 4]);
const ucs2 = 8;
/** esm_class: the message begins with a header that numbers its parts. */
const withHeader = 0x40;

export type Part = { readonly bytes: Buffer; readonly coding: number; readonly esmClass: number };

/**
 * A text as the parts it travels in. Everything that is not plain ASCII goes as UCS-2: what a centre takes its default
 * alphabet for differs from centre to centre, letters and digits are the same in all of them.
 */
export function toParts(text: string, reference: number): readonly Part[] {
  const isPlain = /^[\n\r !"#%&'()*+,\-./0-9:;<=>?A-Za-z]*$/.test(text);
  const coding = isPlain ? defaultAlphabet : ucs2;
  const parts = isPlain || smsEncoding(text) === 'ucs2' ? splitSms(text) : splitAsUcs2(text);
  if (parts.length === 1) return [{ bytes: encode(text, coding), coding, esmClass: 0 }];
  return parts.map((part, index) => ({
    // 3GPP TS 23.040, 9.2.3.24.1: five bytes of header, its kind 0, reference, how many, which.
    bytes: Buffer.concat([
      Buffer.from([5, 0, 3, reference & 0xff, parts.length, index + 1]),
      encode(part, coding),
    ]),
    coding,
    esmClass: withHeader,
  }));
}

/** Signs of GSM-7 that the centre's alphabet may not have are sent in the wider one, and so cost more. */
function splitAsUcs2(text: string): readonly string[] {
  if (text.length <= 70) return [text];
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += 67) parts.push(text.slice(at, at + 67));
  return parts;
}

function encode(text: string, coding: number): Buffer {
  return coding === ucs2 ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'latin1');
}

export type Heard = {
  readonly text: string;
  readonly part: { readonly reference: number; readonly count: number; readonly index: number } | undefined;
};

/** What a message from a telephone says, and which part of a longer one it is. */
export function readMessage(bytes: Buffer, coding: number, esmClass: number): Heard {
  const hasHeader = (esmClass & withHeader) !== 0 && bytes.length > 0;
  const headerLength = hasHeader ? (bytes[0] ?? 0) + 1 : 0;
  const header = bytes.subarray(0, headerLength);
  return { text: decode(bytes.subarray(headerLength), coding), part: partOf(header) };
}

function decode(bytes: Buffer, coding: number): string {
  if ((coding & 0x0c) === ucs2) {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    return Buffer.from(even).swap16().toString('utf16le');
  }
  if (binary.has(coding)) return '';
  return coding === latin1 || bytes.every((byte) => byte < 0x80)
    ? bytes.toString('latin1')
    : // Centres disagree about their default alphabet: UTF-8 where it is valid, else Latin.
      decodeLoosely(bytes);
}

function decodeLoosely(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}

/** Elements of the header: kind, length, value; parts are numbered by kind 0, or 8 with a longer reference. */
function partOf(header: Buffer): Heard['part'] {
  for (let at = 1; at + 1 < header.length;) {
    const kind = header[at] ?? 0;
    const length = header[at + 1] ?? 0;
    const value = header.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    const isShort = kind === 0 && value.length === 3;
    const isLong = kind === 8 && value.length === 4;
    if (!isShort && !isLong) continue;
    const [count = 1, index = 1] = value.subarray(-2);
    const reference = isShort ? (value[0] ?? 0) : value.readUInt16BE(0);
    if (count > 1 && index >= 1 && index <= count) return { reference, count, index };
  }
  return undefined;
}
