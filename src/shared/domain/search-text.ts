/** What stands between the operator's words and the full-text index: both sides are folded the same way. */

export type Needle =
  /** Words that stand in this order; the last one may be only begun. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly prefix: boolean }
  /** A code without its dashes, look-alikes made Latin: `41208p52`, may be only begun; and in its parts. */
  | { readonly kind: 'code'; readonly joined: string; readonly parts: readonly string[] }
  /** The last ten digits of a phone. */
  | { readonly kind: 'phone'; readonly digits: string };

export type SearchQuery = {
  /** For FTS5: nothing of what was typed is left in it but letters and digits inside quotes. */
  readonly match: string;
  readonly needles: readonly Needle[];
  /**
   * A wider question the index answers without effort, for when the last word is only begun and longer than the
   * prefixes it keeps: what it gives must be checked against the needles. Undefined when `match` is cheap itself.
   */
  readonly stem: string | undefined;
};

const mostNeedles = 8;
/** The longest prefix the index keeps a list for (prefix='2 3' in the schema); a longer one is put together anew each time. */
const indexedPrefix = 3;
const longestWord = 64;
const dashes = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]/g;
/** NFKC would make it the letters "No" and glue them to the number of a station. */
const numeroSign = /№/g;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const words = /[\p{L}\p{N}]+/gu;
/** A word with a digit in it, or several joined by dashes. */
const runs = /[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*/gu;
const phones = /(?<![\p{L}\p{N}.])\+?\d(?:[ ()-]{0,3}\d){9,14}(?![\p{L}\p{N}])/gu;
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
};

