import { expect, test } from 'vitest';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import {
  emptyQueue,
  filterSize,
  heldAgainst,
  idAt,
  indexOf,
  openFilter,
  pageSize,
  pillFilter,
  pillOf,
  urgencySort,
  withFreshPages,
  withPage,
  withRows,
} from './queue-state.ts';

function row(id: number, revision = 1, title = `Incident ${id}`): IncidentRow {
  return {
    id,
    code: `PLT-${id}`,
    title,
    statusId: 1,
    typeId: null,
    priority: 'normal',
    channel: 'mail',
    registeredAt: 0,
    openedAt: 0,
    finishedAt: null,
    dismissedAt: null,
    assigneeId: null,
    asset: '',
    applicant: '',
    unread: false,
    favourite: null,
    postponedUntil: null,
    autoCloseAt: null,
    lateLetters: 0,
    messageCount: 1,
    lastMessageAt: null,
    clock: null,
    alarms: [],
    mergedIntoId: null,
    floodId: null,
    revision,
  };
}

const start = emptyQueue(openFilter, urgencySort);
const answer = (ids: readonly number[], total = ids.length) => ({ total, rows: ids.map((id) => row(id)) });

test('a row is found by its place and a place by its row, on any page', () => {
  const state = withPage(withPage(start, 0, answer([5, 6, 7], 300)), 2, answer([9, 8], 300));

  expect(idAt(state, 1)).toBe(6);
  expect(indexOf(state, 8)).toBe(2 * pageSize + 1);
  expect(idAt(state, pageSize)).toBeUndefined();
});

test('when the number of incidents changes, pages that may have moved are asked again', () => {
  const state = withPage(start, 0, answer([1, 2], 300));

  const next = withPage(state, 1, answer([3], 301));

  expect([...next.pages.keys()]).toEqual([1]);
});

test('a held list says how many came and moves nothing', () => {
  const state = withPage(start, 0, answer([1, 2, 3]));

  expect(heldAgainst(state, answer([9, 8, 1, 2, 3]))).toEqual({ added: 2 });
  expect(heldAgainst(state, answer([2, 1, 3]))).toEqual({ added: 0 });
  expect(heldAgainst(state, answer([1, 2, 3]))).toBeNull();
});

test('an older answer never overwrites a newer row', () => {
  const rows = withRows(new Map(), [row(1, 5, 'new title')]);

  expect(withRows(rows, [row(1, 4, 'old title')]).get(1)?.title).toBe('new title');
  expect(withRows(rows, [row(1, 6, 'newest title')]).get(1)?.title).toBe('newest title');
});

test('a refresh forgets what is off the screen, so that nothing stale can be scrolled to', () => {
  const state = withPage(withPage(start, 0, answer([1], 300)), 1, answer([2], 300));

  const next = withFreshPages(state, new Map([[0, answer([3, 1], 301)]]));

  expect([...next.pages.keys()]).toEqual([0]);
  expect(next.total).toBe(301);
  expect(next.rows.has(2)).toBe(false);
});

test('a pill lights up for its own filter only', () => {
  expect(pillOf(pillFilter('mine', 7), 7)).toBe('mine');
  expect(pillOf(pillFilter('mine', 7), 8)).toBeNull();
  expect(pillOf({ ...openFilter, unread: true }, 7)).toBeNull();
  expect(filterSize({ ...openFilter, unread: true, asset: 'x' })).toBe(2);
});
