import { randomBytes } from 'node:crypto';

/** The only source of randomness, so that a test can choose it. */
export type Random = {
  /** In [0, 1). */
  number(): number;
  bytes(count: number): Uint8Array;
};

export const systemRandom: Random = {
  number: () => Math.random(),
  bytes: (count) => randomBytes(count),
};
