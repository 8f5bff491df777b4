import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { ScriptedDriver } from '../../../test/support/scripted-driver.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { haltLadders } from './halt-ladders.ts';

const address = '79005550101';

let kit: NotifyKit;
let ivan: Party;
let sms: ScriptedDriver & { readonly routeId: number };

beforeEach(async () => {
  kit = createNotifyKit();
  ivan = kit.addContact('Иван', { phone: '+7 900 555-01-01' });
  sms = kit.addRoute('smpp');
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    kit.ladder(urgency, [{ channel: 'sms', waitFor: 'acknowledged', waitSeconds: 3600 }]);
  }
  await kit.service.start(new AbortController().signal);
});

afterEach(() => kit.service.stop());

async function told(input: Parameters<NotifyKit['notify']>[1] = {}): Promise<number> {
  const id = kit.notify(ivan, input);
  await kit.clock.advance(10);
  return id;
}
const codeOf = (id: number) => kit.stores.notifications.require(id).code;

test('a code said back is the acknowledgement, with whatever words and from whatever telephone', async () => {
  const [first, second] = [await told(), await told()];

  expect(kit.answer(sms, { address, text: codeOf(first).toLowerCase() }).verb).toBe('accepted');
  expect(kit.answer(sms, { address: '79005559999', text: `${codeOf(second)} принял` }).verb).toBe('accepted');
  expect([kit.state(first), kit.state(second)]).toEqual(['acknowledged', 'acknowledged']);
  expect(kit.stores.notifications.require(first).acknowledgedBy).toBe('sms');
});

test('words without a code answer the one thing that was asked', async () => {
  const id = await told();

  expect(kit.answer(sms, { address, text: 'Принял, выезжаю' })).toMatchObject({ verb: 'on-the-way' });
  expect(kit.state(id)).toBe('acknowledged');
  // A later word is about the same.
  expect(kit.answer(sms, { address, text: 'готово' })).toMatchObject({ verb: 'done' });
  expect(kit.told.answered.map(({ notification }) => notification.id)).toEqual([id, id]);
});

test('where several things were asked, a word without a code acknowledges none and asks for it', async () => {
  const ids = [await told(), await told()];

  const { reply, verb } = kit.answer(sms, { address, text: 'да' });

  expect([verb, reply]).toEqual([null, expect.stringContaining('с кодом')]);
  expect(ids.map(kit.state)).toEqual(['climbing', 'climbing']);
});

test('words that answer nothing are kept with whom they are from, and acknowledge nothing', async () => {
  const id = await told();
  kit.answer(sms, { address, text: 'А какой там адрес?' });
  kit.answer(sms, { address: '79005557777', text: 'Кто это?' });

  const [known] = kit.stores.replies.ofNotification(id);
  expect([known?.verb, known?.text, kit.state(id)]).toEqual([null, 'А какой там адрес?', 'climbing']);
  expect(kit.told.answered.map(({ answer }) => answer.text)).toEqual(['А какой там адрес?']);
  expect(kit.db.prepare('SELECT count(*) AS n FROM answer WHERE notification_id IS NULL').get()).toEqual({
    n: 1,
  });
});

test('the same event told twice is one answer, and what is said back stays the same', async () => {
  const id = await told();
  const event = { eventId: 'update-1', address, verb: 'accepted', code: codeOf(id) } as const;

  expect([kit.answer(sms, event), kit.answer(sms, event)]).toEqual([
    { reply: 'Принято, спасибо.', verb: 'accepted' },
    { reply: 'Принято, спасибо.', verb: 'accepted' },
  ]);
  expect(kit.told.answered).toHaveLength(1);
});

test('what the other rooms say back is said instead of thanks', async () => {
  const id = await told();
  kit.told.reply = 'Вызов № 7 ваш.';

  expect(kit.answer(sms, { address, verb: 'accepted', code: codeOf(id) }).reply).toBe('Вызов № 7 ваш.');
});

test('whoever cannot is believed at once: the next one is told, or the dispatcher', async () => {
  const olga = kit.addContact('Ольга', { phone: '+7 900 555-02-02' });
  const steps = [{ channel: 'sms', waitFor: 'acknowledged' }] as const;
  kit.ladder('urgent', steps, { next: { kind: 'contact', id: olga.id } });
  const id = await told({ urgency: 'urgent' });

  kit.answer(sms, { address, verb: 'cannot', code: codeOf(id) });
  const next = kit.stores.notifications.ofChain(kit.stores.notifications.require(id).chain)[1];
  expect(next?.party).toEqual(olga);
  expect(kit.stores.reachAlarms.soundingCount()).toBe(0);
  await kit.clock.advance(10);

  kit.answer(sms, { address: '79005550202', verb: 'cannot', code: next?.code ?? '' });
  expect(kit.stores.reachAlarms.sounding()).toMatchObject([{ kind: 'declined', name: 'Ольга' }]);
});

test('whoever answers when the next one was told stops that one too', async () => {
  const olga = kit.addContact('Ольга', { phone: '+7 900 555-02-02' });
  kit.ladder('urgent', [{ channel: 'sms', waitFor: 'acknowledged', waitSeconds: 60 }], {
    next: { kind: 'contact', id: olga.id },
  });
  const id = await told({ urgency: 'urgent' });
  await kit.clock.advance(61_000);

  kit.answer(sms, { address, verb: 'accepted', code: codeOf(id) });

  const chain = kit.stores.notifications.ofChain(kit.stores.notifications.require(id).chain);
  expect(chain.map(({ state }) => state)).toEqual(['acknowledged', 'cancelled']);
});

test('whom a call decides about itself is not passed on by the ladder', async () => {
  const olga = kit.addContact('Ольга', { phone: '+7 900 555-02-02' });
  const steps = [{ channel: 'sms', waitFor: 'acknowledged', waitSeconds: 60 }] as const;
  kit.ladder('urgent', steps, { next: { kind: 'contact', id: olga.id } });
  const id = await told({ urgency: 'urgent', kind: 'call', passesOn: false });
  await kit.clock.advance(61_000);

  expect(kit.told.ended.map((ended) => [ended.id, ended.state])).toEqual([[id, 'not-reached']]);
  expect(kit.stores.notifications.ofChain(kit.stores.notifications.require(id).chain)).toHaveLength(1);
  expect(kit.stores.reachAlarms.soundingCount()).toBe(0);
});

test('after a restore nothing is sent again blindly, and the dispatcher is told of each', async () => {
  await kit.service.stop();
  const id = kit.notify(ivan);
  haltLadders(kit.parts);
  await kit.service.start(new AbortController().signal);
  await kit.clock.advance(3_600_000);

  expect([kit.state(id), kit.steps(id), sms.asked.length]).toEqual(['not-reached', ['1.0 sms unknown'], 0]);
  expect(kit.stores.reachAlarms.sounding()).toMatchObject([{ kind: 'unknown', name: 'Иван' }]);
});
