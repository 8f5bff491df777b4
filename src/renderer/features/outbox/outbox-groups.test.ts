import { expect, test } from 'vitest';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import { groupOutbox } from './outbox-groups.ts';

function row(id: number, state: OutboxRow['state']): OutboxRow {
  return {
    id,
    messageId: id,
    incidentId: null,
    code: '',
    channel: 'mail',
    accountId: 1,
    chat: null,
    to: [],
    subject: '',
    state,
    notBefore: 0,
    createdAt: id,
    createdBy: null,
    attempts: 0,
    errorCode: null,
    errorDetail: null,
  };
}

test('letters that need a decision stand above those that wait and those that left', () => {
  const groups = groupOutbox([row(1, 'accepted'), row(2, 'queued'), row(3, 'failed'), row(4, 'unknown')]);

  expect(groups.map(({ group }) => group)).toEqual(['unknown', 'failed', 'waiting', 'sent']);
});

test('a letter taken back is a draft and no longer here', () => {
  expect(groupOutbox([row(1, 'cancelled')])).toEqual([]);
});

test('the newest stands first in its group', () => {
  const [first] = groupOutbox([row(1, 'failed'), row(2, 'failed')]);

  expect(first?.rows.map(({ id }) => id)).toEqual([2, 1]);
});
