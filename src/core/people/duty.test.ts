import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit, startOfTest } from '../../../test/support/core-kit.ts';
import { assignWaiting } from '../incidents/assignment.ts';
import { openFromLetter } from '../incidents/open-incident.ts';
import { silentLogger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createDutyWatch, endShift, followRoster, startShift } from './duty.ts';
import { saveRoster, type RosterLine } from './people.ts';

const minute = 60_000;
const hour = 60 * minute;
const daily = 127;

let kit: CoreKit;
let watch: Service;
let person: number;

/** The test begins at 08:30 in Moscow. */
beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова', false);
  watch = createDutyWatch(duty(), silentLogger);
});

const duty = () => ({ ...kit.desk, assignWaiting: (revision: number) => assignWaiting(kit.desk, revision) });
const from = (startsHour: number, endsHour: number, more: Partial<RosterLine> = {}): RosterLine => ({
  weekdays: daily,
  startsMinute: startsHour * 60,
  endsMinute: endsHour * 60,
  zone: 'Europe/Moscow',
  ...more,
});
const isOn = () => kit.desk.people.openShift(person) !== undefined;
/** Time passes without the thousands of looks between. */
const later = (ms: number) => {
  kit.clock.jump(ms);
  followRoster(duty());
};
const plan = (...lines: RosterLine[]) => saveRoster(kit.desk, person, lines, null);

describe('the roster', () => {
  test('brings a person on duty at the planned second and takes them off at the end', async () => {
    plan(from(9, 21));
    await watch.start(new AbortController().signal);
    await kit.clock.advance(30 * minute - 1);
    expect(isOn()).toBe(false);

    await kit.clock.advance(1);
    expect(isOn()).toBe(true);

    await kit.clock.advance(12 * hour);
    expect(isOn()).toBe(false);
    await watch.stop();
    expect(kit.clock.sleeping).toBe(0);
  });

  test('gives what waited through the night to whoever comes on', async () => {
    plan(from(9, 21));
    const letter = {
      title: 'Щит',
      applicant: { name: '', address: 'a@b.example' },
      registeredAt: startOfTest,
    };
    const { id } = openFromLetter(kit.desk, { ...letter, channel: 'mail', accountId: 1 });
    await watch.start(new AbortController().signal);
    expect(kit.desk.incidents.require(id).assigneeId).toBeNull();

    await kit.clock.advance(30 * minute);

    expect(kit.desk.incidents.require(id).assigneeId).toBe(person);
    await watch.stop();
  });

  test('takes effect the moment it is saved', async () => {
    await watch.start(new AbortController().signal);

    plan(from(8, 20));
    await kit.clock.advance(0);

    expect(isOn()).toBe(true);
    await watch.stop();
  });

  test('goes over midnight', () => {
    plan(from(20, 8));
    later(11 * hour + 30 * minute);
    expect(isOn()).toBe(true);
    later(11 * hour + 59 * minute);
    expect(isOn()).toBe(true);

    later(minute);

    expect(isOn()).toBe(false);
  });

  test.each([
    ['round the clock', [from(8, 8)]],
    ['in two shifts that touch', [from(8, 20), from(20, 8)]],
    ['in two shifts that overlap', [from(8, 20), from(18, 9)]],
  ])('leaves no gap when one person is planned %s', (_, lines) => {
    plan(...lines);

    const gaps: number[] = [];
    for (let passed = 0; passed < 72; passed += 1) {
      later(hour);
      if (!isOn()) gaps.push(passed);
    }

    expect(gaps).toEqual([]);
  });

  test('lets whoever went home early stay at home until the next planned shift', () => {
    plan(from(9, 21));
    later(2 * hour);

    endShift(duty(), person, person);
    later(4 * hour);
    expect(isOn()).toBe(false);

    later(20 * hour);
    expect(isOn()).toBe(true);
  });

  test('does not end a shift a person began by hand', () => {
    plan(from(9, 21));
    startShift(duty(), person, person);

    later(14 * hour);

    expect(isOn()).toBe(true);
  });

  test('is caught up with after the machine slept through a whole shift', async () => {
    plan(from(9, 21));
    await watch.start(new AbortController().signal);
    await kit.clock.advance(hour);
    expect(isOn()).toBe(true);

    kit.clock.jump(13 * hour);
    await kit.clock.advance(30_000);

    expect(isOn()).toBe(false);
    await watch.stop();
  });
});
