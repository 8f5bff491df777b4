import { isStationWord, senseOf } from './number-words.ts';
import type { Said } from './number-shape.ts';
import type { Tokens } from './tokens.ts';

const cells = /\s*\|\s*|\t|[^\S\n]{2,}/u;
const mostLines = 20;
const longestLine = 400;
/** Headings farther above are not looked for. */
const farthest = 2000;

/** What the heading of a number's column says of it, or the line above for a number that has its own line. */
export function labelOf({ text, list }: Tokens, at: number): Said | undefined {
  const token = list[at];
  if (!token) return undefined;
  const above = text.slice(Math.max(0, token.start - farthest), token.start).split('\n');
  const left = above.pop() ?? '';
  const right = text.slice(token.start, token.start + longestLine).split('\n', 1)[0] ?? '';
  const line = left + right;
  const column = left.split(cells).length - 1;
  const width = line.trim().split(cells).length;
  const alone =
    width === 1 && line.replaceAll(/[^\p{L}\d]/gu, '') === token.raw.replaceAll(/[^\p{L}\d]/gu, '');
  if (width < 2 && !alone) return undefined;
  for (const heading of above.toReversed().slice(0, alone ? 2 : mostLines)) {
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
