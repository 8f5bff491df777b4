import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNotifyKit, type NotifyKit } from '../../../test/support/notify-kit.ts';
import type { ScriptedDriver } from '../../../test/support/scripted-driver.ts';
import { notificationsContract } from '../../shared/contract/notifications.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { noticeFilterOf } from '../../../test/support/notice-filter.ts';
import { composeNotices } from '../compose-notices.ts';
import { climbView } from './climb-view.ts';
import { composeNotice, type ComposeNotice } from './compose-notice.ts';
import type { NoticeParts } from './notice-parts.ts';
import { settleByHand } from './settle-by-hand.ts';
import { acknowledgeNotices, cancelNotices, resendNotices } from './several-notices.ts';
import { dismissStray, placeStray, strayPage } from './stray-answers.ts';

const minuteMs = 60_000;

let kit: NotifyKit;
let notices: NoticeParts;
let anna: number;
let ivan: Party;
let bot: ScriptedDriver & { readonly routeId: number };
let mail: ScriptedDriver;
let sms: ScriptedDriver;

beforeEach(async () => {
  kit = createNotifyKit();
  notices = composeNotices(kit.parts, kit.stores);
  anna = kit.addPerson('Орлова Анна');
  ivan = kit.addContact('Иван Лисин', { email: 'ivan@crew.example', phone: '+7 900 555-01-01' });
  bot = kit.addRoute('bot', { receipts: ['accepted', 'acknowledged'] });
  mail = kit.addRoute('email', { receipts: ['accepted'] });
  sms = kit.addRoute('smsaero', { receipts: ['accepted', 'delivered'] });
  kit.bind(bot.routeId, ivan, '77');
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    kit.ladder(urgency, [
      { channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 300 },
      { channel: 'email', waitFor: 'acknowledged', waitSeconds: 300 },
      { channel: 'sms', waitFor: 'delivered', waitSeconds: 60 },
    ]);
  }
  await kit.service.start(new AbortController().signal);
});

afterEach(() => kit.service.stop());

const blank: ComposeNotice = {
  to: [],
  groupIds: [],
  urgency: 'urgent',
  title: 'Мачта КА0412',
  text: 'Нет питания, выезжайте',
  incidentId: null,
  asks: true,
  files: [],
};
const compose = (part: Partial<ComposeNotice>) => composeNotice(notices, { ...blank, ...part }, anna);
const told = () =>
  kit.db
    .prepare<[], string>(
      "SELECT kind || ' ' || payload FROM journal WHERE kind LIKE '%notif%' ORDER BY sequence",
    )
    .pluck()
    .all();
const found = (text: string) =>
  notices.view
    .page({ filter: { ...noticeFilterOf(), text }, before: null, limit: 10 })
    .rows.map(({ id }) => id);

describe('why was he called at 03:12', () => {
  test('is said step by step: the plan, the times, the words of the service, and why it moved on', async () => {
    mail.play({ as: 'fails', trouble: 'address-refused', certainty: 'refused', wrote: true });
    const [id = 0] = compose({ to: [ivan] });
    await kit.clock.advance(5.5 * minuteMs);

    const climb = climbView(notices, id);

    expect(climb.steps.map(({ planned, end, errorCode }) => [planned.channel, end, errorCode])).toEqual([
      ['telegram', 'no-acknowledgement', null],
      ['email', 'failed', 'address-refused'],
      ['sms', 'waiting', null],
    ]);
    const [first, second] = climb.steps;
    expect(first).toMatchObject({ address: '77', routeName: 'bot', planned: { waitSeconds: 300 } });
    expect(first?.endAt).toBe((first?.sentAt ?? 0) + 300_000);
    expect(second?.dueAt).toBe(first?.endAt);
    expect(second?.attempts.map(({ routeName, outcome }) => [routeName, outcome])).toEqual([
      ['email', 'refused'],
    ]);
  });

  test('shows the steps that were not needed, and what stopped the last one', async () => {
    const [id = 0] = compose({ to: [ivan] });
    await kit.clock.advance(minuteMs);

    acknowledgeNotices(notices, [id], anna);

    const { steps, row } = climbView(notices, id);
    expect(steps.map(({ end }) => end)).toEqual(['stopped', 'not-taken', 'not-taken']);
    expect(row).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'hand' });
  });

  test('names whoever it was passed on to', async () => {
    const boris = kit.addContact('Борис', { phone: '+7 900 555-02-02' });
    kit.ladder('urgent', [{ channel: 'sms', waitFor: 'delivered', waitSeconds: 60 }], {
      next: boris as { kind: 'contact'; id: number },
    });
    const [id = 0] = compose({ to: [ivan] });
    await kit.clock.advance(1.5 * minuteMs);

    expect(climbView(notices, id).chain.map(({ party, state }) => [party?.name, state])).toEqual([
      ['Иван Лисин', 'not-reached'],
      ['Борис', 'climbing'],
    ]);
    expect(notices.view.rows([id])[0]?.nextId).toBeGreaterThan(id);
  });
});

