import type { Clock } from '../platform/clock.ts';
import { toAppError } from '../../shared/errors.ts';

export type Timeline = {
  /** Runs `action` after `ms` of story time; actions due together run in the order they were planned. */
  plan(ms: number, action: () => void): void;
  setSpeed(speed: number): void;
  setPaused(paused: boolean): void;
  readonly speed: number;
  readonly paused: boolean;
  /** Plays until stopped; rejects only on a failure of an action. */
  run(): Promise<void>;
  stop(): void;
};

type Planned = { readonly at: number; readonly action: () => void };

/** Long enough to cost nothing; a change of plan, speed or pause wakes the player at once. */
const idleMs = 3_600_000;

/** Story time: it passes `speed` times as fast as real time, and not at all while paused. */
export function createTimeline(clock: Clock, initialSpeed: number): Timeline {
  const planned: Planned[] = [];
  let speed = initialSpeed;
  let paused = false;
  let stopped = false;
  let storyMs = 0;
  let countedAt = clock.elapsed();
  let wait = new AbortController();

  const storyNow = () => {
    const elapsed = clock.elapsed();
    if (!paused) storyMs += (elapsed - countedAt) * speed;
    countedAt = elapsed;
    return storyMs;
  };
  const sleepUntilChange = async (ms: number) => {
    wait = new AbortController();
    try {
      await clock.sleep(Math.min(ms, idleMs), wait.signal);
    } catch (error) {
      if (toAppError(error).code !== 'cancelled') throw error;
    }
  };

  return {
    plan(ms, action) {
      const at = storyNow() + ms;
      const later = planned.findIndex((other) => other.at > at);
      planned.splice(later < 0 ? planned.length : later, 0, { at, action });
      wait.abort();
    },
    setSpeed(next) {
      storyNow();
      speed = next;
      wait.abort();
    },
    setPaused(next) {
      storyNow();
      paused = next;
      wait.abort();
    },
    get speed() {
      return speed;
    },
    get paused() {
      return paused;
    },
    async run() {
      while (!stopped) {
        const [next] = planned;
        const leftMs = next === undefined || paused ? idleMs : (next.at - storyNow()) / speed;
        if (next !== undefined && leftMs <= 0) {
          planned.shift();
          next.action();
        } else await sleepUntilChange(leftMs);
      }
    },
    stop() {
      stopped = true;
      wait.abort();
    },
  };
}
