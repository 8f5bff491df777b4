import { expect, test } from 'vitest';
import { dutyWindow, nextBoundary, type RosterPlan } from './roster.ts';

const hour = 3_600_000;
const plan = (startsHour: number, endsHour: number, more: Partial<RosterPlan> = {}): RosterPlan => ({
  weekdays: 127,
  startsMinute: startsHour * 60,
  endsMinute: endsHour * 60,
  zone: 'Europe/Moscow',
  ...more,
});
const utc = (text: string) => Date.parse(`${text}Z`);

test('a shift begins with its first second and does not cover its last', () => {
  const day = plan(9, 21);

  expect(dutyWindow(day, utc('2026-03-04T05:59:59.999'))).toBeUndefined();
  expect(dutyWindow(day, utc('2026-03-04T06:00'))).toBeDefined();
  expect(dutyWindow(day, utc('2026-03-04T18:00'))).toBeUndefined();
});

test('a night shift of Friday covers the early Saturday and no other morning', () => {
  const friday = plan(20, 8, { weekdays: 1 << 4 });

  expect(dutyWindow(friday, utc('2026-03-06T22:00'))).toEqual({
    startsAt: utc('2026-03-06T17:00'),
    endsAt: utc('2026-03-07T05:00'),
  });
  expect(dutyWindow(friday, utc('2026-03-05T22:00'))).toBeUndefined();
});

test('equal start and end mean a day and a night', () => {
  const { startsAt, endsAt } = dutyWindow(plan(8, 8), utc('2026-03-04T12:00'))!;

  expect(endsAt - startsAt).toBe(24 * hour);
});

test.each([
  ['spring', '2026-03-28T23:00', 11],
  ['autumn', '2026-10-24T23:00', 13],
])('a night of the %s change of clocks is as long as it is', (_, at, hours) => {
  const night = plan(20, 8, { zone: 'Europe/Berlin' });

  const { startsAt, endsAt } = dutyWindow(night, utc(at))!;

  expect((endsAt - startsAt) / hour).toBe(hours);
});

test('a start in the hour that spring skips is the moment after it', () => {
  const early = plan(2, 10, { startsMinute: 150, zone: 'Europe/Berlin' });

  expect(dutyWindow(early, utc('2026-03-29T05:00'))?.startsAt).toBe(utc('2026-03-29T01:30'));
});

test('a zone on the other side of the world has its own day', () => {
  const kamchatka = plan(8, 20, { zone: 'Asia/Kamchatka', weekdays: 1 << 3 });

  expect(dutyWindow(kamchatka, utc('2026-03-04T21:00'))?.startsAt).toBe(utc('2026-03-04T20:00'));
});

test('the next boundary is the nearest start or end, however far in the week', () => {
  const sunday = plan(9, 21, { weekdays: 1 << 6 });

  expect(nextBoundary(sunday, utc('2026-03-04T12:00'))).toBe(utc('2026-03-08T06:00'));
  expect(nextBoundary(sunday, utc('2026-03-08T06:00'))).toBe(utc('2026-03-08T18:00'));
  expect(nextBoundary(sunday, utc('2026-03-08T18:00'))).toBe(utc('2026-03-15T06:00'));
});
