import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import { aboutOf } from './end-notification.ts';
import type { NotifyParts } from './parts.ts';
import { raiseReachAlarm } from './reach-alarms.ts';

/**
 * After a restore: what a ladder thinks still waits may have left, and who it climbs for may have answered, in the days
 * that were lost. Nothing is sent again blindly; the dispatcher is told of each and decides.
 */
export function haltLadders(parts: NotifyParts): void {
  const open = parts.notifications.open();
  if (open.length === 0) return;
  parts.db.transact((revision) => {
    for (const notification of open) halt(parts, notification, revision);
  });
}

function halt(parts: NotifyParts, notification: NotificationRecord, revision: number): void {
  const { notifications, deliveries, clock, db } = parts;
  const endedAt = clock.now();
  for (const delivery of deliveries.ofNotification(notification.id)) {
    if (delivery.state !== 'queued' && delivery.state !== 'sending') continue;
    deliveries.save({ ...delivery, state: 'unknown', leaseUntil: null, errorCode: 'restored', revision });
    endAttempt(parts, delivery, endedAt);
  }
  notifications.save({ ...notification, state: 'not-reached', heldBy: null, dueAt: null, endedAt, revision });
  raiseReachAlarm(parts, 'unknown', aboutOf(notification), revision);
  db.touch('notification', notification.incidentId ?? undefined);
}

/** One that was under way when the backup was made; its share of the day's money stays taken. */
function endAttempt(
  { attempts }: Pick<NotifyParts, 'attempts'>,
  delivery: DeliveryRecord,
  endedAt: number,
): void {
  const open = attempts.open(delivery.id);
  if (open) attempts.end(open.id, { ...open, endedAt, outcome: 'unknown', code: 'restored' });
}
