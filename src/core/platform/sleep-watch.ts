import type { Clock } from './clock.ts';

/** Tells whether the machine slept since the last question: the wall clock went on and the monotonic one stood still. */
export function createSleepWatch(clock: Clock, gapMs: number): () => boolean {
  let wall = clock.now();
  let steady = clock.elapsed();
  return () => {
    const slept = clock.now() - wall - (clock.elapsed() - steady) > gapMs;
    wall = clock.now();
    steady = clock.elapsed();
    return slept;
  };
}
