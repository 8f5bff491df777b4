import { isUtf8 } from 'node:buffer';
import { guessCharset } from './charset.ts';

export type Header = {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, still with its encoded words. */
  readonly value: string;
};

export type HeaderBlock = { readonly headers: readonly Header[]; readonly guessed: boolean };

/** One field longer than this is hostile: it is cut. */
const maxFieldChars = 64 * 1024;

/** Whether a line can begin a field: a name of visible characters, then a colon (RFC 5322 section 2.2). */
export function looksLikeField(line: Uint8Array): boolean {
  for (let at = 0; at < line.length && at < 200; at += 1) {
    const byte = line[at] ?? 0;
    if (byte === 0x3a) return at > 0;
    if (byte === 0x20 || byte === 0x09)
      return /^[ \t]*:/.test(Buffer.from(line.subarray(at, at + 20)).toString('latin1'));
    if (byte < 0x21 || byte > 0x7e) return false;
  }
  return false;
}

/** Fields of a header block. Bytes that are not UTF-8 are read by statistics over the whole block. */
export function parseHeaderBlock(lines: readonly Uint8Array[]): HeaderBlock {
  const bytes = Buffer.concat(lines.flatMap((line) => [line, newline]));
  const guessed = !isUtf8(bytes);
  const text = new TextDecoder(guessed ? guessCharset(bytes) : 'utf-8').decode(bytes);
  const fields: string[] = [];
  for (const line of text.split('\n')) {
    const last = fields.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) {
      if ((fields[last] ?? '').length < maxFieldChars) fields[last] += line;
    } else {
      fields.push(line);
    }
  }
  return { headers: fields.flatMap(toHeader), guessed };
}

/** The first field of that name; later ones are additions of somebody on the way. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name === name)?.value;
}

const newline = Uint8Array.of(0x0a);

function toHeader(field: string): Header[] {
  const colon = field.indexOf(':');
  if (colon < 1) return [];
  const name = field.slice(0, colon).trim().toLowerCase();
  const value = field
    .slice(colon + 1, colon + 1 + maxFieldChars)
    .replaceAll(/[\0-\x08\x0a-\x1f\x7f]+/g, ' ')
    .trim();
  return /^[\x21-\x7e]+$/.test(name) ? [{ name, value }] : [];
}
