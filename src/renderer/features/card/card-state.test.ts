import { expect, test } from 'vitest';
import type { JournalView } from '../../../shared/contract/incidents.ts';
import { withNewest, withOlder } from './card-state.ts';

const event = (sequence: number, at = sequence): JournalView => ({
  kind: 'event',
  sequence,
  at,
  actorId: null,
  event: 'incident.opened',
  payload: {},
  undoable: false,
});
const sequences = (entries: readonly unknown[]) => entries.map((entry) => (entry as JournalView).sequence);

test('reading the newest page again keeps the older ones that were already fetched', () => {
  const all = withNewest([event(1), event(2), event(3)], [event(3), event(4)]);

  expect(sequences(all)).toEqual([1, 2, 3, 4]);
});

test('what left the newest stretch of time leaves the screen', () => {
  const all = withNewest([event(1), event(5), event(6)], [event(5), event(7)]);

  expect(sequences(all)).toEqual([1, 5, 7]);
});

test('the border between two pages is shown once', () => {
  expect(sequences(withOlder([event(3), event(4)], [event(1), event(2), event(3)]))).toEqual([1, 2, 3, 4]);
});
