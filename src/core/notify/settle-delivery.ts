import { kindOfChannel } from '../../shared/domain/address-key.ts';
import type { AppError } from '../../shared/errors.ts';
import type { DeliveryOutcome } from '../db/delivery-attempt-store.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { Certainty } from './channel.ts';
import { climbOn } from './climb-on.ts';
import { firstPollAt } from './poll-times.ts';
import { giveOver, type Tried } from './give-over.ts';
import { errorOf, leaveUnknown, type Why } from './leave-unknown.ts';
import { advance, takeReport } from './receipts.ts';
import type { Sent } from './route-driver.ts';
import type { RouteAtWork } from './routes-at-work.ts';
import type { SendParts } from './send-parts.ts';

export type SettleParts = SendParts & { readonly tried: Tried };

/** What an attempt says of the route itself: undefined trouble is a route that works. */
export type Settled = {
  readonly trouble: { readonly code: string; readonly pauseMs: number | undefined } | undefined;
};

type Attempt = RouteAtWork & { readonly attemptId: number; readonly deliveryId: number };

const works: Settled = { trouble: undefined };
/** So often may a message go again to a service that takes it once. */
const mostRepeats = 5;
const repeatMs = 5000;

export function settleSent(
  parts: SettleParts,
  { attemptId, deliveryId, route, driver, sent }: Attempt & { readonly sent: Sent },
): Settled {
  const { db, deliveries, attempts, clock, tried, log } = parts;
  const early = sent.providerId === null ? [] : parts.earlyReceipts.take(route.id, sent.providerId);
  db.transact((revision) => {
    const now = clock.now();
    const current = deliveries.require(deliveryId);
    const isRefused = sent.status === 'failed';
    const cost = sent.cost ?? (isRefused ? 0 : (current.cost ?? 0));
    const segments = sent.segments ?? current.segments;
    attempts.end(attemptId, {
      endedAt: now,
      outcome: isRefused ? 'refused' : 'accepted',
      code: isRefused ? 'message-refused' : null,
      detail: sent.raw,
      providerId: sent.providerId,
      cost,
      segments,
    });
    if (isRefused) {
      tried.add(deliveryId, route.id);
      const why = { code: 'message-refused', detail: sent.raw, isFinal: true };
      giveOver(parts, { ...current, cost: null, segments: null }, why, revision);
      return;
    }
    let delivery: DeliveryRecord = {
      ...advance({ ...current, cost, segments }, sent, now),
      leaseUntil: null,
      wroteAt: current.wroteAt ?? now,
      providerId: sent.providerId,
      errorCode: null,
      errorDetail: null,
      nextPollAt: firstPollAt(driver, sent, now),
      polls: 0,
      revision,
    };
    deliveries.save(delivery);
    tried.forget(deliveryId);
    for (const told of early) delivery = takeReport(parts, delivery, told, revision);
    db.touch('notification');
    climbOn(parts, delivery.notificationId, revision);
  });
  log.info({ deliveryId, routeId: route.id }, 'delivery.accepted');
  return works;
}

type Failure = Attempt & { readonly wrote: boolean; readonly error: AppError };

export function settleFailure(parts: SettleParts, failure: Failure): Settled {
  const { attemptId, deliveryId, route, wrote, error } = failure;
  const { db, deliveries, log } = parts;
  const certainty = certaintyOf(error, wrote);
  const code = error.reason ?? error.code;
  const detail = String(error.details['raw'] ?? error.message);
  db.transact((revision) => {
    const current = deliveries.require(deliveryId);
    endAttempt(parts, current, { attemptId, certainty, code, detail });
    // Taken back meanwhile: nothing has left, and nothing is to.
    if (current.state !== 'sending') return;
    if (certainty === 'unknown') settleUnknown(parts, failure, current, { code, detail }, revision);
    else settleNothingLeft(parts, failure, current, { certainty, code, detail }, revision);
  });
  log.warn({ deliveryId, routeId: route.id, certainty, code }, 'delivery.attempt-failed');
  const isRoute = error.details['scope'] === 'route';
  return isRoute ? { trouble: { code, pauseMs: error.retryAfterMs } } : works;
}

type End = {
  readonly attemptId: number;
  readonly certainty: Certainty;
  readonly code: string;
  readonly detail: string;
};

/** What may have left keeps its share of the day's money. */
function endAttempt({ attempts, clock }: SettleParts, delivery: DeliveryRecord, end: End): void {
  const { attemptId, certainty, code, detail } = end;
  const isUnknown = certainty === 'unknown';
  const outcome: DeliveryOutcome = certainty;
  attempts.end(attemptId, {
    endedAt: clock.now(),
    outcome,
    code,
    detail,
    providerId: null,
    cost: isUnknown ? (delivery.cost ?? 0) : 0,
    segments: isUnknown ? delivery.segments : null,
  });
}

function settleUnknown(
  parts: SettleParts,
  { driver }: Failure,
  current: DeliveryRecord,
  why: Why,
  revision: number,
): void {
  if (driver.isIdempotent && current.attempts < mostRepeats) {
    // The same route and the same name for it: the service takes it once, whatever became of the first.
    const notBefore = parts.clock.now() + repeatMs;
    parts.deliveries.save({
      ...current,
      ...errorOf(why),
      state: 'queued',
      leaseUntil: null,
      notBefore,
      revision,
    });
    parts.db.touch('notification');
    return;
  }
  parts.tried.forget(current.id);
  leaveUnknown(parts, current, driver, why, revision);
}

function settleNothingLeft(
  parts: SettleParts,
  { route, error }: Failure,
  current: DeliveryRecord,
  why: Why & { readonly certainty: Certainty },
  revision: number,
): void {
  const nothing = { ...current, cost: null, segments: null, wroteAt: null };
  if (error.code === 'cancelled') {
    // The desk is being shut down: it goes by the same route when it is opened again.
    parts.deliveries.save({ ...nothing, state: 'queued', leaseUntil: null, revision });
    parts.db.touch('notification');
    return;
  }
  if (error.details['scope'] === 'address') loseAddress(parts, nothing, route.id, why, revision);
  parts.tried.add(current.id, route.id);
  giveOver(parts, nothing, { ...why, isFinal: why.certainty === 'refused' }, revision);
}

/** Nothing goes to a dead address until somebody puts it right. */
function loseAddress(
  parts: SettleParts,
  { channel, address }: DeliveryRecord,
  routeId: number,
  { code, detail }: Why,
  revision: number,
): void {
  if (channel === 'telegram' || channel === 'max') {
    if (code === 'address-blocked') parts.onBlocked(routeId, address);
    return;
  }
  const at = parts.clock.now();
  parts.addressStates.markDead(
    { kind: kindOfChannel[channel], value: address, at, because: detail },
    revision,
  );
}

function certaintyOf(error: AppError, wrote: boolean): Certainty {
  const { certainty } = error.details;
  if (certainty === 'not-sent' || certainty === 'refused' || certainty === 'unknown') return certainty;
  return wrote ? 'unknown' : 'not-sent';
}
