import { createStore, type StoreApi } from 'zustand/vanilla';
import type { feedKinds } from '../../shared/contract/session.ts';
import type { Rpc } from './desk.ts';

export type FeedKind = (typeof feedKinds)[number];

export type FeedChange = {
  readonly revision: number;
  readonly reset: boolean;
  readonly kinds: ReadonlySet<FeedKind>;
  readonly incidentIds: ReadonlySet<number>;
  readonly chatIds: ReadonlySet<number>;
};

type FeedEvent = {
  readonly revision: number;
  readonly reset: boolean;
  readonly kinds: readonly FeedKind[];
  readonly incidentIds: readonly number[];
  readonly chatIds: readonly number[];
};

export type Feed = {
  readonly store: StoreApi<{ readonly revision: number }>;
  /** Hears every change once, at most once per frame. Returns the way to unsubscribe. */
  on(listener: (change: FeedChange) => void): () => void;
  /** Follows from `since` until the signal aborts; signing in as somebody else starts it anew. */
  start(since: number, signal: AbortSignal): void;
};

export const noChange: FeedChange = {
  revision: 0,
  reset: false,
  kinds: new Set(),
  incidentIds: new Set(),
  chatIds: new Set(),
};

/** A page follows one feed; what comes in bursts is folded and told once per frame. */
export function createFeed(rpc: Rpc, onFrame: (run: () => void) => void): Feed {
  const store = createStore<{ readonly revision: number }>(() => ({ revision: 0 }));
  const listeners = new Set<(change: FeedChange) => void>();
  let pending: FeedChange | null = null;

  function flush(): void {
    const change = pending;
    pending = null;
    if (!change) return;
    store.setState({ revision: change.revision });
    for (const listener of listeners) listener(change);
  }

  return {
    store,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(since, signal) {
      let seen = since;
      rpc.feed.changes(
        () => ({ since: seen }),
        (event) => {
          if (!event.reset && event.revision <= seen) return;
          seen = Math.max(seen, event.revision);
          if (pending === null) onFrame(flush);
          pending = foldChange(pending ?? noChange, event);
        },
        { signal },
      );
    },
  };
}

/** Many changes as one; a reset wins, because after it nothing older matters. */
export function foldChange(change: FeedChange, event: FeedEvent): FeedChange {
  return {
    revision: Math.max(change.revision, event.revision),
    reset: change.reset || event.reset,
    kinds: new Set([...change.kinds, ...event.kinds]),
    incidentIds: new Set([...change.incidentIds, ...event.incidentIds]),
    chatIds: new Set([...change.chatIds, ...event.chatIds]),
  };
}

/** Whether something of these kinds may have changed. */
export function touches(change: FeedChange, ...kinds: readonly FeedKind[]): boolean {
  return change.reset || kinds.some((kind) => change.kinds.has(kind));
}
