import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit, startOfTest } from '../../../test/support/core-kit.ts';
import type { ReachAlarm } from '../db/reach-alarm-store.ts';
import { acknowledge } from '../incidents/alarms.ts';
import { openFromLetter } from '../incidents/open-incident.ts';
import { endShift } from '../people/duty.ts';
import { createMemoryCapabilities, type MemoryCapabilities } from '../platform/capabilities-memory.ts';
import { silentLogger } from '../platform/logger.ts';
import { type AlarmDuty, createAlarmDuty, type PagePresence } from './alarm-duty.ts';

const second = 1000;
const alive = new AbortController().signal;

let kit: CoreKit;
let shell: MemoryCapabilities;
let pages: PagePresence[];
let duty: AlarmDuty;
let calls: { readonly handoverId: number; readonly since: number }[];
let reach: ReachAlarm[];
const lead = 77;

beforeEach(() => {
  kit = createCoreKit();
  shell = createMemoryCapabilities();
  pages = [];
  calls = [];
  reach = [];
  duty = createAlarmDuty({
    ...kit.desk,
    ...shell,
    log: silentLogger,
    pages: () => pages,
    alarmAfterSeconds: () => 60,
    shellAfterMinutes: () => 3,
    calls: () => calls,
    hearsCalls: (personId) => personId === lead,
    reachAlarms: () => reach,
  });
});

const letter = () =>
  openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant: { name: '', address: 'noc@operator.example' },
    registeredAt: startOfTest,
    channel: 'mail',
    accountId: 1,
  }).id;
const notices = () => shell.seen.notices.length;

describe('while no page can sound', () => {
  test('the shell alarms after a minute, and then sooner and sooner', async () => {
    await duty.start(alive);
    letter();
    await kit.clock.advance(59 * second);
    expect(notices()).toBe(0);

    const moments: number[] = [];
    for (let passed = 60; passed <= 260; passed += 1) {
      const before = notices();
      await kit.clock.advance(second);
      if (notices() > before) moments.push(passed);
    }

    const waits = moments.slice(1).map((moment, index) => moment - moments[index]!);
    expect(waits.length).toBeGreaterThan(3);
    expect(waits).toEqual(waits.toSorted((a, b) => b - a));
    expect(shell.seen.beeps).toBe(notices());
    expect(shell.seen.notices[0]).toMatchObject({ body: 'PLT-1001 Нет питания', path: '/queue/1' });
    await duty.stop();
  });

  test('it falls silent the moment somebody acknowledges, and sounds at once for the next', async () => {
    const person = kit.addPerson('Орлова');
    await duty.start(alive);
    const id = letter();
    await kit.clock.advance(70 * second);
    expect(notices()).toBe(1);

    acknowledge(kit.desk, [id], person);
    await kit.clock.advance(600 * second);
    expect([notices(), shell.seen.badge]).toEqual([1, 0]);

    letter();
    await kit.clock.advance(0);
    expect(notices()).toBe(2);
    await duty.stop();
  });
});

test('a page with sound keeps the shell silent for some minutes; one whose sound is off does not', async () => {
  await duty.start(alive);
  pages = [{ visible: true, sound: true, personId: 5 }];
  letter();
  await kit.clock.advance(175 * second);
  expect(notices()).toBe(0);

  pages = [{ visible: true, sound: false, personId: 5 }];
  duty.presenceChanged();
  await kit.clock.advance(66 * second);

  expect(notices()).toBeGreaterThan(0);
  await duty.stop();
});

test('what a page sounds in vain for three minutes the shell sounds too, and goes on until it is answered', async () => {
  const person = kit.addPerson('Орлова');
  await duty.start(alive);
  pages = [{ visible: true, sound: true, personId: person }];
  const id = letter();

  await kit.clock.advance(185 * second);
  expect(notices()).toBe(1);
  await kit.clock.advance(70 * second);
  expect(notices()).toBe(2);

  acknowledge(kit.desk, [id], person);
  await kit.clock.advance(600 * second);
  expect(notices()).toBe(2);
  await duty.stop();
});

describe('an alarm for one person', () => {
  const remind = (person: number) => {
    const id = letter();
    acknowledge(kit.desk, [id], null);
    kit.db.transact((revision) => {
      kit.desk.alarms.raise(id, 'reminder', kit.clock.now(), revision, person);
      kit.db.touch('alarm');
    });
  };

  test('is not heard at somebody else’s page: the shell says it', async () => {
    const person = kit.addPerson('Орлова');
    await duty.start(alive);
    pages = [{ visible: true, sound: true, personId: person + 1 }];
    remind(person);

    await kit.clock.advance(66 * second);

    expect(shell.seen.notices[0]?.title).toBe('Пульт: напоминание');
    await duty.stop();
  });

  test('waits in silence for whoever is neither at a page nor on duty', async () => {
    const person = kit.addPerson('Орлова', false);
    await duty.start(alive);
    pages = [{ visible: true, sound: true, personId: person + 1 }];
    remind(person);

    await kit.clock.advance(600 * second);

    expect(notices()).toBe(0);
    await duty.stop();
  });
});

test('a hand-over nobody takes sounds at the shell unless a page of the lead sounds', async () => {
  await duty.start(alive);
  pages = [{ visible: true, sound: true, personId: lead }];
  calls = [{ handoverId: 3, since: kit.clock.now() }];
  await kit.clock.advance(120 * second);
  expect(notices()).toBe(0);

  pages = [{ visible: true, sound: true, personId: 5 }];
  await kit.clock.advance(10 * second);

  expect(shell.seen.notices[0]).toMatchObject({ urgency: 'critical', path: '/shift/3' });
  await duty.stop();
});

test('whoever was not reached is told by the shell too, and counts on the badge', async () => {
  await duty.start(alive);
  const about = { notificationId: 9, callId: null, incidentId: null, code: '', number: null };
  reach = [{ ...about, id: 1, kind: 'not-reached', raisedAt: kit.clock.now(), name: 'Ковалёв Иван' }];
  await kit.clock.advance(70 * second);

  expect(shell.seen.notices[0]).toMatchObject({
    title: 'Пульт: не удалось оповестить',
    body: 'Ковалёв Иван',
    urgency: 'critical',
    path: '/notifications/9',
  });
  expect(shell.seen.badge).toBe(1);
  await duty.stop();
});

test('a contractor who was only written to leads to the incident', async () => {
  await duty.start(alive);
  const about = { notificationId: null, callId: null, incidentId: 7, code: 'PLT-7', number: null, name: '' };
  reach = [{ ...about, id: 1, kind: 'not-reached', raisedAt: kit.clock.now() }];
  await kit.clock.advance(70 * second);

  expect(shell.seen.notices[0]).toMatchObject({ body: 'PLT-7', path: '/queue/7' });
  await duty.stop();
});

test('the badge counts every alarm, however many there are', async () => {
  await duty.start(alive);
  kit.db.transact(() => {
    for (let index = 0; index < 510; index += 1) letter();
  });
  await kit.clock.advance(0);

  expect(shell.seen.badge).toBe(510);
  await duty.stop();
});

test('the machine is kept awake while somebody is on duty, and let go with the last', async () => {
  await duty.start(alive);
  const person = kit.addPerson('Орлова');
  await kit.clock.advance(0);
  expect(shell.seen.awake).toBe(true);

  endShift(kit.desk, person, person);
  await kit.clock.advance(0);
  expect(shell.seen.awake).toBe(false);

  await duty.stop();
  expect(kit.clock.sleeping).toBe(0);
});
