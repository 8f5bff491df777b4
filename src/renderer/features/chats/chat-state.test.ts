import { expect, test } from 'vitest';
import { makeMessage } from '../../../../test/support/fake-chats.ts';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import {
  countFresh,
  emptyChat,
  firstUnread,
  tipOf,
  windowLength,
  withNewer,
  withOlder,
  withReread,
  withWindow,
  type HistoryPage,
} from './chat-state.ts';

const run = (from: number, to: number): ChatMessage[] =>
  Array.from({ length: to - from }, (_, index) => makeMessage({ id: from + index }));

const page = (messages: ChatMessage[], part: Partial<HistoryPage> = {}): HistoryPage => ({
  messages,
  older: true,
  newer: false,
  gapBefore: false,
  complete: false,
  ...part,
});

const idsOf = (messages: readonly ChatMessage[] | null) => messages?.map(({ id }) => id);

test('a window never grows beyond its length: what is left behind is read again when needed', () => {
  let state = withWindow(emptyChat, page(run(1000, 1100)));
  for (let from = 900; from >= 400; from -= 100) state = withOlder(state, page(run(from, from + 100)));

  expect(state.messages).toHaveLength(windowLength);
  expect(state.messages?.[0]?.id).toBe(400);
  expect(state.newer).toBe(true);

  state = withNewer(state, page(run(800, 900), { newer: true }));
  expect(state.messages).toHaveLength(windowLength);
  expect(state.messages?.at(-1)?.id).toBe(899);
  expect(state.older).toBe(true);
});

test('pages that overlap repeat no message', () => {
  const state = withOlder(withWindow(emptyChat, page(run(10, 14))), page(run(8, 12)));

  expect(idsOf(state.messages)).toEqual([8, 9, 10, 11, 12, 13]);
});

test('what was read again and has not changed is the same object, what has is not', () => {
  const state = withWindow(emptyChat, page(run(1, 4)));
  const again = run(1, 5).map((message) => (message.id === 2 ? { ...message, text: 'исправлено' } : message));

  const next = withReread(
    state,
    { messages: again, gaps: new Set(), older: false, newer: false, complete: true },
    true,
  );

  expect(next.messages?.[0]).toBe(state.messages?.[0]);
  expect(next.messages?.[1]).not.toBe(state.messages?.[1]);
  expect(next.messages?.[1]?.text).toBe('исправлено');
  expect(next.messages).toHaveLength(4);
});

test('who reads at the end keeps the newest, who reads elsewhere keeps the place', () => {
  const state = withWindow(emptyChat, page(run(1, 200), { older: false }));
  const reread = {
    messages: run(1, 251),
    gaps: new Set<number>(),
    older: false,
    newer: false,
    complete: true,
  };

  const atEnd = withReread(state, reread, true);
  const elsewhere = withReread(state, reread, false);

  expect(atEnd.messages?.at(-1)?.id).toBe(250);
  expect(atEnd.messages?.length).toBeLessThanOrEqual(200);
  expect(atEnd.older).toBe(true);
  expect(idsOf(elsewhere.messages)).toEqual(idsOf(reread.messages));
  expect(elsewhere.older).toBe(false);
});

test('the top of a chat is not a hole in it', () => {
  expect(withWindow(emptyChat, page(run(5, 8), { gapBefore: true, older: true })).gaps).toEqual(new Set([5]));
  expect(withWindow(emptyChat, page(run(5, 8), { gapBefore: true, older: false })).gaps).toEqual(new Set());
});

test('the unread are counted from the end and only what others wrote', () => {
  const messages = [...run(1, 4), makeMessage({ id: 4, out: true }), makeMessage({ id: 5 })];

  expect(firstUnread(messages, 2)).toBe(3);
  expect(firstUnread(messages, 4)).toBe(1);
  expect(firstUnread(messages, 9)).toBeNull();
  expect(firstUnread(messages, 0)).toBeNull();
});

test('a deleted message is still to be seen and no longer unread', () => {
  const messages = [...run(1, 4), makeMessage({ id: 4, deletedAt: 1 }), makeMessage({ id: 5 })];

  expect(firstUnread(messages, 2)).toBe(3);
});

test('a message that waits to leave hides no newer one', () => {
  const messages = [...run(1, 4), makeMessage({ id: 90, out: true, serverId: null, position: 2 ** 52 })];

  expect(tipOf(messages)).toBe(3);
  expect(countFresh([...messages, makeMessage({ id: 5 })], 3)).toBe(1);
});
