import { AppError, toAppError } from '../../shared/errors.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import { nameOf } from './addresses-of.ts';
import { reserveMoney } from './money.ts';
import type { Dispatch, DispatchHooks, Sent } from './route-driver.ts';
import type { RouteAtWork } from './routes-at-work.ts';
import type { SendParts } from './send-parts.ts';
import { endUnsent } from './stop-deliveries.ts';
import { settleFailure, settleSent, type Settled, type SettleParts } from './settle-delivery.ts';

export type Attempted = RouteAtWork & { readonly delivery: DeliveryRecord };

const leaseMs = 600_000;
/** A driver keeps its own time; this one is for a driver that does not. */
const graceMs = 15_000;

/** One try of one route: undefined when there was nothing to do. */
export async function attemptDelivery(
  parts: SettleParts,
  { route, driver, delivery: queued }: Attempted,
  signal: AbortSignal,
): Promise<Settled | undefined> {
  const claimed = claim(parts, { route, driver, delivery: queued });
  if (!claimed) return undefined;
  const { attemptId, delivery, dispatch } = claimed;
  let wrote = false;
  const hooks: DispatchHooks = {
    wrote() {
      parts.db.transact((revision) => {
        const current = parts.deliveries.require(delivery.id);
        // Taken back the moment before, or somebody else's by now: one of two tries may leave.
        if (current.state !== 'sending' || current.attempts !== delivery.attempts) {
          throw new AppError('cancelled', { details: { certainty: 'not-sent' } });
        }
        const money = reserveMoney(parts, route, attemptId, dispatch);
        parts.deliveries.save({ ...current, ...money, wroteAt: parts.clock.now(), revision });
      });
      wrote = true;
    },
  };
  const attempt = { attemptId, deliveryId: delivery.id, route, driver };
  let sent: Sent;
  try {
    sent = await within(parts, route.timeoutMs + graceMs, signal, (ending) =>
      driver.send(dispatch, hooks, ending),
    );
  } catch (thrown) {
    return settleFailure(parts, { ...attempt, wrote, error: toAppError(thrown) });
  }
  return settleSent(parts, { ...attempt, sent });
}

/** Ends when time is over or the signal aborts, whatever the driver does about it. */
async function within<T>(
  { clock }: SendParts,
  ms: number,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const done = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const aborted = new Promise<never>((_, reject) => {
    const end = () =>
      reject(over.signal.aborted ? new AppError('timeout', timedOut) : new AppError('cancelled'));
    if (ending.aborted) end();
    else ending.addEventListener('abort', end, { once: true, signal: done.signal });
  });
  clock.sleep(ms, done.signal).then(
    () => over.abort(),
    () => undefined,
  );
  const work = send(ending);
  // Whatever it still says when it was given up is nobody's business.
  work.catch(() => undefined);
  aborted.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    done.abort();
  }
}

const timedOut = { details: { reason: 'route-timeout', scope: 'route' } } as const;

function claim(parts: SendParts, { route, delivery: queued }: Attempted) {
  const { db, deliveries, notifications, attempts, clock } = parts;
  return db.transact((revision) => {
    const current = deliveries.require(queued.id);
    const now = clock.now();
    if (current.state !== 'queued' || current.notBefore > now || current.routeId !== route.id)
      return undefined;
    const notification = notifications.require(current.notificationId);
    if (notification.state !== 'climbing') {
      endUnsent(parts, current, { state: 'cancelled' }, revision);
      db.touch('notification');
      return undefined;
    }
    const delivery: DeliveryRecord = {
      ...current,
      state: 'sending',
      leaseUntil: now + leaseMs,
      attempts: current.attempts + 1,
      revision,
    };
    deliveries.save(delivery);
    const attemptId = attempts.begin({
      deliveryId: delivery.id,
      routeId: route.id,
      routeName: route.name,
      startedAt: now,
    });
    db.touch('notification');
    const files = notifications.files(notification.id).map((file) => ({
      path: parts.filePath(file),
      fileName: file.fileName,
      mimeType: file.mimeType,
      size: file.size,
    }));
    const dispatch: Dispatch = {
      deliveryId: delivery.id,
      uuid: delivery.uuid,
      address: delivery.address,
      name: notification.party ? nameOf(parts, notification.party) : '',
      title: notification.title,
      text: notification.text,
      urgency: notification.urgency,
      verbs: notification.verbs,
      code: notification.code,
      files,
    };
    return { attemptId, delivery, dispatch };
  });
}
