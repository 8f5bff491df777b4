import { expect, test } from 'vitest';
import { fromWall, nextTime, toWall } from './wall-time.ts';

const at = (iso: string) => Date.parse(iso);

test('a moment is shown and read in the zone of the desk, wherever the page runs', () => {
  expect(toWall(at('2026-03-04T05:30:00Z'), 'Europe/Moscow')).toBe('2026-03-04T08:30');
  expect(fromWall('2026-03-04T08:30', 'Europe/Moscow')).toBe(at('2026-03-04T05:30:00Z'));
  expect(fromWall('2026-03-04T08:30', 'Asia/Kamchatka')).toBe(at('2026-03-03T20:30:00Z'));
});

test('a time skipped by a change of clocks is the one after it', () => {
  expect(fromWall('2026-03-29T02:30', 'Europe/Berlin')).toBe(at('2026-03-29T01:30:00Z'));
  expect(fromWall('2026-03-29T09:00', 'Europe/Berlin')).toBe(at('2026-03-29T07:00:00Z'));
});

test('half a time is none', () => {
  expect(fromWall('', 'Europe/Moscow')).toBeNull();
  expect(fromWall('2026-13-41T08:30', 'Europe/Moscow')).toBeNull();
});

test('tomorrow at nine is nine on the wall, also across a change of clocks', () => {
  const evening = at('2026-03-28T18:00:00Z');
  expect(nextTime(evening, 'Europe/Berlin', 9, 1)).toBe(at('2026-03-29T07:00:00Z'));
  expect(nextTime(evening, 'Europe/Moscow', 9, 1)).toBe(at('2026-03-29T06:00:00Z'));
});
