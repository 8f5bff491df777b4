import { isPlural, isStationWord, isStreet, isUnit, isYearWord } from './number-words.ts';
import { looksLikeYear, shapeOf, type Said } from './number-shape.ts';
import { labelOf } from './table-label.ts';
import type { Token, Tokens } from './tokens.ts';
import { saidBefore } from './words-before.ts';

const listGap = /^[^\S\n]{0,3}(?:[,;/+&])?[^\S\n]{0,3}$/u;

/** What the words before a number say of it, or said of the one before it in a list. Cheap: asked of every number. */
export function saidNear(
  tokens: Tokens,
  at: number,
  before: readonly (Said | undefined)[],
): Said | undefined {
  const near = saidBefore(tokens, at);
  return near === undefined || near === 'unclear' ? (saidInList(tokens, at, before) ?? near) : near;
}

/** What everything around a number says it is, `near` being said before it. */
export function saidOf(tokens: Tokens, at: number, near: Said | undefined): Said {
  const token = tokens.list[at];
  if (token === undefined || shapeOf(token.text) === 'lettered') return near ?? 'nothing';
  if (clings(tokens.text, token) || (near !== 'station' && hasYear(tokens.text, token))) return 'other';
  const said = near === undefined || near === 'unclear' ? (labelOf(tokens, at) ?? near) : near;
  if (said === undefined && isHouse(tokens, at)) return 'other';
  if (looksLikeYear(token.text)) {
    const next = tokens.list[at + 1];
    if (next && /^[^\S\n]*\.?[^\S\n]*$/u.test(next.gap) && isYearWord(next.word)) return 'other';
  } else if (said !== 'station' && said !== 'other' && isStationAfter(tokens, at)) return 'station';
  if (said !== 'station' && isMeasured(tokens, at)) return 'other';
  return said ?? 'nothing';
}

/** A part of a longer figure: a fraction, a time, an address of a machine, degrees. */
function clings(text: string, { start, end }: Token): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 6);
  return /\d[.:]$|[°+]$/u.test(before) || /^[.:]\d|^,\d{1,3}(?!\d)|^[°'′]\d?|^\s?%/u.test(after);
}

/** `Запрос № 61-00218/26`: a paper's number and its year. */
function hasYear(text: string, { end }: Token): boolean {
  return /^\/(?:\d\d|20\d\d)(?![\d-])/u.test(text.slice(end, end + 6));
}

/** `ул. Кольцевая, 23-270`. */
function isHouse({ list }: Tokens, at: number): boolean {
  if (list[at]?.gap !== ', ') return false;
  return [1, 2, 3].some((back) => isStreet(list[at - back]?.word ?? '') && list[at - back + 1]?.gap !== ', ');
}

/** `БС 31150, 31151`: the second is what the first is. */
function saidInList({ list }: Tokens, at: number, before: readonly (Said | undefined)[]): Said | undefined {
  const token = list[at];
  if (!token) return undefined;
  const joined = /^(?:и|and|или)$/u.test(list[at - 1]?.word ?? '') ? 2 : 1;
  const gap = joined === 2 ? (list[at - 1]?.gap ?? '') : token.gap;
  const previous = list[at - joined];
  const said = before[at - joined];
  if (!previous || said === undefined || said === 'nothing' || !listGap.test(gap)) return undefined;
  if (said === 'other' && shapeOf(token.text) !== shapeOf(previous.text)) return undefined;
  if (joined === 1 && !/[,;/+&]/u.test(gap) && said === 'station') return undefined;
  return looksLikeYear(token.text) !== looksLikeYear(previous.text) ? undefined : said;
}

/** `14417 БС Лесная`. */
function isStationAfter({ list }: Tokens, at: number): boolean {
  const word = list[at + 1];
  if (!word || !/^[^\S\n]{1,3}\(?$/u.test(word.gap)) return false;
  if (!isStationWord(word.word) || isPlural(word.word)) return false;
  const next = list[at + 2];
  return !next || !/^\d/u.test(next.text) || !/^[^\S\n]*№?[^\S\n]*$/u.test(next.gap);
}

/** `14417 руб.`, `30-31 марта`, `№ 22-4410 от 01.03.2026`. */
function isMeasured({ text, list }: Tokens, at: number): boolean {
  const token = list[at];
  const next = list[at + 1];
  if (token && /^\s?[₽$€%°]/u.test(text.slice(token.end, token.end + 2))) return true;
  if (!next || next.gap.length > 3 || !/^[^\S\n]*$/u.test(next.gap)) return false;
  if (isUnit(next.word)) return true;
  return (
    (next.word === 'от' || next.word === 'from') &&
    /^\d{1,4}$|^\d{4}-\d\d-\d\d$/u.test(list[at + 2]?.text ?? '')
  );
}
