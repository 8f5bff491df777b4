import { AppError } from '../../shared/errors.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { Health, Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { createDeliveryLane, type DeliveryLane } from './delivery-lane.ts';
import { giveOver, waitForRoute } from './give-over.ts';
import { recoverDeliveries } from './recover-deliveries.ts';
import type { RouteAtWork } from './routes-at-work.ts';
import type { SettleParts } from './settle-delivery.ts';

export type DeliveryRunner = Service & {
  /** What a route is in trouble with now, for its tile. */
  troubleOf(routeId: number): string | undefined;
  /** Everything that was left alone may be tried now: the network is back. */
  retry(): void;
};

const longestWaitMs = 30_000;
/** Of those a route cannot take, handed on in one look: the desk stays at hand in between. */
const mostGivenOver = 100;
/** The database itself failed, most likely for want of space. */
const failedMs = 5000;

/** Takes what is queued to its routes: the most urgent first, no faster than a route allows. */
export function createDeliveryRunner(parts: SettleParts): DeliveryRunner {
  const { db, deliveries, clock, log } = parts;
  const lanes = new Map<number, DeliveryLane>();
  const active = new Map<number, { readonly ending: AbortController; readonly work: Promise<void> }>();
  let stopping = new AbortController();
  let unfollow: () => void = () => {};

  const loop = createWatchLoop({
    name: 'notify-send',
    clock,
    log,
    look() {
      recoverDeliveries(parts, active);
      return Math.min(longestWaitMs, ...deliveries.queuedRoutes().map(lookAt));
    },
  });

  function laneOf({ route }: RouteAtWork): DeliveryLane {
    const before = lanes.get(route.id);
    if (before && before.revision === route.revision) return before;
    const lane = createDeliveryLane(route, clock);
    lane.working = before?.working ?? 0;
    lanes.set(route.id, lane);
    return lane;
  }

  /** Returns how long this route needs no look. */
  function lookAt(routeId: number | null): number {
    const atWork = routeId === null ? undefined : parts.atWork.find(routeId);
    if (!atWork) return handOn(routeId, 'route-not-set-up');
    const lane = laneOf(atWork);
    const pausedMs = lane.pausedMs();
    if (pausedMs > 0) {
      if (lane.isThrottled()) return pausedMs;
      return handOn(routeId, lane.trouble ?? 'route-unavailable', lane.isPassing() ? pausedMs : 0);
    }
    const now = clock.now();
    for (const delivery of deliveries.queued(routeId, now, Math.max(0, lane.room()))) {
      if (!lane.take()) return lane.waitMs();
      begin(atWork, lane, delivery);
    }
    // Whoever ends wakes the loop.
    if (lane.room() <= 0) return longestWaitMs;
    const nextAt = deliveries.nextQueuedAt(routeId);
    return nextAt === undefined ? longestWaitMs : Math.max(0, nextAt - now);
  }

  /** Their turn goes to the next route, or the step has failed. */
  function handOn(routeId: number | null, code: string, pausedMs = 0): number {
    const now = clock.now();
    const batch = deliveries.queued(routeId, now, mostGivenOver);
    if (batch.length > 0) {
      db.transact((revision) => {
        for (const delivery of batch) {
          if (deliveries.require(delivery.id).state !== 'queued') continue;
          if (routeId !== null) parts.tried.add(delivery.id, routeId);
          if (pausedMs > 0 && waitForRoute(parts, delivery, pausedMs, revision)) continue;
          giveOver(parts, delivery, { code, detail: null, isFinal: false }, revision);
        }
      });
    }
    const nextAt = deliveries.nextQueuedAt(routeId);
    return nextAt === undefined ? longestWaitMs : Math.max(0, nextAt - now);
  }

  function begin(atWork: RouteAtWork, lane: DeliveryLane, delivery: DeliveryRecord): void {
    const ending = new AbortController();
    lane.working += 1;
    const work = attemptDelivery(
      parts,
      { ...atWork, delivery },
      AbortSignal.any([stopping.signal, ending.signal]),
    )
      .then((settled) => {
        if (settled) currentLane(lane, atWork).settled(settled);
      })
      .catch((error: unknown) => {
        lane.settled({ trouble: { code: 'internal', pauseMs: failedMs } });
        log.error({ err: error, deliveryId: delivery.id }, 'delivery.attempt-broken');
      })
      .finally(() => {
        // Its next try by another route may have begun already: that one is not over.
        if (active.get(delivery.id)?.ending === ending) active.delete(delivery.id);
        currentLane(lane, atWork).working -= 1;
        loop.wake();
      });
    active.set(delivery.id, { ending, work });
  }

  /** The route may have been changed while it was on its way. */
  function currentLane(lane: DeliveryLane, { route }: RouteAtWork): DeliveryLane {
    return lanes.get(route.id) ?? lane;
  }

  /** Nobody wants them any more, and they have not begun to leave. */
  function endTakenBack(): void {
    for (const [id, { ending }] of active) {
      if (deliveries.find(id)?.state === 'cancelled') ending.abort(new AppError('cancelled'));
    }
  }

  return {
    name: 'notify-send',
    troubleOf: (routeId) => lanes.get(routeId)?.trouble,
    retry() {
      lanes.clear();
      for (const { route, driver } of parts.atWork.all()) {
        const lane = laneOf({ route, driver });
        lane.working = [...active.keys()].filter((id) => deliveries.find(id)?.routeId === route.id).length;
      }
      loop.wake();
    },
    async start() {
      stopping = new AbortController();
      unfollow = db.onCommit(({ kinds }) => {
        if (!kinds.has('notification') && !kinds.has('route')) return;
        endTakenBack();
        loop.wake();
      });
      loop.start();
    },
    async stop() {
      unfollow();
      stopping.abort();
      await loop.stop();
      await Promise.all([...active.values()].map(({ work }) => work));
    },
    health(): Health {
      const health = loop.health();
      if (health.state !== 'ok') return health;
      const { queued, unknown } = deliveries.counts();
      const facts = { waiting: queued, unknown };
      const trouble = [...lanes.values()].find((lane) => lane.trouble !== undefined)?.trouble;
      return trouble !== undefined && queued > 0
        ? { state: 'degraded', reason: trouble, facts }
        : { state: 'ok', facts };
    },
  };
}
