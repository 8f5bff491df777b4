/** Invisible characters and every kind of dash and blank may stand between the digits of one code. */
const gap = String.raw`[\s\u00ad\u200b-\u200f\u2060\ufeff_*\p{Pd}]`;
const digits = new RegExp(String.raw`\p{Nd}(?:${gap}{0,3}\p{Nd}){3,}`, 'gu');

/** A notice of a new device names when and from where; none of that lets anybody in. */
const harmless = [
  String.raw`(?<!\p{Nd})\d{1,2}([./-])\d{1,2}\1\d{4}(?!\p{Nd})`,
  String.raw`(?<!\p{Nd})\d{4}-\d{2}-\d{2}(?!\p{Nd})`,
  String.raw`(?<!\p{Nd})\d{1,2}:\d{2}(?::\d{2})?(?!\p{Nd})`,
  String.raw`(?<!\p{Nd})\d{1,3}(?:\.\d{1,3}){3}(?!\p{Nd})`,
  String.raw`(?<!\p{Nd})\d{1,2} \p{L}{3,} \d{4}(?!\p{Nd})`,
];
const kept = new RegExp(harmless.join('|'), 'gu');

/** The code of my.telegram.org has letters too: whatever word follows "code:" goes. */
const named = /(?<=(?:code|код\p{L}*|пароль)[^\n:]{0,60}:\s*)[\p{L}\p{Nd}_-]{5,}/giu;
const wordOfCode = /\p{Nd}|^\P{Ll}*\p{Ll}+\P{Ll}/u;

/**
 * The text with every digit that may belong to a login code covered, in any language: rather too many than one too
 * few. As long as before, so that places in the text still fit. For messages of Telegram's service account only.
 */
export function maskLoginCode(text: string): string {
  const spared = [...text.matchAll(kept)].map(({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
  }));
  const withoutWords = text.replaceAll(named, (word, at: number) =>
    wordOfCode.test(word) || isAlone(text, at, word) ? '•'.repeat(word.length) : word,
  );
  return withoutWords.replaceAll(digits, (found, at: number) => {
    const isSpared = spared.some(({ from, to }) => at >= from && at + found.length <= to);
    return isSpared ? found : cover(found, at, spared);
  });
}

/** A run that begins or ends in a date keeps the date. */
function cover(
  found: string,
  start: number,
  spared: readonly { readonly from: number; readonly to: number }[],
): string {
  let at = start;
  return Array.from(found, (character) => {
    const here = at;
    at += character.length;
    const isSpared = spared.some(({ from, to }) => here >= from && here < to);
    return isSpared || !/\p{Nd}/u.test(character) ? character : '•'.repeat(character.length);
  }).join('');
}

/** Nothing else on its line: then it is the code, even without a digit. */
function isAlone(text: string, at: number, word: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim();
  const end = text.indexOf('\n', at);
  const after = text.slice(at + word.length, end === -1 ? text.length : end).trim();
  return after === '' && (before === '' || before.endsWith(':'));
}
