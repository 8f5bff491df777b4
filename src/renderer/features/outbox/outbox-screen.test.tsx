import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { OutboxScreen } from './outbox-screen.tsx';

const row = {
  id: 4,
  messageId: 9,
  incidentId: 7,
  code: 'PLT-1042',
  channel: 'mail',
  accountId: 1,
  chat: null as { id: number; title: string } | null,
  to: [{ name: 'Смена', address: 'noc@tele-op.example' }],
  subject: 'Re: PLT-1042: Нет питания',
  state: 'unknown',
  notBefore: 0,
  createdAt: 1_800_000_000_000,
  createdBy: null,
  attempts: 1,
  errorCode: 'timeout',
  errorDetail: null,
};

async function openOutbox(change: object = {}) {
  const asked: string[] = [];
  const page = createFakePage({
    'outbox.list': () => ({ rows: [{ ...row, ...change }] }),
    'outbox.attempts': () => ({
      attempts: [
        { startedAt: 1, endedAt: 2, outcome: 'unknown', code: 'timeout', detail: '250 … no answer' },
      ],
    }),
    'outbox.settle': () => void asked.push('settle'),
    'outbox.sendAgain': () => void asked.push('again'),
  });
  const opened: number[] = [];
  const chats: number[] = [];
  const screen = await render(
    <page.Page>
      <OutboxScreen onOpenIncident={(id) => opened.push(id)} onOpenChat={(id) => chats.push(id)} />
    </page.Page>,
  );
  return { screen, asked, opened, chats };
}

test('an unknown letter explains itself and waits for a person to decide', async () => {
  const { screen, asked } = await openOutbox();
  await expect.element(screen.getByText(/сервер мог его принять, а мог и нет/)).toBeVisible();
  expect(asked).toEqual([]);

  await screen.getByRole('button', { name: 'Дошло' }).click();

  await expect.poll(() => asked).toEqual(['settle']);
});

test('a failed letter says why and what to do', async () => {
  const { screen } = await openOutbox({ state: 'failed', errorCode: 'recipient-refused' });

  await expect.element(screen.getByText(/не принял адрес получателя/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Отправить ещё раз' })).toBeVisible();
});

test('each attempt is shown with the words of the server', async () => {
  const { screen, opened } = await openOutbox();

  await screen.getByRole('button', { name: '1 попытка' }).click();
  await expect.element(screen.getByText('250 … no answer')).toBeVisible();
  await screen.getByRole('button', { name: 'PLT-1042' }).click();

  expect(opened).toEqual([7]);
});

test('a message to a chat names the chat and leads to it, and its trouble is told in words of Telegram', async () => {
  const { screen, chats } = await openOutbox({
    channel: 'telegram',
    chat: { id: 31, title: 'Волга АВР' },
    to: [],
    subject: 'Выехали, будем к 14:30',
    state: 'failed',
    errorCode: 'write-forbidden',
  });
  await expect.element(screen.getByText(/В этот чат писать нельзя/)).toBeVisible();

  await screen.getByRole('button', { name: 'Волга АВР' }).click();

  expect(chats).toEqual([31]);
});

test('waiting for Telegram is not told as waiting for a mail server', async () => {
  const { screen } = await openOutbox({
    channel: 'telegram',
    chat: { id: 31, title: 'Волга АВР' },
    to: [],
    state: 'queued',
    errorCode: 'unavailable',
  });

  await expect.element(screen.getByText(/Нет связи с Telegram. Сообщение ждёт/)).toBeVisible();
});
