import type { z } from 'zod';
import type { searchContract } from '../../shared/contract/incidents.ts';
import { findCodes } from '../../shared/domain/incident-code.ts';
import { parseQuery, type Needle } from '../../shared/domain/search-text.ts';
import type { IncidentCondition, IncidentHit, MessageHit, SearchStore } from '../db/search-store.ts';
import { cutSnippet, headOf, type Snippet } from './snippet.ts';

export type SearchHit = z.infer<typeof searchContract.find.output>['hits'][number];

export type FindInput = {
  readonly text: string;
  /** Only hits whose incident meets it; letters without incident then do not count. */
  readonly condition: IncidentCondition | undefined;
  readonly limit: number;
};

export type Search = { find(input: FindInput): SearchHit[] };

type Parts = { readonly store: SearchStore; readonly codePrefix: () => string };

/** Matches looked at before the filter is tried from its own side; each costs about 2 µs. */
const firstLook = 2000;
/** Letters of a narrow filter that are each asked whether they match. */
const narrowFilter = 1500;
/** The end of looking for a common word under a wide filter with few letters in common. */
const lastLook = 12_000;

/** Newest letters and incidents that hold all the words; an incident whose code was typed comes first. */
export function createSearch({ store, codePrefix }: Parts): Search {
  return {
    find({ text, condition, limit }) {
      const query = parseQuery(text);
      if (!query) return [];
      const exact = findCodes(text, [codePrefix()])
        .map(({ code }) => store.incidentByCode(code))
        .filter((id) => id !== undefined)
        .filter((id) => !condition || store.keepIncidents([id], condition).length > 0);
      const incidentIds = findIncidents(store, query.match, condition, limit);
      const messageIds = findMessages(store, query.match, condition, limit);
      const first = store.incidentHits([...new Set(exact)]).map((hit) => incidentHit(hit, query.needles));
      const others = [
        ...store
          .incidentHits(incidentIds.filter((id) => !exact.includes(id)))
          .map((hit) => incidentHit(hit, query.needles)),
        ...store.messageHits(messageIds).map((hit) => messageHit(hit, query.needles)),
      ].toSorted((a, b) => b.at - a.at);
      return [...first, ...others].slice(0, limit);
    },
  };
}

const newest = Number.MAX_SAFE_INTEGER;

function findIncidents(
  store: SearchStore,
  match: string,
  condition: IncidentCondition | undefined,
  limit: number,
): number[] {
  if (!condition) return store.incidents(match, newest, limit);
  return look((before, count) => store.incidents(match, before, count), {
    keep: (ids) => store.keepIncidents(ids, condition),
    limit,
    most: lastLook,
  }).kept;
}

/**
 * Without a filter the index itself gives the newest. With one, the newest matches are looked at first, which finds
 * fifty at once when filter and words agree; a filter with few letters is then walked from its own side.
 */
function findMessages(
  store: SearchStore,
  match: string,
  condition: IncidentCondition | undefined,
  limit: number,
): number[] {
  if (!condition) return store.messages(match, newest, limit);
  const next = (before: number, count: number) => store.messages(match, before, count);
  const keep = (ids: readonly number[]) => store.keepMessages(ids, condition);
  const start = look(next, { keep, limit, most: firstLook });
  if (start.kept.length >= limit || start.exhausted) return start.kept;
  const candidates = store.messagesOf(condition, narrowFilter + 1);
  if (candidates.length <= narrowFilter) {
    return store
      .matching(match, candidates)
      .toSorted((a, b) => b - a)
      .slice(0, limit);
  }
  const rest = look(next, { keep, limit: limit - start.kept.length, most: lastLook, before: start.before });
  return [...start.kept, ...rest.kept];
}

type Look = {
  readonly keep: (ids: readonly number[]) => number[];
  readonly limit: number;
  readonly most: number;
  readonly before?: number;
};

/** Walks matches from the newest in growing steps until there are enough, no more, or too many were looked at. */
function look(
  next: (before: number, count: number) => number[],
  { keep, limit, most, before = newest }: Look,
): { readonly kept: number[]; readonly exhausted: boolean; readonly before: number } {
  const kept: number[] = [];
  let step = Math.min(most, limit * 4);
  let looked = 0;
  let from = before;
  while (looked < most) {
    const ids = next(from, step);
    kept.push(...keep(ids));
    looked += ids.length;
    from = ids.at(-1) ?? from;
    if (ids.length < step) return { kept: kept.slice(0, limit), exhausted: true, before: from };
    if (kept.length >= limit) break;
    step = Math.min(step * 2, 4000);
  }
  return { kept: kept.slice(0, limit), exhausted: false, before: from };
}

function incidentHit(hit: IncidentHit, needles: readonly Needle[]): SearchHit {
  const fields = [hit.description, hit.title, `${hit.code} ${hit.asset}`, hit.applicant];
  return {
    incidentId: hit.incidentId,
    messageId: null,
    code: hit.code,
    title: hit.title,
    statusId: hit.statusId,
    from: hit.applicant,
    at: hit.at,
    ...bestSnippet(fields, needles),
  };
}

function messageHit(hit: MessageHit, needles: readonly Needle[]): SearchHit {
  const from = hit.fromName === '' ? hit.fromAddress : hit.fromName;
  return {
    incidentId: hit.incidentId,
    messageId: hit.messageId,
    code: hit.code ?? '',
    title: hit.title ?? hit.subject,
    statusId: hit.statusId,
    from,
    at: hit.at,
    ...bestSnippet([hit.text, hit.subject, `${hit.fromName} ${hit.fromAddress}`], needles),
  };
}

function bestSnippet(fields: readonly string[], needles: readonly Needle[]): Snippet {
  for (const field of fields) {
    const snippet = cutSnippet(field, needles);
    if (snippet) return snippet;
  }
  return headOf(fields.find((field) => field !== '') ?? '');
}
