import { foldCode } from '../../../shared/domain/asset-code.ts';
import type { Hit, LookUp } from './look-up.ts';
import { shapeOf, type Said } from './number-shape.ts';

/** A code found inside a longer run of letters and digits; `said` when the rest of the run says what it is. */
export type Piece = { readonly hit: Hit; readonly said: Said | undefined };

const stationWords = ['БС', 'BS', 'BTS', 'САЙТ', 'ОБЪЕКТ', 'СТАНЦИЯ', 'ПЛОЩАДКА', 'SITE'].map(foldCode);
const behindStationWord = new RegExp(`^(?:${stationWords.join('|')})[-_]?(?=.*\\d)(.+)$`, 'u');
const behindWord = /^\p{L}{2,30}-?(\d{5}-.+)$/u;
const beforeWord = /^(\d{5}-.+)-\p{L}{2,30}$/u;
const mostGroups = 12;

/** `БС-61-00218`, `Акт_65009-P-77-3`, `опора41208-P-52-1-1`, `KA0412-41208-P-52-1-1`: codes glued to other words. */
export function unglue(run: string, lookUp: LookUp): readonly Piece[] {
  const number = behindStationWord.exec(run)?.[1];
  if (number !== undefined) {
    const hits = lookUp.whole(number);
    if (hits.length > 0) return hits.map((hit) => ({ hit, said: 'station' }));
  }
  const code = behindWord.exec(run)?.[1] ?? beforeWord.exec(run)?.[1];
  const poles = code === undefined ? [] : polesOf(code, lookUp);
  if (poles.length > 0) return poles;
  const parts = run.split('_');
  if (parts.length > 1 && parts.length <= mostGroups) return betweenLowLines(parts, lookUp);
  return ofTwo(run.split('-'), lookUp);
}

/** Whatever part of a file name is a code; figures alone are dates and counters there. */
function betweenLowLines(parts: readonly string[], lookUp: LookUp): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < parts.length; from += 1) {
    for (let to = Math.min(parts.length, from + 3); to > from; to -= 1) {
      const run = parts.slice(from, to).join('_');
      const hits = shapeOf(run) === 'lettered' && run.length > 2 ? lookUp.whole(run) : [];
      if (hits.length === 0) continue;
      pieces.push(...hits.map((hit) => ({ hit, said: undefined })));
      from = to - 1;
      break;
    }
  }
  return pieces;
}

/** A number and a code with a dash between them: both must be known, and one be a pole. */
function ofTwo(groups: readonly string[], lookUp: LookUp): Piece[] {
  if (groups.length < 4 || groups.length > mostGroups || !groups.some((group) => /^\d{5}$/u.test(group)))
    return [];
  for (let at = 1; at < groups.length; at += 1) {
    const left = groups.slice(0, at).join('-');
    const right = groups.slice(at).join('-');
    const poles = [...polesOf(left, lookUp), ...polesOf(right, lookUp)];
    if (poles.length === 0) continue;
    const both = [...lookUp.whole(left), ...lookUp.whole(right)];
    if (both.length > poles.length) return both.map((hit) => ({ hit, said: 'station' }));
  }
  return [];
}

function polesOf(code: string, lookUp: LookUp): Piece[] {
  const hits = lookUp.whole(code).filter(({ kind, rule }) => kind === 'pole' && rule === 'code');
  return hits.map((hit) => ({ hit, said: undefined }));
}
