import { isPlural, isStationWord, isStreet, isUnit, isYearWord } from './number-words.ts';
import { looksLikeYear, shapeOf, type Said } from './number-shape.ts';
import { labelOf } from './table-label.ts';
import type { Token, Tokens } from './tokens.ts';
import { saidBefore } from './words-before.ts';

const longestList = 20;
const listGap = /^[^\S\n]{0,3}(?:[,;/+&])?[^\S\n]{0,3}$/u;

/** What the words before a number say of it, or of the one before it in a list: `БС 31150, 31151`. */
export function saidNear(tokens: Tokens, at: number, items = 0): Said | undefined {
  const near = saidBefore(tokens, at);
  if (near !== undefined && near !== 'unclear') return near;
  const { list } = tokens;
  const token = list[at];
  const joined = /^(?:и|and|или)$/u.test(list[at - 1]?.word ?? '') ? 2 : 1;
  const gap = joined === 2 ? (list[at - 1]?.gap ?? '') : (token?.gap ?? '');
  const previous = list[at - joined];
  if (!token || !previous?.codeLike || !listGap.test(gap) || items >= longestList) return near;
  const said = saidNear(tokens, at - joined, items + 1);
  if (said === 'other' && shapeOf(token.text) !== shapeOf(previous.text)) return near;
  if (joined === 1 && !/[,;/+&]/u.test(gap) && said === 'station') return near;
  return looksLikeYear(token.text) !== looksLikeYear(previous.text) ? near : (said ?? near);
}

/** What everything around a number says it is. */
export function saidOf(tokens: Tokens, at: number): Said {
  const near = saidNear(tokens, at);
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
