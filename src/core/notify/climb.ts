import type { AwaitedReceipt } from '../../shared/domain/step-end.ts';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import type { NotificationRecord } from '../db/notification-store.ts';

/** What a ladder does next. */
export type Climb =
  /** null: until something is heard. */
  | { readonly to: 'wait'; readonly until: number | null }
  | { readonly to: 'step'; readonly round: number; readonly step: number }
  | { readonly to: 'end'; readonly state: 'reached' | 'not-reached' };

export type Climbed = Pick<NotificationRecord, 'round' | 'step' | 'ladder' | 'urgency'>;

const secondMs = 1000;
const minuteMs = 60_000;

/** Decides by the rows alone, so that a restart, a sleep and a clock that jumped all lead to the same step. */
export function climb(notification: Climbed, deliveries: readonly DeliveryRecord[], now: number): Climb {
  const { ladder, round, step } = notification;
  if (step < 0) return ladder.steps.length === 0 ? notReached : { to: 'step', round, step: 0 };
  const came = deliveries.filter((delivery) => hasCome(notification, delivery));
  const isRepeated = ladder.repeatMinutes !== null && round < ladder.mostRounds;
  if (came.length > 0 && !isRepeated) return { to: 'end', state: 'reached' };
  const here = came.find((delivery) => delivery.round === round);
  if (here) return rest(notification, arrivedAt(here), now);
  const current = deliveries.find((delivery) => delivery.round === round && delivery.step === step);
  const passedAt = current ? passesAt(notification, current) : now;
  if (passedAt === null || passedAt > now) return { to: 'wait', until: passedAt };
  if (step + 1 < ladder.steps.length) return { to: 'step', round, step: step + 1 };
  return isRepeated ? rest(notification, passedAt, now) : notReached;
}

const notReached = { to: 'end', state: 'not-reached' } as const;

/** Between rounds: it begins again when its time has come. */
function rest({ ladder, round }: Climbed, since: number, now: number): Climb {
  const until = since + (ladder.repeatMinutes ?? 0) * minuteMs;
  return now < until ? { to: 'wait', until } : { to: 'step', round: round + 1, step: 0 };
}

const order: readonly DeliveryRecord['state'][] = ['accepted', 'delivered', 'read', 'acknowledged'];

/** Whether what the step waits for has come; whoever has read a message has got it. */
export function hasCome({ ladder }: Pick<Climbed, 'ladder'>, { step, state }: DeliveryRecord): boolean {
  const waitFor: AwaitedReceipt | undefined = ladder.steps[step]?.waitFor;
  return waitFor !== undefined && order.indexOf(state) >= order.indexOf(waitFor);
}

function arrivedAt({ acknowledgedAt, readAt, deliveredAt, acceptedAt, dueAt }: DeliveryRecord): number {
  return acknowledgedAt ?? readAt ?? deliveredAt ?? acceptedAt ?? dueAt;
}

/** When the ladder leaves the step behind, if nothing more is heard; null: not before it has been tried. */
function passesAt({ ladder, urgency }: Climbed, delivery: DeliveryRecord): number | null {
  const waitMs = (ladder.steps[delivery.step]?.waitSeconds ?? 0) * secondMs;
  switch (delivery.state) {
    case 'failed':
      return delivery.failedAt ?? delivery.dueAt;
    case 'cancelled':
      return delivery.dueAt;
    case 'queued':
      // A long queue is no failure; but what is urgent does not stand in it while another channel is free.
      return urgency === 'normal' ? null : delivery.dueAt + waitMs;
    case 'sending':
      return delivery.wroteAt === null && urgency === 'normal'
        ? null
        : (delivery.wroteAt ?? delivery.dueAt) + waitMs;
    default:
      return (delivery.wroteAt ?? delivery.acceptedAt ?? delivery.dueAt) + waitMs;
  }
}
