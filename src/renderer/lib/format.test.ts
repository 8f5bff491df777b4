import { expect, test } from 'vitest';
import { formatFor } from './format.ts';

const ru = formatFor('ru', 'Europe/Moscow');
const hour = 3_600_000;

test('a countdown is to the second below a day and in days and hours above', () => {
  expect(ru.countdown(14 * 60_000 + 23_000)).toBe('00:14:23');
  expect(ru.countdown(24 * hour - 1000)).toBe('23:59:59');
  expect(ru.countdown(28 * hour)).toBe('1 д 4 ч');
});

test('a passed deadline counts up with a real minus', () => {
  expect(ru.countdown(-12 * 60_000 - 4000)).toBe('−00:12:04');
  expect(ru.countdown(-50 * hour)).toBe('−2 д 2 ч');
});

test('a countdown does not reach zero before the deadline does', () => {
  expect(ru.countdown(1)).toBe('00:00:01');
  expect(ru.countdown(0)).toBe('00:00:00');
  expect(ru.countdown(-999)).toBe('−00:00:00');
});

test('times are told in the zone of the desk, with the day only when it is another one', () => {
  const now = Date.UTC(2026, 10, 21, 11, 5);
  expect(ru.time(now)).toBe('14:05');
  expect(ru.when(now - hour, now)).toBe('13:05');
  expect(ru.when(now - 24 * hour, now)).toBe('вчера 14:05');
  expect(ru.when(now - 72 * hour, now)).toMatch(/^18 нояб\.? 14:05$/);
});

test('sizes are in the language of the person', () => {
  expect(ru.bytes(0)).toBe('0 Б');
  expect(ru.bytes(219_136)).toBe('214 КБ');
  expect(formatFor('en', 'UTC').bytes(1_572_864)).toBe('1.5 MB');
});
