import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toAppError, type AppError } from '../../shared/errors.ts';
import { useDesk, type Rpc } from './desk.ts';
import { touches, type Feed, type FeedKind } from './feed.ts';

export type ServerDataState<T> = {
  /** `stale` shows the old data dimmed while the new cannot be had. */
  readonly status: 'loading' | 'live' | 'stale' | 'failed';
  readonly data: T | undefined;
  readonly error: AppError | undefined;
};

export type ServerData<T> = {
  readonly store: StoreApi<ServerDataState<T>>;
  reload(): void;
  /** Loads and follows the feed; answers what stops it. */
  start(): () => void;
};

type Parts<T> = {
  readonly load: (signal: AbortSignal) => Promise<T>;
  readonly feed: Pick<Feed, 'on'>;
  readonly kinds: readonly FeedKind[];
};

/** One query kept fresh: read at the start and after each change of the kinds it shows. */
export function createServerData<T>({ load, feed, kinds }: Parts<T>): ServerData<T> {
  const store = createStore<ServerDataState<T>>(() => ({
    status: 'loading',
    data: undefined,
    error: undefined,
  }));
  let current = new AbortController();

  function reload(): void {
    current.abort();
    const mine = new AbortController();
    current = mine;
    load(mine.signal).then(
      (data) => {
        if (!mine.signal.aborted) store.setState({ status: 'live', data, error: undefined });
      },
      (thrown: unknown) => {
        if (mine.signal.aborted) return;
        store.setState(({ data }) => ({
          status: data === undefined ? 'failed' : 'stale',
          error: toAppError(thrown),
        }));
      },
    );
  }

  return {
    store,
    reload,
    start() {
      const off = feed.on((change) => {
        if (touches(change, ...kinds)) reload();
      });
      reload();
      return () => {
        off();
        current.abort();
      };
    },
  };
}

/** `load` and `kinds` must be stable (module level, or memoised): another one is another query. */
export function useServerData<T>(
  load: (rpc: Rpc, signal: AbortSignal) => Promise<T>,
  kinds: readonly FeedKind[],
): ServerDataState<T> & { readonly reload: () => void } {
  const { rpc, feed } = useDesk();
  const source = useMemo(
    () => createServerData({ load: (signal) => load(rpc, signal), feed, kinds }),
    [rpc, feed, load, kinds],
  );
  useEffect(() => source.start(), [source]);
  return { ...useStore(source.store), reload: source.reload };
}
