import type { FindingRule } from '../../../shared/domain/asset-kinds.ts';
import type { KnownAsset } from './finding.ts';
import type { Mention } from './read-part.ts';

/** A mention, and the one asset it means when that is certain. */
export type Settled = {
  readonly mention: Mention;
  readonly asset: KnownAsset | undefined;
  readonly rule: FindingRule;
};

/** A beginning that several poles have means the one written out elsewhere, or the one a station of the letter stands on. */
export function settleStarts(poles: readonly Mention[], stations: readonly Mention[]): Settled[] {
  const whole = poles.flatMap(({ assets }) => (assets.length === 1 ? assets : [])).map(({ id }) => id);
  const carrying = stations
    .filter(({ needs }) => needs === undefined)
    .flatMap(({ assets }) => assets.map(({ poleId }) => poleId));
  return poles.map((mention) => {
    const { assets, rule } = mention;
    const named = assets.filter(({ id }) => whole.includes(id));
    const under = assets.filter(({ id }) => carrying.includes(id));
    return { mention, asset: only(assets) ?? only(named) ?? only(under), rule };
  });
}

/** Of a number that several have, the one on the pole named, else the one of the sender's operator. */
export function settleNumbers(
  numbers: readonly Mention[],
  pole: KnownAsset | undefined,
  groups: readonly number[],
): Settled[] {
  return numbers.flatMap((mention): Settled[] => {
    const { assets, needs, rule } = mention;
    const onPole = pole ? assets.filter(({ poleId }) => poleId === pole.id) : [];
    const pool = onPole.length > 1 ? onPole : assets;
    const own = pool.filter(({ operatorGroupIds }) => operatorGroupIds.some((id) => groups.includes(id)));
    const isMet =
      needs === 'operator'
        ? own.length > 0
        : needs === 'either'
          ? own.length + onPole.length > 0
          : onPole.length > 0;
    if (needs !== undefined && !isMet && !isRival(mention, numbers)) return [];
    const certain = only(onPole);
    if (certain) return [{ mention, asset: certain, rule: assets.length > 1 ? 'number-pole' : rule }];
    const ofSender = only(own);
    if (ofSender) return [{ mention, asset: ofSender, rule: assets.length > 1 ? 'number-operator' : rule }];
    // Figures without letters are written alike by every operator: a stranger's number is hardly what the sender means.
    const isForeign =
      rule === 'number' && mention.shape !== 'lettered' && groups.length > 0 && own.length === 0;
    return [{ mention, asset: isForeign ? undefined : only(pool), rule }];
  });
}

/** `БС 31150 (у леса), 31151`: what stands beside a station and looks the same makes it one of two. */
function isRival({ shape, part }: Mention, numbers: readonly Mention[]): boolean {
  return numbers.some((other) => !other.needs && other.shape === shape && other.part.rank === part.rank);
}

function only<T>(some: readonly T[]): T | undefined {
  return some.length === 1 ? some[0] : undefined;
}
