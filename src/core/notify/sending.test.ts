import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { ScriptedDriver } from '../../../test/support/scripted-driver.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { spentToday } from './money.ts';

const minuteMs = 60_000;
const alive = new AbortController().signal;

let kit: NotifyKit;
let ivan: Party;

beforeEach(() => {
  kit = createNotifyKit();
  ivan = kit.addContact('Иван', { email: 'ivan@crew.example', phone: '+7 900 555-01-01' });
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    kit.ladder(urgency, [{ channel: 'sms', waitFor: 'accepted', retries: 1 }]);
  }
});

afterEach(() => kit.service.stop());

describe('routes of one channel', () => {
  let first: ScriptedDriver & { readonly routeId: number };
  let second: ScriptedDriver & { readonly routeId: number };
  beforeEach(async () => {
    first = kit.addRoute('smsaero');
    second = kit.addRoute('smsc');
    await kit.service.start(alive);
  });

  test('are tried in order when nothing has left, within one step', async () => {
    first.play({ as: 'fails', trouble: 'route-no-money', certainty: 'refused', wrote: true });
    const id = kit.notify(ivan);
    await kit.clock.advance(10);

    expect([first.sent.length, second.sent.length]).toEqual([1, 1]);
    expect(kit.steps(id)).toEqual(['1.0 sms accepted']);
    expect(kit.stores.deliveryAttempts.of(1).map(({ routeName, outcome }) => [routeName, outcome])).toEqual([
      ['smsaero', 'refused'],
      ['smsc', 'accepted'],
    ]);
  });

  test('the second is never taken while it is in doubt whether the first has sent', async () => {
    first.play({ as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true });
    const id = kit.notify(ivan);
    await kit.clock.advance(5 * minuteMs);

    expect(second.asked).toEqual([]);
    expect([kit.steps(id), kit.state(id)]).toEqual([['1.0 sms unknown'], 'not-reached']);
    expect(kit.stores.reachAlarms.sounding().map(({ kind }) => kind)).toContain('unknown');
  });

  test('one in trouble is left alone: the next messages go by the other at once', async () => {
    first.play({ as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' });
    kit.notify(ivan);
    await kit.clock.advance(10);
    kit.notify(ivan);
    await kit.clock.advance(10);
    expect([first.asked.length, second.sent.length]).toEqual([1, 2]);

    await kit.clock.advance(10_000);
    kit.notify(ivan);
    await kit.clock.advance(10);
    expect([first.sent.length, second.sent.length]).toEqual([1, 2]);
  });

  test('what is not urgent waits out the outage of the only route, what is urgent does not', async () => {
    kit.db.transact((revision) => {
      kit.stores.routes.save({ ...kit.stores.routes.require(second.routeId), enabled: 0, revision });
      kit.db.touch('route');
    });
    kit.ladder('normal', [{ channel: 'sms', waitFor: 'accepted', waitSeconds: 60 }]);
    kit.ladder('urgent', [{ channel: 'sms', waitFor: 'accepted', waitSeconds: 60 }]);
    first.play({ as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' });
    kit.notify(ivan);
    await kit.clock.advance(10);
    const [normal, urgent] = [kit.notify(ivan), kit.notify(ivan, { urgency: 'urgent' })];
    await kit.clock.advance(10);
    expect([kit.state(normal), kit.state(urgent)]).toEqual(['climbing', 'not-reached']);

    await kit.clock.advance(6000);
    expect([kit.steps(normal), first.sent.length]).toEqual([['1.0 sms accepted'], 1]);
  });

  test('one that stumbles over many at once has stumbled once, and is tried again as soon', async () => {
    const stumble = { as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' } as const;
    first.play(...Array.from({ length: 10 }, () => stumble));
    second.play(...Array.from({ length: 10 }, () => stumble));
    const ids = Array.from({ length: 10 }, () => kit.notify(ivan));
    await kit.clock.advance(7000);

    expect(ids.map((id) => kit.steps(id))).toEqual(Array(10).fill(['1.0 sms accepted']));
  });

  test('one that says when it takes more is waited for, and nothing is asked before', async () => {
    first.play({ as: 'fails', trouble: 'route-throttled', certainty: 'not-sent', retryAfterMs: 20_000 });
    const ids = [kit.notify(ivan), kit.notify(ivan)];
    await kit.clock.advance(10);
    const asked = first.asked.length;
    const third = kit.notify(ivan);
    await kit.clock.advance(19_000);
    expect(first.asked.length).toBe(asked);

    await kit.clock.advance(2000);
    expect([...ids, third].map((id) => kit.steps(id).at(-1))).toEqual(Array(3).fill('1.0 sms accepted'));
  });

  test('a dead number is not written to again, and the step takes the next living one', async () => {
    kit.stores.contacts.update(
      {
        ...kit.stores.contacts.require(ivan.id),
        addresses: [{ kind: 'phone', value: '+7 900 555-01-02', note: '' }],
      },
      1,
    );
    first.play({ as: 'fails', trouble: 'address-refused', certainty: 'refused', wrote: true });
    kit.notify(ivan);
    await kit.clock.advance(10);
    kit.notify(ivan);
    await kit.clock.advance(10);

    const written = [...first.sent, ...second.sent].map(({ address }) => address);
    expect(written).toEqual(['79005550101', '79005550102', '79005550102']);
  });

  test('a step is tried again as often as it says when nothing has left', async () => {
    const down = { as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' } as const;
    first.always(down);
    second.always(down);
    const id = kit.notify(ivan);
    await kit.clock.advance(minuteMs);

    expect(kit.stores.deliveries.ofNotification(id)[0]).toMatchObject({ state: 'failed', tries: 2 });
  });
});

test('a driver that never answers is given up, and what it wrote is in doubt', async () => {
  const sms = kit.addRoute('smsaero');
  sms.play({ as: 'hangs', wrote: true });
  await kit.service.start(alive);
  const id = kit.notify(ivan);
  await kit.clock.advance(31_000);

  expect(kit.steps(id)).toEqual(['1.0 sms unknown']);
});

test('the most urgent leaves first, whatever waits', async () => {
  const sms = kit.addRoute('smsaero', {}, { perMinute: 60 });
  await kit.service.start(alive);
  for (let count = 0; count < 20; count += 1) kit.notify(ivan);
  await kit.clock.advance(10);
  const critical = kit.notify(ivan, { urgency: 'critical', title: 'Сейчас' });
  const before = sms.sent.length;
  await kit.clock.advance(2000);

  expect(sms.sent[before]?.title).toBe('Сейчас');
  expect(kit.steps(critical)).toEqual(['1.0 sms accepted']);
});

test('no more leaves in a minute than the route allows, and nothing is lost', async () => {
  const sms = kit.addRoute('smsaero', {}, { perMinute: 120 });
  await kit.service.start(alive);
  for (let count = 0; count < 300; count += 1) kit.notify(ivan);
  await kit.clock.advance(minuteMs);
  expect(sms.sent.length).toBeGreaterThanOrEqual(120);
  expect(sms.sent.length).toBeLessThanOrEqual(126);

  await kit.clock.advance(2 * minuteMs);
  expect(sms.sent.length).toBe(300);
});

describe('the money of a day', () => {
  test('is never exceeded, however many leave at once, and the rest goes by the next route', async () => {
    const paid = kit.addRoute('smsaero', {}, { price: 300, dailyLimit: 1000 });
    const other = kit.addRoute('smsc');
    paid.always({ as: 'hangs', wrote: true });
    await kit.service.start(alive);
    for (let count = 0; count < 10; count += 1) kit.notify(ivan, { title: '', text: 'Short' });
    await kit.clock.advance(1000);

    expect([paid.sent.length, other.sent.length]).toEqual([3, 7]);
    expect(spentToday(kit.parts, paid.routeId)).toBe(900);
    paid.release();
    await kit.clock.advance(10);
  });

  test('counts the line that says how to answer, where the route adds it', async () => {
    const paid = kit.addRoute('smpp', {}, { price: 300 });
    await kit.service.start(alive);
    kit.notify(ivan, { title: '', text: 'Щ'.repeat(70), verbs: ['accepted'] });
    await kit.clock.advance(10);

    expect(spentToday(kit.parts, paid.routeId)).toBe(600);
  });

  test('comes back when nothing was sent, and is put right by what the provider says', async () => {
    const paid = kit.addRoute('smsaero', { polls: true }, { price: 300 });
    paid.play({ as: 'fails', trouble: 'message-refused', certainty: 'refused', wrote: true });
    await kit.service.start(alive);
    kit.notify(ivan, { title: '', text: 'Short' });
    await kit.clock.advance(10);
    expect(spentToday(kit.parts, paid.routeId)).toBe(0);

    kit.notify(ivan, { title: '', text: 'Short' });
    await kit.clock.advance(10);
    expect(spentToday(kit.parts, paid.routeId)).toBe(300);
    paid.tell('taken-2', { status: 'delivered', raw: 'delivered', cost: 415, segments: 1 });
    await kit.clock.advance(10_000);
    expect(spentToday(kit.parts, paid.routeId)).toBe(415);
  });

  test('begins anew at the local midnight', async () => {
    const paid = kit.addRoute('smsaero', {}, { price: 300, dailyLimit: 300 });
    await kit.service.start(alive);
    kit.notify(ivan, { title: '', text: 'Short' });
    await kit.clock.advance(10);
    // 08:30 in Moscow.
    kit.clock.jump(16 * 3_600_000);
    kit.notify(ivan, { title: '', text: 'Short' });
    await kit.clock.advance(10);

    expect(paid.sent.length).toBe(2);
  });
});

describe('how a message fares', () => {
  beforeEach(() => kit.ladder('normal', [{ channel: 'sms', waitFor: 'delivered', waitSeconds: 3600 }]));

  test('is asked later and later, until it is known', async () => {
    const sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'], polls: true });
    await kit.service.start(alive);
    const id = kit.notify(ivan);
    await kit.clock.advance(80_000);
    expect(sms.polls.length).toBe(4);

    sms.tell('taken-1', { status: 'delivered', raw: 'delivered' });
    await kit.clock.advance(80_000);
    expect([sms.polls.length, kit.state(id)]).toEqual([5, 'reached']);
    await kit.clock.advance(60 * minuteMs);
    expect(sms.polls.length).toBe(5);
  });

  test('told before its sending was written down is not lost', async () => {
    const sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'] });
    sms.play({ as: 'hangs', wrote: true });
    await kit.service.start(alive);
    const id = kit.notify(ivan);
    await kit.clock.advance(10);
    const report = { status: 'delivered', raw: 'DELIVRD' } as const;
    sms.inbox()?.receipt({ providerId: 'taken-1', eventId: 'early', at: kit.clock.now(), report });
    sms.release();
    await kit.clock.advance(10);

    expect(kit.steps(id)).toEqual(['1.0 sms delivered']);
  });

  test('goes forward only, whatever order it is told in', async () => {
    const sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered', 'read'] });
    await kit.service.start(alive);
    const id = kit.notify(ivan);
    await kit.clock.advance(10);
    const tell = (eventId: string, status: 'accepted' | 'read' | 'failed') =>
      sms
        .inbox()
        ?.receipt({ providerId: 'taken-1', eventId, at: kit.clock.now(), report: { status, raw: status } });
    tell('a', 'read');
    tell('b', 'accepted');
    tell('c', 'failed');

    expect(kit.steps(id)).toEqual(['1.0 sms read']);
    expect(kit.stores.replies.receipts(1).map(({ status }) => status)).toEqual([
      'read',
      'accepted',
      'failed',
    ]);
  });

  test('in doubt is asked for where the service can be asked: it is found, and not sent again', async () => {
    const sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'], finds: true });
    sms.play({ as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true });
    sms.found({ status: 'delivered', raw: 'found', providerId: 'p-1' });
    await kit.service.start(alive);
    const id = kit.notify(ivan);
    await kit.clock.advance(10_000);

    expect([kit.steps(id), kit.state(id), sms.asked.length]).toEqual([['1.0 sms delivered'], 'reached', 1]);
    expect(kit.stores.reachAlarms.soundingCount()).toBe(0);
  });

  test('told when everything was given up: they were reached after all, and the alarm is silent', async () => {
    kit.ladder('normal', [{ channel: 'sms', waitFor: 'delivered', waitSeconds: 60 }]);
    const sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'] });
    await kit.service.start(alive);
    const id = kit.notify(ivan);
    await kit.clock.advance(minuteMs + 1000);
    expect([kit.state(id), kit.stores.reachAlarms.soundingCount()]).toEqual(['not-reached', 1]);

    const report = { status: 'delivered', raw: 'DELIVRD' } as const;
    sms.inbox()?.receipt({ providerId: 'taken-1', eventId: 'late', at: kit.clock.now(), report });
    expect([kit.state(id), kit.stores.reachAlarms.soundingCount()]).toEqual(['reached', 0]);
  });

  test('in doubt that never arrived goes again, once', async () => {
    const sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'], finds: true });
    sms.play({ as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true });
    sms.found('absent');
    await kit.service.start(alive);
    const id = kit.notify(ivan);
    await kit.clock.advance(30_000);

    expect([kit.steps(id), sms.sent.length]).toEqual([['1.0 sms accepted'], 2]);
  });

  test('in doubt for good is shown with an alarm, and a late receipt silences it', async () => {
    const sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'], finds: true });
    sms.play({ as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true });
    await kit.service.start(alive);
    const id = kit.notify(ivan);
    await kit.clock.advance(10 * minuteMs);
    expect(kit.stores.reachAlarms.sounding().map(({ kind }) => kind)).toEqual(['unknown']);

    const { uuid } = kit.stores.deliveries.ofNotification(id)[0]!;
    const report = { status: 'delivered', raw: 'copy' } as const;
    sms.inbox()?.receipt({ providerId: uuid, eventId: 'late', at: kit.clock.now(), report });
    expect([kit.state(id), kit.stores.reachAlarms.soundingCount()]).toEqual(['reached', 0]);
  });
});

test('a service that takes a message once is simply given it again', async () => {
  const sms = kit.addRoute('smsaero', { isIdempotent: true });
  sms.play({ as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true });
  await kit.service.start(alive);
  const id = kit.notify(ivan);
  await kit.clock.advance(10_000);

  expect(kit.steps(id)).toEqual(['1.0 sms accepted']);
  expect(new Set(sms.sent.map(({ uuid }) => uuid)).size).toBe(1);
});

test('a desk that is put to rest leaves no timer behind, whatever was under way', async () => {
  const sms = kit.addRoute('smsaero', { polls: true, receipts: ['accepted', 'delivered'] });
  sms.play({ as: 'takes' }, { as: 'hangs', wrote: true });
  await kit.service.start(alive);
  kit.notify(ivan);
  kit.notify(ivan);
  await kit.clock.advance(10);
  await kit.service.stop();

  expect(kit.clock.sleeping).toBe(0);
});
