import { expect, test } from 'vitest';
import type { ClockView } from '../../shared/contract/incidents.ts';
import { readoutOf } from './clock-text.ts';

const clock: ClockView = {
  kind: 'sla',
  name: 'Срок заявки',
  nameEn: 'Incident deadline',
  startedAt: 0,
  targetMs: 100_000,
  riskAt: 75_000,
  dueAt: 100_000,
  pausedAt: null,
  remainingMs: null,
  merged: false,
  pauseReason: null,
  endedAt: null,
};

test('urgency grows with the time that passes', () => {
  expect(readoutOf(clock, 10_000)).toEqual({ state: 'running', urgency: 'calm', leftMs: 90_000 });
  expect(readoutOf(clock, 80_000)).toEqual({ state: 'at-risk', urgency: 'risk', leftMs: 20_000 });
  expect(readoutOf(clock, 112_000)).toEqual({ state: 'overdue', urgency: 'overdue', leftMs: -12_000 });
});

test('a paused or finished clock shows a word and does not tick', () => {
  expect(readoutOf({ ...clock, pausedAt: 5, remainingMs: 9 }, 80_000)).toMatchObject({
    state: 'paused',
    leftMs: null,
  });
  expect(readoutOf({ ...clock, endedAt: 50_000 }, 999_999)).toMatchObject({ state: 'met', urgency: 'done' });
  expect(readoutOf(null, 0)).toMatchObject({ state: 'none', urgency: 'quiet' });
});
