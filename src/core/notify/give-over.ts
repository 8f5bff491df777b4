import type { DeliveryRecord } from '../db/delivery-store.ts';
import { chooseRoute } from './addresses-of.ts';
import { climbOn } from './climb-on.ts';
import { leaveUnknown } from './leave-unknown.ts';
import type { NotifyParts } from './parts.ts';
import type { SendParts } from './send-parts.ts';
import { mayHaveLeft } from './stop-deliveries.ts';

/** Routes that were tried in this try of the step; forgotten with a restart, when nothing of it has left. */
export type Tried = {
  of(deliveryId: number): ReadonlySet<number>;
  add(deliveryId: number, routeId: number): void;
  forget(deliveryId: number): void;
};

export function createTried(): Tried {
  const tried = new Map<number, Set<number>>();
  return {
    of: (deliveryId) => tried.get(deliveryId) ?? new Set(),
    add: (deliveryId, routeId) =>
      void tried.set(deliveryId, (tried.get(deliveryId) ?? new Set<number>()).add(routeId)),
    forget: (deliveryId) => void tried.delete(deliveryId),
  };
}

export type GivenOver = {
  readonly code: string;
  readonly detail: string | null;
  /** Another try would only be refused again. */
  readonly isFinal: boolean;
};

/**
 * What is not urgent waits for the only route it has, as long as its step may take: an outage of a minute must not make a
 * thousand failures. False: there is another way, or no more time.
 */
export function waitForRoute(
  parts: NotifyParts & { readonly tried: Tried },
  delivery: DeliveryRecord,
  pausedMs: number,
  revision: number,
): boolean {
  if (delivery.rank !== leastUrgent) return false;
  const { ladder, party } = parts.notifications.require(delivery.notificationId);
  const planned = ladder.steps[delivery.step];
  const now = parts.clock.now();
  const lastAt = delivery.dueAt + (planned?.waitSeconds ?? 0) * 1000;
  if (now >= lastAt) return false;
  const step = { channel: delivery.channel, address: planned?.address ?? '' };
  if (chooseRoute(parts, step, party, parts.tried.of(delivery.id)).route) return false;
  parts.deliveries.save({ ...delivery, notBefore: Math.min(now + pausedMs, lastAt), revision });
  return true;
}

const leastUrgent = 2;
const retriesMs = [5000, 15_000, 30_000, 60_000] as const;

/**
 * Nothing has left by the route: the next route takes it; when all have been tried it waits for the step's next try, and
 * when those are used up the ladder goes on. Inside the caller's transaction.
 */
export function giveOver(
  parts: SendParts & { readonly tried: Tried },
  delivery: DeliveryRecord,
  { code, detail, isFinal }: GivenOver,
  revision: number,
): void {
  const { deliveries, notifications, clock, tried } = parts;
  if (mayHaveLeft(parts, delivery)) {
    // An earlier try may have been taken, by a route that takes it once: no other may send it besides.
    tried.forget(delivery.id);
    const driver = delivery.routeId === null ? undefined : parts.atWork.find(delivery.routeId)?.driver;
    leaveUnknown(parts, delivery, driver, { code, detail: detail ?? '' }, revision);
    return;
  }
  const now = clock.now();
  const notification = notifications.require(delivery.notificationId);
  const planned = notification.ladder.steps[delivery.step];
  const failed = {
    ...delivery,
    state: 'queued',
    leaseUntil: null,
    wroteAt: null,
    errorCode: code,
    errorDetail: detail,
    notBefore: now,
    revision,
  } as const;
  const step = { channel: delivery.channel, address: planned?.address ?? '' };
  const chosen = chooseRoute(parts, step, notification.party, tried.of(delivery.id));
  if (chosen.route) {
    deliveries.save({ ...failed, routeId: chosen.route.id, address: chosen.address });
    parts.db.touch('notification');
    return;
  }
  tried.forget(delivery.id);
  const tries = delivery.tries + 1;
  const again = chooseRoute(parts, step, notification.party);
  if (!isFinal && again.route && tries <= (planned?.retries ?? 0)) {
    const notBefore = now + (retriesMs[Math.min(tries, retriesMs.length) - 1] ?? retriesMs[0]);
    deliveries.save({ ...failed, tries, notBefore, routeId: again.route.id, address: again.address });
    parts.db.touch('notification');
    return;
  }
  deliveries.save({ ...failed, state: 'failed', tries, failedAt: now });
  parts.db.touch('notification');
  climbOn(parts, delivery.notificationId, revision);
}
