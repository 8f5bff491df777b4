import { assetKinds } from '../../../shared/domain/asset-kinds.ts';
import type { KnownAsset, Finding } from './finding.ts';
import { ranks } from './letter-parts.ts';
import { settleNumbers, settleStarts, type Settled } from './narrow.ts';
import type { Mention } from './read-part.ts';
import { toFinding } from './to-finding.ts';

/** What of a kind the letter is about, and the place where that had to be said. */
export type Choice = {
  /** Undefined when the nearest place names several. */
  readonly chosen: Settled | undefined;
  /** Rank of the nearest place that names one of the kind; infinite when none does. */
  readonly rank: number;
};

/** Nothing is bound that is not alone of its kind in the nearest place that names one. */
export function decide(
  mentions: readonly Mention[],
  { groups, inherited }: { readonly groups: readonly number[]; readonly inherited: boolean },
): Finding {
  const ofKind = (kind: string) => mentions.filter((mention) => mention.kind === kind);
  const poles = settleStarts(ofKind('pole'), ofKind('station'));
  const pole = choose(poles);
  const stations = settleNumbers(ofKind('station'), pole.chosen?.asset, groups);
  const station = choose(stations, pole.chosen?.asset);
  const others = assetKinds
    .filter((kind) => kind !== 'pole' && kind !== 'station')
    .map((kind) => settleNumbers(ofKind(kind), pole.chosen?.asset, groups));
  const all = [...poles, ...stations, ...others.flat()];
  if (inherited && contradicts(all)) return toFinding([], all);
  const bound = [...bindPair(pole, station), ...others.map((some) => choose(some).chosen)];
  return toFinding(
    bound.filter((settled) => settled !== undefined),
    all,
  );
}

/** Of several in the nearest place, the one that stands on the pole named beside them. */
function choose(some: readonly Settled[], pole?: KnownAsset): Choice {
  const rank = Math.min(...some.map(({ mention }) => mention.part.rank));
  const near = some.filter(({ mention }) => mention.part.rank === rank);
  const ids = new Set(near.map(({ asset }) => asset?.id));
  if (ids.size === 1) return { chosen: near.find(({ asset }) => asset), rank };
  const onPole = near.filter(({ asset }) => pole && asset?.poleId === pole.id);
  const alone = new Set(onPole.map(({ asset }) => asset?.id)).size === 1;
  return { chosen: alone ? onPole[0] : undefined, rank };
}

/** A pole and a station that agree are both bound wherever they stand; else the nearer one, and the pole when equally near. */
function bindPair(pole: Choice, station: Choice): (Settled | undefined)[] {
  const { chosen: onPole } = pole;
  const { chosen: number } = station;
  if (onPole && number) {
    if (number.asset?.poleId === onPole.asset?.id) return [onPole, number];
    return pole.rank <= station.rank ? [onPole] : [number];
  }
  if (onPole) return station.rank < pole.rank && pole.rank > ranks.fresh ? [] : [onPole];
  // Several poles beside one station: binding it would bind one of them after all.
  return pole.rank <= station.rank ? [] : [number];
}

/** The subject was taken over from an earlier letter and the fresh text speaks only of others. */
function contradicts(all: readonly Settled[]): boolean {
  const assetsAt = (rank: number) =>
    all.flatMap(({ mention, asset }) => (mention.part.rank !== rank ? [] : asset ? [asset] : mention.assets));
  const above = assetsAt(ranks.subject);
  const fresh = assetsAt(ranks.fresh);
  if (above.length === 0 || fresh.length === 0) return false;
  return !above.some((one) => fresh.some((other) => agree(one, other)));
}

function agree(one: KnownAsset, other: KnownAsset): boolean {
  return one.id === other.id || one.poleId === other.id || other.poleId === one.id;
}
