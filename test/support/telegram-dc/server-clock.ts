export type ServerClock = {
  /** Unix time as the server believes it to be. */
  seconds(): number;
  /** Rising over all data centres; the low bits say whether it answers a request. */
  nextMsgId(kind: 'answer' | 'push'): bigint;
  skew(seconds: number): void;
};

export function createServerClock(now: () => number): ServerClock {
  let skewSeconds = 0;
  let last = 0n;
  const seconds = () => Math.floor(now() / 1000) + skewSeconds;
  return {
    seconds,
    nextMsgId(kind) {
      let id = (BigInt(seconds()) << 32n) | (BigInt(Math.floor(now() % 1000)) << 22n);
      if (id <= last) id = (last | 3n) + 1n;
      last = id;
      return id | (kind === 'answer' ? 1n : 3n);
    },
    skew(offsetSeconds) {
      skewSeconds = offsetSeconds;
      // A clock put back must give old-looking ids again, or clients never notice.
      last = 0n;
    },
  };
}
