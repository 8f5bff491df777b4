import type { Random } from './random.ts';

export type BackoffPolicy = { readonly firstMs: number; readonly factor: number; readonly maxMs: number };

export type Backoff = {
  /** The wait before the next try, in milliseconds. */
  next(): number;
  reset(): void;
};

/** Jittered by half: desks that lost the same server must not return to it in step. */
export function createBackoff(policy: BackoffPolicy, random: Random): Backoff {
  let failures = 0;
  return {
    next() {
      const ceilingMs = Math.min(policy.maxMs, policy.firstMs * policy.factor ** Math.min(failures, 16));
      failures += 1;
      return Math.round(ceilingMs * (0.5 + random.number() / 2));
    },
    reset() {
      failures = 0;
    },
  };
}