test('everything the page asks for passes the contract', async () => {
  const { list, climb, ofIncident, counts, strays } = notificationsContract;
  const [id = 0] = compose({ to: [ivan] });
  compose({ to: [ivan] });
  await kit.clock.advance(10);
  kit.answer(bot, { address: '77', text: 'принял', place: { latitude: 55.7, longitude: 37.6 } });
  await kit.clock.advance(6 * minuteMs);
  const page = notices.view.page({ filter: noticeFilterOf(), before: null, limit: 10 });
  const whole = climbView(notices, id);

  expect(list.output.parse(page)).toEqual(page);
  expect(climb.output.parse(whole)).toEqual(whole);
  expect(ofIncident.output.parse({ climbs: [whole], more: 0 }).climbs).toHaveLength(1);
  expect(strays.output.parse(strayPage(notices, null))).toEqual(strayPage(notices, null));
  expect(counts.output.parse(notices.view.counts())).toMatchObject({ open: 2, answers: 1 });
});

describe('composing', () => {
  test('tells whoever is in a group and beside it once, and the card’s history says whom', () => {
    const incidentId = kit.open(
      {
        title: 'Нет питания',
        description: '',
        applicantName: '',
        applicantPhone: '',
        applicantAddress: '',
        typeId: null,
        assigneeId: anna,
        asset: '',
      },
      anna,
    );
    const boris = kit.addContact('Борис', { phone: '+7 900 555-02-02' });
    const groupId = kit.db.transact((revision) => {
      const id = kit.stores.reachParties.insertGroup({ uuid: 'g', name: 'Бригада', active: 1, revision });
      kit.stores.reachParties.setMembers(id, [ivan, boris]);
      return id;
    });

    const ids = compose({ to: [ivan], groupIds: [groupId], incidentId });

    expect(ids).toHaveLength(2);
    expect(told().at(-1)).toContain('"names":["Иван Лисин","Борис"]');
    expect(notices.view.ofIncident(incidentId, 10).ids).toEqual(ids);
  });

  test('is refused when nobody is left of whom was chosen', () => {
    expect(() => compose({ groupIds: [99] })).toThrow(
      expect.objectContaining({ reason: 'nobody-to-notify' }),
    );
  });

  test('is found by its words, by whom it is for, by the telephone and by its code', () => {
    const [id = 0] = compose({ to: [ivan] });
    const { code } = kit.stores.notifications.require(id);

    expect([found('питани'), found('лисин'), found('8 900 555-01-01'), found(code)]).toEqual([
      [id],
      [id],
      [id],
      [id],
    ]);
    expect(found('подрядчик')).toEqual([]);
  });
});

describe('several at once', () => {
  test('are done where they can be, and each refusal says why', async () => {
    const [first = 0] = compose({ to: [ivan] });
    const [second = 0] = compose({ to: [ivan] });
    await kit.clock.advance(10);
    acknowledgeNotices(notices, [first], anna);

    const outcome = cancelNotices(notices, [first, second, second], anna);

    expect(outcome).toEqual({ done: 1, refused: [{ id: first, reason: 'notification-ended' }] });
    expect([kit.state(first), kit.state(second)]).toEqual(['acknowledged', 'cancelled']);
  });

  test('sent again are new ones with the same words; the old ones stay as they were', async () => {
    const [id = 0] = compose({ to: [ivan] });
    await kit.clock.advance(10);
    cancelNotices(notices, [id], anna);

    expect(resendNotices(notices, [id], anna)).toEqual({ done: 1, refused: [] });

    await kit.clock.advance(10);
    expect(bot.sent.map(({ text }) => text)).toEqual([blank.text, blank.text]);
    expect(kit.state(id)).toBe('cancelled');
  });

  test('of a call or a conversation are left to where they belong', () => {
    const id = kit.notify(ivan, { kind: 'chat' });

    const call = kit.notify(ivan, { kind: 'call' });
    const refused = [{ id: call, reason: 'notification-elsewhere' }];

    expect(resendNotices(notices, [id], anna).refused).toEqual([{ id, reason: 'notification-elsewhere' }]);
    expect(acknowledgeNotices(notices, [call], anna).refused).toEqual(refused);
    expect(cancelNotices(notices, [call], anna).refused).toEqual(refused);
  });
});

