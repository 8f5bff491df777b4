import type { RouteRecord } from '../db/route-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Settled } from './settle-delivery.ts';
import { createTokenBucket } from './token-bucket.ts';

/** What is known of a route while the desk runs: its rate, and whether it is to be left alone. */
export type DeliveryLane = {
  readonly revision: number;
  working: number;
  readonly trouble: string | undefined;
  /** How long it is left alone from now; 0 when it may be tried. */
  pausedMs(): number;
  /** Its service said when it takes more: what waits may wait for it. */
  isThrottled(): boolean;
  /** It may be over by itself; what a person must mend is not. */
  isPassing(): boolean;
  room(): number;
  take(): boolean;
  waitMs(): number;
  settled(result: Settled): void;
};

/** While one is on its way, others need not wait; more at once would only share the same line. */
const mostAtOnce = 16;
const pausesMs = [5000, 15_000, 30_000, 60_000, 120_000, 300_000] as const;
/** A person must mend it: asking again and again would lock the account. */
const deniedMs = 600_000;
const denied = new Set(['route-login-refused', 'route-forbidden', 'route-not-set-up']);
const lasting = new Set([...denied, 'route-no-money', 'money-limit']);

export function createDeliveryLane(route: RouteRecord, clock: Clock): DeliveryLane {
  const bucket = createTokenBucket(route.perMinute, clock);
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let trouble: string | undefined;
  let working = 0;
  const pausedMs = () => Math.max(0, pausedUntil - clock.elapsed());
  return {
    revision: route.revision,
    get working() {
      return working;
    },
    set working(count) {
      working = count;
    },
    get trouble() {
      return trouble;
    },
    pausedMs,
    isThrottled: () => trouble === 'route-throttled' && pausedMs() <= deniedMs,
    isPassing: () => trouble !== undefined && !lasting.has(trouble),
    // After trouble one goes ahead to see.
    room: () => (trouble === undefined ? mostAtOnce : 1) - working,
    take: () => bucket.take(),
    waitMs: () => bucket.waitMs(),
    settled({ trouble: met }) {
      const isPaused = pausedMs() > 0;
      if (!met) {
        failures = 0;
        // One that was under way when the service said how long to wait says nothing against it.
        if (isPaused && trouble === 'route-throttled') return;
        trouble = undefined;
        pausedUntil = Number.NEGATIVE_INFINITY;
        return;
      }
      // Those that were on their way together stumbled over the same thing.
      if (isPaused && met.pauseMs === undefined && !denied.has(met.code)) return;
      const ladderMs = pausesMs[Math.min(failures, pausesMs.length - 1)] ?? pausesMs[0];
      const pauseMs = met.pauseMs ?? (denied.has(met.code) ? deniedMs : ladderMs);
      failures += 1;
      trouble = met.code;
      pausedUntil = Math.max(pausedUntil, clock.elapsed() + pauseMs);
    },
  };
}
