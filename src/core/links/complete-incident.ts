import { parseQuery } from '../../shared/domain/search-text.ts';
import type { NamedRecord } from '../db/link-store.ts';
import type { LinkParts } from './parts.ts';

const mostOffered = 8;
/** Codes have no more digits in any desk's life. */
const mostDigits = 9;

/** Incidents by their number, whole or begun, else by words; open ones first. */
export function completeIncident(parts: LinkParts, text: string, except: number | null): NamedRecord[] {
  const typed = text.trim();
  if (typed === '') return [];
  const digits = /^(?:[\p{L}]+[-\s]*)?(\d+)$/u.exec(typed)?.[1];
  const ids = digits === undefined ? byWords(parts, typed) : byNumber(parts, digits);
  const named = parts.links.named([...new Set(ids)].filter((id) => id !== except));
  const isOpen = (row: NamedRecord) => row.finishedAt === null && row.dismissedAt === null;
  // A number typed whole means that one, whatever became of it.
  const exact = named.filter(({ code }) => digits !== undefined && code.endsWith(`-${digits}`));
  const rest = named.filter((row) => !exact.includes(row));
  return [...exact, ...rest.filter(isOpen), ...rest.filter((row) => !isOpen(row))].slice(0, mostOffered);
}

function byNumber(parts: LinkParts, digits: string): number[] {
  const ids: number[] = [];
  const begun = Number(digits);
  for (let zeros = 0; digits.length + zeros <= mostDigits; zeros += 1) {
    const scale = 10 ** zeros;
    ids.push(...parts.links.byNumber(begun * scale, begun * scale + scale - 1, mostOffered));
    if (ids.length >= mostOffered) break;
  }
  return ids;
}

function byWords(parts: LinkParts, typed: string): number[] {
  const query = parseQuery(typed);
  if (!query) return [];
  return parts.search.incidents(query.match, Number.MAX_SAFE_INTEGER, mostOffered * 3);
}