describe('an outcome nobody knows', () => {
  const unknown = async () => {
    kit.ladder('urgent', [{ channel: 'sms', waitFor: 'accepted', waitSeconds: 600 }]);
    sms.play({ as: 'fails', trouble: 'route-timeout', certainty: 'unknown', wrote: true });
    const [id = 0] = compose({ to: [ivan] });
    await kit.clock.advance(10);
    const deliveryId = kit.stores.deliveries.ofNotification(id)[0]?.id ?? 0;
    return { id, deliveryId };
  };

  test('is counted, shown, and never sent again by itself', async () => {
    const { id } = await unknown();

    expect(notices.view.counts()).toMatchObject({ unknown: 1, alarms: 1 });
    expect(climbView(notices, id).steps[0]).toMatchObject({ state: 'unknown', end: 'unknown' });
    await kit.clock.advance(60 * minuteMs);
    expect(sms.sent).toHaveLength(1);
  });

  test('is settled by a person who asked: it arrived, and the alarm falls silent', async () => {
    const { id, deliveryId } = await unknown();

    settleByHand(notices, { deliveryId, arrived: true }, anna);

    expect([kit.state(id), notices.view.counts()]).toEqual([
      'reached',
      { open: 0, unknown: 0, alarms: 0, answers: 0 },
    ]);
    expect(() => settleByHand(notices, { deliveryId, arrived: false }, anna)).toThrow(
      expect.objectContaining({ reason: 'delivery-known' }),
    );
  });

  test('or it arrived when everything was given up: they were reached after all', async () => {
    const { id, deliveryId } = await unknown();
    await kit.clock.advance(60 * minuteMs);
    expect(kit.state(id)).toBe('not-reached');

    settleByHand(notices, { deliveryId, arrived: true }, anna);

    expect(kit.state(id)).toBe('reached');
  });

  test('or it did not, and the ladder goes on', async () => {
    const { id, deliveryId } = await unknown();

    settleByHand(notices, { deliveryId, arrived: false }, anna);

    expect(kit.state(id)).toBe('not-reached');
    expect(climbView(notices, id).steps[0]).toMatchObject({ end: 'failed', errorCode: 'never-arrived' });
  });
});

describe('an answer that belongs to nothing', () => {
  const stray = async (text: string) => {
    const ids = [...compose({ to: [ivan], title: 'Первое' }), ...compose({ to: [ivan], title: 'Второе' })];
    await kit.clock.advance(10);
    kit.answer(bot, { address: '77', text });
    return ids;
  };

  test('waits for a person, with what it may be about', async () => {
    const ids = await stray('принял');

    const { answers } = strayPage(notices, null);
    expect(answers.map(({ text, candidates }) => [text, candidates.map(({ id }) => id)])).toEqual([
      ['принял', ids.toReversed()],
    ]);
    expect(notices.view.counts().answers).toBe(1);
  });

  test('placed by hand is an acknowledgement, once', async () => {
    const [first = 0, second = 0] = await stray('принял');
    const [{ id: answerId } = { id: 0 }] = strayPage(notices, null).answers;

    placeStray(notices, { answerId, notificationId: first }, anna);

    expect([kit.state(first), kit.state(second)]).toEqual(['acknowledged', 'climbing']);
    expect(climbView(notices, first).answers.map(({ text }) => text)).toEqual(['принял']);
    expect(kit.told.answered).toHaveLength(1);
    expect(() => placeStray(notices, { answerId, notificationId: second }, anna)).toThrow(
      expect.objectContaining({ reason: 'answer-placed' }),
    );
  });

  test('put away is gone from the list and changes nothing', async () => {
    const [first = 0] = await stray('принял');
    const [{ id: answerId } = { id: 0 }] = strayPage(notices, null).answers;

    dismissStray(notices, answerId, anna);

    expect([strayPage(notices, null).answers, kit.state(first)]).toEqual([[], 'climbing']);
  });
});
