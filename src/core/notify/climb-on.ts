import { uuidv7 } from '../../shared/ids.ts';
import type { Urgency } from '../../shared/domain/reaching.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { NotificationRecord } from '../db/notification-store.ts';
import { chooseRoute } from './addresses-of.ts';
import { bundleHeld } from './bundle.ts';
import { type Climb, climb } from './climb.ts';
import { endNotification, isThere } from './end-notification.ts';
import { quietUntil, throttledUntil } from './hold.ts';
import type { NotifyParts } from './parts.ts';
import { endUnsent } from './stop-deliveries.ts';

const hourMs = 3_600_000;
const ranks: Readonly<Record<Urgency, number>> = { critical: 0, urgent: 1, normal: 2 };

/** Takes every step whose time has come; called after whatever a ladder depends on has changed, in its transaction. */
export function climbOn(parts: NotifyParts, id: number, revision: number): void {
  const found = parts.notifications.find(id);
  if (!found || (found.state !== 'waiting' && found.state !== 'climbing')) return;
  const now = parts.clock.now();
  let notification = found;
  for (;;) {
    const decision = climb(notification, parts.deliveries.ofNotification(id), now);
    if (decision.to === 'end') {
      endNotification(parts, { ...notification, revision }, decision.state);
      return;
    }
    if (decision.to === 'wait') {
      save(parts, { ...notification, dueAt: decision.until, heldBy: null, revision });
      return;
    }
    const held = heldUntil(parts, notification);
    if (held) {
      save(parts, { ...notification, dueAt: held.until, heldBy: held.by, revision });
      return;
    }
    if (notification.heldBy !== null && notification.step < 0 && bundleHeld(parts, notification, revision))
      return;
    notification = takeStep(parts, notification, decision, revision);
  }
}

function save({ notifications, db }: NotifyParts, notification: NotificationRecord): void {
  notifications.save(notification);
  db.touch('notification', notification.incidentId ?? undefined);
}

type Held = { readonly by: 'quiet' | 'throttle'; readonly until: number };

/** Whether somebody is left alone now. What is critical, and a conversation under way, is never held back. */
function heldUntil(parts: NotifyParts, { party, urgency, kind, step }: NotificationRecord): Held | undefined {
  if (party === null || urgency === 'critical' || kind === 'chat' || kind === 'check') return undefined;
  const limit = parts.parties.limitOf(party);
  const now = parts.clock.now();
  const quiet = quietUntil(limit, parts.zone(), now);
  if (quiet !== undefined) return { by: 'quiet', until: quiet };
  if (step >= 0 || limit.hourlyLimit === null) return undefined;
  const until = throttledUntil(limit, parts.notifications.startsSince(party, now - hourMs));
  return until === undefined || until <= now ? undefined : { by: 'throttle', until };
}

type Step = Extract<Climb, { readonly to: 'step' }>;

function takeStep(
  parts: NotifyParts,
  notification: NotificationRecord,
  { round, step }: Step,
  revision: number,
): NotificationRecord {
  const now = parts.clock.now();
  failUnsent(parts, notification.id, revision);
  queueStep(parts, notification, { round, step }, revision);
  const next = {
    ...notification,
    state: 'climbing',
    heldBy: null,
    round,
    step,
    startedAt: notification.startedAt ?? now,
    revision,
  } as const;
  return next;
}

/** The ladder has moved on: what still stands in a queue would come too late. */
function failUnsent(parts: NotifyParts, notificationId: number, revision: number): void {
  const failedAt = parts.clock.now();
  for (const delivery of parts.deliveries.ofNotification(notificationId)) {
    if (delivery.state !== 'queued') continue;
    const errorCode = delivery.errorCode ?? 'queue-too-long';
    endUnsent(parts, delivery, { state: 'failed', failedAt, errorCode }, revision);
  }
}

function queueStep(
  parts: NotifyParts,
  { id, kind, party, ladder, urgency }: NotificationRecord,
  { round, step }: Pick<Step, 'round' | 'step'>,
  revision: number,
): void {
  const planned = ladder.steps[step];
  if (!planned) return;
  const now = parts.clock.now();
  // Whoever has left is told nothing more, but for what was begun with them: a call may be off.
  const isGone = party !== null && kind !== 'chat' && !isThere(parts, party);
  const chosen = chooseRoute(parts, planned, isGone ? null : party);
  const where = chosen.route
    ? ({ state: 'queued', routeId: chosen.route.id, address: chosen.address, errorCode: null } as const)
    : ({ state: 'failed', routeId: null, address: planned.address, errorCode: chosen.problem } as const);
  parts.deliveries.insert({
    ...blank,
    ...where,
    uuid: uuidv7(now, parts.random.bytes(10)),
    notificationId: id,
    round,
    step,
    channel: planned.channel,
    rank: ranks[urgency],
    dueAt: now,
    notBefore: now,
    failedAt: chosen.route ? null : now,
    revision,
  });
}

const blank = {
  leaseUntil: null,
  wroteAt: null,
  providerId: null,
  providerStatus: null,
  cost: null,
  segments: null,
  attempts: 0,
  tries: 0,
  errorDetail: null,
  acceptedAt: null,
  deliveredAt: null,
  readAt: null,
  acknowledgedAt: null,
  nextPollAt: null,
  polls: 0,
} satisfies Partial<DeliveryRecord>;
