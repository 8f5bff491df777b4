import type { DeliveryRecord } from '../db/delivery-store.ts';
import { climbOn } from './climb-on.ts';
import { aboutOf } from './end-notification.ts';
import type { NotifyParts } from './parts.ts';
import { raiseReachAlarm } from './reach-alarms.ts';
import type { RouteDriver } from './route-driver.ts';

export type Why = { readonly code: string; readonly detail: string };

/** Nobody knows whether it left: it is asked for where the service can be asked, else a person is told. */
export function leaveUnknown(
  parts: NotifyParts,
  current: DeliveryRecord,
  driver: RouteDriver | undefined,
  why: Why,
  revision: number,
): void {
  const mayAsk = driver?.find !== undefined;
  const nextPollAt = mayAsk ? parts.clock.now() + askedAfterMs : null;
  parts.deliveries.save({
    ...current,
    ...errorOf(why),
    state: 'unknown',
    leaseUntil: null,
    nextPollAt,
    polls: 0,
    revision,
  });
  parts.db.touch('notification');
  if (!mayAsk) tellUnknown(parts, current.notificationId, revision);
  climbOn(parts, current.notificationId, revision);
}

const askedAfterMs = 5000;

export function tellUnknown(parts: NotifyParts, notificationId: number, revision: number): void {
  const notification = parts.notifications.require(notificationId);
  if (notification.acknowledgedAt !== null) return;
  raiseReachAlarm(parts, 'unknown', aboutOf(notification), revision);
}

export function errorOf({ code, detail }: Why) {
  return { errorCode: code, errorDetail: detail };
}
