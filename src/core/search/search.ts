import type { z } from 'zod';
import type { searchContract } from '../../shared/contract/incidents.ts';
import { findCodes } from '../../shared/domain/incident-code.ts';
import { parseQuery, type Needle } from '../../shared/domain/search-text.ts';
import type { IncidentCondition, IncidentHit, MessageHit, SearchStore } from '../db/search-store.ts';
import { filterSide, findIncidents, findMessages } from './find-newest.ts';
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
      const filter = condition && filterSide(store, condition);
      const incidentIds = findIncidents(store, query, filter, limit);
      const messageIds = findMessages(store, query, filter, limit);
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

function incidentHit(hit: IncidentHit, needles: readonly Needle[]): SearchHit {
  const fields = [hit.description, hit.title, `${hit.code} ${hit.asset}`, hit.applicant, hit.notes];
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
