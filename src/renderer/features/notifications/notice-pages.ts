import type { NotificationFilter, NotificationRow } from '../../../shared/contract/notifications.ts';

export const noticeFilter: NotificationFilter = {
  states: [],
  channels: [],
  urgencies: [],
  party: null,
  incidentId: null,
  callId: null,
  from: null,
  before: null,
  text: '',
  unknown: false,
};

export type NoticePages = {
  readonly rows: readonly NotificationRow[];
  /** Newer ones that are not shown yet, because the hand works in the list. */
  readonly fresh: readonly NotificationRow[];
  readonly next: number | null;
  readonly total: number | null;
};

type Page = {
  readonly rows: readonly NotificationRow[];
  readonly next: number | null;
  readonly total: number | null;
};

export function addPage<State extends NoticePages>(state: State, page: Page): State {
  const known = new Set(state.rows.map(({ id }) => id));
  return {
    ...state,
    rows: [...state.rows, ...page.rows.filter(({ id }) => !known.has(id))],
    next: page.next,
  };
}

/** The first page read anew. While the hand works rows only change where they stand, and what is new waits. */
export function refresh<State extends NoticePages>(
  state: State,
  page: Page,
  current: readonly NotificationRow[],
  held: boolean,
): State {
  const latest = new Map([...current, ...page.rows].map((row) => [row.id, row]));
  const known = new Set(state.rows.map(({ id }) => id));
  const standing = state.rows.map((row) => latest.get(row.id) ?? row);
  if (held) {
    const fresh = page.rows.filter(({ id }) => !known.has(id));
    return { ...state, rows: standing, fresh, total: page.total };
  }
  // Behind the first page nothing is asked anew: those rows stay as they were read.
  const firstPage = new Set(page.rows.map(({ id }) => id));
  const last = page.rows.at(-1);
  const behind =
    page.next === null || !last
      ? []
      : standing.filter((row) => !firstPage.has(row.id) && isBehind(row, last));
  const next = behind.length > 0 ? state.next : page.next;
  return { ...state, rows: [...page.rows, ...behind], fresh: [], next, total: page.total };
}

function isBehind(row: NotificationRow, other: NotificationRow): boolean {
  return row.createdAt < other.createdAt || (row.createdAt === other.createdAt && row.id < other.id);
}

/** How many conditions narrow the list, besides the words and the scope. */
export function filterSize(filter: NotificationFilter): number {
  const { channels, urgencies, party, incidentId, from, before } = filter;
  const single = [party, incidentId, from, before].filter((value) => value !== null).length;
  return single + (channels.length > 0 ? 1 : 0) + (urgencies.length > 0 ? 1 : 0);
}

export const scopes = ['all', 'open', 'not-reached', 'unknown', 'acknowledged'] as const;
export type Scope = (typeof scopes)[number];

type ScopePart = Pick<NotificationFilter, 'states' | 'unknown'>;

export const scopeFilters: Readonly<Record<Scope, ScopePart>> = {
  all: { states: [], unknown: false },
  open: { states: ['waiting', 'climbing'], unknown: false },
  'not-reached': { states: ['not-reached'], unknown: false },
  unknown: { states: [], unknown: true },
  acknowledged: { states: ['acknowledged'], unknown: false },
};

export function scopeOf({ states, unknown }: NotificationFilter): Scope {
  return (
    scopes.find((scope) => {
      const part = scopeFilters[scope];
      return part.unknown === unknown && JSON.stringify(part.states) === JSON.stringify(states);
    }) ?? 'all'
  );
}
