import { expect, test } from 'vitest';
import { addDays, daysBetween, localDay, localText, startOfDay } from './local-day.ts';

const iso = (at: number) => new Date(at).toISOString();

test('a day begins at the midnight of its zone', () => {
  expect(iso(startOfDay('2026-03-04', 'Europe/Moscow'))).toBe('2026-03-03T21:00:00.000Z');
  expect(iso(startOfDay('2026-03-04', 'Asia/Kamchatka'))).toBe('2026-03-03T12:00:00.000Z');
  expect(iso(startOfDay('2026-03-04', 'Asia/Kolkata'))).toBe('2026-03-03T18:30:00.000Z');
});

test('on a day whose clock changes the day still begins at its own midnight', () => {
  expect(iso(startOfDay('2026-03-29', 'Europe/Berlin'))).toBe('2026-03-28T23:00:00.000Z');
  expect(iso(startOfDay('2026-03-30', 'Europe/Berlin'))).toBe('2026-03-29T22:00:00.000Z');
});

test('where midnight does not exist the day begins right after it', () => {
  const start = startOfDay('2026-03-29', 'Asia/Beirut');

  expect(localText(start, 'Asia/Beirut')).toBe('2026-03-29 01:00:00');
  expect(localDay(start - 1, 'Asia/Beirut')).toBe('2026-03-28');
});

test('every moment belongs to the day that its zone shows', () => {
  expect(localDay(Date.UTC(2026, 2, 3, 20, 59, 59, 999), 'Europe/Moscow')).toBe('2026-03-03');
  expect(localDay(Date.UTC(2026, 2, 3, 21), 'Europe/Moscow')).toBe('2026-03-04');
});

test('days are counted across months and years', () => {
  expect([addDays('2026-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2026-03-01', '2025-12-31']);
  expect(daysBetween('2025-12-31', '2026-03-01')).toBe(60);
});
