import type { ReachChannel } from '../../shared/domain/reaching.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import { cancelNotification } from './cancel-notification.ts';
import type { NotifyParts } from './parts.ts';
import { acknowledgeReachAlarms } from './reach-alarms.ts';
import { stopDeliveries } from './stop-deliveries.ts';

export type Acknowledgement = {
  /** The channel the answer came by, or a dispatcher who says so. */
  readonly by: ReachChannel | 'hand';
  readonly at: number;
  /** The dispatcher, when it is by hand. */
  readonly personId: number | null;
  /** They know, and will not do it: whoever else was told goes on being told. */
  readonly isRefusal?: boolean;
};

/**
 * They know: everything still queued for it, and for whoever it was passed on to, stops in this transaction. False: it
 * was acknowledged before. Late ones count too: what was given up or called off is known after all.
 */
export function acknowledge(
  parts: NotifyParts,
  id: number,
  acknowledgement: Acknowledgement,
  revision: number,
): boolean {
  const { by, at, personId, isRefusal = false } = acknowledgement;
  const notification = parts.notifications.require(id);
  if (!isRefusal) stopOthers(parts, notification, revision);
  if (notification.acknowledgedAt !== null) return false;
  const { state } = notification;
  const acknowledged: NotificationRecord = {
    ...notification,
    state: state === 'cancelled' || state === 'bundled' ? state : 'acknowledged',
    heldBy: null,
    dueAt: null,
    endedAt: notification.endedAt ?? parts.clock.now(),
    acknowledgedAt: at,
    acknowledgedBy: by,
    revision,
  };
  stopDeliveries(parts, id, revision);
  parts.notifications.save(acknowledged);
  for (const member of parts.notifications.membersOf(id)) {
    acknowledge(parts, member.id, acknowledgement, revision);
  }
  const heard = isRefusal
    ? (['not-reached', 'unknown'] as const).flatMap((kind) => parts.reachAlarms.soundingOf(id, kind))
    : parts.reachAlarms.soundingOfChain(notification.chain);
  acknowledgeReachAlarms(parts, heard, personId);
  parts.db.touch('notification', notification.incidentId ?? undefined);
  parts.effects().ended(acknowledged, revision);
  return true;
}

/** Somebody has taken it, be it on second thoughts: nobody else is told. */
function stopOthers(parts: NotifyParts, { id, chain }: NotificationRecord, revision: number): void {
  for (const other of parts.notifications.ofChain(chain)) {
    if (other.id !== id) cancelNotification(parts, other.id, revision);
  }
}
