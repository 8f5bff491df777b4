import type { DeliveryRecord } from '../db/delivery-store.ts';
import { leaveUnknown } from './leave-unknown.ts';
import type { SettleParts } from './settle-delivery.ts';

const interrupted = { code: 'interrupted', detail: '' } as const;

/**
 * After a crash, or an attempt whose outcome could not be written: what had not begun to leave may be tried again; what
 * had is asked for or shown, unless its service takes it only once.
 */
export function recoverDeliveries(parts: SettleParts, active: ReadonlyMap<number, unknown>): void {
  const lost = parts.deliveries.sending().filter(({ id }) => !active.has(id));
  if (lost.length === 0) return;
  parts.db.transact((revision) => {
    for (const delivery of lost) recover(parts, delivery, revision);
    parts.db.touch('notification');
  });
  parts.log.warn({ count: lost.length }, 'delivery.recovered');
}

function recover(parts: SettleParts, delivery: DeliveryRecord, revision: number): void {
  const { deliveries, attempts, clock, atWork } = parts;
  const driver = delivery.routeId === null ? undefined : atWork.find(delivery.routeId)?.driver;
  const mayHaveLeft = delivery.wroteAt !== null;
  const open = attempts.open(delivery.id);
  if (open) {
    attempts.end(open.id, {
      endedAt: clock.now(),
      outcome: mayHaveLeft ? 'unknown' : 'not-sent',
      code: interrupted.code,
      detail: null,
      providerId: null,
      cost: mayHaveLeft ? open.cost : 0,
      segments: mayHaveLeft ? open.segments : null,
    });
  }
  if (mayHaveLeft && driver?.isIdempotent !== true) {
    parts.tried.forget(delivery.id);
    leaveUnknown(parts, delivery, driver, interrupted, revision);
    return;
  }
  deliveries.save({ ...delivery, state: 'queued', leaseUntil: null, errorCode: interrupted.code, revision });
}
