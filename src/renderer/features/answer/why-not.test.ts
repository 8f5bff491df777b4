import { expect, test } from 'vitest';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { waitOf, whyNot } from './why-not.ts';

const account: TelegramAccount = {
  id: 1,
  name: 'Диспетчерская',
  username: null,
  phoneMask: '',
  state: 'ready',
  reason: null,
  signedInAt: 0,
  pauses: [],
};

const row = (part: Partial<OutboxRow>): OutboxRow => ({
  id: 1,
  messageId: 1,
  incidentId: null,
  code: '',
  channel: 'telegram',
  accountId: 1,
  chat: { id: 4, title: 'Волга АВР' },
  to: [],
  subject: '',
  state: 'queued',
  notBefore: 0,
  createdAt: 0,
  createdBy: null,
  attempts: 1,
  errorCode: null,
  errorDetail: null,
  ...part,
});

test('signing out is said before anything about the chat', () => {
  const gone = { canSend: false, goneAt: 5 };
  expect(whyNot(gone, { ...account, state: 'signed-out', reason: 'session-revoked' })).toBe(
    'session-revoked',
  );
  expect(whyNot(gone, account)).toBe('chat-gone');
  expect(whyNot({ canSend: false, goneAt: null }, account)).toBe('write-forbidden');
  expect(whyNot({ canSend: true, goneAt: null }, undefined)).toBeUndefined();
});

test('a lost connection keeps nobody from writing, it only delays', () => {
  const offline: TelegramAccount = { ...account, state: 'reconnecting' };
  expect(whyNot({ canSend: true, goneAt: null }, offline)).toBeUndefined();
  expect(waitOf(4, offline, [], 0)).toEqual({ kind: 'offline' });
});

test('slow mode is of one chat, a flood wait of all sending, and a pause of something else of neither', () => {
  const slow = [row({ errorCode: 'slow-mode', notBefore: 30_000 })];
  expect(waitOf(4, account, slow, 1000)).toEqual({ kind: 'slow-mode', until: 30_000 });
  expect(waitOf(5, account, slow, 1000)).toBeUndefined();

  const pauses = [
    { method: 'messages.SendMessage', until: 60_000 },
    { method: 'messages.GetHistory', until: 90_000 },
  ];
  expect(waitOf(5, { ...account, pauses }, slow, 1000)).toEqual({ kind: 'flood-wait', until: 60_000 });
  expect(waitOf(5, { ...account, pauses }, slow, 60_000)).toBeUndefined();
});
