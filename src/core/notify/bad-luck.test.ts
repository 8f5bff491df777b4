import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { acknowledge } from './acknowledge.ts';
import { haltLadders } from './halt-ladders.ts';

const signal = () => new AbortController().signal;

let kit: NotifyKit;
let ivan: Party;

beforeEach(() => {
  kit = createNotifyKit();
  ivan = kit.addContact('Иван', { email: 'ivan@crew.example', phone: '+7 900 555-01-01' });
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    kit.ladder(urgency, [
      { channel: 'sms', waitFor: 'delivered' },
      { channel: 'email', waitFor: 'accepted' },
    ]);
  }
});

afterEach(() => kit.service.stop());

test('what a route takes once and may have taken is never given to another route', async () => {
  const first = kit.addRoute('smsaero', { isIdempotent: true });
  const second = kit.addRoute('smsc');
  first.play(
    { as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true },
    { as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' },
  );
  first.always({ as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' });
  await kit.service.start(signal());
  const id = kit.notify(ivan, { urgency: 'critical' });
  await kit.clock.advance(50_000);

  expect(first.sent).toHaveLength(1);
  expect(second.sent).toEqual([]);
  expect(kit.steps(id)[0]).toBe('1.0 sms unknown');
});

test('what may have left is not called taken back when they acknowledge meanwhile', async () => {
  const first = kit.addRoute('smsaero', { isIdempotent: true });
  first.always({ as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true });
  await kit.service.start(signal());
  const id = kit.notify(ivan);
  await kit.clock.advance(10);
  expect(kit.steps(id)).toEqual(['1.0 sms queued']);

  kit.db.transact((revision) =>
    acknowledge(kit.parts, id, { by: 'hand', at: kit.clock.now(), personId: null }, revision),
  );
  await kit.clock.advance(60_000);

  expect(kit.steps(id)).toEqual(['1.0 sms unknown']);
  expect(first.sent).toHaveLength(1);
});

test('a restore leaves no attempt without an end', async () => {
  const sms = kit.addRoute('smsaero');
  sms.play({ as: 'hangs', wrote: true });
  await kit.service.start(signal());
  const id = kit.notify(ivan);
  await kit.clock.advance(10);
  expect(kit.steps(id)).toEqual(['1.0 sms sending']);

  haltLadders(kit.parts);

  const [delivery] = kit.stores.deliveries.ofNotification(id);
  expect(kit.stores.deliveryAttempts.of(delivery!.id)).toMatchObject([
    { outcome: 'unknown', code: 'restored', endedAt: kit.clock.now() },
  ]);
});

test('whoever has left the firm is told nothing more, and the next one is', async () => {
  const olga = kit.addContact('Ольга', { email: 'olga@crew.example' });
  const email = kit.addRoute('email');
  const sms = kit.addRoute('smsaero');
  kit.ladder(
    'normal',
    [
      { channel: 'sms', waitFor: 'acknowledged' },
      { channel: 'email', waitFor: 'accepted' },
    ],
    { next: { kind: 'contact', id: olga.id } },
  );
  await kit.service.start(signal());
  const id = kit.notify(ivan);
  await kit.clock.advance(10);
  kit.db.prepare<[number], void>('UPDATE contact SET active = 0 WHERE id = ?').run(ivan.id);
  await kit.clock.advance(61_000);

  expect(sms.sent).toHaveLength(1);
  expect(email.sent.map(({ name }) => name)).toEqual(['Ольга']);
  expect(kit.state(id)).toBe('not-reached');
});

test('a route that is removed while messages wait for it leaves them to the next', async () => {
  const first = kit.addRoute('smsaero', {}, { perMinute: 1 });
  const second = kit.addRoute('smsc');
  await kit.service.start(signal());
  kit.notify(ivan);
  const ids = [kit.notify(ivan), kit.notify(ivan)];
  await kit.clock.advance(10);

  kit.db.transact(() => {
    kit.stores.routes.remove(first.routeId);
    kit.db.touch('route');
  });
  await kit.clock.advance(100);

  expect(ids.map((id) => kit.steps(id)[0])).toEqual(['1.0 sms accepted', '1.0 sms accepted']);
  expect(second.sent).toHaveLength(2);
});
