import { expect, test } from 'vitest';
import { stepIn } from './matrix-walk.ts';

test('arrows walk the matrix, over the diagonal, and stop at its edge', () => {
  expect(stepIn({ row: 0, column: 1 }, 'ArrowRight', 3)).toEqual({ row: 0, column: 2 });
  expect(stepIn({ row: 0, column: 1 }, 'ArrowDown', 3)).toEqual({ row: 2, column: 1 });
  expect(stepIn({ row: 1, column: 2 }, 'ArrowLeft', 3)).toEqual({ row: 1, column: 0 });
  expect(stepIn({ row: 0, column: 1 }, 'ArrowLeft', 3)).toBeUndefined();
  expect(stepIn({ row: 0, column: 2 }, 'ArrowUp', 3)).toBeUndefined();
});

test('Home and End lead to the ends of the row, Tab leaves', () => {
  expect(stepIn({ row: 0, column: 2 }, 'Home', 3)).toEqual({ row: 0, column: 1 });
  expect(stepIn({ row: 2, column: 0 }, 'End', 3)).toEqual({ row: 2, column: 1 });
  expect(stepIn({ row: 0, column: 1 }, 'Tab', 3)).toBeUndefined();
});
