import { useSyncExternalStore } from 'react';
import { useDesk } from './desk.ts';

export type Ticker = {
  /** Epoch milliseconds of the running second. */
  second(): number;
  subscribe(listener: () => void): () => void;
};

/** One timer for every running number on the page, on the beat of the whole second; none while nobody looks. */
export function createTicker(now: () => number = Date.now): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let second = floor(now());

  function tick(): void {
    second = floor(now());
    for (const listener of listeners) listener();
    arm();
  }

  function arm(): void {
    timer = setTimeout(tick, 1000 - (now() % 1000) + 5);
  }

  return {
    second: () => second,
    subscribe(listener) {
      if (listeners.size === 0) {
        second = floor(now());
        arm();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearTimeout(timer);
      };
    },
  };
}

function floor(ms: number): number {
  return ms - (ms % 1000);
}

/** Re-renders the calling component once a second: keep it as small as one number. */
export function useSecond(): number {
  const { ticker } = useDesk();
  return useSyncExternalStore(ticker.subscribe, ticker.second);
}
