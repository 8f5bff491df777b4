export type StateBoard<T> = {
  get(): T;
  set(state: T): void;
  /** The state at once and at every change; of changes in one turn the last. */
  follow(signal: AbortSignal): AsyncIterable<T>;
};

/** One state that many pages look at. */
export function createStateBoard<T extends object>(initial: T): StateBoard<T> {
  let current = initial;
  const followers = new Set<() => void>();

  async function* follow(signal: AbortSignal): AsyncIterable<T> {
    let wake: () => void = () => {};
    const change = () => wake();
    followers.add(change);
    signal.addEventListener('abort', change, { once: true });
    let told: T | undefined;
    try {
      while (!signal.aborted) {
        if (current === told) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        told = current;
        yield current;
      }
    } finally {
      followers.delete(change);
      signal.removeEventListener('abort', change);
    }
  }

  return {
    get: () => current,
    set(state) {
      current = state;
      for (const follower of followers) follower();
    },
    follow,
  };
}
