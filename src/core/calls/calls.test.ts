import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CallKit, createCallKit } from '../../../test/support/call-kit.ts';

const minute = 60_000;
let kit: CallKit;

beforeEach(async () => {
  kit = await createCallKit();
});
afterEach(async () => {
  await kit.stop();
  kit.db.close();
});

describe('a technician who comes', () => {
  test('accepts by a button, drives, works and is done, each with its time', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id, number } = kit.call();
    await kit.clock.advance(1000);
    expect(kit.last(kit.bot, 'Валеев')).toMatchObject({
      title: `Вызов №${number}`,
      verbs: ['accepted', 'on-the-way', 'in-progress', 'done', 'cannot'],
    });
    expect(kit.last(kit.bot, 'Валеев').text).toContain('Опора 7742');

    await kit.clock.advance(minute);
    expect(kit.press('Валеев', 'accepted')).toContain('он за вами');
    const acceptedAt = kit.clock.now();
    await kit.clock.advance(5 * minute);
    kit.press('Валеев', 'on-the-way');
    await kit.clock.advance(60 * minute);
    kit.press('Валеев', 'in-progress');
    await kit.clock.advance(30 * minute);
    expect(kit.press('Валеев', 'done')).toContain('Спасибо');

    const call = kit.at(id);
    expect(call).toMatchObject({
      state: 'completed',
      acceptedAt,
      onTheWayAt: acceptedAt + 5 * minute,
      inProgressAt: acceptedAt + 65 * minute,
      endedAt: acceptedAt + 95 * minute,
      clock: null,
    });
    expect(call.turns).toMatchObject([{ name: 'Валеев', outcome: 'accepted' }]);
    expect(call.clocks.map(({ kind, endedAt }) => [kind, endedAt])).toEqual([
      ['accept', acceptedAt],
      ['arrive', acceptedAt + 65 * minute],
      ['complete', acceptedAt + 95 * minute],
    ]);
    expect(kit.sms.sent).toEqual([]);
    expect(kit.history()).toEqual([
      'asked Валеев',
      'accepted Валеев',
      'on-the-way Валеев',
      'in-progress Валеев',
      'completed Валеев',
    ]);
  });

  test('who answers twice changes nothing the second time, and is told so', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call();
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    const { revision } = kit.at(id);
    expect(kit.press('Валеев', 'accepted')).toContain('уже отмечено');
    kit.press('Валеев', 'on-the-way');
    expect(kit.press('Валеев', 'accepted')).toContain('уже отмечено');
    expect(kit.at(id).state).toBe('on-the-way');
    expect(kit.at(id).revision).toBeGreaterThan(revision);
  });

  test('answers by SMS with the code word alone', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call();
    await kit.clock.advance(3 * minute);
    const { code, address } = kit.sms.sent.at(-1)!;
    kit.write(kit.sms, address, { text: code });
    expect(kit.at(id).state).toBe('accepted');
    kit.write(kit.sms, address, { text: `выполнено ${code}` });
    expect(kit.at(id).state).toBe('completed');
  });
});

