import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { ScriptedDriver } from '../../../test/support/scripted-driver.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import { makeAnswerCode } from './answer-words.ts';

const address = '79005550101';
const stranger = '79005559999';

let kit: NotifyKit;
let ivan: Party;
let olga: Party;
let sms: ScriptedDriver & { readonly routeId: number };
let bot: typeof sms;

beforeEach(async () => {
  kit = createNotifyKit();
  ivan = kit.addContact('Иван', { phone: '+7 900 555-01-01' });
  olga = kit.addContact('Ольга', { phone: '+7 900 555-02-02' });
  sms = kit.addRoute('smpp');
  bot = kit.addRoute('bot');
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    kit.ladder(urgency, [{ channel: 'sms', waitFor: 'acknowledged', waitSeconds: 60 }]);
  }
  await kit.service.start(new AbortController().signal);
});

afterEach(() => kit.service.stop());

async function told(input: Parameters<NotifyKit['notify']>[1] = {}, to = ivan): Promise<number> {
  const id = kit.notify(to, input);
  await kit.clock.advance(10);
  return id;
}
const codeOf = (id: number) => kit.stores.notifications.require(id).code;
const chainOf = (id: number) => kit.stores.notifications.ofChain(kit.stores.notifications.require(id).chain);
const wrong = () => makeAnswerCode((count) => kit.parts.random.bytes(count));

test('whoever guesses codes is not listened to any more, and whom it was sent to still is', async () => {
  const id = await told();

  for (let tries = 0; tries < 10; tries += 1) kit.answer(sms, { address: stranger, text: wrong() });
  kit.answer(sms, { address: stranger, text: codeOf(id) });
  expect(kit.state(id)).toBe('climbing');

  kit.answer(sms, { address, text: codeOf(id) });
  expect(kit.state(id)).toBe('acknowledged');
});

test('the number of a car beside the code is not taken for it', async () => {
  const id = await told();
  await told();

  kit.answer(sms, { address: stranger, text: `принял, еду на А234ВС, ${codeOf(id)}` });

  expect(kit.state(id)).toBe('acknowledged');
});

test('whose chat it is now does not answer what was asked of whoever had it before', async () => {
  kit.ladder('normal', [{ channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 600 }]);
  kit.bind(bot.routeId, ivan, '77');
  const id = await told();
  Object.assign(kit.inboxParts.bindings, { partyOf: () => olga });

  kit.answer(bot, { address: '77', text: 'принял' });
  kit.answer(bot, { address: '77', text: 'принял', providerId: 'taken-1' });

  expect(kit.state(id)).toBe('climbing');
  expect(kit.stores.replies.ofNotification(id)).toEqual([]);
});

test('a refusal that comes when the next one is being told stops nobody', async () => {
  kit.ladder('urgent', [{ channel: 'sms', waitFor: 'acknowledged', waitSeconds: 60 }], {
    next: { kind: 'contact', id: olga.id },
  });
  const id = await told({ urgency: 'urgent' });
  await kit.clock.advance(60_010);

  kit.answer(sms, { address, verb: 'cannot', code: codeOf(id) });

  expect(chainOf(id).map(({ state }) => state)).toEqual(['acknowledged', 'climbing']);
  expect(kit.stores.reachAlarms.sounding().map(({ kind }) => kind)).not.toContain('declined');
});

test('a refusal said twice passes on once, and calls nobody when somebody else has accepted', async () => {
  const oleg = kit.addContact('Олег', { phone: '+7 900 555-03-03' });
  const groupId = kit.db.transact((revision) => {
    const group = { uuid: 'g', name: 'Бригада', active: 1, revision } as const;
    const made = kit.stores.reachParties.insertGroup(group);
    kit.stores.reachParties.setMembers(made, [ivan, olga, oleg]);
    return made;
  });
  kit.ladder('urgent', [{ channel: 'sms', waitFor: 'acknowledged', waitSeconds: 3600 }], {
    next: { kind: 'group', id: groupId },
  });
  const id = await told({ urgency: 'urgent' });
  kit.answer(sms, { address, verb: 'cannot', code: codeOf(id) });
  await kit.clock.advance(10);

  kit.answer(sms, { address, verb: 'cannot', code: codeOf(id) });
  expect(chainOf(id).map(({ party }) => party)).toEqual([ivan, olga]);

  kit.answer(sms, { address: '79005550202', verb: 'accepted', code: chainOf(id)[1]!.code });
  kit.answer(sms, { address, verb: 'cannot', code: codeOf(id) });
  expect(chainOf(id).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
  expect(kit.stores.reachAlarms.soundingCount()).toBe(0);
});

test('what was said back is said again when it is told again, and not thanks', async () => {
  await told();
  await told();
  const event = { eventId: 'update-7', address, text: 'да' };

  const first = kit.answer(sms, event);
  await kit.clock.advance(10);

  expect(first.reply).toContain('с кодом');
  expect(kit.answer(sms, event)).toEqual(first);
});

test('an answer that nothing can be made of stops none of those after it, and a person reads it', async () => {
  const id = await told();
  const answered = kit.parts.effects().answered;
  Object.assign(kit.parts.effects(), {
    answered: () => {
      throw new AppError('conflict', { details: { reason: 'not-a-work' } });
    },
  });

  kit.answer(sms, { eventId: 'poison', address, verb: 'accepted', code: codeOf(id) });
  Object.assign(kit.parts.effects(), { answered });

  expect(kit.state(id)).toBe('acknowledged');
  expect(kit.stores.replies.ofNotification(id)).toMatchObject([{ verb: 'accepted' }]);
  expect(kit.stores.reachAlarms.sounding()).toMatchObject([{ kind: 'call-answer', name: 'Иван' }]);
});

test('the clock of a telephone that is ahead, or says nonsense, makes no time of its own', async () => {
  const id = await told();
  const now = kit.clock.now();

  kit.answer(sms, { address, verb: 'accepted', code: codeOf(id), at: now + 86_400_000.5 });

  expect(kit.stores.notifications.require(id).acknowledgedAt).toBe(now);
});
