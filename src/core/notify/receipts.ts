import type { DeliveryRecord } from '../db/delivery-store.ts';
import { climbOn } from './climb-on.ts';
import { loseAfterAll, reachAfterAll } from './end-notification.ts';
import type { NotifyParts } from './parts.ts';
import { acknowledgeReachAlarms } from './reach-alarms.ts';
import type { StatusReport } from './route-driver.ts';

const ranks: Readonly<Record<DeliveryRecord['state'], number>> = {
  queued: 0,
  sending: 0,
  unknown: 0,
  failed: 1,
  cancelled: 5,
  accepted: 1,
  delivered: 2,
  read: 3,
  acknowledged: 4,
};

/**
 * What a report makes of a delivery: forward only. A failure counts until it is known to have arrived; what was called a
 * failure and arrives after all has arrived.
 */
export function advance(delivery: DeliveryRecord, report: StatusReport, at: number): DeliveryRecord {
  const { state, acceptedAt } = delivery;
  const told = {
    ...delivery,
    providerStatus: report.raw,
    cost: report.cost ?? delivery.cost,
    segments: report.segments ?? delivery.segments,
  };
  if (report.status === 'failed') {
    return ranks[state] > 1 ? told : { ...told, state: 'failed', failedAt: delivery.failedAt ?? at };
  }
  const moved = ranks[report.status] > ranks[state] ? { ...told, state: report.status } : told;
  if (state === 'cancelled') return told;
  return {
    ...moved,
    acceptedAt: acceptedAt ?? at,
    deliveredAt: report.status === 'delivered' ? (delivery.deliveredAt ?? at) : delivery.deliveredAt,
    readAt: report.status === 'read' ? (delivery.readAt ?? at) : delivery.readAt,
    acknowledgedAt:
      report.status === 'acknowledged' ? (delivery.acknowledgedAt ?? at) : delivery.acknowledgedAt,
  };
}

/** A report of a provider inside the caller's transaction; the ladder goes on by it. */
export function takeReport(
  parts: NotifyParts,
  delivery: DeliveryRecord,
  told: { readonly report: StatusReport; readonly at: number; readonly eventId: string },
  revision: number,
): DeliveryRecord {
  const { report, at, eventId } = told;
  const { status, raw } = report;
  const receipt = { deliveryId: delivery.id, eventId, status, raw, at, takenAt: parts.clock.now() };
  const isNew = parts.replies.insertReceipt(receipt);
  if (!isNew) return delivery;
  const moved = advance(delivery, report, at);
  // Asked no more where it has failed; where it has come further the next question tells.
  const next = { ...moved, nextPollAt: moved.state === 'failed' ? null : moved.nextPollAt, revision };
  parts.deliveries.save(next);
  correctCost(parts, next, report);
  parts.db.touch('notification');
  if (next.state === delivery.state) return next;
  // What was in doubt is known now.
  if (delivery.state === 'unknown') {
    acknowledgeReachAlarms(parts, parts.reachAlarms.soundingOf(delivery.notificationId, 'unknown'), null);
  }
  loseAfterAll(parts, delivery.notificationId, revision);
  climbOn(parts, delivery.notificationId, revision);
  reachAfterAll(parts, delivery.notificationId, revision);
  return next;
}

function correctCost(
  { attempts }: NotifyParts,
  { id }: DeliveryRecord,
  { cost, segments }: StatusReport,
): void {
  if (cost === undefined) return;
  const attempt = attempts.last(id);
  if (attempt) attempts.setCost(attempt.id, cost, segments ?? null);
}
