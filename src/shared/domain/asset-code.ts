/**
 * One spelling for every way an asset's code is written. The registry stores its keys folded, and finding folds what it
 * reads before it asks, so both must use these functions and nothing else.
 */

/** Cyrillic letters that look like Latin ones in print. Sound does not count: `П` is not `P`, and `Р` is. */
const lookAlikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  І: 'I',
  Ј: 'J',
  Ѕ: 'S',
};

/** Zero-width signs, the soft hyphen among them, that word processors leave inside a code. */
const invisible = /\p{Cf}/gu;
/** What needs no folding but of letters, which is nearly everything. */
const plain = /^[!-~А-Яа-яЁё]*$/u;
const cyrillic = /\p{Script=Cyrillic}/gu;

/** Every sign that stands for a hyphen in some font, for use inside a character class. The soft hyphen is invisible, not a dash. */
export const dashSigns = '\\-\\u2010-\\u2015\\u2043\\u2212\\u2e3a\\u2e3b\\ufe58\\ufe63\\uff0d';
const dashes = new RegExp(`[${dashSigns}]`, 'gu');

/**
 * Upper case in one alphabet: Latin where a Cyrillic letter looks the same, one hyphen for all dashes, none of the blanks
 * beside it and one between words. Folding twice changes nothing.
 */
export function foldCode(text: string): string {
  if (plain.test(text)) return toLatin(text.toUpperCase());
  return toLatin(text.normalize('NFKC').toUpperCase().normalize('NFKC').replaceAll(invisible, ''))
    .replaceAll(dashes, '-')
    .split(/\s+/u)
    .join(' ')
    .replaceAll(/ ?- ?/gu, '-')
    .trim();
}

/**
 * The keys besides `foldCode` that a station's number is found by, none for most numbers. `KA000412`, `KA0412` and
 * `KA-0412` share `KA412`, since operators pad one number to different lengths; `PL_77_81903` is also `PL-77-81903`.
 * Figures without letters are never padded: `014417` is a meter, not station `14417`.
 */
export function numberKeys(code: string): string[] {
  const folded = foldCode(code);
  const [, letters, figures] = /^([A-Z]{1,4})[-_ ]?0*([1-9]\d{0,11})$/u.exec(folded) ?? [];
  const key =
    letters === undefined || figures === undefined ? folded.replaceAll(/[_ ]/gu, '-') : letters + figures;
  return key === folded ? [] : [key];
}

function toLatin(text: string): string {
  return text.replaceAll('Ё', 'Е').replaceAll(cyrillic, (letter) => lookAlikes[letter] ?? letter);
}
