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

const sampleBytes = 8192;
/** Fewer 8-bit bytes than this say too little to overrule a declared charset. */
const leastEvidence = 12;
/** Score per letter (see `russianScore`) above which a text is surely Russian. */
const surelyRussian = 0.5;
/** How much better, per letter, a guess must be than what was declared. */
const overruleMargin = 0.6;

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
  let best = { charset: 'windows-1252', score: surelyRussian / 2 };
  const declaredScore = declared === undefined ? undefined : russianScore(decode(sample, declared));
  if (declared !== undefined && declaredScore !== undefined) {
    if (declaredScore >= surelyRussian) return declared;
    if (!carelessCharsets.has(declared)) {
      if (eightBitCount(sample) < leastEvidence) return declared;
      best = { charset: declared, score: declaredScore + overruleMargin };
    }
  }
  for (const charset of cyrillicCharsets) {
    const score = russianScore(decode(sample, charset));
    if (score > best.score) best = { charset, score };
  }
  return best.charset;
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function decodeValidUtf8(bytes: Uint8Array, declared: string | undefined): Decoded {
  const text = decode(bytes, 'utf-8');
  if (declared === 'utf-8' || text.length === bytes.length) return { text, guessed: false };
  // A run of 8-bit bytes that happens to be valid UTF-8 is UTF-8, whatever the label says.
  return { text, guessed: true };
}

function decodeBrokenUtf8(bytes: Uint8Array, declared: string | undefined): Decoded {
  const text = decode(bytes, 'utf-8');
  const broken = text.split('\u{fffd}').length - 1;
  const whole = text.replaceAll(/[\0-\x7f\ufffd]+/g, '').length;
  if (whole > broken * 4) return { text, guessed: declared === undefined || broken > 1 };
  return { text: decode(bytes, guessCharset(bytes)), guessed: true };
}

const decoders = new Map<string, TextDecoder>();

function decode(bytes: Uint8Array, charset: string): string {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    decoder = new TextDecoder(charset);
    decoders.set(charset, decoder);
  }
  return decoder.decode(bytes);
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
const letterWeight = new Map(Array.from(byFrequency, (letter, rank) => [letter, 1.2 - rank * 0.06] as const));
const commonPairs = new Set(
  (
    'ст но то на ен ов ни ра во ко не ро го по пр ре ал та ос ли ка от ол ер те ор ат ом ло де ве ан ит ри ти ва ' +
    'ел ле ки об ск ны за ет нн од да мо ия ма ый ес ак тр ос об ис ть ле вы ав ар ям ам ми см ци ии ич пе ус ие ук'
  ).split(' '),
);
const typographic = /[«»„“”‘’–—…№°\u00a0§©·•™€]/;

/** Mean per 8-bit character: frequent letters and pairs lift it, case jumps, box drawing and symbols sink it. */
function russianScore(text: string): number {
  let total = 0;
  let count = 0;
  let previous = '';
  for (const char of text) {
    if (char < '\u0080') {
      previous = /[A-Za-z]/.test(char) ? 'z' : '';
      continue;
    }
    count += 1;
    const lower = char.toLowerCase();
    const weight = letterWeight.get(lower);
    if (weight === undefined) {
      total -= typographic.test(char) ? 0 : 1.5;
      previous = '';
      continue;
    }
    total += weight + (commonPairs.has(previous.toLowerCase() + lower) ? 0.5 : 0);
    if (char !== lower && previous !== '' && previous === previous.toLowerCase()) total -= 1.5;
    if (previous === 'z') total -= 0.3;
    previous = char;
  }
  return count === 0 ? 0 : total / count;
}
