import { toAppError } from '../../shared/errors.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { canTellMore, nextPollAt } from './poll-times.ts';
import { giveOver } from './give-over.ts';
import { tellUnknown } from './leave-unknown.ts';
import { takeReport } from './receipts.ts';
import type { Asked, Polled, RouteDriver, Sent } from './route-driver.ts';
import type { SettleParts } from './settle-delivery.ts';

const longestWaitMs = 60_000;
const mostAtOnce = 50;
/** So often is a service asked what became of a message before a person is. */
const mostSearches = 5;

/** Asks services how far messages came, and what became of those whose sending nobody saw the end of. */
export function createFollowDeliveries(parts: SettleParts): Service {
  const { db, deliveries, clock, log } = parts;
  let unfollow: () => void = () => {};
  let stopping = new AbortController();

  const loop = createWatchLoop({
    name: 'notify-receipts',
    clock,
    log,
    async look() {
      const due = deliveries.polled(clock.now(), mostAtOnce);
      for (const [routeId, batch] of byRoute(due)) {
        const driver = routeId === null ? undefined : parts.atWork.find(routeId)?.driver;
        await follow(parts, driver, batch, stopping.signal);
      }
      const nextAt = deliveries.nextPollAt();
      return nextAt === undefined ? longestWaitMs : Math.min(longestWaitMs, nextAt - clock.now());
    },
  });

  return {
    name: 'notify-receipts',
    async start() {
      stopping = new AbortController();
      unfollow = db.onCommit(({ kinds }) => {
        if (kinds.has('notification')) loop.wake();
      });
      loop.start();
    },
    async stop() {
      unfollow();
      stopping.abort();
      await loop.stop();
    },
    health: loop.health,
  };
}

function byRoute(due: readonly DeliveryRecord[]): ReadonlyMap<number | null, DeliveryRecord[]> {
  const routes = new Map<number | null, DeliveryRecord[]>();
  for (const delivery of due) {
    routes.set(delivery.routeId, [...(routes.get(delivery.routeId) ?? []), delivery]);
  }
  return routes;
}

async function follow(
  parts: SettleParts,
  driver: RouteDriver | undefined,
  batch: readonly DeliveryRecord[],
  signal: AbortSignal,
): Promise<void> {
  const inDoubt = batch.filter(({ state }) => state === 'unknown');
  const sent = batch.filter(({ state }) => state !== 'unknown');
  for (const delivery of inDoubt) await search(parts, driver, delivery, signal);
  if (sent.length === 0) return;
  const told = await ask(parts, driver, sent, signal);
  if (signal.aborted) return;
  parts.db.transact((revision) => {
    for (const { id } of sent) {
      const before = parts.deliveries.require(id);
      const polled = told.find(({ providerId }) => providerId === before.providerId);
      const after = polled ? takePolled(parts, before, polled, revision) : before;
      const isOver =
        driver?.poll === undefined || !canTellMore(driver, after.state) || after.state === 'failed';
      const polls = before.polls + 1;
      const at = isOver ? null : nextPollAt(polls, before.wroteAt ?? before.dueAt, parts.clock.now());
      parts.deliveries.save({ ...after, polls, nextPollAt: at, revision });
    }
  });
}

function takePolled(
  parts: SettleParts,
  delivery: DeliveryRecord,
  { report }: Polled,
  revision: number,
): DeliveryRecord {
  // The same word again is no event; another word, or another price, is.
  const eventId = `poll:${report.status}:${report.raw}:${report.cost ?? ''}`;
  return takeReport(parts, delivery, { report, at: parts.clock.now(), eventId }, revision);
}

async function ask(
  { log }: SettleParts,
  driver: RouteDriver | undefined,
  sent: readonly DeliveryRecord[],
  signal: AbortSignal,
): Promise<readonly Polled[]> {
  try {
    return (
      (await driver?.poll?.(
        sent.map((delivery) => toAsked(delivery)),
        signal,
      )) ?? []
    );
  } catch (thrown) {
    if (!signal.aborted) log.warn({ err: toAppError(thrown) }, 'delivery.not-polled');
    return [];
  }
}

function toAsked({ uuid, address, providerId, wroteAt, dueAt }: DeliveryRecord, text = ''): Asked {
  return { uuid, address, providerId, sentAt: wroteAt ?? dueAt, text };
}

async function search(
  parts: SettleParts,
  driver: RouteDriver | undefined,
  delivery: DeliveryRecord,
  signal: AbortSignal,
): Promise<void> {
  const { text } = parts.notifications.require(delivery.notificationId);
  let found: Sent | 'absent' | 'in-doubt' = 'in-doubt';
  try {
    found = (await driver?.find?.(toAsked(delivery, text), signal)) ?? 'in-doubt';
  } catch (thrown) {
    if (signal.aborted) return;
    parts.log.warn({ err: toAppError(thrown), deliveryId: delivery.id }, 'delivery.not-searched');
  }
  parts.db.transact((revision) => {
    const current = parts.deliveries.require(delivery.id);
    // A receipt was quicker.
    if (current.state !== 'unknown') return;
    if (found === 'absent') neverArrived(parts, current, revision);
    else if (found === 'in-doubt') stillInDoubt(parts, current, driver, revision);
    else arrived(parts, current, found, driver, revision);
  });
}

function arrived(
  parts: SettleParts,
  current: DeliveryRecord,
  sent: Sent,
  driver: RouteDriver | undefined,
  revision: number,
): void {
  const now = parts.clock.now();
  const nextAt = driver?.poll && sent.providerId !== null ? nextPollAt(0, now, now) : null;
  const named = { ...current, providerId: sent.providerId, nextPollAt: nextAt, polls: 0 };
  takeReport(parts, named, { report: sent, at: now, eventId: 'found' }, revision);
}

/** Nothing has left after all: the step goes on where it was, unless the ladder has left it behind. */
function neverArrived(parts: SettleParts, current: DeliveryRecord, revision: number): void {
  const { attempts, notifications, deliveries, clock } = parts;
  const inDoubt = attempts.of(current.id).filter(({ outcome }) => outcome === 'unknown' || outcome === null);
  for (const attempt of inDoubt) {
    attempts.end(attempt.id, {
      ...attempt,
      outcome: 'not-sent',
      endedAt: attempt.endedAt ?? clock.now(),
      cost: 0,
    });
  }
  const nothing = { ...current, cost: null, segments: null, wroteAt: null, nextPollAt: null };
  const notification = notifications.require(current.notificationId);
  const isAwaited =
    notification.state === 'climbing' &&
    notification.round === current.round &&
    notification.step === current.step;
  const why = { code: 'never-taken', detail: null, isFinal: false };
  if (isAwaited) giveOver(parts, nothing, why, revision);
  else deliveries.save({ ...nothing, state: 'failed', failedAt: clock.now(), errorCode: why.code, revision });
  parts.db.touch('notification');
}

function stillInDoubt(
  parts: SettleParts,
  current: DeliveryRecord,
  driver: RouteDriver | undefined,
  revision: number,
): void {
  const polls = current.polls + 1;
  const isOver = driver?.find === undefined || polls >= mostSearches;
  const at = isOver ? null : nextPollAt(polls, current.wroteAt ?? current.dueAt, parts.clock.now());
  parts.deliveries.save({ ...current, polls, nextPollAt: at, revision });
  parts.db.touch('notification');
  if (at === null) tellUnknown(parts, current.notificationId, revision);
}
