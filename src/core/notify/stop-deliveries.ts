import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { NotifyParts } from './parts.ts';

type StopParts = Pick<NotifyParts, 'deliveries' | 'attempts' | 'clock'>;

/** Takes back everything that has not begun to leave; an attempt under way finds it so before its first byte. */
export function stopDeliveries(parts: StopParts, notificationId: number, revision: number): void {
  for (const delivery of parts.deliveries.ofNotification(notificationId)) {
    const isWaiting =
      delivery.state === 'queued' || (delivery.state === 'sending' && delivery.wroteAt === null);
    if (isWaiting) endUnsent(parts, delivery, { state: 'cancelled' }, revision);
  }
}

/** Nothing more is sent for it; where an earlier try may have been taken, it is asked for. */
export function endUnsent(
  parts: StopParts,
  delivery: DeliveryRecord,
  end: Pick<DeliveryRecord, 'state'> & Partial<DeliveryRecord>,
  revision: number,
): void {
  const ended = { ...delivery, leaseUntil: null, nextPollAt: null, revision };
  parts.deliveries.save(
    mayHaveLeft(parts, delivery)
      ? { ...ended, state: 'unknown', nextPollAt: parts.clock.now(), polls: 0 }
      : { ...ended, ...end },
  );
}

/** Whether one of its tries may have been taken, whatever became of a later one. */
export function mayHaveLeft(
  { attempts }: Pick<NotifyParts, 'attempts'>,
  { id, attempts: count }: Pick<DeliveryRecord, 'id' | 'attempts'>,
): boolean {
  return count > 0 && attempts.of(id).some(({ outcome }) => outcome === 'unknown');
}
