import type { SimilarReason } from '../../shared/contract/links.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import type { NamedRecord } from '../db/link-store.ts';
import type { AssetOfIncident, Candidate } from '../db/similar-store.ts';
import type { LinkParts } from './parts.ts';

const spanMs = 21 * 86_400_000;
const mostShown = 5;
const mostAsked = 150;
/** Below this a hint is noise. */
const leastPercent = 35;
/** Two words less than this in common are two different titles. */
const leastLikeness = 0.5;
const nearMs = 6 * 3_600_000;
const weights = { asset: 0.55, pole: 0.4, applicant: 0.2, title: 0.35, type: 0.08, near: 0.12 } as const;
/** Both name an asset and not the same: most likely robots that say the same of different places. */
const elsewhere = 0.4;

export type Similar = NamedRecord & {
  readonly percent: number;
  readonly reasons: readonly SimilarReason[];
};

/** What may be the same trouble, open ones first; not what is linked already or was said to be unlike. */
export function similarIncidents(parts: LinkParts, incidentId: number): Similar[] {
  const incident = parts.incidents.require(incidentId);
  const own = parts.similarity.assetsOf([incidentId]);
  const known = new Set(parts.links.all(incidentId).flatMap(({ fromId, toId }) => [fromId, toId]));
  const ids = candidateIds(parts, incident, own).filter(
    (id) => id !== incidentId && !known.has(id) && !parts.links.areUnlike(incidentId, id),
  );
  const assets = Map.groupBy(parts.similarity.assetsOf(ids), (asset) => asset.incidentId);
  const scored = parts.similarity
    .candidates(ids)
    .map((candidate) => ({
      candidate,
      ...score(incident, own, candidate, assets.get(candidate.id) ?? []),
    }))
    .filter(({ percent }) => percent >= leastPercent)
    .toSorted(
      (a, b) =>
        Number(a.candidate.finishedAt !== null) - Number(b.candidate.finishedAt !== null) ||
        b.percent - a.percent ||
        b.candidate.registeredAt - a.candidate.registeredAt,
    )
    .slice(0, mostShown);
  const named = new Map(
    parts.links.named(scored.map(({ candidate }) => candidate.id)).map((row) => [row.id, row]),
  );
  return scored.flatMap(({ candidate, percent, reasons }) => {
    const row = named.get(candidate.id);
    return row ? [{ ...row, percent, reasons }] : [];
  });
}

function candidateIds(parts: LinkParts, incident: Candidate, own: readonly AssetOfIncident[]): number[] {
  const span = {
    from: incident.registeredAt - spanMs,
    to: incident.registeredAt + spanMs,
    limit: mostAsked,
  };
  const lines = [...new Set(own.map(({ lineId }) => lineId))];
  const found = new Set(lines.length === 0 ? [] : parts.similarity.byLines(lines, span));
  if (incident.applicantAddress !== '') {
    for (const id of parts.similarity.byApplicant(incident.applicantAddress, span)) found.add(id);
  }
  const words = [...wordsOf(incident.title)].slice(0, 8);
  const ids = words.length === 0 ? undefined : parts.similarity.idsBetween(span.from, span.to);
  if (ids) {
    // Every word of it wherever it lies, then any of them close by: the second alone would stop at a busy day.
    for (const join of [' AND ', ' OR ']) {
      const match = words.map((word) => `"${word}"`).join(join);
      for (const id of parts.similarity.byWords(match, { ...ids, limit: mostAsked })) found.add(id);
    }
  }
  return [...found];
}

type Score = { readonly percent: number; readonly reasons: readonly SimilarReason[] };

/** Reasons that are independent of each other: each takes its part of the doubt that is left. */
function score(
  incident: Candidate,
  own: readonly AssetOfIncident[],
  other: Candidate,
  assets: readonly AssetOfIncident[],
): Score {
  const reasons: SimilarReason[] = [];
  const parts: number[] = [];
  const add = (reason: SimilarReason, weight: number): void => {
    reasons.push(reason);
    parts.push(weight);
  };
  // A pole that came with a station on both sides is the family, not the place itself.
  const hung = new Set([...own, ...assets].filter(isHung).map(({ lineId }) => lineId));
  const same = own.find(
    ({ assetId }) => !hung.has(assetId) && assets.some((asset) => asset.assetId === assetId),
  );
  const line = own.find(({ lineId }) => assets.some((asset) => asset.lineId === lineId));
  if (same) add({ kind: 'asset', code: same.code }, weights.asset);
  else if (line) add({ kind: 'pole', code: line.lineCode }, weights.pole);
  if (isSameAddress(incident.applicantAddress, other.applicantAddress))
    add({ kind: 'applicant' }, weights.applicant);
  const likeness = likenessOf(wordsOf(incident.title), wordsOf(other.title));
  if (likeness >= leastLikeness) add({ kind: 'title' }, weights.title * likeness);
  if (incident.typeId !== null && incident.typeId === other.typeId) add({ kind: 'type' }, weights.type);
  if (reasons.length === 0) return { percent: 0, reasons };
  const apartMs = Math.abs(incident.registeredAt - other.registeredAt);
  if (apartMs <= nearMs) add({ kind: 'near', apartMs }, weights.near);
  const doubt = parts.reduce((left, weight) => left * (1 - weight), 1);
  const isElsewhere = own.length > 0 && assets.length > 0 && !line;
  const faded = (1 - doubt) * Math.exp((-0.8 * apartMs) / spanMs) * (isElsewhere ? elsewhere : 1);
  return { percent: Math.min(99, Math.round(faded * 100)), reasons };
}

function isHung({ assetId, lineId }: AssetOfIncident): boolean {
  return assetId !== lineId;
}

function isSameAddress(a: string, b: string): boolean {
  return a !== '' && a.toLowerCase() === b.toLowerCase();
}

/** Words that tell one title from another; numbers of assets are compared as assets. */
function wordsOf(title: string): Set<string> {
  const found = foldText(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(found.filter((word) => word.length > 2 && !/\d/.test(word)));
}

/** Share of common words, 0 to 1. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const common = [...a].filter((word) => b.has(word)).length;
  return (2 * common) / (a.size + b.size);
}
