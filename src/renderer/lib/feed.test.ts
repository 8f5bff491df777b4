import { expect, test } from 'vitest';
import { foldChange, noChange, touches } from './feed.ts';

test('a burst of changes is told as one that forgets none of them', () => {
  const first = foldChange(noChange, {
    revision: 5,
    reset: false,
    kinds: ['incident'],
    incidentIds: [1, 2],
    chatIds: [],
  });

  const both = foldChange(first, {
    revision: 4,
    reset: false,
    kinds: ['alarm'],
    incidentIds: [2, 3],
    chatIds: [],
  });

  expect(both.revision).toBe(5);
  expect([...both.incidentIds]).toEqual([1, 2, 3]);
  expect(touches(both, 'alarm')).toBe(true);
  expect(touches(both, 'person')).toBe(false);
});

test('a reset concerns every listener whatever it waits for', () => {
  const change = foldChange(noChange, { revision: 9, reset: true, kinds: [], incidentIds: [], chatIds: [] });

  expect(touches(change, 'quarantine')).toBe(true);
});
