import { randomBytes } from 'node:crypto';

/** The only source of randomness, so that a test can choose it. */
export type Random = {
  /** In [0, 1). */
  number(): number;
  bytes(count: number): Uint8Array;
};

/** Drawn in one go: asking the system for ten bytes at a time costs more than making a row. */
const poolBytes = 4096;
let pool: Uint8Array = new Uint8Array(0);
let used = 0;

export const systemRandom: Random = {
  number: () => Math.random(),
  bytes(count) {
    if (count > poolBytes) return randomBytes(count);
    if (used + count > pool.length) {
      pool = randomBytes(poolBytes);
      used = 0;
    }
    used += count;
    // A copy: a view would keep the whole draw alive.
    return Uint8Array.from(pool.subarray(used - count, used));
  },
};
