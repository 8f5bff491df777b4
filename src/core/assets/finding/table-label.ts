import { isStationWord, senseOf } from './number-words.ts';
import type { Said } from './number-shape.ts';
import type { Tokens } from './tokens.ts';

const cells = /\s*\|\s*|\t|[^\S\n]{2,}/u;
const mostLines = 20;
const longestLine = 400;

/** What the heading of a number's column says of it, or the line above for a number that has its own line. */
export function labelOf({ text, list }: Tokens, at: number): Said | undefined {
  const token = list[at];
  if (!token) return undefined;
  let from = text.lastIndexOf('\n', token.start - 1) + 1;
  if (token.start === 0) from = 0;
  const end = text.indexOf('\n', token.end);
  const line = text.slice(from, end < 0 ? undefined : end).slice(0, longestLine);
  const column = line.slice(0, token.start - from).split(cells).length - 1;
  const width = line.trim().split(cells).length;
  const alone =
    width === 1 && line.replaceAll(/[^\p{L}\d]/gu, '') === token.raw.replaceAll(/[^\p{L}\d]/gu, '');
  if (width < 2 && !alone) return undefined;
  let before = from;
  for (let lines = 0; lines < (alone ? 2 : mostLines) && before > 0; lines += 1) {
    const above = text.lastIndexOf('\n', before - 2) + 1;
    const heading = text.slice(Math.max(above, before - longestLine), before - 1);
    before = above;
    if (heading.trim() === '') continue;
    if (alone) return heading.trim().split(/\s+/u).length <= 4 ? senseOfCell(heading) : undefined;
    const said = senseOfCell(heading.split(cells)[column] ?? '');
    if (said !== undefined) return said;
  }
  return undefined;
}

function senseOfCell(cell: string): Said | undefined {
  const words =
    cell
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\d]+/gu) ?? [];
  // A row of values is no heading.
  if (words.some((word) => /\d/u.test(word))) return undefined;
  if (words.some(isStationWord)) return 'station';
  const senses = words.map(senseOf);
  return senses.some((sense) => sense === 'thing' || sense === 'paper' || sense === 'ticket')
    ? 'other'
    : undefined;
}
