import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

export type Decoded = {
  readonly text: string;
  /** The declared charset was missing, unknown or contradicted by the bytes. */
  readonly guessed: boolean;
};

/** What Russian mail is really written in when nothing or something wrong is declared. */
const cyrillicCharsets = ['windows-1251', 'koi8-r', 'ibm866', 'x-mac-cyrillic', 'iso-8859-5'] as const;

/** Labels that mailers put on anything: the bytes decide whenever they look Cyrillic. */
const carelessCharsets = new Set(['windows-1252', 'macintosh', 'x-user-defined']);

const sampleBytes = 4096;
/** Fewer 8-bit bytes than this say too little to overrule a declared charset. */
const leastEvidence = 12;
/**
 * Scores per 8-bit byte, see `russianScore`. Russian read in its own charset measures 0.55 to 1.3, in a wrong one 0.6
 * at most and mostly below zero, Western text below 0.25.
 */
const surelyRussian = 0.8;
const perhapsRussian = 0.25;
/** How much better a guess must be than what was declared. */
const overruleMargin = 0.3;

/** Decodes by the label when the bytes agree with it, by the letters' statistics when they do not. */
export function decodeBytes(bytes: Uint8Array, label: string | undefined): Decoded {
  const declared = byteOrderMark(bytes) ?? resolveLabel(label);
  if (declared !== undefined && isMultiByte(declared))
    return { text: decode(bytes, declared), guessed: false };
  if (isUtf8(bytes)) return decodeValidUtf8(bytes, declared);
  if (declared === undefined || declared === 'utf-8') return decodeBrokenUtf8(bytes, declared);
  const guess = guessCharset(bytes, declared);
  return { text: decode(bytes, guess), guessed: guess !== declared };
}

/** The most likely charset of 8-bit bytes that are not UTF-8. */
export function guessCharset(bytes: Uint8Array, declared?: string): string {
  const sample = evidence(bytes);
  let best = { charset: 'windows-1252', score: perhapsRussian };
  const declaredScore = declared === undefined ? undefined : russianScore(sample, declared);
  if (declared !== undefined && declaredScore !== undefined) {
    if (declaredScore >= surelyRussian) return declared;
    if (!carelessCharsets.has(declared)) {
      if (eightBitCount(sample) < leastEvidence) return declared;
      best = { charset: declared, score: declaredScore + overruleMargin };
    }
  }
  for (const charset of cyrillicCharsets) {
    const score = russianScore(sample, charset);
    if (score > best.score) best = { charset, score };
  }
  return best.charset;
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** Bytes outside ASCII that happen to be valid UTF-8 are UTF-8, whatever the label says. */
function decodeValidUtf8(bytes: Uint8Array, declared: string | undefined): Decoded {
  const text = decode(bytes, 'utf-8');
  const isContradicted = declared !== undefined && declared !== 'utf-8' && text.length !== bytes.length;
  return { text, guessed: isContradicted };
}

function decodeBrokenUtf8(bytes: Uint8Array, declared: string | undefined): Decoded {
  const text = decode(bytes, 'utf-8');
  const broken = text.split('\u{fffd}').length - 1;
  const whole = text.replaceAll(/[\0-\x7f\ufffd]+/g, '').length;
  if (whole > broken * 4) return { text, guessed: declared === undefined || broken > 1 };
  return { text: decode(bytes, guessCharset(bytes)), guessed: true };
}

const decoders = new Map<string, (bytes: Uint8Array) => string>();

function decode(bytes: Uint8Array, charset: string): string {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    const whatwg = new TextDecoder(charset);
    const isWide = charset === 'utf-8' || isMultiByte(charset) || charset === 'replacement';
    decoder = isWide ? (input) => whatwg.decode(input) : singleByteDecoder(whatwg);
    decoders.set(charset, decoder);
  }
  return decoder(bytes);
}

/** One table look-up a byte: Node's own decoders of such charsets took a sixth of the whole parse. */
function singleByteDecoder(whatwg: TextDecoder): (bytes: Uint8Array) => string {
  const codes = Uint16Array.from({ length: 256 }, (_, code) =>
    whatwg.decode(Uint8Array.of(code)).charCodeAt(0),
  );
  return (bytes) => {
    const units = new Uint16Array(bytes.length);
    for (let at = 0; at < bytes.length; at += 1) units[at] = codes[bytes[at] ?? 0] ?? 0xfffd;
    return Buffer.from(units.buffer).toString('utf16le');
  };
}

const resolved = new Map<string, string | undefined>();

