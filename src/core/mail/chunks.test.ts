import { expect, test } from 'vitest';
import { planChunks } from './chunks.ts';

const mb = 1024 * 1024;
const limits = { letters: 200, mostLetters: 200, wholeBytes: 25 * mb };
const of = (...sizes: number[]) => sizes.map((size, index) => ({ uid: index + 1, size, receivedAt: 0 }));
const uids = (letters: readonly { readonly uid: number }[]) => letters.map(({ uid }) => uid);

test('letters go together until there are enough or they weigh enough', () => {
  const many = Array.from({ length: 300 }, () => 1000);

  expect(planChunks(of(...many), limits).chunk).toHaveLength(200);
  expect(uids(planChunks(of(9 * mb, 6 * mb, 2 * mb, 1), limits).chunk)).toEqual([1, 2]);
});

test('a letter too big to hold in memory goes alone, and what is left keeps its order', () => {
  const { chunk, rest } = planChunks(of(1, 30 * mb, 1), limits);

  expect([uids(chunk), uids(rest)]).toEqual([[1], [2, 3]]);
  expect(uids(planChunks(rest, limits).chunk)).toEqual([2]);
});

test('a smaller chunk weighs less too, but one letter always goes', () => {
  const one = { ...limits, letters: 1 };

  expect(uids(planChunks(of(20 * mb, 1), one).chunk)).toEqual([1]);
});
