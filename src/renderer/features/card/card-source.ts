import { createStore, type StoreApi } from 'zustand/vanilla';
import { toAppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import type { Feed } from '../../lib/feed.ts';
import { emptyCard, timeOf, withNewest, withOlder, type CardState } from './card-state.ts';

export type CardSource = {
  readonly store: StoreApi<CardState>;
  reload(): Promise<void>;
  older(): Promise<void>;
  start(signal: AbortSignal): void;
};

const pageLength = 100;

/** One incident with its letters and events, kept in step with the feed. */
export function createCardSource({
  rpc,
  feed,
  id,
}: {
  readonly rpc: Rpc;
  readonly feed: Feed;
  readonly id: number;
}): CardSource {
  const store = createStore<CardState>(() => emptyCard);
  let latest = new AbortController();

  async function reload(): Promise<void> {
    latest.abort();
    const mine = new AbortController();
    latest = mine;
    const { signal } = mine;
    try {
      const [card, page] = await Promise.all([
        rpc.incidents.card({ id }, { signal }),
        rpc.incidents.timeline({ id, before: null, limit: pageLength }, { signal }),
      ]);
      if (signal.aborted) return;
      store.setState(({ entries, more }) => ({
        status: 'live',
        error: null,
        card,
        entries: withNewest(entries, page.entries),
        more: entries === null ? page.more : more,
      }));
    } catch (thrown) {
      if (signal.aborted) return;
      store.setState(({ card }) => ({ status: card ? 'stale' : 'failed', error: toAppError(thrown) }));
    }
  }

  return {
    store,
    reload,
    async older() {
      const { entries, loadingOlder } = store.getState();
      const first = entries?.[0];
      if (!first || loadingOlder) return;
      store.setState({ loadingOlder: true });
      try {
        const page = await rpc.incidents.timeline({ id, before: timeOf(first), limit: pageLength });
        store.setState((state) => ({
          entries: withOlder(state.entries ?? [], page.entries),
          more: page.more,
          loadingOlder: false,
        }));
      } catch (thrown) {
        store.setState({ loadingOlder: false, error: toAppError(thrown) });
      }
    },
    start(signal) {
      const off = feed.on((change) => {
        if (change.reset || change.incidentIds.has(id)) void reload();
      });
      signal.addEventListener(
        'abort',
        () => {
          off();
          latest.abort();
        },
        { once: true },
      );
      void reload();
    },
  };
}
