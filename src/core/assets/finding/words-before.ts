import { isPlateOrPart, isPlural, isSlashedThing, isStationWord, senseOf } from './number-words.ts';
import { looksLikeYear, shapeOf, type Said } from './number-shape.ts';
import type { Token, Tokens } from './tokens.ts';

const farthest = 60;
const mostSteps = 4;
const numberSign = /№|#/u;
const cellBorder = /[|\t]|[^\S\n]{2}/u;
const sentenceBorder = /[,;!?)}\]…]|\n[^\S\n]*\S?[^\S\n]*\n/u;

/** What the nearest word before a number says of it; undefined when none that is near enough knows. */
export function saidBefore({ list }: Tokens, at: number): Said | undefined {
  const token = list[at];
  if (!token) return undefined;
  const isLettered = shapeOf(token.text) === 'lettered';
  let isNumbered = false;
  let names = 0;
  let isUnclear = false;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const right = list[at - steps];
    const word = list[at - steps - 1];
    if (!right || !word || token.start - word.end > farthest) break;
    isNumbered ||= numberSign.test(right.gap);
    if (isBorder(right.gap, word, steps)) break;
    const step = weigh(list, at - steps - 1, isLettered);
    if (step === 'station') return isYearBehind(token, word, names) ? undefined : 'station';
    if (step === 'other') return step;
    if (step === 'stop' && !isNumbered) return isUnclear ? 'unclear' : undefined;
    if (step === 'filler') isNumbered = true;
    if (step === 'name') names += 1;
    if (steps === 0) isUnclear = step === 'device' || (step === 'name' && !isLettered);
    if (names > 2 && !isNumbered) break;
  }
  // `Протокол испытаний № 22-4410`: a number of something unknown is not a station's, unless it looks like nothing else.
  if (isNumbered && names > 0 && !isLettered) return 'other';
  return isUnclear ? 'unclear' : undefined;
}

/** `Объекты 2024`: only one station named just before makes a station of a year. */
function isYearBehind(token: Token, station: Token, names: number): boolean {
  return looksLikeYear(token.text) && (isPlural(station.word) || names > 0);
}

type Step = 'station' | 'other' | 'filler' | 'stop' | 'skip' | 'device' | 'name';

/** `stop` ends the search unless a number sign stands between: `письмо за № 22-4410`. */
function weigh(list: readonly Token[], at: number, isLettered: boolean): Step {
  const token = list[at];
  if (!token) return 'stop';
  if (isCounterparty(list, at)) return 'station';
  if (token.gap === '/' && isSlashedThing(list[at - 1]?.word ?? '', token.word)) return 'other';
  switch (senseOf(token.word)) {
    case 'station':
      return 'station';
    case 'filler':
      return 'filler';
    case 'preposition':
      return 'stop';
    case 'outage':
    case 'verb':
      return 'skip';
    case 'device':
      return 'device';
    case 'ticket':
    case 'paper':
    case 'thing':
      if (!isLettered) return 'other';
      return isPlateOrPart(token.word) ? 'other' : 'stop';
    case 'word':
      return /\d/u.test(token.word) ? 'stop' : 'name';
  }
}

function isBorder(gap: string, word: Token, steps: number): boolean {
  if (sentenceBorder.test(gap)) return true;
  // A line that was broken between a word and its number.
  if (gap.includes('\n') && (steps > 0 || !isStationWord(word.word))) return true;
  if (cellBorder.test(gap)) return steps > 0;
  // `исх. 61-00218`, `доб. 4410`: a short word with a full stop is no end of a sentence.
  return (
    /\.\s/u.test(gap) && word.raw.length > 4 && !['thing', 'paper', 'ticket'].includes(senseOf(word.word))
  );
}

/** `Заявка внешнего контрагента 14417`: so robots of one operator call a station. */
function isCounterparty(list: readonly Token[], at: number): boolean {
  if (list[at]?.word.startsWith('контрагент') !== true) return false;
  return [1, 2].some((back) => list[at - back]?.word.startsWith('заявк') === true);
}