/** NFKC, lower case, ё as е, one dash, one space; folding twice changes nothing. */
export function foldText(text: string): string {
  return text
    .replaceAll(numeroSign, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(invisible, '')
    .replaceAll('ё', 'е')
    .replaceAll(dashes, '-')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .normalize('NFKC')
    .trim();
}

/** What goes into the index: the folded text, then codes without dashes and phones as ten digits. */
export function indexText(parts: readonly string[]): string {
  const folded = foldText(parts.join(' \n '));
  const extra = new Set<string>();
  // Most words hold no figure and are passed over at once: this runs for every letter taken in.
  for (const token of folded.split(' ')) {
    if (!/\d/.test(token)) continue;
    for (const [run] of token.matchAll(runs)) {
      for (const part of withParts(run)) {
        if (part.length <= longestWord && isCode(part)) for (const form of codeForms(part)) extra.add(form);
      }
    }
  }
  for (const [phone] of folded.matchAll(phones)) {
    const digits = phoneDigits(phone);
    if (digits !== undefined) extra.add(digits);
  }
  return extra.size === 0 ? folded : `${folded} ${[...extra].join(' ')}`;
}

/** `akt_ka-0412_2026.pdf`: in the names of files an underscore stands for a space as often as for a dash. */
function withParts(run: string): string[] {
  return run.includes('_') ? [run, ...run.split('_')] : [run];
}

/** Undefined when there is nothing to look for yet. */
export function parseQuery(typed: string): SearchQuery | undefined {
  const needles: Needle[] = [];
  const afterPhrases = foldText(typed.slice(0, 300).replaceAll(/[«»“”„]/g, '"')).replaceAll(
    /"([^"]*)"/g,
    (_, phrase: string) => {
      addWords(needles, phrase, false);
      return ' ';
    },
  );
  const rest = afterPhrases.replaceAll(phones, (phone) => {
    const digits = phoneDigits(phone);
    if (digits === undefined) return phone;
    needles.push({ kind: 'phone', digits });
    return ' ';
  });
  const chunks = rest.split(/[\s/,;:()"'«»]+/).filter((chunk) => /[\p{L}\p{N}]/u.test(chunk));
  const stillTyping = !/\s$/.test(typed);
  chunks.forEach((chunk, index) => addChunk(needles, chunk, stillTyping && index === chunks.length - 1));
  const kept = needles.slice(0, mostNeedles);
  if (kept.length === 0) return undefined;
  const begun = kept.findIndex(
    (needle) => needle.kind === 'words' && needle.prefix && lastLength(needle) > indexedPrefix,
  );
  const stem = kept
    .map((needle, index) => (index === begun ? stemOf(needle) : toMatch(needle)))
    .join(' AND ');
  return { match: kept.map(toMatch).join(' AND '), needles: kept, stem: begun < 0 ? undefined : stem };
}

/** Positions stay those of the stored text, so only what keeps its length is folded: enough to check and to mark. */
export function foldInPlace(text: string): string {
  const lower = text.toLowerCase();
  return (lower.length === text.length ? lower : text).replaceAll('ё', 'е').replaceAll('Ё', 'е');
}

/** The parts of a code and the code in one piece, in Latin letters; also without the zeros some desks pad with. */
function codeForms(run: string): string[] {
  const latin = toLatin(run);
  const joined = latin.replaceAll(/[-_]/g, '');
  const short = withoutPadding(joined);
  const forms = joined === run ? [] : [joined];
  if (latin !== run) forms.push(...(latin.match(words) ?? []));
  if (short !== joined) forms.push(short);
  return forms;
}

/** Look-alikes made Latin when nothing Cyrillic is left over: `КА0412` is `KA0412`, `ВЛ-10` stays itself. */
export function toLatin(run: string): string {
  const latin = run.replaceAll(/\p{Script=Cyrillic}/gu, (letter) => lookAlikes[letter] ?? letter);
  return /\p{Script=Cyrillic}/u.test(latin) ? run : latin;
}

/** One desk writes `KA0412` where another has `KA000412`. */
export function withoutPadding(joined: string): string {
  return joined.replace(/^([a-z]{1,3})0+(?=[1-9]\d*$)/, '$1');
}

export function isCode(run: string): boolean {
  return /\p{N}/u.test(run) && /\p{L}/u.test(run);
}

/** Ten digits of a Russian number however it is written, all of them for a foreign one; undefined for other figures. */
export function phoneDigits(phone: string): string | undefined {
  const digits = phone.replaceAll(/\D/g, '');
  if (digits.length === 11 && /^[78]/.test(digits)) return digits.slice(1);
  if (digits.length === 10 && /^[3489]/.test(digits)) return digits;
  return phone.startsWith('+') ? digits : undefined;
}

function addChunk(needles: Needle[], chunk: string, last: boolean): void {
  if (!chunk.includes('@') && isCode(chunk) && /^[\p{L}\p{N}]+(?:[-_]+[\p{L}\p{N}]+)*[-_]*$/u.test(chunk)) {
    const parts = toLatin(chunk).match(words) ?? [];
    needles.push({ kind: 'code', joined: parts.join('').slice(0, longestWord), parts });
    return;
  }
  addWords(needles, chunk, last);
}

function addWords(needles: Needle[], text: string, prefix: boolean): void {
  const found = (text.match(words) ?? []).slice(0, 12).map((word) => word.slice(0, longestWord));
  const last = found.at(-1);
  if (last === undefined) return;
  // One letter that is only begun would match half of the index; alone or whole it is a word like any other.
  if (prefix && last.length < 2 && !/\p{N}/u.test(last)) found.pop();
  if (found.length > 0) needles.push({ kind: 'words', words: found, prefix: prefix && last.length >= 2 });
}

function lastLength({ words: all }: Extract<Needle, { kind: 'words' }>): number {
  return all.at(-1)?.length ?? 0;
}

function stemOf(needle: Needle): string {
  if (needle.kind !== 'words') return toMatch(needle);
  const last = needle.words.at(-1) ?? '';
  return toMatch({ ...needle, words: [...needle.words.slice(0, -1), last.slice(0, indexedPrefix)] });
}

function toMatch(needle: Needle): string {
  if (needle.kind === 'phone') return quote(needle.digits);
  if (needle.kind === 'words') return `${quote(needle.words.join(' '))}${needle.prefix ? ' *' : ''}`;
  const { joined, parts } = needle;
  const short = withoutPadding(joined);
  const forms = [`${quote(joined)} *`];
  if (short !== joined) forms.push(quote(short));
  // In the middle of a longer run, such as a station number joined to the code by a dash.
  if (parts.length > 1) forms.push(quote(parts.join(' ')));
  return forms.length === 1 ? forms.join('') : `(${forms.join(' OR ')})`;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
