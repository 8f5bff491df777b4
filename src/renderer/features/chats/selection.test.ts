import { expect, test } from 'vitest';
import { focused, kept, noSelection, stretched, toggled } from './selection.ts';

const order = [1, 2, 3, 4, 5];

test('a stretch goes from where it began to here, in either direction, and shrinks again', () => {
  const begun = focused(noSelection, 3);

  expect([...stretched(begun, 5, order).ids]).toEqual([3, 4, 5]);
  expect([...stretched(stretched(begun, 5, order), 2, order).ids]).toEqual([2, 3]);
});

test('choosing one by one keeps what was chosen before', () => {
  expect([...toggled(toggled(noSelection, 4), 1).ids]).toEqual([4, 1]);
  expect([...toggled(toggled(noSelection, 4), 4).ids]).toEqual([]);
});

test('what is no longer on the page is no longer chosen', () => {
  const chosen = toggled(toggled(noSelection, 4), 1);

  expect([...kept(chosen, [2, 3, 4]).ids]).toEqual([4]);
  expect(kept(chosen, [2, 3, 4]).focus).toBeNull();
  expect(kept(chosen, order)).toBe(chosen);
});

test('a stretch from a message that has gone begins anew', () => {
  expect([...stretched(focused(noSelection, 77), 2, order).ids]).toEqual([2]);
});
