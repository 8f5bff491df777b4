import type { NotifyParts } from './parts.ts';
import { stopDeliveries } from './stop-deliveries.ts';

/** Stops a ladder inside the caller's transaction; false: it had ended before. What has left has left. */
export function cancelNotification(parts: NotifyParts, id: number, revision: number): boolean {
  const notification = parts.notifications.require(id);
  if (notification.state !== 'waiting' && notification.state !== 'climbing') return false;
  stopDeliveries(parts, id, revision);
  const endedAt = parts.clock.now();
  parts.notifications.save({
    ...notification,
    state: 'cancelled',
    heldBy: null,
    dueAt: null,
    endedAt,
    revision,
  });
  parts.db.touch('notification', notification.incidentId ?? undefined);
  return true;
}