/** The WHATWG name of a label as mailers spell it (`cp-1251`, `x_koi8r`, `ISO_8859-5:1988`); undefined when unknown. */
function resolveLabel(label: string | undefined): string | undefined {
  if (label === undefined || label.length > 40) return undefined;
  const key = label.trim().toLowerCase();
  if (!resolved.has(key)) {
    if (resolved.size > 500) resolved.clear();
    resolved.set(key, findCharset(key));
  }
  return resolved.get(key);
}

function findCharset(key: string): string | undefined {
  const squeezed = key.replace(/^(?:x-|cs)/, '').replaceAll(/[\s._-]+/g, '');
  const number = /^(?:cp|windows|win|ms|ibm|dos)?(\d{3,4})$/.exec(squeezed)?.[1];
  const known: Readonly<Record<string, string>> = {
    koi8: 'koi8-r',
    koi8r: 'koi8-r',
    koi8u: 'koi8-u',
    utf8: 'utf-8',
  };
  const candidates = [
    key,
    squeezed,
    known[squeezed],
    number && `windows-${number}`,
    number && `ibm${number}`,
  ];
  if (/^(?:x-?)?mac-?(?:cyrillic|ukrainian)$/.test(key)) candidates.unshift('x-mac-cyrillic');
  for (const candidate of candidates) {
    if (candidate === undefined || candidate === '' || candidate === 'x-user-defined') continue;
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      // TextDecoder has no way to ask but to throw; the next spelling is tried.
    }
  }
  return undefined;
}

function isMultiByte(charset: string): boolean {
  return /^(?:utf-16|gb|big5|euc|iso-2022|shift)/.test(charset);
}

/** The stretches around 8-bit bytes, so that a long English quotation does not use up the sample. */
function evidence(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleBytes) return bytes;
  let first = 0;
  while (first < bytes.length && (bytes[first] ?? 0) < 0x80) first += 1;
  return bytes.subarray(first, first + sampleBytes);
}

function eightBitCount(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count += 1;
  return count;
}

/** Russian letters by frequency in running text, most frequent first. */
const byFrequency = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё';
const commonPairs =
  'ст но то на ен ов ни ра во ко не ро го по пр ре ал та ос ли ка от ол ер те ор ат ом ло де ве ан ит ри ти ва ' +
  'ел ле ки об ск ны за ет нн од да мо ия ма ый ес ак тр ис ть вы ав ар ям ам ми см ци ии ич пе ус ие ук';
const typographic = new Set('«»„“”‘’–—…№°\u00a0§©·•™€');

/** What each byte means in a charset: a letter's place in `byFrequency`, or one of the kinds below zero. */
type ByteTable = { readonly letters: Int8Array; readonly upper: Uint8Array };

const kinds = { latin: -1, ascii: -2, typographic: -3, symbol: -4 };
const letterCount = byFrequency.length;
const pairBonus = new Uint8Array(letterCount * letterCount);
for (const [first = '', second = ''] of commonPairs.split(' ')) {
  pairBonus[byFrequency.indexOf(first) * letterCount + byFrequency.indexOf(second)] = 1;
}

const tables = new Map<string, ByteTable>();

function tableOf(charset: string): ByteTable {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const table = { letters: new Int8Array(256), upper: new Uint8Array(256) };
  for (let code = 0; code < 256; code += 1) {
    const char = decode(Uint8Array.of(code), charset);
    const lower = char.toLowerCase();
    table.letters[code] = kindOf(char, lower, code);
    table.upper[code] = char === lower ? 0 : 1;
  }
  tables.set(charset, table);
  return table;
}

function kindOf(char: string, lower: string, code: number): number {
  if (code < 0x80) return /[A-Za-z]/.test(char) ? kinds.latin : kinds.ascii;
  const rank = byFrequency.indexOf(lower);
  if (rank >= 0) return rank;
  return typographic.has(char) ? kinds.typographic : kinds.symbol;
}

/** Mean per 8-bit byte: frequent letters and pairs lift it, case jumps, box drawing and symbols sink it. */
function russianScore(bytes: Uint8Array, charset: string): number {
  const { letters, upper } = tableOf(charset);
  let total = 0;
  let count = 0;
  let previous: number = kinds.ascii;
  let previousUpper = 0;
  for (const byte of bytes) {
    const letter = letters[byte] ?? kinds.ascii;
    if (byte >= 0x80) count += 1;
    if (letter >= 0) {
      total += 1.2 - letter * 0.06;
      if (previous >= 0) total += (pairBonus[previous * letterCount + letter] ?? 0) * 0.5;
      else if (previous === kinds.latin) total -= 0.3;
      if (upper[byte] === 1 && previous >= 0 && previousUpper === 0) total -= 1.5;
    } else if (letter === kinds.symbol) {
      total -= 1.5;
    }
    previous = letter;
    previousUpper = upper[byte] ?? 0;
  }
  return count === 0 ? 0 : total / count;
}
