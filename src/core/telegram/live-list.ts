import type { Clock } from '../platform/clock.ts';

/** A short list that pages follow: the whole of it at once, and again when it has changed. */
export type LiveList<Key, Item> = {
  get(key: Key): Item | undefined;
  set(key: Key, item: Item): void;
  remove(key: Key): void;
  items(): readonly Item[];
  follow(signal: AbortSignal): AsyncIterable<readonly Item[]>;
};

/** A page redraws no faster. */
const pauseMs = 150;

export function createLiveList<Key, Item>(clock: Clock): LiveList<Key, Item> {
  const items = new Map<Key, Item>();
  const wakes = new Set<() => void>();
  let version = 0;

  const changed = () => {
    version += 1;
    for (const wake of wakes) wake();
  };

  return {
    get: (key) => items.get(key),
    set(key, item) {
      items.set(key, item);
      changed();
    },
    remove(key) {
      if (items.delete(key)) changed();
    },
    items: () => [...items.values()],
    async *follow(signal) {
      let wake: () => void = () => {};
      const ring = () => wake();
      wakes.add(ring);
      signal.addEventListener('abort', ring, { once: true });
      try {
        let told = -1;
        while (!signal.aborted) {
          if (told === version) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          told = version;
          yield [...items.values()];
          await clock.sleep(pauseMs, signal).catch(() => {
            // The page stopped listening: the loop's condition ends it.
          });
        }
      } finally {
        wakes.delete(ring);
        signal.removeEventListener('abort', ring);
      }
    },
  };
}
