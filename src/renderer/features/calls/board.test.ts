import { expect, test } from 'vitest';
import { makeCall } from '../../../../test/support/sample-calls.ts';
import { movedSince, neighbour, toColumns } from './board.ts';

const ids = (calls: readonly { readonly id: number }[]) => calls.map(({ id }) => id);

test('each state has its column, and calls nobody took stand first while there are such', () => {
  const calm = [makeCall({ id: 1 }), makeCall({ id: 2, state: 'completed', endedAt: 5 })];

  expect(toColumns(calm).map(({ key, calls }) => [key, ids(calls)])).toEqual([
    ['pending', [1]],
    ['accepted', []],
    ['on-the-way', []],
    ['in-progress', []],
    ['ended', [2]],
  ]);
  const lost = makeCall({ id: 3, state: 'declined', endedAt: 6 });
  expect(toColumns([...calm, lost])[0]).toMatchObject({ key: 'declined', calls: [{ id: 3 }] });
});

test('what cannot wait comes first, what has ended comes latest first', () => {
  const clock = (dueAt: number) => ({ kind: 'accept' as const, startedAt: 0, dueAt, endedAt: null });
  const [pending] = toColumns([
    makeCall({ id: 1, clock: clock(900) }),
    makeCall({ id: 2, urgency: 'critical', clock: clock(999) }),
    makeCall({ id: 3, clock: clock(100) }),
    makeCall({ id: 4, clock: null }),
  ]);
  const ended = toColumns([
    makeCall({ id: 5, state: 'completed', endedAt: 1 }),
    makeCall({ id: 6, state: 'cancelled', endedAt: 2 }),
  ]).at(-1);

  expect(ids(pending?.calls ?? [])).toEqual([2, 3, 1, 4]);
  expect(ids(ended?.calls ?? [])).toEqual([6, 5]);
});

test('only what stands elsewhere, is with another one or is new has moved', () => {
  const before = [makeCall({ id: 1 }), makeCall({ id: 2 }), makeCall({ id: 3, contactId: 7 })];

  expect(movedSince(before, before)).toBe(0);
  expect(
    movedSince(before, [
      makeCall({ id: 1, unseen: 3 }),
      makeCall({ id: 2, state: 'accepted' }),
      makeCall({ id: 3, contactId: 8 }),
      makeCall({ id: 4 }),
    ]),
  ).toBe(3);
});

test('arrows lead to the neighbour, over empty columns, and stop at the edge', () => {
  const columns = toColumns([
    makeCall({ id: 1 }),
    makeCall({ id: 2 }),
    makeCall({ id: 3, state: 'in-progress' }),
  ]);

  expect(neighbour(columns, null, 'down')).toBe(1);
  expect(neighbour(columns, 1, 'down')).toBe(2);
  expect(neighbour(columns, 2, 'down')).toBe(3);
  expect(neighbour(columns, 3, 'down')).toBe(3);
  expect(neighbour(columns, 2, 'right')).toBe(3);
  expect(neighbour(columns, 3, 'left')).toBe(1);
  expect(neighbour(columns, 3, 'right')).toBe(3);
  expect(neighbour([], null, 'down')).toBe(null);
});
