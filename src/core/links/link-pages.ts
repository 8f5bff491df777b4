import type { z } from 'zod';
import type { linksContract, NamedIncident } from '../../shared/contract/links.ts';
import { roleOf } from '../../shared/domain/link-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { NamedRecord } from '../db/link-store.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { answerView } from './answer-all.ts';
import { laterLetters } from './merge.ts';
import type { LinkParts } from './parts.ts';

type OfIncident = z.infer<(typeof linksContract)['ofIncident']['output']>;
type FloodPage = z.infer<(typeof linksContract)['flood']['output']>;

/** All that ties an incident to others. */
export function linksOf(parts: LinkParts, incidentId: number): OfIncident {
  const incident = parts.incidents.require(incidentId);
  const merge = parts.merges.standing(incidentId);
  const end = merge ? livingIncident(parts.incidents, merge.intoId).id : null;
  const mergedHere = parts.merges.into(incidentId);
  const rows = parts.links.all(incidentId);
  const origins = parts.merges.origins(incidentId);
  const others = rows.map(({ fromId, toId }) => (fromId === incidentId ? toId : fromId));
  const ids = [
    ...others,
    ...mergedHere.map((one) => one.incidentId),
    ...origins.map((origin) => origin.incidentId),
    ...(merge ? [merge.intoId] : []),
    ...(end === null ? [] : [end]),
  ];
  const named = new Map(parts.links.named([...new Set(ids)]).map((row) => [row.id, toNamed(row)]));
  const of = (id: number): NamedIncident => named.get(id) ?? missing(id);
  return {
    links: rows.map((row, at) => ({ ...of(others[at] ?? 0), role: roleOf(incidentId, row) })),
    mergedInto: merge ? of(merge.intoId) : null,
    end: end === null ? null : of(end),
    lettersSince: merge ? laterLetters(parts, merge).length : 0,
    merged: mergedHere.map((one) => {
      const { applicantName, applicantAddress } = parts.incidents.require(one.incidentId);
      const conversations = parts.merges.conversationsIn(one.id, incidentId);
      return {
        ...of(one.incidentId),
        letters: parts.merges.lettersOf(conversations).length,
        applicant: { name: applicantName, address: applicantAddress },
      };
    }),
    origins: origins.map((origin) => ({ ...origin, code: of(origin.incidentId).code })),
    flood: incident.floodId === null ? null : (parts.floods.view(incident.floodId) ?? null),
  };
}

/** Throws `not-found`. */
export function floodPage(parts: LinkParts, id: number): FloodPage {
  const flood = parts.floods.view(id);
  if (!flood) throw new AppError('not-found', { details: { reason: 'flood' } });
  const batchId = parts.answers.latestOfFlood(id);
  return {
    flood,
    incidents: parts.links.named(parts.floods.members(id)).map(toNamed),
    answer: batchId === undefined ? null : answerView(parts, batchId),
  };
}

export function toNamed({ mergedIntoId, ...row }: NamedRecord): NamedIncident {
  return { ...row, merged: mergedIntoId !== null };
}

function missing(id: number): never {
  throw new Error(`Incident ${id} is tied to another and is not there`);
}
