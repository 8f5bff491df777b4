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
};

/**
 * They know: everything still queued for it, and for whoever it was passed on to, stops in this transaction. False: it
 * was acknowledged before. Late ones count too: what was given up or called off is known after all.
 */
export function acknowledge(
  parts: NotifyParts,
  id: number,
  { by, at, personId }: Acknowledgement,
  revision: number,
): boolean {
  const notification = parts.notifications.require(id);
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
  for (const other of parts.notifications.ofChain(notification.chain)) {
    if (other.id !== id) cancelNotification(parts, other.id, revision);
  }
  for (const member of parts.notifications.membersOf(id)) {
    acknowledge(parts, member.id, { by, at, personId }, revision);
  }
  acknowledgeReachAlarms(parts, parts.reachAlarms.soundingOfChain(notification.chain), personId);
  parts.db.touch('notification', notification.incidentId ?? undefined);
  parts.effects().ended(acknowledged, revision);
  return true;
}
