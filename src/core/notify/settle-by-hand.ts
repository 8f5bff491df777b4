import { AppError } from '../../shared/errors.ts';
import { climbOn } from './climb-on.ts';
import { reachAfterAll } from './end-notification.ts';
import { type NoticeParts, tellChange } from './notice-parts.ts';
import { acknowledgeReachAlarms } from './reach-alarms.ts';

/**
 * Somebody asked whether a message of unknown outcome arrived. Throws `conflict` (reason `delivery-known`) when it has
 * become known meanwhile: what a provider says is worth more.
 */
export function settleByHand(
  parts: NoticeParts,
  { deliveryId, arrived }: { readonly deliveryId: number; readonly arrived: boolean },
  actor: number,
): void {
  const { db, deliveries, notifications, reachAlarms, clock } = parts;
  db.transact((revision) => {
    const delivery = deliveries.require(deliveryId);
    if (delivery.state !== 'unknown') {
      throw new AppError('conflict', { details: { reason: 'delivery-known' } });
    }
    const now = clock.now();
    const settled = { ...delivery, nextPollAt: null, revision };
    deliveries.save(
      arrived
        ? { ...settled, state: 'accepted', acceptedAt: now, errorCode: null }
        : { ...settled, state: 'failed', failedAt: now, errorCode: 'never-arrived' },
    );
    const notification = notifications.require(delivery.notificationId);
    const alarms = reachAlarms
      .sounding()
      .filter(({ kind, notificationId }) => kind === 'unknown' && notificationId === notification.id);
    acknowledgeReachAlarms(
      parts,
      alarms.map(({ id }) => id),
      actor,
    );
    tellChange(parts, notification, arrived ? 'arrived' : 'never-arrived', actor);
    climbOn(parts, notification.id, revision);
    reachAfterAll(parts, notification.id, revision);
    db.touch('notification', notification.incidentId ?? undefined);
  });
}
