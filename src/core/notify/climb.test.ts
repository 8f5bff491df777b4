import { expect, test } from 'vitest';
import type { DeliveryRecord } from '../db/delivery-store.ts';
import { type Climb, climb, type Climbed } from './climb.ts';

const second = 1000;
const minute = 60_000;
const start = 1_000_000;

const step = { channel: 'sms', address: '', waitFor: 'delivered', waitSeconds: 60, retries: 0 } as const;

function ladder(
  change: Partial<Climbed> & { readonly repeatMinutes?: number; readonly mostRounds?: number } = {},
): Climbed {
  const { repeatMinutes = null, mostRounds = 1, ...rest } = change;
  const climbed = {
    steps: [step, { ...step, waitFor: 'acknowledged' as const }],
    next: null,
    passesOn: true,
  };
  return { round: 1, step: 0, urgency: 'urgent', ladder: { ...climbed, repeatMinutes, mostRounds }, ...rest };
}

function delivery(state: DeliveryRecord['state'], change: Partial<DeliveryRecord> = {}): DeliveryRecord {
  const times = { acceptedAt: null, deliveredAt: null, readAt: null, acknowledgedAt: null, failedAt: null };
  const place = {
    id: 1,
    uuid: '',
    notificationId: 1,
    round: 1,
    step: 0,
    channel: 'sms',
    address: '7',
    rank: 1,
  } as const;
  const sending = { leaseUntil: null, wroteAt: null, routeId: 1, providerId: null, providerStatus: null };
  const rest = { cost: null, segments: null, attempts: 0, tries: 0, errorCode: null, errorDetail: null };
  const poll = { nextPollAt: null, polls: 0, revision: 1 };
  return {
    ...place,
    ...sending,
    ...rest,
    ...times,
    ...poll,
    dueAt: start,
    notBefore: start,
    state,
    ...change,
  };
}

const wait = (until: number | null): Climb => ({ to: 'wait', until });
const go = (at: number, round = 1): Climb => ({ to: 'step', round, step: at });
const end = (state: 'reached' | 'not-reached'): Climb => ({ to: 'end', state });

const left = { wroteAt: start + second, acceptedAt: start + second };
const due = start + second + minute;

const cases: readonly [string, Climbed, readonly DeliveryRecord[], number, Climb][] = [
  ['begins with the first step', ladder({ step: -1 }), [], start, go(0)],
  ['waits for the receipt from the moment it left', ladder(), [delivery('accepted', left)], start, wait(due)],
  ['ends when the awaited receipt is there', ladder(), [delivery('delivered', left)], start, end('reached')],
  ['takes a stronger receipt for the awaited one', ladder(), [delivery('read', left)], start, end('reached')],
  ['goes on when no receipt came in time', ladder(), [delivery('accepted', left)], due, go(1)],
  ['goes on at once after a failure', ladder(), [delivery('failed', { failedAt: start })], start, go(1)],
  ['goes on at once after what was taken back', ladder(), [delivery('cancelled')], start, go(1)],
  ['waits for what is in doubt, as for any receipt', ladder(), [delivery('unknown', left)], start, wait(due)],
  ['leaves behind what stays in doubt', ladder(), [delivery('unknown', left)], due, go(1)],
  ['what is urgent does not stand in a queue', ladder(), [delivery('queued')], start + minute, go(1)],
  [
    'what is not urgent does',
    ladder({ urgency: 'normal' }),
    [delivery('queued')],
    start + 60 * minute,
    wait(null),
  ],
  [
    'waits for what is being sent',
    ladder(),
    [delivery('sending', { wroteAt: start })],
    start + second,
    wait(start + minute),
  ],
  [
    'a delivered message is no acknowledgement',
    ladder({ step: 1 }),
    [delivery('failed', { failedAt: start }), delivery('delivered', { ...left, step: 1 })],
    start,
    wait(due),
  ],
  [
    'ends without success when the last step was in vain',
    ladder({ step: 1 }),
    [delivery('failed', { failedAt: start }), delivery('failed', { step: 1, failedAt: start })],
    start,
    end('not-reached'),
  ],
  [
    'a receipt of a step left behind counts',
    ladder({ step: 1 }),
    [delivery('delivered', left), delivery('accepted', { ...left, step: 1 })],
    start,
    end('reached'),
  ],
  [
    'rests between two rounds',
    ladder({ step: 1, repeatMinutes: 5, mostRounds: 2 }),
    [delivery('failed', { failedAt: start }), delivery('failed', { step: 1, failedAt: start })],
    start,
    wait(start + 5 * minute),
  ],
  [
    'begins again when the rest is over',
    ladder({ step: 1, repeatMinutes: 5, mostRounds: 2 }),
    [delivery('failed', { failedAt: start }), delivery('failed', { step: 1, failedAt: start })],
    start + 5 * minute,
    go(0, 2),
  ],
  [
    'a repeated one does not climb further once it arrived, and comes again',
    ladder({ repeatMinutes: 5, mostRounds: 2 }),
    [delivery('delivered', { ...left, deliveredAt: start + 2 * second })],
    start + minute,
    wait(start + 2 * second + 5 * minute),
  ],
  [
    'ends with its last round',
    ladder({ round: 2, step: 1, repeatMinutes: 5, mostRounds: 2 }),
    [
      delivery('failed', { round: 2, failedAt: start }),
      delivery('failed', { round: 2, step: 1, failedAt: start }),
    ],
    start + 5 * minute,
    end('not-reached'),
  ],
];

test.each(cases)('%s', (_name, notification, deliveries, now, expected) => {
  expect(climb(notification, deliveries, now)).toEqual(expected);
});

test('a ladder without steps reaches nobody', () => {
  const none = ladder({ step: -1 });

  expect(climb({ ...none, ladder: { ...none.ladder, steps: [] } }, [], start)).toEqual(end('not-reached'));
});
