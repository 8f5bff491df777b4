import { createStore, type StoreApi } from 'zustand/vanilla';
import type { QueueFilter, QueueSort } from '../../../shared/contract/incidents.ts';
import { toAppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import { touches, type Feed, type FeedChange } from '../../lib/feed.ts';
import {
  emptyQueue,
  heldAgainst,
  pageSize,
  withFreshPages,
  withPage,
  withRows,
  type QueueAnswer,
  type QueueState,
} from './queue-state.ts';

export type Queue = {
  readonly store: StoreApi<QueueState>;
  /** First and last index on the screen: fetches what is missing there. */
  see(first: number, last: number): void;
  choose(filter: QueueFilter, sort: QueueSort): void;
  /** Lists all of a flood, or its most urgent incident for all of them. */
  fold(floodId: number): void;
  /** Shows what was held back. */
  release(): Promise<void>;
  reload(): Promise<void>;
  start(signal: AbortSignal): void;
};

type Parts = {
  readonly rpc: Rpc;
  readonly feed: Feed;
  readonly personId: number;
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  /** The hand works: the list must hold still. */
  readonly isBusy: () => boolean;
};

/** As many as one question may name. */
const mostUnfolded = 100;

/** The rows on the screen, kept in step with the feed without moving under a working hand. */
export function createQueue({ rpc, feed, personId, filter, sort, isBusy }: Parts): Queue {
  const store = createStore<QueueState>(() => emptyQueue(filter, sort));
  let seen = { first: 0, last: 0 };
  /** Answers to an earlier question are dropped. */
  let question = 0;
  const asked = new Set<number>();
  let waiting: { ids: Set<number>; all: boolean } | null = null;
  let refreshing = false;

  function ask(page: number): Promise<QueueAnswer> {
    const state = store.getState();
    return rpc.incidents.queue({
      filter: state.filter,
      sort: state.sort,
      offset: page * pageSize,
      limit: pageSize,
      unfolded: [...state.unfolded].slice(-mostUnfolded),
    });
  }

  function fail(thrown: unknown, mine: number): void {
    if (mine !== question) return;
    const error = toAppError(thrown);
    store.setState((state) => ({ error, status: state.pages.size > 0 ? 'stale' : 'failed' }));
  }

  async function fetchPage(page: number): Promise<void> {
    if (asked.has(page)) return;
    const mine = question;
    asked.add(page);
    try {
      const answer = await ask(page);
      if (mine === question) store.setState((state) => withPage(state, page, answer));
    } catch (thrown) {
      fail(thrown, mine);
    } finally {
      asked.delete(page);
    }
  }

  function seenPages(): readonly number[] {
    const first = Math.floor(seen.first / pageSize);
    const last = Math.floor(seen.last / pageSize);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  }

  async function reload(): Promise<void> {
    const mine = question;
    const pages = seenPages();
    try {
      const answers = await Promise.all(pages.map(ask));
      if (mine !== question) return;
      const fresh = new Map(pages.map((page, place) => [page, answers[place] as QueueAnswer]));
      store.setState((state) => withFreshPages(state, fresh));
    } catch (thrown) {
      fail(thrown, mine);
    }
  }

  async function countAgain(): Promise<void> {
    try {
      store.setState({ counts: await rpc.incidents.counts({ personId }) });
    } catch {
      // Old counts beside a list that says itself what is wrong.
    }
  }

  async function updateRows(ids: readonly number[]): Promise<void> {
    const mine = question;
    const [{ rows }, first] = await Promise.all([rpc.incidents.rows({ ids: ids.slice(0, 500) }), ask(0)]);
    if (mine !== question) return;
    store.setState((state) => ({
      held: heldAgainst(state, first) ?? null,
      rows: withRows(
        state.rows,
        rows.filter((row) => state.rows.has(row.id)),
      ),
    }));
  }

  /** One refresh at a time; what changes meanwhile is taken together by the next. */
  async function refresh(change: FeedChange): Promise<void> {
    waiting ??= { ids: new Set(), all: false };
    for (const id of change.incidentIds) waiting.ids.add(id);
    waiting.all ||= change.reset;
    if (refreshing) return;
    refreshing = true;
    const mine = question;
    try {
      while (waiting) {
        const { ids, all } = waiting;
        waiting = null;
        const known = [...ids].filter((id) => store.getState().rows.has(id));
        await (all || !isBusy() ? reload() : updateRows(known));
        await countAgain();
      }
    } catch (thrown) {
      fail(thrown, mine);
    } finally {
      refreshing = false;
    }
  }

  return {
    store,
    see(first, last) {
      seen = { first, last };
      const { pages, status } = store.getState();
      if (status === 'loading') return;
      for (const page of seenPages()) if (!pages.has(page)) void fetchPage(page);
    },
    choose(nextFilter, nextSort) {
      question += 1;
      asked.clear();
      seen = { first: 0, last: 0 };
      // The old rows stay, dimmed, until the new ones are here.
      store.setState({ filter: nextFilter, sort: nextSort, status: 'loading', held: null });
      void reload();
    },
    fold(floodId) {
      question += 1;
      asked.clear();
      store.setState((state) => {
        const unfolded = new Set(state.unfolded);
        if (!unfolded.delete(floodId)) unfolded.add(floodId);
        return { unfolded, held: null };
      });
      void reload();
    },
    release: reload,
    reload,
    start(signal) {
      const off = feed.on((change) => {
        if (touches(change, 'incident', 'message', 'alarm')) void refresh(change);
      });
      signal.addEventListener('abort', off, { once: true });
      void reload();
      void countAgain();
    },
  };
}
