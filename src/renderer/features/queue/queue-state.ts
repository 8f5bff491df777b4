import type { IncidentRow, QueueFilter, QueueSort } from '../../../shared/contract/incidents.ts';
import type { AppError } from '../../../shared/errors.ts';

export type QueueState = {
  readonly status: 'loading' | 'live' | 'stale' | 'failed';
  readonly error: AppError | null;
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  readonly total: number;
  /** Ids by page of `pageSize`; what was not fetched, or was dropped, is not there. */
  readonly pages: ReadonlyMap<number, readonly number[]>;
  readonly rows: ReadonlyMap<number, IncidentRow>;
  /** What came while the list held still; null when the list is up to date. */
  readonly held: { readonly added: number } | null;
  readonly counts: QueueCounts | null;
  /** Floods that are listed whole. */
  readonly unfolded: ReadonlySet<number>;
};

export type QueueCounts = {
  readonly open: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly atRisk: number;
  readonly overdue: number;
  readonly unread: number;
  readonly postponed: number;
};

export type QueueAnswer = { readonly total: number; readonly rows: readonly IncidentRow[] };

export const pageSize = 100;

/** Pages kept around what is on the screen; the rest is fetched again when scrolled to. */
const keptPages = 30;

export const openFilter: QueueFilter = {
  scope: 'open',
  statusIds: [],
  typeIds: [],
  assigneeIds: [],
  categoryIds: [],
  channels: [],
  clockStates: [],
  unread: false,
  postponed: false,
  favourites: [],
  asset: '',
  registeredFrom: null,
  registeredTo: null,
};

export const urgencySort: QueueSort = { key: 'urgency', descending: false };

export function emptyQueue(filter: QueueFilter, sort: QueueSort): QueueState {
  return {
    status: 'loading',
    error: null,
    filter,
    sort,
    total: 0,
    pages: new Map(),
    rows: new Map(),
    held: null,
    counts: null,
    unfolded: new Set(),
  };
}

export function idAt(state: Pick<QueueState, 'pages'>, index: number): number | undefined {
  return state.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

export function indexOf(state: Pick<QueueState, 'pages'>, id: number): number {
  for (const [page, ids] of state.pages) {
    const place = ids.indexOf(id);
    if (place >= 0) return page * pageSize + place;
  }
  return -1;
}

/** A page came. Another total means that the others may have moved: they are dropped and fetched when seen. */
export function withPage(state: QueueState, page: number, answer: QueueAnswer): QueueState {
  const moved = state.status === 'live' && answer.total !== state.total;
  const pages = new Map(moved ? [] : state.pages);
  pages.set(
    page,
    answer.rows.map((row) => row.id),
  );
  for (const far of farthest([...pages.keys()], page)) pages.delete(far);
  return {
    ...state,
    status: 'live',
    error: null,
    total: answer.total,
    pages,
    rows: keepRows(pages, withRows(state.rows, answer.rows)),
  };
}

/** The list as it is now, from the pages on the screen alone. */
export function withFreshPages(state: QueueState, fresh: ReadonlyMap<number, QueueAnswer>): QueueState {
  const pages = new Map<number, readonly number[]>();
  let rows = state.rows;
  let total = state.total;
  for (const [page, answer] of fresh) {
    pages.set(
      page,
      answer.rows.map((row) => row.id),
    );
    rows = withRows(rows, answer.rows);
    total = answer.total;
  }
  return { ...state, status: 'live', error: null, total, pages, rows: keepRows(pages, rows), held: null };
}

/** Changed rows in their places; nothing moves. A row older than the one shown is ignored. */
export function withRows(
  rows: ReadonlyMap<number, IncidentRow>,
  changed: readonly IncidentRow[],
): ReadonlyMap<number, IncidentRow> {
  const next = new Map(rows);
  for (const row of changed) {
    if ((next.get(row.id)?.revision ?? -1) < row.revision) next.set(row.id, row);
  }
  return next;
}

/** How the held list differs from the true one, seen at its first page; null when it does not. */
export function heldAgainst(state: QueueState, first: QueueAnswer): { readonly added: number } | null {
  const shown = state.pages.get(0);
  const ids = first.rows.map((row) => row.id);
  const unseen = ids.filter((id) => !state.rows.has(id)).length;
  const added = Math.max(0, first.total - state.total, shown ? unseen : 0);
  if (added > 0) return { added };
  const same =
    first.total === state.total &&
    (!shown || (shown.length === ids.length && shown.every((id, index) => id === ids[index])));
  return same ? null : { added: 0 };
}

function keepRows(
  pages: ReadonlyMap<number, readonly number[]>,
  rows: ReadonlyMap<number, IncidentRow>,
): ReadonlyMap<number, IncidentRow> {
  const kept = new Map<number, IncidentRow>();
  for (const ids of pages.values()) {
    for (const id of ids) {
      const row = rows.get(id);
      if (row) kept.set(id, row);
    }
  }
  return kept;
}

function farthest(pages: readonly number[], from: number): readonly number[] {
  if (pages.length <= keptPages) return [];
  return pages.toSorted((a, b) => Math.abs(a - from) - Math.abs(b - from)).slice(keptPages);
}

export const pills = ['mine', 'all', 'unassigned', 'overdue', 'postponed'] as const;
export type Pill = (typeof pills)[number];

/** Which quick choice the filter is, if it is exactly one of them. */
export function pillOf(filter: QueueFilter, personId: number): Pill | null {
  for (const pill of pills) {
    if (sameFilter(filter, pillFilter(pill, personId))) return pill;
  }
  return null;
}

export function pillFilter(pill: Pill, personId: number): QueueFilter {
  if (pill === 'mine') return { ...openFilter, assigneeIds: [personId] };
  if (pill === 'unassigned') return { ...openFilter, assigneeIds: [null] };
  if (pill === 'overdue') return { ...openFilter, clockStates: ['overdue'] };
  if (pill === 'postponed') return { ...openFilter, postponed: true };
  return openFilter;
}

function sameFilter(a: QueueFilter, b: QueueFilter): boolean {
  return (Object.keys(openFilter) as readonly (keyof QueueFilter)[]).every(
    (key) => JSON.stringify(a[key]) === JSON.stringify(b[key]),
  );
}

/** How many fields narrow the list. */
export function filterSize(filter: QueueFilter): number {
  return (Object.keys(openFilter) as readonly (keyof QueueFilter)[]).filter(
    (key) => JSON.stringify(filter[key]) !== JSON.stringify(openFilter[key]),
  ).length;
}
