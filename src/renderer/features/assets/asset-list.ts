import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AssetRow } from '../../../shared/contract/assets.ts';
import type { AssetKind } from '../../../shared/domain/asset-kinds.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import { touches, type Feed } from '../../lib/feed.ts';

export type AssetFilter = {
  readonly text: string;
  readonly kinds: readonly AssetKind[];
  readonly regionIds: readonly number[];
  readonly contractorIds: readonly number[];
  readonly withOpenIncidents: boolean;
  readonly gone: boolean;
};

export const noFilter: AssetFilter = {
  text: '',
  kinds: [],
  regionIds: [],
  contractorIds: [],
  withOpenIncidents: false,
  gone: false,
};

export type AssetListState = {
  readonly status: 'loading' | 'live' | 'stale' | 'failed';
  readonly filter: AssetFilter;
  readonly total: number;
  /** By place in the list; only what was on the screen is here. */
  readonly rows: ReadonlyMap<number, AssetRow>;
  readonly error: AppError | undefined;
};

export type AssetList = {
  readonly store: StoreApi<AssetListState>;
  /** First and last place on the screen: fetches what is missing there. */
  see(first: number, last: number): void;
  choose(filter: AssetFilter): void;
  reload(): Promise<void>;
  start(signal: AbortSignal): void;
};

const pageSize = 100;

/** A window into a long list: pages come as they are looked at, and anew when the registry changes. */
export function createAssetList({ rpc, feed }: { readonly rpc: Rpc; readonly feed: Feed }): AssetList {
  const store = createStore<AssetListState>(() => ({
    status: 'loading',
    filter: noFilter,
    total: 0,
    rows: new Map(),
    error: undefined,
  }));
  let seen: readonly number[] = [0];
  /** Answers to an earlier question are dropped. */
  let question = new AbortController();
  const asked = new Set<number>();
  let refreshing = false;
  let again = false;

  async function ask(page: number, signal: AbortSignal) {
    const { filter } = store.getState();
    const { total, rows } = await rpc.assets.list(
      {
        ...filter,
        kinds: [...filter.kinds],
        regionIds: [...filter.regionIds],
        contractorIds: [...filter.contractorIds],
        offset: page * pageSize,
        limit: pageSize,
      },
      { signal },
    );
    return { total, rows: rows.map((row, index) => [page * pageSize + index, row] as const) };
  }

  function fail(thrown: unknown): void {
    store.setState(({ rows }) => ({
      status: rows.size > 0 ? 'stale' : 'failed',
      error: toAppError(thrown),
    }));
  }

  async function fetchPage(page: number): Promise<void> {
    const { signal } = question;
    asked.add(page);
    try {
      const answer = await ask(page, signal);
      if (signal.aborted) return;
      store.setState(({ rows }) => ({
        status: 'live',
        error: undefined,
        total: answer.total,
        rows: new Map([...rows, ...answer.rows]),
      }));
    } catch (thrown) {
      if (signal.aborted) return;
      asked.delete(page);
      fail(thrown);
    }
  }

  /** What is on the screen, together; everything else is forgotten. */
  async function reload(): Promise<void> {
    question.abort();
    const { signal } = (question = new AbortController());
    const pages = seen;
    asked.clear();
    for (const page of pages) asked.add(page);
    try {
      const answers = await Promise.all(pages.map((page) => ask(page, signal)));
      if (signal.aborted) return;
      store.setState({
        status: 'live',
        error: undefined,
        total: answers[0]?.total ?? 0,
        rows: new Map(answers.flatMap(({ rows }) => rows)),
      });
    } catch (thrown) {
      if (signal.aborted) return;
      asked.clear();
      fail(thrown);
    }
  }

  /** An import tells of every chunk: one refresh at a time, and one more for all that came meanwhile. */
  async function refresh(): Promise<void> {
    again = true;
    if (refreshing) return;
    refreshing = true;
    while (again) {
      again = false;
      await reload();
    }
    refreshing = false;
  }

  return {
    store,
    see(first, last) {
      const from = Math.floor(first / pageSize);
      const to = Math.floor(last / pageSize);
      seen = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      for (const page of seen) if (!asked.has(page)) void fetchPage(page);
    },
    choose(filter) {
      seen = [0];
      store.setState({ filter, status: 'loading' });
      void reload();
    },
    reload,
    start(signal) {
      const off = feed.on((change) => {
        if (touches(change, 'asset', 'contact')) void refresh();
      });
      signal.addEventListener(
        'abort',
        () => {
          off();
          question.abort();
        },
        { once: true },
      );
      void reload();
    },
  };
}
