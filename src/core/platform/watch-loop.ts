import { toAppError } from '../../shared/errors.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { Health } from './service.ts';

export type WatchLoop = {
  start(): void;
  /** Idempotent; resolves when the look under way is over. */
  stop(): Promise<void>;
  /** Looks now instead of at the end of the wait. */
  wake(): void;
  health(): Health;
};

type Parts = {
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Returns how long to wait until the next look, in milliseconds. */
  readonly look: () => number | Promise<number>;
};

const afterFailureMs = 5000;

/**
 * Looks now and again until stopped. A look that fails (a full disk, a damaged row) is told and tried again: a watch
 * that ended with its first failure would leave deadlines and shifts unattended without a word.
 */
export function createWatchLoop({ name, clock, log, look }: Parts): WatchLoop {
  let running: { done: Promise<void>; stopped: boolean } | undefined;
  let failing = false;
  let isWoken = false;
  let endWait: (() => void) | undefined;

  async function lookOnce(): Promise<number> {
    try {
      const waitMs = await look();
      failing = false;
      return waitMs;
    } catch (error) {
      // Once per row of failures: a full disk must not be filled with lines about it.
      if (!failing) log.error({ err: toAppError(error), service: name }, 'service.look-failed');
      failing = true;
      return afterFailureMs;
    }
  }

  async function run(state: { stopped: boolean }): Promise<void> {
    while (!state.stopped) {
      isWoken = false;
      const waitMs = await lookOnce();
      if (isWoken || state.stopped) continue;
      const wait = new AbortController();
      endWait = () => wait.abort();
      await clock.sleep(Math.max(0, waitMs), wait.signal).catch(() => {
        // Woken early or stopped: the loop's condition tells which.
      });
      endWait = undefined;
    }
  }

  const wake = () => {
    isWoken = true;
    endWait?.();
  };

  return {
    start() {
      const state = { stopped: false, done: Promise.resolve() };
      state.done = run(state);
      running = state;
    },
    async stop() {
      const ending = running;
      if (!ending) return;
      ending.stopped = true;
      wake();
      await ending.done;
      running = undefined;
    },
    wake,
    health() {
      if (!running) return { state: 'off' };
      return failing ? { state: 'degraded', reason: 'internal' } : { state: 'ok' };
    },
  };
}
