import { expect, test } from 'vitest';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import { seedClocks } from './seed-clocks.ts';

test('a new desk has the clocks of a tower company, its calendars and the days of three years', () => {
  const { stores } = createCoreKit();

  expect(
    stores.clockRules.all().map(({ key, target, targetMinutes }) => [key, targetMinutes ?? target]),
  ).toEqual([
    ['sla', 'type'],
    ['reaction', 10],
    ['emergency', 'type'],
    ['repair', 'repair-priority'],
    ['generator', 21_600],
    ['maintenance', 21_600],
  ]);
  const around = stores.calendars.all()[0];
  expect(around).toMatchObject({ key: 'around-the-clock', aroundTheClock: true });
  expect(new Set(stores.clockRules.all().map(({ calendarId }) => calendarId))).toEqual(new Set([around?.id]));
});

test('the production calendar knows moved days off, and no day twice', () => {
  const days = createCoreKit().stores.calendars.days();
  const kindOf = (day: string) => days.find((row) => row.day === day)?.kind;

  expect(days.filter(({ day }) => day.startsWith('2026-')).length).toBe(22);
  expect(
    ['2025-05-08', '2025-11-01', '2026-01-09', '2026-03-09', '2026-12-31', '2027-05-10'].map(kindOf),
  ).toEqual(['off', 'short', 'off', 'off', 'off', 'off']);
});

test('what an administrator made of them stays', () => {
  const { db, stores } = createCoreKit();
  db.transact((revision) => {
    stores.calendars.removeDay('2026-03-09');
    stores.clockRules.save({ ...stores.clockRules.require('reaction'), targetMinutes: 15 }, revision);
  });

  seedClocks({ db, ...stores });

  expect(stores.calendars.day('2026-03-09')).toBeUndefined();
  expect(stores.clockRules.require('reaction').targetMinutes).toBe(15);
});
