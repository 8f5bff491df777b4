import type { Clock } from '../../src/core/platform/clock.ts';
import { AppError } from '../../src/shared/errors.ts';

export type FakeClock = Clock & {
  /** Passes `ms`, waking sleepers in order and letting promise chains settle after each. */
  advance(ms: number): Promise<void>;
  /** The wall clock jumps (set by hand, or the machine slept); `elapsed` and sleepers do not notice. */
  jump(ms: number): void;
  /** How many waits are pending; zero after a clean stop. */
  readonly sleeping: number;
};

type Sleeper = { readonly dueAt: number; readonly wake: () => void };

const defaultStartAt = Date.UTC(2026, 2, 4, 6, 0, 0);

export function createFakeClock(startAt: number = defaultStartAt): FakeClock {
  const sleepers = new Set<Sleeper>();
  let elapsedMs = 0;
  let offsetMs = startAt;

  return {
    now: () => offsetMs + elapsedMs,
    elapsed: () => elapsedMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const cancel = () => {
          sleepers.delete(sleeper);
          reject(new AppError('cancelled', { cause: signal?.reason }));
        };
        const sleeper: Sleeper = {
          dueAt: elapsedMs + Math.max(0, ms),
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', cancel);
            resolve();
          },
        };
        if (signal?.aborted === true) {
          cancel();
          return;
        }
        sleepers.add(sleeper);
        signal?.addEventListener('abort', cancel, { once: true });
      }),
    async advance(ms) {
      const target = elapsedMs + ms;
      await settle();
      for (let next = earliest(sleepers, target); next !== undefined; next = earliest(sleepers, target)) {
        elapsedMs = Math.max(elapsedMs, next.dueAt);
        next.wake();
        await settle();
      }
      elapsedMs = target;
      await settle();
    },
    jump(ms) {
      offsetMs += ms;
    },
    get sleeping() {
      return sleepers.size;
    },
  };
}

/** Sleepers due at the same moment wake in the order they fell asleep. */
function earliest(sleepers: ReadonlySet<Sleeper>, until: number): Sleeper | undefined {
  let found: Sleeper | undefined;
  for (const sleeper of sleepers) {
    if (sleeper.dueAt <= until && (found === undefined || sleeper.dueAt < found.dueAt)) found = sleeper;
  }
  return found;
}

/** Two turns of the event loop: all microtasks, and socket callbacks that were ready. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
