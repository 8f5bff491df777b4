import {
  foldInPlace,
  isCode,
  toLatin,
  withoutPadding,
  type Needle,
} from '../../shared/domain/search-text.ts';

export type Snippet = { readonly snippet: string; readonly marks: [number, number][] };

const before = 60;
const length = 180;
const word = /[\p{L}\p{N}]+/gu;

/** Text around the first hit with [start, end) of every hit in it; undefined when nothing of the query is there. */
export function cutSnippet(text: string, needles: readonly Needle[]): Snippet | undefined {
  const folded = foldInPlace(text);
  const first = firstHit(folded, needles);
  if (first === undefined) return undefined;
  const start = first <= before ? 0 : wordStart(text, first - before);
  const end = Math.min(text.length, start + length);
  const marks = findMarks(folded.slice(start, Math.min(folded.length, end + 40)), needles)
    .filter(([from]) => start + from < end)
    .map(([from, to]): [number, number] => [from, Math.min(to, end - start)]);
  if (marks.length === 0) return undefined;
  // A line break takes one place, so the marks stay where they are.
  return { snippet: text.slice(start, end).replaceAll(/[\s\p{Cc}]/gu, ' '), marks };
}

export function headOf(text: string): Snippet {
  return { snippet: text.slice(0, length).replaceAll(/[\s\p{Cc}]/gu, ' '), marks: [] };
}

/** Whether every needle is somewhere in the text, which is given folded. */
export function holdsAll(folded: string, needles: readonly Needle[]): boolean {
  return needles.every((needle) => hitOf(folded, needle) !== undefined);
}

/** Cheap look at the whole text; what it finds is checked word by word in the window only. */
function firstHit(folded: string, needles: readonly Needle[]): number | undefined {
  let first: number | undefined;
  for (const needle of needles) {
    const at = hitOf(folded, needle);
    if (at !== undefined && (first === undefined || at < first)) first = at;
  }
  return first;
}

function hitOf(folded: string, needle: Needle): number | undefined {
  if (needle.kind !== 'words') return findMarks(folded, [needle]).at(0)?.[0];
  const [opening = ''] = needle.words;
  for (let at = folded.indexOf(opening); at >= 0; at = folded.indexOf(opening, at + 1)) {
    if (/[\p{L}\p{N}]/u.test(folded.charAt(at - 1))) continue;
    const [mark] = findMarks(folded.slice(at, at + 400), [needle]);
    if (mark?.[0] === 0) return at;
  }
  return undefined;
}

type Word = { readonly text: string; readonly at: number; readonly end: number };

function findMarks(folded: string, needles: readonly Needle[]): [number, number][] {
  const words: Word[] = [];
  for (const match of folded.matchAll(word)) {
    words.push({ text: match[0], at: match.index, end: match.index + match[0].length });
  }
  const marks: [number, number][] = [];
  for (let index = 0; index < words.length; index += 1) {
    const mark = longest(needles.map((needle) => markAt(folded, words, index, needle)));
    if (mark && mark[0] >= (marks.at(-1)?.[1] ?? 0)) marks.push(mark);
  }
  return marks;
}

function longest(marks: readonly ([number, number] | undefined)[]): [number, number] | undefined {
  let best: [number, number] | undefined;
  for (const mark of marks) if (mark && (!best || mark[1] > best[1])) best = mark;
  return best;
}

function markAt(
  folded: string,
  words: readonly Word[],
  index: number,
  needle: Needle,
): [number, number] | undefined {
  if (needle.kind === 'words') return phraseAt(words, index, needle);
  return joinedAt(folded, words, index, needle);
}

function phraseAt(
  words: readonly Word[],
  index: number,
  needle: Extract<Needle, { kind: 'words' }>,
): [number, number] | undefined {
  const last = needle.words.length - 1;
  for (let offset = 0; offset <= last; offset += 1) {
    const have = words[index + offset]?.text;
    const want = needle.words[offset] ?? '';
    if (have === undefined) return undefined;
    if (offset === last && needle.prefix ? !have.startsWith(want) : have !== want) return undefined;
  }
  const [from, to] = [words[index], words[index + last]];
  return from && to ? [from.at, to.end] : undefined;
}

/** A code or phone written in pieces: the pieces are put together until they are what was asked for. */
function joinedAt(
  folded: string,
  words: readonly Word[],
  index: number,
  needle: Extract<Needle, { kind: 'code' | 'phone' }>,
): [number, number] | undefined {
  const from = words[index];
  if (!from) return undefined;
  const gap = needle.kind === 'code' ? /^[-_\u2010-\u2015\u2212]$/ : /^[ \u00a0()+\u2010-\u2015-]{1,3}$/;
  let joined = '';
  for (let at = index; at < words.length && at < index + 12; at += 1) {
    const piece = words[at];
    if (!piece || (at > index && !gap.test(folded.slice(words[at - 1]?.end ?? 0, piece.at))))
      return undefined;
    joined += piece.text;
    if (needle.kind === 'phone' ? isPhone(joined, needle.digits) : isBegun(joined, needle.joined)) {
      return [from.at, piece.end];
    }
    if (joined.length > 64) return undefined;
  }
  return undefined;
}

function isPhone(joined: string, digits: string): boolean {
  return (
    joined === digits ||
    (joined.length === digits.length + 1 && /^[78]/.test(joined) && joined.endsWith(digits))
  );
}

function isBegun(joined: string, wanted: string): boolean {
  if (!isCode(joined)) return false;
  const latin = toLatin(joined);
  return latin.startsWith(wanted) || withoutPadding(latin) === withoutPadding(wanted);
}

function wordStart(text: string, from: number): number {
  const space = text.slice(from, from + 30).search(/\s/);
  return space < 0 ? from : from + space + 1;
}
