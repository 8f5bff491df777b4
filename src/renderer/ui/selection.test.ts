import { expect, test } from 'vitest';
import { moveIndex } from './selection.ts';

test('arrows stop at both ends of the list instead of wrapping round', () => {
  expect(moveIndex(0, 'ArrowUp', 5, 3)).toBe(0);
  expect(moveIndex(4, 'ArrowDown', 5, 3)).toBe(4);
  expect(moveIndex(2, 'ArrowDown', 5, 3)).toBe(3);
});

test('the first arrow in an untouched list chooses the first row', () => {
  expect(moveIndex(-1, 'ArrowDown', 5, 3)).toBe(0);
  expect(moveIndex(-1, 'ArrowUp', 5, 3)).toBe(0);
});

test('a page moves by what is seen and never past the ends', () => {
  expect(moveIndex(1, 'PageDown', 100, 20)).toBe(21);
  expect(moveIndex(95, 'PageDown', 100, 20)).toBe(99);
  expect(moveIndex(10, 'PageUp', 100, 20)).toBe(0);
});

test('other keys and empty lists move nothing', () => {
  expect(moveIndex(1, 'x', 5, 3)).toBeNull();
  expect(moveIndex(0, 'ArrowDown', 0, 3)).toBeNull();
});
