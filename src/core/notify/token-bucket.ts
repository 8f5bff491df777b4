import type { Clock } from '../platform/clock.ts';

export type TokenBucket = {
  /** false: the rate is used up for now. */
  take(): boolean;
  /** Until there is one to take. */
  waitMs(): number;
};

const minuteMs = 60_000;
/** A second's worth may leave at once after a pause: services count seconds as well as minutes. */
const burstShare = 60;

export function createTokenBucket(perMinute: number, clock: Pick<Clock, 'elapsed'>): TokenBucket {
  const most = Math.max(1, Math.ceil(perMinute / burstShare));
  let tokens = most;
  let at = clock.elapsed();
  const fill = () => {
    const now = clock.elapsed();
    tokens = Math.min(most, tokens + ((now - at) * perMinute) / minuteMs);
    at = now;
  };
  return {
    take() {
      fill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    waitMs() {
      fill();
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * minuteMs) / perMinute);
    },
  };
}
