import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { ScriptedDriver } from '../../../test/support/scripted-driver.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { acknowledge } from './acknowledge.ts';

const minuteMs = 60_000;

let kit: NotifyKit;
let ivan: Party;
let bot: ScriptedDriver & { readonly routeId: number };
let mail: ScriptedDriver;
let sms: ScriptedDriver;

beforeEach(async () => {
  kit = createNotifyKit();
  ivan = kit.addContact('Иван', { email: 'ivan@crew.example', phone: '+7 900 555-01-01' });
  bot = kit.addRoute('bot', { receipts: ['accepted', 'acknowledged'] });
  mail = kit.addRoute('email', { receipts: ['accepted'] });
  sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'] });
  kit.bind(bot.routeId, ivan, '77');
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    kit.ladder(urgency, [
      { channel: 'telegram', waitFor: 'acknowledged' },
      { channel: 'email', waitFor: 'acknowledged' },
      { channel: 'sms', waitFor: 'delivered' },
    ]);
  }
  await kit.service.start(new AbortController().signal);
});

afterEach(() => kit.service.stop());

describe('a ladder of Telegram, e-mail and SMS', () => {
  test('stops at its first step when they acknowledge by the button', async () => {
    const id = kit.notify(ivan);
    await kit.clock.advance(10);

    const { code } = kit.stores.notifications.require(id);
    const said = kit.answer(bot, { address: '77', verb: 'accepted', code });
    await kit.clock.advance(10 * minuteMs);

    expect(said).toEqual({ reply: 'Принято, спасибо.', verb: 'accepted' });
    expect([kit.state(id), kit.steps(id)]).toEqual(['acknowledged', ['1.0 telegram acknowledged']]);
    expect([mail.sent, sms.sent]).toEqual([[], []]);
    expect(kit.told.ended.map(({ state }) => state)).toEqual(['acknowledged']);
  });

  test('sends at once: the commit wakes it', async () => {
    kit.notify(ivan);
    await kit.clock.advance(0);

    expect(bot.sent.map(({ address, name }) => [address, name])).toEqual([['77', 'Иван']]);
  });

  test('goes on at once when nothing could be sent', async () => {
    bot.play({ as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' });
    const id = kit.notify(ivan);
    await kit.clock.advance(10);

    expect(kit.steps(id)).toEqual(['1.0 telegram failed', '1.1 email accepted']);
    expect(kit.stores.deliveryAttempts.of(1).map(({ outcome, code }) => [outcome, code])).toEqual([
      ['not-sent', 'route-unavailable'],
    ]);
  });

  test('goes on when what was sent is not acknowledged in time, and a minute is a minute', async () => {
    const id = kit.notify(ivan);
    await kit.clock.advance(minuteMs - 1000);
    expect(kit.steps(id)).toEqual(['1.0 telegram accepted']);

    await kit.clock.advance(2000);
    expect(kit.steps(id)).toEqual(['1.0 telegram accepted', '1.1 email accepted']);
  });

  test('ends without success when no receipt comes, and the dispatcher is alarmed', async () => {
    const id = kit.notify(ivan);
    await kit.clock.advance(4 * minuteMs);

    expect(kit.steps(id)).toEqual(['1.0 telegram accepted', '1.1 email accepted', '1.2 sms accepted']);
    expect(kit.state(id)).toBe('not-reached');
    expect(kit.stores.reachAlarms.sounding()).toMatchObject([{ kind: 'not-reached', name: 'Иван' }]);
  });

  test('is content with the receipt its step waits for', async () => {
    bot.play({ as: 'fails', trouble: 'address-blocked', certainty: 'refused' });
    mail.play({ as: 'fails', trouble: 'route-unavailable', certainty: 'not-sent' });
    const id = kit.notify(ivan);
    await kit.clock.advance(10);
    sms.inbox()?.receipt({
      providerId: 'taken-1',
      eventId: 'one',
      at: kit.clock.now(),
      report: { status: 'delivered', raw: 'DELIVRD' },
    });
    await kit.clock.advance(10 * minuteMs);

    expect([kit.state(id), kit.steps(id).at(-1)]).toEqual(['reached', '1.2 sms delivered']);
    expect(kit.stores.reachAlarms.soundingCount()).toBe(0);
  });

  test('a receipt that comes when the ladder has moved on still ends it', async () => {
    kit.ladder('normal', [
      { channel: 'sms', waitFor: 'delivered' },
      { channel: 'email', waitFor: 'acknowledged' },
    ]);
    const id = kit.notify(ivan);
    await kit.clock.advance(70_000);
    const report = { status: 'delivered', raw: 'DELIVRD' } as const;
    const event = { providerId: 'taken-1', eventId: 'late', at: kit.clock.now(), report };
    sms.inbox()?.receipt(event);
    sms.inbox()?.receipt(event);

    expect([kit.state(id), kit.steps(id)]).toEqual(['reached', ['1.0 sms delivered', '1.1 email accepted']]);
    expect(kit.stores.replies.receipts(1)).toHaveLength(1);
  });

  test('a letter that comes back when it had sufficed sets the ladder going again, and in the end somebody is told', async () => {
    kit.ladder('normal', [
      { channel: 'email', waitFor: 'accepted' },
      { channel: 'sms', waitFor: 'delivered' },
    ]);
    const id = kit.notify(ivan);
    await kit.clock.advance(10);
    expect(kit.state(id)).toBe('reached');

    const report = { status: 'failed', raw: '5.1.1 no such user' } as const;
    mail.inbox()?.receipt({ providerId: 'taken-1', eventId: 'bounce', at: kit.clock.now(), report });
    await kit.clock.advance(10);
    expect([kit.state(id), kit.steps(id)]).toEqual(['climbing', ['1.0 email failed', '1.1 sms accepted']]);

    await kit.clock.advance(2 * minuteMs);
    expect(kit.state(id)).toBe('not-reached');
    expect(kit.stores.reachAlarms.sounding()).toMatchObject([{ kind: 'not-reached', name: 'Иван' }]);
  });

  test('acknowledged while the next step is being sent: what has not begun to leave never does', async () => {
    mail.play({ as: 'hangs', wrote: false });
    const id = kit.notify(ivan);
    await kit.clock.advance(61_000);
    expect(kit.steps(id)).toEqual(['1.0 telegram accepted', '1.1 email sending']);

    const { code } = kit.stores.notifications.require(id);
    kit.answer(bot, { address: '77', verb: 'accepted', code });
    await kit.clock.advance(10);

    expect([mail.asked.length, mail.sent]).toEqual([1, []]);
    expect(kit.steps(id)).toEqual(['1.0 telegram acknowledged', '1.1 email cancelled']);
    expect(kit.stores.deliveryAttempts.of(2)).toMatchObject([{ outcome: 'not-sent', code: 'cancelled' }]);
  });

  test('a driver that does not hear it was taken back is stopped before its first byte', async () => {
    mail.play({ as: 'hangs', wrote: false, isDeaf: true });
    const id = kit.notify(ivan);
    await kit.clock.advance(61_000);
    const { code } = kit.stores.notifications.require(id);
    kit.answer(bot, { address: '77', verb: 'accepted', code });
    await kit.clock.advance(10);
    mail.release();
    await kit.clock.advance(10);

    expect([mail.sent, kit.steps(id)]).toEqual([[], ['1.0 telegram acknowledged', '1.1 email cancelled']]);
  });

  test('acknowledged while the next step is leaving: that one is told as it went, and nothing follows', async () => {
    mail.play({ as: 'hangs', wrote: true });
    const id = kit.notify(ivan);
    await kit.clock.advance(61_000);
    const { code } = kit.stores.notifications.require(id);
    kit.answer(bot, { address: '77', verb: 'accepted', code });
    mail.release();
    await kit.clock.advance(10 * minuteMs);

    expect(kit.steps(id)).toEqual(['1.0 telegram acknowledged', '1.1 email accepted']);
    expect([kit.state(id), sms.sent]).toEqual(['acknowledged', []]);
  });

  test('when all steps are dead the next person is told, and whoever answers silences the alarm', async () => {
    const olga = kit.addContact('Ольга', { phone: '+7 900 555-02-02' });
    kit.ladder('urgent', [{ channel: 'sms', waitFor: 'acknowledged' }], {
      next: { kind: 'contact', id: olga.id },
    });
    sms.play({ as: 'fails', trouble: 'message-refused', certainty: 'refused' });
    const id = kit.notify(ivan, { urgency: 'urgent' });
    await kit.clock.advance(10);

    expect(kit.state(id)).toBe('not-reached');
    expect(kit.stores.reachAlarms.sounding()).toMatchObject([{ kind: 'not-reached', notificationId: id }]);
    const next = kit.stores.notifications.ofChain(kit.stores.notifications.require(id).chain)[1];
    expect(next).toMatchObject({ previousId: id, party: olga, state: 'climbing' });

    kit.answer(sms, { address: '+7 900 555-02-02', text: `принял ${next?.code}` });
    expect(kit.stores.reachAlarms.soundingCount()).toBe(0);
    expect(kit.state(next?.id ?? 0)).toBe('acknowledged');
  });

  test('a group is told one after another, nobody twice', async () => {
    const crew = ['Ольга', 'Пётр'].map((name, at) => kit.addContact(name, { phone: `+7 900 555-03-0${at}` }));
    const groupId = kit.db.transact((revision) => {
      const group = kit.stores.reachParties.insertGroup({
        uuid: 'crew',
        name: 'Бригада',
        active: 1,
        revision,
      });
      kit.stores.reachParties.setMembers(group, [ivan, ...crew]);
      return group;
    });
    kit.ladder('urgent', [{ channel: 'sms', waitFor: 'acknowledged' }], {
      next: { kind: 'group', id: groupId },
    });
    sms.always({ as: 'fails', trouble: 'message-refused', certainty: 'refused' });
    const id = kit.notify(ivan, { urgency: 'urgent' });
    await kit.clock.advance(1000);

    const chain = kit.stores.notifications.ofChain(kit.stores.notifications.require(id).chain);
    expect(chain.map(({ party }) => party?.id)).toEqual([ivan, ...crew].map((party) => party.id));
    expect(kit.stores.reachAlarms.soundingCount()).toBe(3);
  });

  test('a critical one begins again until somebody acknowledges, as often as it may', async () => {
    kit.ladder('critical', [{ channel: 'sms', waitFor: 'acknowledged' }], {
      repeatMinutes: 5,
      mostRounds: 3,
    });
    const id = kit.notify(ivan, { urgency: 'critical' });
    await kit.clock.advance(7 * minuteMs);
    expect(kit.steps(id)).toEqual(['1.0 sms accepted', '2.0 sms accepted']);

    await kit.clock.advance(60 * minuteMs);
    expect([kit.steps(id).length, kit.state(id)]).toEqual([3, 'not-reached']);
  });

  test('says by hand: everything queued stops, and a second word changes nothing', async () => {
    const id = kit.notify(ivan);
    await kit.clock.advance(10);
    const say = () =>
      kit.db.transact((revision) =>
        acknowledge(kit.parts, id, { by: 'hand', at: kit.clock.now(), personId: null }, revision),
      );

    expect([say(), say()]).toEqual([true, false]);
    await kit.clock.advance(10 * minuteMs);
    expect(kit.steps(id)).toEqual(['1.0 telegram accepted']);
  });

  test('everything that fell due while the machine slept runs at once, in order', async () => {
    const id = kit.notify(ivan);
    await kit.clock.advance(10);
    kit.clock.jump(8 * 3_600_000);
    await kit.clock.advance(20_000);

    expect(kit.steps(id)).toEqual(['1.0 telegram accepted', '1.1 email accepted']);
  });
});

describe('whoever is to be left alone', () => {
  const limit = { quietFrom: null, quietTo: null, zone: '', hourlyLimit: null };
  const save = (
    change: Partial<typeof limit> | { hourlyLimit: number } | { quietFrom: number; quietTo: number },
  ) =>
    kit.db.transact((revision) => kit.stores.reachParties.saveLimit(ivan, { ...limit, ...change }, revision));

  test('is told in the morning, all at once, but a critical one always goes', async () => {
    // 08:30 in Moscow: quiet until nine.
    save({ quietFrom: 22 * 60, quietTo: 9 * 60 });
    const first = kit.notify(ivan, { title: 'Первое' });
    const second = kit.notify(ivan, { title: 'Второе' });
    const critical = kit.notify(ivan, { urgency: 'critical' });
    await kit.clock.advance(29 * minuteMs);
    expect([first, second].map((id) => [kit.state(id), kit.stores.notifications.require(id).heldBy])).toEqual(
      [
        ['waiting', 'quiet'],
        ['waiting', 'quiet'],
      ],
    );
    expect(kit.steps(critical)).not.toEqual([]);

    await kit.clock.advance(1.5 * minuteMs);
    expect([kit.state(first), kit.state(second)]).toEqual(['bundled', 'bundled']);
    const bundle = kit.stores.notifications.require(kit.stores.notifications.require(first).bundleId ?? 0);
    expect(bundle.text).toContain('1) Первое');
    expect(kit.steps(bundle.id)).toEqual(['1.0 telegram accepted']);

    kit.answer(bot, { address: '77', verb: 'accepted', code: bundle.code });
    expect(kit.stores.notifications.require(second).acknowledgedAt).not.toBeNull();
  });

  test('gets no more in an hour than they may, and the rest when there is room', async () => {
    save({ hourlyLimit: 1 });
    const [first, second] = [kit.notify(ivan), kit.notify(ivan)];
    const critical = kit.notify(ivan, { urgency: 'critical' });
    await kit.clock.advance(1000);
    expect([kit.state(first), kit.state(second), kit.state(critical)]).toEqual([
      'climbing',
      'waiting',
      'climbing',
    ]);

    await kit.clock.advance(61 * minuteMs);
    expect(kit.state(second)).not.toBe('waiting');
  });
});
