import { expect, test } from 'vitest';
import { expectedBetween, hourOf, silenceChance, usualPerHour } from './usual-traffic.ts';

const hour = 3_600_000;
const week = 168 * hour;
/** A Monday, 09:00 UTC. */
const monday = Date.UTC(2026, 2, 2, 9);

/** Six an hour from nine to six on working days, one in the night, nothing on Sunday. */
const steady = (index: number): number => {
  const at = new Date(index * hour);
  const day = at.getUTCDay();
  if (day === 0) return 0;
  return at.getUTCHours() >= 8 && at.getUTCHours() <= 18 ? 6 : 1;
};
const known = (weeks: number, count: (index: number) => number = steady) => ({
  firstAt: monday - weeks * week,
  counts: (hours: readonly number[]) =>
    hours.map((index) => (index * hour < monday - weeks * week ? 0 : count(index))),
});

test('nothing is said before a whole week is known', () => {
  expect(usualPerHour({ ...known(1), firstAt: monday - week + hour }, hourOf(monday))).toBeUndefined();
  expect(usualPerHour({ firstAt: undefined, counts: () => [] }, hourOf(monday))).toBeUndefined();
  expect(usualPerHour(known(1), hourOf(monday + 3 * hour))).toBe(3);
});

test('six an hour is what six an hour was for four weeks', () => {
  expect(usualPerHour(known(4), hourOf(monday + 3 * hour))).toBe(6);
  expect(expectedBetween(known(4), monday + 3 * hour, monday + 3 * hour + 70 * 60_000)).toBeCloseTo(7, 5);
  expect(silenceChance(7)).toBeLessThan(0.001);
});

test('nights and Sundays expect what nights and Sundays bring', () => {
  const night = monday + 15 * hour;
  const sunday = monday + 6 * 24 * hour;

  expect(silenceChance(expectedBetween(known(4), night, night + 4 * hour) ?? 0)).toBeGreaterThan(0.01);
  expect(expectedBetween(known(4), sunday, sunday + 10 * hour)).toBe(0);
});

test('one flood a week ago does not make this night look silent', () => {
  const night = hourOf(monday + 16 * hour);
  const flooded = known(4, (index) => (index === night - 168 ? 400 : steady(index)));

  expect(usualPerHour(flooded, night)).toBe(1);
});
