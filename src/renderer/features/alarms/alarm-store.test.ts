import { expect, test } from 'vitest';
import type { AlarmView } from '../../../shared/contract/incidents.ts';
import { byUrgency, soundingOf } from './alarm-store.ts';

const alarm = (id: number, kind: AlarmView['kind'], raisedAt = 0): AlarmView => ({
  id,
  incidentId: id,
  code: `PLT-${id}`,
  title: '',
  kind,
  raisedAt,
  assigneeId: null,
  words: '',
});

test('the overdue comes before the new, and the longest waiting before its equals', () => {
  const sorted = byUrgency([
    alarm(1, 'new'),
    alarm(2, 'overdue', 9),
    alarm(3, 'at-risk'),
    alarm(4, 'overdue', 5),
  ]);

  expect(sorted.map(({ id }) => id)).toEqual([4, 2, 3, 1]);
});

test('an unanswered alarm grows louder and more frequent step by step, up to a limit', () => {
  const alarms = [alarm(1, 'overdue', 0)];
  const heard = [1000, 31_000, 61_000, 121_000, 301_000, 3_600_000].map((now) => soundingOf(alarms, now));

  const gains = heard.map((sound) => sound?.gain ?? 0);
  const waits = heard.map((sound) => sound?.nextMs ?? 0);
  expect(gains).toEqual([0.6, 0.9, 1.2, 1.5, 2, 2]);
  expect(waits).toEqual(waits.toSorted((a, b) => b - a));
  expect(waits.at(-1)).toBe(3200);
});

test('what nobody acknowledged in its time sounds at its loudest at once', () => {
  const raised = soundingOf([alarm(1, 'escalated', 0)], 0);

  expect(raised?.gain).toBe(2);
  expect(raised?.nextMs).toBeLessThan(soundingOf([alarm(1, 'overdue', 0)], 0)?.nextMs ?? 0);
});

test('a machine whose clock was set back still sounds', () => {
  expect(soundingOf([alarm(1, 'new', 5000)], 0)).toMatchObject({ gain: 0.6 });
});

test('with nothing to answer it is quiet', () => {
  expect(soundingOf([], 1000)).toBeNull();
});
