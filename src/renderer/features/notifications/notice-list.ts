import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NotificationFilter } from '../../../shared/contract/notifications.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import type { Feed } from '../../lib/feed.ts';
import { calmFeed } from '../../lib/notices/calm-feed.ts';
import { addPage, noticeFilter, refresh, type NoticePages } from './notice-pages.ts';

export type NoticeListState = NoticePages & {
  readonly status: 'loading' | 'live' | 'stale' | 'failed';
  readonly filter: NotificationFilter;
  readonly error: AppError | undefined;
};

export type NoticeList = {
  readonly store: StoreApi<NoticeListState>;
  choose(filter: NotificationFilter): void;
  /** The page behind the last row; nothing while one is on its way. */
  more(): void;
  /** Rows on the screen, so that what is far down stays true as well. */
  see(first: number, last: number): void;
  /** Shows what came while the list held still. */
  release(): void;
  reload(): void;
  start(signal: AbortSignal): void;
};

type Parts = {
  readonly rpc: Pick<Rpc, 'notifications'>;
  readonly feed: Pick<Feed, 'on'>;
  /** The hand works in the list: nothing moves under it. */
  readonly isBusy: () => boolean;
};

const pageSize = 100;

/** Pages of notifications, read further as one scrolls, kept true while they climb. */
export function createNoticeList({ rpc, feed, isBusy }: Parts): NoticeList {
  const store = createStore<NoticeListState>(() => ({
    status: 'loading',
    filter: noticeFilter,
    rows: [],
    fresh: [],
    next: null,
    total: null,
    error: undefined,
  }));
  let asking = new AbortController();
  let seen = { first: 0, last: 0 };
  let isReadingMore = false;

  const fail = (thrown: unknown, signal: AbortSignal): void => {
    if (signal.aborted) return;
    const error = toAppError(thrown);
    store.setState(({ rows }) => ({ status: rows.length === 0 ? 'failed' : 'stale', error }));
  };

  async function load(filter: NotificationFilter): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    isReadingMore = false;
    store.setState({ status: 'loading', filter });
    try {
      const page = await rpc.notifications.list({ filter, limit: pageSize }, { signal });
      if (signal.aborted) return;
      store.setState({ ...page, fresh: [], status: 'live', error: undefined });
    } catch (thrown) {
      fail(thrown, signal);
    }
  }

  async function more(): Promise<void> {
    const { filter, next, status } = store.getState();
    if (next === null || isReadingMore || status === 'loading') return;
    isReadingMore = true;
    const { signal } = asking;
    try {
      const page = await rpc.notifications.list({ filter, before: next, limit: pageSize }, { signal });
      if (signal.aborted) return;
      store.setState((state) => ({ ...addPage(state, page), status: 'live', error: undefined }));
    } catch (thrown) {
      fail(thrown, signal);
    } finally {
      isReadingMore = false;
    }
    // Words that are common and a filter that is rare: a page may have no row at all.
    if (!signal.aborted && store.getState().rows.length === 0) void more();
  }

  async function again(): Promise<void> {
    const { filter, rows, status } = store.getState();
    if (status === 'loading') return;
    const { signal } = asking;
    const shown = rows.slice(seen.first, seen.last + 1).map(({ id }) => id);
    try {
      const [page, current] = await Promise.all([
        rpc.notifications.list({ filter, limit: pageSize }, { signal }),
        rpc.notifications.rows({ ids: shown.slice(0, 200) }, { signal }),
      ]);
      if (signal.aborted) return;
      const held = isBusy();
      store.setState((state) => ({
        ...refresh(state, page, current.rows, held),
        status: 'live',
        error: undefined,
      }));
    } catch (thrown) {
      fail(thrown, signal);
    }
  }

  return {
    store,
    choose: (filter) => void load(filter),
    more: () => void more(),
    see(first, last) {
      seen = { first, last };
      if (last >= store.getState().rows.length - 20) void more();
    },
    release() {
      store.setState(({ rows, fresh }) => ({ rows: [...fresh, ...rows], fresh: [] }));
      void again();
    },
    reload: () => void load(store.getState().filter),
    start(signal) {
      signal.addEventListener(
        'abort',
        calmFeed(feed).on(() => void again()),
        { once: true },
      );
      signal.addEventListener('abort', () => asking.abort(), { once: true });
      void load(store.getState().filter);
    },
  };
}
