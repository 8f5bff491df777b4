import { expect, test } from 'vitest';
import { makeMessage } from '../../../../test/support/fake-chats.ts';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import { unitsOf } from './units.ts';

const minute = 60_000;
const dayMs = 1440 * minute;

function shapes(
  messages: readonly ChatMessage[],
  gaps: readonly number[] = [],
  unreadFrom: number | null = null,
) {
  const dayOf = (at: number): string => String(Math.floor(at / dayMs));
  return unitsOf(messages, { gaps: new Set(gaps), unreadFrom, dayOf }).map((unit) =>
    unit.kind === 'message'
      ? `${unit.isFirst ? '+' : ''}${unit.messages.map(({ id }) => id).join(',')}`
      : unit.kind,
  );
}

const at = (id: number, sentAt: number, part: Partial<ChatMessage> = {}): ChatMessage =>
  makeMessage({ id, sentAt, ...part });

test('a run by one sender names them once, until somebody else speaks or time passes', () => {
  const messages = [
    at(1, 0),
    at(2, minute),
    at(3, 2 * minute, { senderId: 'u2' }),
    at(4, 9 * minute, { senderId: 'u2' }),
  ];

  expect(shapes(messages)).toEqual(['day', '+1', '2', '+3', '+4']);
});

test('pictures sent as one stand as one, also when they come late by seconds', () => {
  const album = { groupedId: 'a' };
  const messages = [at(1, 0, album), at(2, 1, album), at(3, 2, album), at(4, 3)];

  expect(shapes(messages)).toEqual(['day', '+1,2,3', '4']);
});

test('the unread line goes above an album of which a part is unread', () => {
  const album = { groupedId: 'a' };

  expect(shapes([at(1, 0), at(2, 1, album), at(3, 2, album)], [], 3)).toEqual(['day', '+1', 'unread', '2,3']);
});

test('an album of somebody else with the same number stays apart', () => {
  const messages = [at(1, 0, { groupedId: 'a' }), at(2, 1, { groupedId: 'a', out: true })];

  expect(shapes(messages)).toEqual(['day', '+1', '+2']);
});

test('days, holes and the unread line stand before their message and end a run', () => {
  const messages = [at(1, 0), at(2, dayMs), at(3, dayMs + 1), at(4, dayMs + 2)];

  expect(shapes(messages, [3], 4)).toEqual(['day', '+1', 'day', '+2', 'gap', '+3', 'unread', '+4']);
});
