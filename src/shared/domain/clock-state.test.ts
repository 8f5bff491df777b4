import { expect, test } from 'vitest';
import { type ClockFacts, readClock, riskBeforeMs } from './clock-state.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A clock of four hours started at zero. */
const clock: ClockFacts = {
  targetMs: 4 * hour,
  riskAt: 4 * hour - riskBeforeMs(4 * hour),
  dueAt: 4 * hour,
  pausedAt: null,
  remainingMs: null,
  endedAt: null,
};

test.each([
  [20 * minute, 5 * minute],
  [4 * hour, hour],
  [3 * hour, 45 * minute],
  [72 * hour, hour],
])('of a target of %i ms the last %i are at risk', (targetMs, riskMs) => {
  expect(riskBeforeMs(targetMs)).toBe(riskMs);
});

test.each([
  [0, 'running', 4 * hour],
  [3 * hour - 1, 'running', hour + 1],
  [3 * hour, 'at-risk', hour],
  [4 * hour, 'at-risk', 0],
  [4 * hour + 1, 'overdue', -1],
  [100 * hour, 'overdue', -96 * hour],
])('at %i ms the clock is %s with %i ms left', (now, state, leftMs) => {
  expect(readClock(clock, now)).toEqual({ state, leftMs });
});

test('what was met or breached stays so, whatever time it is', () => {
  for (const now of [0, 4 * hour, 1000 * hour]) {
    expect(readClock({ ...clock, endedAt: 4 * hour }, now)).toEqual({ state: 'met', leftMs: 0 });
    expect(readClock({ ...clock, endedAt: 4 * hour + 1 }, now)).toEqual({ state: 'breached', leftMs: -1 });
  }
});

test('a reading depends on the moment alone: after a sleep, and after a clock set back', () => {
  const moments = [0, 5 * hour, 3.5 * hour, hour];

  expect(moments.map((now) => readClock(clock, now).state)).toEqual([
    'running',
    'overdue',
    'at-risk',
    'running',
  ]);
});

test('a pause keeps what is left, and a clock without a type has no deadline', () => {
  expect(readClock({ ...clock, pausedAt: hour, remainingMs: 3 * hour }, 50 * hour)).toEqual({
    state: 'paused',
    leftMs: 3 * hour,
  });
  expect(readClock({ ...clock, targetMs: null, riskAt: null, dueAt: null }, hour)).toEqual({
    state: 'no-target',
    leftMs: null,
  });
});
