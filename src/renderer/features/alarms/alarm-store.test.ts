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

test('an unanswered alarm grows louder and more frequent, up to a limit', () => {
  const alarms = [alarm(1, 'overdue', 0)];
  const early = soundingOf(alarms, 1000);
  const late = soundingOf(alarms, 60_000);
  const later = soundingOf(alarms, 3_600_000);

  expect(late?.gain).toBeGreaterThan(early?.gain ?? 0);
  expect(late?.nextMs).toBeLessThan(early?.nextMs ?? 0);
  expect(later?.gain).toBeCloseTo(1.5);
});

test('with nothing to answer it is quiet', () => {
  expect(soundingOf([], 1000)).toBeNull();
});
