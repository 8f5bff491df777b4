import type { Clock } from './clock.ts';

export type SleepWatch = {
  /** Whether the machine slept since the last question. */
  hasSlept(): boolean;
  /** The system says that it slept; the next question answers so, whatever the clocks say. */
  told(): void;
};

/** Without a word of the system: the wall clock went on and the monotonic one stood still. Not on every system it does. */
export function createSleepWatch(clock: Clock, gapMs: number): SleepWatch {
  let wall = clock.now();
  let steady = clock.elapsed();
  let isTold = false;
  return {
    hasSlept() {
      const slept = isTold || clock.now() - wall - (clock.elapsed() - steady) > gapMs;
      wall = clock.now();
      steady = clock.elapsed();
      isTold = false;
      return slept;
    },
    told() {
      isTold = true;
    },
  };
}
