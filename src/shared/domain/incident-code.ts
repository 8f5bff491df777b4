export type FoundCode = {
  /** As this desk writes it: `PLT-1042`. */
  readonly code: string;
  readonly prefix: string;
  readonly number: number;
};

/** Letters people type for a Latin one: the same shape, or the same sound on a Russian keyboard. */
const likeLetters: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'вб',
  c: 'сц',
  d: 'д',
  e: 'её',
  f: 'ф',
  g: 'г',
  h: 'нх',
  i: 'иі',
  j: 'јй',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'нп',
  o: 'о',
  p: 'рп',
  q: 'к',
  r: 'рг',
  s: 'сѕ',
  t: 'т',
  u: 'иу',
  v: 'в',
  w: 'вш',
  x: 'х',
  y: 'уы',
  z: 'з',
};

/** Every dash of Unicode that a mail program may put in place of a hyphen, and the underscore. */
const dashes = '\\-\\u00ad\\u2010-\\u2015\\u2043\\u2212\\ufe58\\ufe63\\uff0d_';
const invisible = /[\u200b-\u200d\u2060\ufeff]/g;
const patterns = new Map<string, RegExp>();

export function formatCode(prefix: string, number: number): string {
  return `${prefix}-${number}`;
}

/**
 * Codes with one of these prefixes, left to right. Bounded on both sides, so that a partner's `INCIDENT-40551` or
 * `XPLT-1042` is not ours; whether the number was ever given is for the caller to ask.
 */
export function findCodes(text: string, prefixes: readonly string[]): FoundCode[] {
  const plain = text.replaceAll('№', ' ').normalize('NFKC').replaceAll(invisible, '');
  const found: { at: number; code: FoundCode }[] = [];
  for (const prefix of prefixes) {
    for (const match of plain.matchAll(codePattern(prefix))) {
      const number = Number(match[1]);
      found.push({ at: match.index, code: { code: formatCode(prefix, number), prefix, number } });
    }
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ code }) => code);
}

/** The text without the codes, for a title: `Re: PLT-1042: no power` says nothing twice. */
export function withoutCodes(text: string, prefixes: readonly string[]): string {
  return prefixes.reduce((rest, prefix) => rest.replaceAll(codePattern(prefix), ' '), text);
}

function codePattern(prefix: string): RegExp {
  let pattern = patterns.get(prefix);
  if (!pattern) {
    const letters = [...prefix.toLowerCase()].map((letter) => `[${letter}${likeLetters[letter] ?? ''}]`);
    const separator = `(?: ?[${dashes}] ?| )`;
    pattern = new RegExp(
      `(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}][${dashes}])${letters.join('')}${separator}([1-9]\\d{0,8})(?![\\p{L}\\p{N}]|[${dashes}][\\p{L}\\p{N}])`,
      'giu',
    );
    patterns.set(prefix, pattern);
  }
  return pattern;
}
