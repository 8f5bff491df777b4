import { expect, test } from 'vitest';
import type { OnCallWindow } from '../../../../shared/contract/technicians.ts';
import { gapsOf, weekOf, withinDay } from './week.ts';

const hour = 3_600_000;
const window = (from: number, to: number): OnCallWindow => ({
  contactId: 1,
  from,
  to,
  source: 'plan',
  overrideId: null,
});

test('a week begins on Monday of the zone, whatever day it is elsewhere', () => {
  // Sunday 8 March, 23:30 UTC: in Moscow it is Monday already.
  const [monday] = weekOf(Date.UTC(2026, 2, 8, 23, 30), 'Europe/Moscow', 0);

  expect(monday).toEqual({ from: Date.UTC(2026, 2, 8, 21), to: Date.UTC(2026, 2, 9, 21) });
  expect(weekOf(Date.UTC(2026, 2, 8, 23, 30), 'Europe/Moscow', -1)[6]?.to).toBe(monday?.from);
});

test('the day on which clocks change is an hour shorter', () => {
  const sunday = weekOf(Date.UTC(2026, 2, 27), 'Europe/Berlin', 0)[6];

  expect((sunday?.to ?? 0) - (sunday?.from ?? 0)).toBe(23 * hour);
});

test('a duty over midnight stands in both days, and what nobody stands is told', () => {
  const day = { from: 0, to: 24 * hour };
  const windows = [window(-4 * hour, 8 * hour), window(8 * hour, 20 * hour), window(7 * hour, 9 * hour)];

  expect(withinDay(windows, day)[0]).toMatchObject({ from: 0, to: 8 * hour });
  expect(gapsOf(windows, day)).toEqual([{ from: 20 * hour, to: 24 * hour }]);
  expect(gapsOf([], day)).toEqual([day]);
});
