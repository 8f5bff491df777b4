import { expect, test } from 'vitest';
import { hoursText, minutesOf } from './hours.ts';

test('hours are read with a comma or a point and written with a comma', () => {
  expect([minutesOf('12'), minutesOf(' 1,5 '), minutesOf('0.25')]).toEqual([720, 90, 15]);
  expect([hoursText(720), hoursText(90), hoursText(1441)]).toEqual(['12', '1,5', '24,02']);
});

test('what is no number is none', () => {
  expect(['', 'час', '-1', '1,'].map(minutesOf)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});
