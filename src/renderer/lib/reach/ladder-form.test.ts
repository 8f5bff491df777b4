import { expect, test } from 'vitest';
import type { NamedLadder } from '../../../shared/contract/ladders.ts';
import { formOf, problemsOf, toLadder, withMoved, withNewStep } from './ladder-form.ts';

const ladder: NamedLadder = {
  urgency: 'critical',
  steps: [
    { channel: 'telegram', address: '', waitFor: 'acknowledged', waitSeconds: 90, retries: 2 },
    { channel: 'sms', address: '+7 900 555-01-12', waitFor: 'delivered', waitSeconds: 7200, retries: 0 },
  ],
  repeatMinutes: 5,
  mostRounds: 3,
  next: { kind: 'group', id: 4 },
  nextName: 'Ночная бригада',
};

test('a ladder that is only looked at is saved as it was', () => {
  const { nextName: _name, ...saved } = ladder;
  expect(toLadder(formOf(ladder), 'critical')).toEqual(saved);
});

test('a wait is shown in the largest unit that says it whole', () => {
  expect(formOf(ladder).steps.map(({ wait, unit }) => [wait, unit])).toEqual([
    ['90', 'seconds'],
    ['2', 'hours'],
  ]);
});

test('a ladder that climbs once keeps neither a pause nor rounds', () => {
  const once = toLadder({ ...formOf(ladder), repeats: false }, 'normal');
  expect(once).toMatchObject({ repeatMinutes: null, mostRounds: 1 });
});

test('a new step goes by a channel that is not there yet', () => {
  expect(withNewStep(formOf(ladder)).steps.at(-1)).toMatchObject({ channel: 'email', key: 2 });
});

test('moving past an end leaves the order as it is', () => {
  const form = formOf(ladder);
  expect(withMoved(form, 0, -1)).toBe(form);
  expect(withMoved(form, 0, 1).steps.map(({ channel }) => channel)).toEqual(['sms', 'telegram']);
});

test.each([
  [{ wait: '4', unit: 'seconds' }, 'wait'],
  [{ wait: '25', unit: 'hours' }, 'wait'],
  [{ wait: 'скоро', unit: 'minutes' }, 'wait'],
  [{ retries: '11' }, 'retries'],
] as const)('%o is told at its field', (part, field) => {
  const form = formOf(ladder);
  const steps = form.steps.map((step, at) => (at === 1 ? { ...step, ...part } : step));
  expect(problemsOf({ ...form, steps })).toEqual([{ at: 1, field }]);
});

test('a ladder without steps, or with endless rounds, is not saved', () => {
  const form = formOf(ladder);
  expect(problemsOf({ ...form, steps: [] })).toEqual([{ field: 'steps' }]);
  expect(problemsOf({ ...form, rounds: '21', repeatMinutes: '0' })).toEqual([
    { field: 'repeatMinutes' },
    { field: 'rounds' },
  ]);
});
