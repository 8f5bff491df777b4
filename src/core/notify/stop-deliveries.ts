import type { NotifyParts } from './parts.ts';

/** Takes back everything that has not begun to leave; an attempt under way finds it so before its first byte. */
export function stopDeliveries(
  { deliveries }: Pick<NotifyParts, 'deliveries'>,
  notificationId: number,
  revision: number,
): void {
  for (const delivery of deliveries.ofNotification(notificationId)) {
    const hasNotLeft =
      delivery.state === 'queued' || (delivery.state === 'sending' && delivery.wroteAt === null);
    if (hasNotLeft) {
      deliveries.save({ ...delivery, state: 'cancelled', leaseUntil: null, nextPollAt: null, revision });
    }
  }
}
