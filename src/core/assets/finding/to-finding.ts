import type { FindingRule } from '../../../shared/domain/asset-kinds.ts';
import type { Candidate, Finding, KnownAsset } from './finding.ts';
import type { Settled } from './narrow.ts';

const mostOffered = 20;
const surest: Readonly<Record<FindingRule, number>> = {
  code: 100,
  'number-pole': 97,
  number: 95,
  'number-operator': 92,
  alias: 92,
  'code-start': 90,
};
/** Taken off for each place farther from the subject, by rank. */
const perRank = 3;
/** What is not bound is never as sure as what is. */
const offeredAtMost = 60;
const longestWords = 100;

/** The bound ones as they are, and everything else the letter may mean, nearest and surest first. */
export function toFinding(bound: readonly Settled[], all: readonly Settled[]): Finding {
  const bind = bound.flatMap((settled) => (settled.asset ? [toCandidate(settled, settled.asset)] : []));
  const taken = new Set(bind.map(({ asset }) => asset.id));
  const offer: { readonly candidate: Candidate; readonly rank: number }[] = [];
  for (const settled of all.toSorted((a, b) => a.mention.part.rank - b.mention.part.rank)) {
    const { assets, part } = settled.mention;
    for (const asset of assets) {
      if (taken.has(asset.id)) continue;
      taken.add(asset.id);
      const isMeant = settled.asset === undefined || settled.asset.id === asset.id;
      const { confidence, ...rest } = toCandidate(settled, asset);
      const share = isMeant ? 1 / (settled.asset ? 1 : assets.length) : 0.3;
      const offered = Math.max(1, Math.round(Math.min(offeredAtMost, confidence * share)));
      offer.push({ candidate: { ...rest, confidence: offered }, rank: part.rank });
    }
  }
  const sorted = offer.toSorted((a, b) => a.rank - b.rank || b.candidate.confidence - a.candidate.confidence);
  return { bind, offer: sorted.slice(0, mostOffered).map(({ candidate }) => candidate) };
}

function toCandidate({ mention, rule }: Settled, asset: KnownAsset): Candidate {
  const { part, words } = mention;
  return {
    asset,
    rule,
    place: part.place,
    words: words.slice(0, longestWords),
    confidence: surest[rule] - part.rank * perRank,
  };
}