describe('a technician who does not come', () => {
  test('refuses, and the next is asked at once', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(1000);
    expect(kit.press('Валеев', 'cannot')).toContain('передаём другому');
    await kit.clock.advance(1000);
    expect(kit.at(id)).toMatchObject({ state: 'pending', contactId: second, turn: 2 });
    expect(kit.last(kit.bot, 'Громов').title).toBe('Вызов №1');
    expect(kit.at(id).turns.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['Валеев', 'declined'],
      ['Громов', null],
    ]);
    // What the first one said is in the conversation, and is not taken for a word of the second.
    expect(kit.at(id).lastAnswer).toBeNull();
    kit.press('Громов', 'accepted');
    expect(kit.at(id).lastAnswer).toMatchObject({ verb: 'accepted' });
  });

  test('is silent to the end of the ladder, and the next is asked', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(6 * minute);
    expect(kit.at(id).contactId).toBe(first);
    await kit.clock.advance(2 * minute);
    expect(kit.at(id)).toMatchObject({ state: 'pending', contactId: second });
    expect(kit.at(id).turns[0]).toMatchObject({ outcome: 'silent', notificationState: 'not-reached' });
    expect(kit.history()).toEqual(['asked Валеев', 'silent Валеев', 'asked Громов']);
  });

  test('has heard of it and says nothing: the next is asked when the time to answer is over', async () => {
    kit.ladder('urgent', [{ channel: 'telegram', waitFor: 'accepted' }]);
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id, silentAt } = kit.call({ contactId: first });
    expect(silentAt).toBe(kit.clock.now() + 20 * minute);
    await kit.clock.advance(19 * minute);
    expect(kit.at(id)).toMatchObject({ contactId: first, state: 'pending' });
    await kit.clock.advance(2 * minute);
    expect(kit.at(id).contactId).toBe(second);
  });

  test('is left alone at night without losing the turn before being told', async () => {
    kit.technician('Громов', '+7 900 555-07-02');
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    kit.db.transact((revision) =>
      kit.stores.reachParties.saveLimit(
        { kind: 'contact', id: first },
        { quietFrom: 0, quietTo: 12 * 60, zone: 'Europe/Moscow', hourlyLimit: null },
        revision,
      ),
    );
    const { id } = kit.call({ contactId: first, urgency: 'normal' });
    await kit.clock.advance(150 * minute);
    expect(kit.at(id)).toMatchObject({ contactId: first, state: 'pending' });
    expect(kit.bot.sent).toEqual([]);
  });

  test('when nobody is left the dispatcher hears of it, and may ask somebody again', async () => {
    const only = kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call();
    await kit.clock.advance(8 * minute);
    const left = kit.at(id);
    expect(left).toMatchObject({ state: 'declined', sounding: true, clock: null });
    expect(kit.sounding()).toEqual(['nobody-left']);
    expect(() =>
      kit.calls.passOn({ id, expected: left.revision, contactId: null, reason: '' }, kit.me),
    ).toThrow(expect.objectContaining({ reason: 'nobody-to-call' }));
    kit.calls.passOn({ id, expected: left.revision, contactId: only, reason: '' }, kit.me);
    expect(kit.at(id)).toMatchObject({ state: 'pending', endedAt: null, sounding: false });
  });

  test('cannot be reached by anything: the next is asked without waiting', async () => {
    const { id: nowhere } = kit.addContact('Без связи');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: nowhere });
    await kit.clock.advance(30_000);
    expect(kit.at(id).contactId).toBe(second);
  });

  test('is not passed over where the dispatcher wants to decide', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first, passesOn: false });
    await kit.clock.advance(30 * minute);
    expect(kit.at(id)).toMatchObject({ state: 'pending', contactId: first });
    expect(kit.sounding()).toEqual(['nobody-left']);
    kit.press('Валеев', 'accepted');
    expect(kit.at(id).state).toBe('accepted');
  });

  test('changes his mind on the way: the dispatcher hears of it and the next is asked', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(1000);
    kit.press('Валеев', 'on-the-way');
    kit.press('Валеев', 'cannot');
    expect(kit.at(id)).toMatchObject({ state: 'pending', contactId: second, acceptedAt: null });
    expect(kit.at(id).turns[0]).toMatchObject({ outcome: 'declined' });
    expect(kit.sounding()).toContain('declined');
    expect(kit.at(id).clocks.map(({ kind, endedAt }) => [kind, endedAt])).toEqual([['accept', null]]);
  });
});

describe('answers that come too late', () => {
  test('of whoever was passed over are told politely and change nothing', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const second = kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(10 * minute);
    expect(kit.at(id).contactId).toBe(second);
    const before = kit.at(id);
    expect(kit.press('Валеев', 'accepted')).toBe('Вызов №1 уже передан другому, ехать не нужно. Спасибо!');
    const after = kit.at(id);
    expect([after.state, after.contactId, after.revision]).toEqual([
      before.state,
      before.contactId,
      before.revision,
    ]);
    expect(after.words.at(-1)).toMatchObject({ name: 'Валеев', verb: 'accepted', direction: 'in' });
    expect(kit.press('Громов', 'accepted')).toContain('он за вами');
  });

  test('are taken when nobody is left and one of those who were asked will do it after all', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    kit.technician('Громов', '+7 900 555-07-02');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(20 * minute);
    expect(kit.at(id).state).toBe('declined');
    kit.press('Валеев', 'accepted');
    expect(kit.at(id)).toMatchObject({ state: 'accepted', contactId: first, endedAt: null });
  });

  test('to a call that was taken back say that it is off', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id, revision } = kit.call();
    await kit.clock.advance(1000);
    const asked = kit.last(kit.bot, 'Валеев').code;
    kit.calls.cancel({ id, expected: revision, reason: 'Питание вернулось' }, kit.me);
    await kit.clock.advance(1000);
    expect(kit.last(kit.bot, 'Валеев').text).toBe(
      'Вызов №1 (Опора 7742) отменён, ехать не нужно. Причина: Питание вернулось',
    );
    expect(kit.write(kit.bot, 'Валеев', { verb: 'accepted', code: asked })).toBe(
      'Вызов №1 отменён, ехать не нужно.',
    );
    expect(kit.at(id).state).toBe('cancelled');
  });
});

