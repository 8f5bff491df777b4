import { expect, test } from 'vitest';
import { dayEnd, dayStart, dayText } from './days.ts';

test('a day of the desk begins at its own midnight, not at the one of Greenwich', () => {
  expect(dayStart('2026-11-21', 'Europe/Moscow')).toBe(Date.UTC(2026, 10, 20, 21));
  expect(dayEnd('2026-11-21', 'Europe/Moscow')).toBe(Date.UTC(2026, 10, 21, 21) - 1);
});

test('a day on which the clocks change has its true length', () => {
  const start = dayStart('2026-10-25', 'Europe/Berlin') ?? 0;
  expect(((dayEnd('2026-10-25', 'Europe/Berlin') ?? 0) + 1 - start) / 3_600_000).toBe(25);
});

test('what was typed comes back as typed, and half a date is none', () => {
  expect(dayText(dayStart('2026-01-02', 'Asia/Vladivostok'), 'Asia/Vladivostok')).toBe('2026-01-02');
  expect(dayStart('2026-1', 'UTC')).toBeNull();
  expect(dayText(null, 'UTC')).toBe('');
});
