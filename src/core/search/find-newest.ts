import { foldInPlace, type SearchQuery } from '../../shared/domain/search-text.ts';
import type { IncidentCondition, SearchStore } from '../db/search-store.ts';
import { holdsAll } from './snippet.ts';

/** Letters read to learn whether most of what begins so also goes on so. */
const probe = 100;
/** From this share of the probe on, checking letters is cheaper than collecting a prefix. */
const dense = 15;
/** Matches whose filter is asked one by one: about 10 µs each. */
const firstLook = 300;
const lastLook = 1500;
/** Matches held at once: rowids only, well under 1 µs each. A word with more is common. */
const mostMatches = 10_000;
/** A filter with more is wide: what it lets through is among the newest matches. */
const filterIncidents = 1500;
const filterLetters = 5000;
/** Letters of a filter that are read and checked for a common word: about 20 µs each. */
const filterChecks = 600;
const newest = Number.MAX_SAFE_INTEGER;

/** A filter with its incidents, newest first and no more than `filterIncidents`, counted when first asked for. */
export type FilterSide = { readonly condition: IncidentCondition; incidents(): number[] };

export function filterSide(store: SearchStore, condition: IncidentCondition): FilterSide {
  let found: number[] | undefined;
  return {
    condition,
    incidents() {
      found ??= store.incidentsOf(condition, filterIncidents);
      return found;
    },
  };
}

/** Ids of the newest incidents that match. */
export function findIncidents(
  store: SearchStore,
  { match }: SearchQuery,
  filter: FilterSide | undefined,
  limit: number,
): number[] {
  if (!filter) return store.incidents(match, newest, limit);
  const matches = store.incidents(match, newest, mostMatches);
  const keep = (ids: readonly number[]) => store.keepIncidents(ids, filter.condition);
  const first = take(matches.slice(0, firstLook), limit, keep);
  if (first.length >= limit || matches.length <= firstLook) return first;
  if (filter.incidents().length < filterIncidents && matches.length < mostMatches) {
    return within(matches, filter.incidents()).slice(0, limit);
  }
  return take(matches.slice(0, lastLook), limit, keep);
}

/** Ids of the newest letters that match. */
export function findMessages(
  store: SearchStore,
  query: SearchQuery,
  filter: FilterSide | undefined,
  limit: number,
): number[] {
  const { stem, match } = query;
  const begun = stem === undefined ? undefined : probeStem(store, query, stem);
  if (begun?.whole)
    return filter
      ? store.keepMessages(begun.held, filter.condition).slice(0, limit)
      : begun.held.slice(0, limit);
  if (filter) return findFiltered(store, query, { filter, limit, isDense: begun?.isDense ?? false });
  if (stem === undefined || !begun?.isDense) return store.messages(match, newest, limit);
  const ids = store.messages(stem, newest, probe * Math.ceil(limit / dense));
  const found = take(ids, limit, (some) => holding(store, query, some));
  return found.length >= limit ? found : store.messages(match, newest, limit);
}

type Begun = { readonly held: number[]; readonly whole: boolean; readonly isDense: boolean };

/**
 * The index gives the newest of a word or of a short prefix one by one, but for a longer prefix it first collects
 * every letter of every word that begins so. Where those are many, the short prefix finds the newest sooner, each
 * checked by its text; where they are few, collecting them is cheap. A probe tells which it is.
 */
function probeStem(store: SearchStore, query: SearchQuery, stem: string): Begun {
  const ids = store.messages(stem, newest, probe);
  const held = holding(store, query, ids);
  return { held, whole: ids.length < probe, isDense: held.length >= dense };
}

type Filtered = {
  readonly filter: FilterSide;
  readonly limit: number;
  readonly isDense: boolean;
};

/**
 * The newest matches are looked at first, which finds enough at once where filter and words agree; then the filter's
 * own letters. Only for a common word under a wide filter that it rarely meets is the looking cut short, and then
 * the newest that were seen are given.
 */
function findFiltered(
  store: SearchStore,
  query: SearchQuery,
  { filter, limit, isDense }: Filtered,
): number[] {
  const matches = store.messages(
    isDense ? (query.stem ?? query.match) : query.match,
    newest,
    isDense ? lastLook : mostMatches,
  );
  const keep = (ids: readonly number[]) => {
    const kept = store.keepMessages(ids, filter.condition);
    return isDense ? holding(store, query, kept) : kept;
  };
  const first = take(matches.slice(0, firstLook), limit, keep);
  const isWhole = !isDense && matches.length < mostMatches;
  if (first.length >= limit || (isWhole && matches.length <= firstLook)) return first;
  const incidents = filter.incidents();
  const letters = store.messagesOf(incidents, filterLetters);
  const isNarrow = incidents.length < filterIncidents && letters.length < filterLetters;
  if (isNarrow && isWhole) {
    return within(matches, letters).slice(0, limit);
  }
  const checked = isWhole
    ? []
    : take(letters.slice(0, filterChecks), limit, (ids) => holding(store, query, ids));
  if (checked.length >= limit || (isNarrow && letters.length <= filterChecks)) return checked;
  const rest = take(matches.slice(firstLook, lastLook), limit - first.length, keep);
  return [...new Set([...first, ...checked, ...rest])].toSorted((a, b) => b - a).slice(0, limit);
}

function within(ids: readonly number[], allowed: readonly number[]): number[] {
  const set = new Set(allowed);
  return ids.filter((id) => set.has(id));
}

function holding(store: SearchStore, query: SearchQuery, ids: readonly number[]): number[] {
  return store
    .indexedText(ids)
    .filter(({ text }) => holdsAll(foldInPlace(text), query.needles))
    .map(({ id }) => id);
}

/** The first `limit` of the ids that `keep` lets through, asked in growing steps. */
function take(ids: readonly number[], limit: number, keep: (ids: readonly number[]) => number[]): number[] {
  const kept: number[] = [];
  let step = Math.max(limit, 20);
  for (let at = 0; at < ids.length && kept.length < limit;) {
    kept.push(...keep(ids.slice(at, at + step)));
    at += step;
    step *= 2;
  }
  return kept.slice(0, limit);
}