describe('a call that is taken back', () => {
  test('while an SMS is under way tells whoever gets it not to set out', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    kit.bot.always({ as: 'fails', trouble: 'address-blocked', certainty: 'refused' });
    kit.sms.play({ as: 'hangs', wrote: true });
    const { id } = kit.call();
    await kit.clock.advance(1000);
    expect(kit.sms.sent).toHaveLength(1);
    kit.calls.cancel({ id, expected: kit.at(id).revision, reason: '' }, kit.me);
    kit.sms.release();
    await kit.clock.advance(3 * minute);
    expect(kit.sms.sent.map(({ text }) => text).at(-1)).toContain('отменён, ехать не нужно');
    expect(kit.sms.sent).toHaveLength(2);
  });

  test('before anything has left bothers nobody', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id, revision } = kit.call();
    kit.calls.cancel({ id, expected: revision, reason: '' }, kit.me);
    await kit.clock.advance(30 * minute);
    expect([...kit.bot.sent, ...kit.sms.sent]).toEqual([]);
  });
});

describe('the conversation of a call', () => {
  const photo = {
    sha256: 'a'.repeat(64),
    fileName: 'щит.jpg',
    mimeType: 'image/jpeg',
    size: 120_000,
  };

  test('goes both ways by the channel they last used, with photos and the place', async () => {
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call();
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    kit.calls.seen(id, kit.me);
    expect(kit.sounding()).toEqual([]);

    kit.calls.say({ id, text: 'Ключ у охраны', files: [] }, kit.me);
    await kit.clock.advance(1000);
    expect(kit.last(kit.bot, 'Валеев').text).toBe('Ключ у охраны');
    expect(kit.write(kit.bot, 'Валеев', { text: 'Вот щит', files: [photo] })).toBeNull();
    kit.write(kit.bot, 'Валеев', { place: { latitude: 55.75, longitude: 37.61 } });

    const call = kit.at(id);
    expect(call.state).toBe('accepted');
    expect(call.words.map(({ direction, text }) => [direction, text])).toEqual([
      ['in', ''],
      ['out', 'Ключ у охраны'],
      ['in', 'Вот щит'],
      ['in', ''],
    ]);
    expect(call.words[1]).toMatchObject({ state: 'accepted', personId: kit.me });
    expect(call.words[2]?.files).toEqual([photo]);
    expect(call.location).toMatchObject({ latitude: 55.75, longitude: 37.61 });
    expect(call.unseen).toBe(2);
    expect(call.speaksBy).toBe('telegram');
    expect(kit.sounding()).toEqual(['call-answer']);
  });

  test('a place that is shared live moves in the call, silently, until the call is over', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    kit.write(kit.bot, 'Валеев', { eventId: 'place', place: { latitude: 55.75, longitude: 37.61 } });
    kit.calls.seen(id, kit.me);
    await kit.clock.advance(minute);
    const move = (latitude: number) =>
      kit.bot.inbox()?.moved({ eventId: 'place', latitude, longitude: 37.7, at: kit.clock.now() });

    const { revision: expected } = kit.at(id);
    move(55.8);
    expect(kit.at(id).location).toMatchObject({ latitude: 55.8, longitude: 37.7 });
    expect(kit.sounding()).toEqual([]);
    kit.calls.cancel({ id, expected, reason: '' }, kit.me);
    await kit.clock.advance(minute);
    move(56);
    expect(kit.at(id).location).toMatchObject({ latitude: 55.8 });
  });

  test('a word of the conversation is not repeated by the ladder of a critical call', async () => {
    kit.ladder('critical', [{ channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 60 }], {
      repeatMinutes: 2,
      mostRounds: 5,
    });
    kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call({ urgency: 'critical' });
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    kit.calls.say({ id, text: 'Ключ у охраны', files: [] }, kit.me);
    await kit.clock.advance(20 * minute);
    expect(kit.bot.sent.filter(({ text }) => text === 'Ключ у охраны')).toHaveLength(1);
  });
});

describe('clocks of a call', () => {
  test('sound when nobody comes in time', async () => {
    const first = kit.technician('Валеев', '+7 900 555-07-01');
    const { id } = kit.call({ contactId: first });
    await kit.clock.advance(1000);
    kit.press('Валеев', 'accepted');
    kit.calls.seen(id, kit.me);
    await kit.clock.advance(239 * minute);
    expect(kit.sounding()).toEqual([]);
    await kit.clock.advance(2 * minute);
    expect(kit.sounding()).toEqual(['call-overdue']);
    expect(kit.history()).toContain('overdue Валеев');
  });
});
