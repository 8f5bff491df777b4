import { expect, test } from 'vitest';
import { crossesMidnight, fromClockText, lengthMinutes, toClockText, uncovered, weekOf } from './roster.ts';

const night = { weekdays: 0b0000001, startsMinute: 20 * 60, endsMinute: 8 * 60 };

test('a night shift of Monday works until Tuesday morning', () => {
  expect(weekOf([night])).toEqual([
    { day: 0, startMinute: 1200, endMinute: 1440, continued: false },
    { day: 1, startMinute: 0, endMinute: 480, continued: true },
  ]);
});

test('a night shift of Sunday goes on on Monday', () => {
  const sunday = { ...night, weekdays: 0b1000000 };

  expect(weekOf([sunday]).map((stretch) => stretch.day)).toEqual([0, 6]);
});

test('equal start and end are a whole day and night', () => {
  const rule = { weekdays: 1, startsMinute: 480, endsMinute: 480 };

  expect(crossesMidnight(rule)).toBe(true);
  expect(lengthMinutes(rule)).toBe(1440);
});

test('a shift until midnight leaves nothing on the next day', () => {
  expect(weekOf([{ weekdays: 1, startsMinute: 480, endsMinute: 0 }])).toHaveLength(1);
});

test('the hours nobody covers are shown', () => {
  const days = { weekdays: 127, startsMinute: 480, endsMinute: 1200 };
  const nights = { weekdays: 0b0111111, startsMinute: 1200, endsMinute: 480 };

  expect(uncovered([days, nights])).toEqual([
    { day: 0, startMinute: 0, endMinute: 480, continued: false },
    { day: 6, startMinute: 1200, endMinute: 1440, continued: false },
  ]);
});

test('a time of day is read as it is written', () => {
  expect(fromClockText(toClockText(485))).toBe(485);
  expect(['8:05', '08.05', '0805'].map(fromClockText)).toEqual([485, 485, 485]);
  expect(fromClockText('24:00')).toBeUndefined();
  expect(fromClockText('')).toBeUndefined();
});
