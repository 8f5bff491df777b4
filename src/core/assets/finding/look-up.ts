import { foldCode, numberKeys } from '../../../shared/domain/asset-code.ts';
import type { AssetKind, FindingRule } from '../../../shared/domain/asset-kinds.ts';
import type { AssetIndex, KnownAsset } from './finding.ts';

/** Assets of one kind that a spelling may mean. */
export type Hit = {
  readonly kind: AssetKind;
  readonly rule: Extract<FindingRule, 'code' | 'alias' | 'number'>;
  readonly assets: readonly KnownAsset[];
};

export type LookUp = {
  /** What a whole spelling means; one hit for each kind. */
  whole(spelling: string): readonly Hit[];
  /** Whether an alias in words may begin with this one. */
  mayName(word: string): boolean;
  /** Aliases that words stand for, asked less often than codes. */
  named(words: string): readonly Hit[];
  /** Poles that a beginning may stand for, at the border of a group. */
  starts(spelling: string): readonly KnownAsset[];
};

/** A letter that seems to hold more codes than this is no letter; the nearest parts have been asked by then. */
const mostQuestions = 4000;
const mostNames = 1500;
const mostPoles = 20;
const startShape = /^\d{5}(?:-[A-Z\d]{1,6}){1,6}$/u;

/** Each question is asked of the registry once, and there is an end to questions. */
export function createLookUp(index: AssetIndex): LookUp {
  const wholes = new Map<string, readonly Hit[]>();
  const beginnings = new Map<string, readonly KnownAsset[]>();
  const names = new Map<string, readonly Hit[]>();
  const firstWords = new Map<string, boolean>();
  let asked = 0;

  function remembered<T>(
    known: Map<string, readonly T[]>,
    key: string,
    ask: () => readonly T[],
  ): readonly T[] {
    const answer = known.get(key);
    if (answer) return answer;
    if (known !== names && asked >= mostQuestions) return [];
    if (known !== names) asked += 1;
    const fresh = ask();
    known.set(key, fresh);
    return fresh;
  }

  /** Asked of every word of a letter and of what is quoted below it: most of them come again and again. */
  function mayName(word: string): boolean {
    const known = firstWords.get(word);
    if (known !== undefined) return known;
    const starts = index.startsAlias?.(foldCode(word)) ?? true;
    firstWords.set(word, starts);
    return starts;
  }

  return {
    whole: (spelling) => remembered(wholes, spelling, () => askWhole(index, spelling)),
    mayName,
    named: (words) =>
      names.size < mostNames || names.has(words)
        ? remembered(names, words, () => askWhole(index, words).filter(({ rule }) => rule === 'alias'))
        : [],
    starts: (spelling) =>
      startShape.test(spelling)
        ? remembered(beginnings, spelling, () => index.polesByStart(`${spelling}-`, mostPoles))
        : [],
  };
}

/** A code or an alias means itself; only what is neither may be a number in another padding. */
function askWhole(index: AssetIndex, spelling: string): Hit[] {
  const folded = foldCode(spelling);
  const exact = index.byKey(folded);
  const named = exact.filter(({ origin }) => origin !== 'number');
  const found =
    named.length > 0 ? named : [...exact, ...numberKeys(folded).flatMap((key) => index.byKey(key))];
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const ofKind = found.filter((asset) => asset.kind === kind);
    const assets = [...new Map(ofKind.map((asset) => [asset.id, asset])).values()];
    const rule = ofKind.every(({ origin }) => origin === 'alias')
      ? 'alias'
      : kind === 'station'
        ? 'number'
        : 'code';
    return { kind, rule, assets };
  });
}
