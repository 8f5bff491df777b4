import { type Decoded, decodeBytes } from './charset.ts';

const wordPattern = /=\?([^?\s]{1,60})\?([QqBb])\?([^?]*)\?=/g;

type Word = { readonly charset: string; readonly encoding: 'B' | 'Q'; readonly bytes: Uint8Array };
type Piece = string | Word;

/** RFC 2047 text of a header value. Neighbouring words of one charset are joined first: mailers split characters. */
export function decodeWords(value: string): Decoded {
  return renderWords(value, (text) => text);
}

/**
 * The same header value with every word rewritten as one in UTF-8, for the address parser, which must see names
 * still encoded (a decoded comma would split an address) but knows less about wrong charsets.
 */
export function rewriteWords(value: string): Decoded {
  return renderWords(value, (text) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);
}

function renderWords(value: string, render: (text: string) => string): Decoded {
  if (!value.includes('=?')) return { text: value, guessed: false };
  let guessed = false;
  const text = joinNeighbours(splitWords(value))
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const decoded = decodeBytes(piece.bytes, piece.charset);
      guessed ||= decoded.guessed;
      return render(decoded.text);
    })
    .join('');
  return { text, guessed };
}

function splitWords(value: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of value.matchAll(wordPattern)) {
    const between = value.slice(end, match.index);
    // Blanks between two words are folding, not content (RFC 2047 section 6.2).
    if (between !== '' && (end === 0 || between.trim() !== '')) pieces.push(between);
    pieces.push(toWord(match[1] ?? '', match[2] ?? '', match[3] ?? ''));
    end = match.index + match[0].length;
  }
  if (end < value.length) pieces.push(value.slice(end));
  return pieces;
}

function toWord(label: string, encoding: string, encoded: string): Word {
  // RFC 2231 section 5 lets a language follow the charset.
  const charset = (label.split('*')[0] ?? '').toLowerCase();
  return encoding.toUpperCase() === 'B'
    ? { charset, encoding: 'B', bytes: Buffer.from(encoded, 'base64') }
    : { charset, encoding: 'Q', bytes: decodeQ(encoded) };
}

function decodeQ(encoded: string): Uint8Array {
  const bytes = Buffer.from(encoded.replaceAll('_', ' '), 'utf8');
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const code =
      bytes[at] === 0x3d ? Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16) : Number.NaN;
    const isEscape = !Number.isNaN(code) && at + 2 < bytes.length;
    bytes[length] = isEscape ? code : (bytes[at] ?? 0);
    if (isEscape) at += 2;
    length += 1;
  }
  return bytes.subarray(0, length);
}

function joinNeighbours(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let run: Word[] = [];
  const flush = () => {
    const [first] = run;
    if (first !== undefined) joined.push({ ...first, bytes: Buffer.concat(run.map((word) => word.bytes)) });
    run = [];
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      flush();
      joined.push(piece);
      continue;
    }
    if (run[0] !== undefined && run[0].charset !== piece.charset) flush();
    run.push(piece);
  }
  flush();
  return joined;
}
