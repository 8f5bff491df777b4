import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import {
  createFakeAnswers,
  makeChatOutboxRow,
  makeChatRow,
  makeTelegramAccount,
} from '../../../../test/support/fake-answers.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { UploadFile } from '../../lib/upload-file.ts';
import { createAnswerStore } from './answer-store.ts';
import { ChatComposer } from './chat-composer.tsx';

type Options = Parameters<typeof createFakeAnswers>[0] & {
  readonly incidentId?: number;
  readonly answers?: Record<string, (input: never) => unknown>;
  readonly upload?: UploadFile;
};

/** Bytes are kept at once, under a hash made of their place in line. */
function createInstantUpload(): UploadFile {
  let count = 0;
  return (file) => {
    count += 1;
    const sha256 = count.toString(16).padStart(64, '0');
    return Promise.resolve({ sha256, fileName: file.name, mimeType: file.type, size: file.size });
  };
}

async function openChat({ incidentId, answers, upload = createInstantUpload(), ...parts }: Options = {}) {
  const chat = parts?.chat ?? makeChatRow();
  const fake = createFakeAnswers(parts);
  const page = createFakePage({ ...fake.answers, ...answers });
  const store = createAnswerStore({
    client: page.desk.rpc,
    upload,
    later(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  const screen = await render(
    <page.Page>
      <ChatComposer answers={store} chat={chat} incidentId={incidentId ?? null} />
    </page.Page>,
  );
  const field = screen.getByRole('textbox', { name: 'Сообщение в «Волга АВР»' });
  return { ...fake, page, store, screen, field };
}

const area = (field: { element(): Element }) => field.element() as HTMLTextAreaElement;
const picture = (name = 'щит.png') => new File([new Uint8Array(8)], name, { type: 'image/png' });

function dropOn(field: { element(): Element }, ...files: readonly File[]): void {
  const event = new DragEvent('drop', {
    dataTransfer: transferOf(...files),
    bubbles: true,
    cancelable: true,
  });
  field.element().dispatchEvent(event);
}

function transferOf(...files: readonly File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

test('what is typed is saved a moment later and is there after a restart', async () => {
  const first = await openChat();
  await first.field.fill('Выехали, будем к 14:30');
  await expect.poll(() => first.saves.at(-1)?.text).toBe('Выехали, будем к 14:30');
  await expect.element(first.screen.getByText('черновик сохранён')).toBeVisible();
  await first.screen.unmount();

  const second = await openChat({
    answers: {
      'chats.open': () => ({
        chat: makeChatRow(),
        rules: [],
        senders: [],
        draft: { ...first.drafts.get(0), replyTo: 501 },
      }),
    },
  });

  await expect.element(second.field).toHaveValue('Выехали, будем к 14:30');
  await expect.element(second.screen.getByText('Питания нет, фото ниже')).toBeVisible();
});

test('a save that failed is tried again and says so meanwhile', async () => {
  let failures = 1;
  const saved: string[] = [];
  const { screen, field } = await openChat({
    answers: {
      'chats.saveDraft': ({ text }: { text: string }) => {
        failures -= 1;
        if (failures >= 0) throw new AppError('unavailable');
        saved.push(text);
      },
    },
  });

  await field.fill('Выехали');

  await expect.element(screen.getByText('не сохранено, повторим')).toBeVisible();
  await expect.poll(() => saved, { timeout: 8000 }).toContain('Выехали');
});

test('Enter makes a line; only Ctrl+Enter sends, and U brings it back as it was typed', async () => {
  const { sent, screen, field, takenBack } = await openChat();
  await field.click();

  await userEvent.keyboard('Выехали **срочно**{Enter}Ждите');
  expect(sent).toEqual([]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.element(screen.getByText(/Отправится через \d+ секунд/).first()).toBeVisible();
  expect(sent).toEqual([
    {
      chatId: 31,
      incidentId: null,
      text: 'Выехали срочно\nЖдите',
      entities: [{ kind: 'bold', offset: 8, length: 6 }],
      replyTo: null,
      files: [],
    },
  ]);
  await expect.element(field).toHaveValue('');

  area(field).blur();
  await userEvent.keyboard('u');

  await expect.element(field).toHaveValue('Выехали **срочно**\nЖдите');
  expect(takenBack).toEqual([71]);
});

test('whoever prefers it sends by Enter, and Shift+Enter makes a line', async () => {
  const { sent, page, field } = await openChat();
  page.desk.preferences.set({ answerSend: 'enter' });
  await field.click();

  await userEvent.keyboard('Раз{Shift>}{Enter}{/Shift}два{Enter}');

  await expect.poll(() => sent.map(({ text }) => text)).toEqual(['Раз\nдва']);
});

test('an empty message does not leave', async () => {
  const { sent, screen, field } = await openChat();
  await field.fill('   ');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.element(screen.getByRole('button', { name: 'Отправить' })).toBeDisabled();
  expect(sent).toEqual([]);
});

test('a key by its place marks what is chosen, and the preview shows what leaves', async () => {
  const { screen, field } = await openChat();
  await field.fill('Объект KA0412');
  area(field).setSelectionRange(7, 13);

  area(field).dispatchEvent(
    new KeyboardEvent('keydown', { key: 'и', code: 'KeyB', ctrlKey: true, bubbles: true, cancelable: true }),
  );

  await expect.element(field).toHaveValue('Объект **KA0412**');
  const preview = screen.getByRole('group', { name: 'Так это увидит получатель' });
  await expect.element(preview.getByText('KA0412')).toBeVisible();
});

test('a pasted picture is kept at once and leaves as a picture, or as a file when that is chosen', async () => {
  const { sent, screen, field } = await openChat();
  await field.click();

  area(field).dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: transferOf(picture()), bubbles: true, cancelable: true }),
  );
  await expect.element(screen.getByRole('img', { name: 'щит.png' })).toBeInTheDocument();
  await screen.getByText('Файлами').click();
  await screen.getByRole('button', { name: 'Отправить' }).click();

  await expect.poll(() => sent[0]?.files).toMatchObject([{ fileName: 'щит.png', as: 'document' }]);
});

test('one file among pictures makes them all files, and says so', async () => {
  const { sent, screen, field } = await openChat();
  const act = new File(['акт'], 'акт.pdf', { type: 'application/pdf' });

  dropOn(field, picture(), act);
  await expect.element(screen.getByText(/уйдёт файлами/)).toBeVisible();
  await screen.getByRole('button', { name: 'Отправить' }).click();

  await expect.poll(() => sent[0]?.files.map(({ as }) => as)).toEqual(['document', 'document']);
});

test('an album takes ten, and what does not fit is told', async () => {
  const { screen, field } = await openChat();
  const files = Array.from({ length: 12 }, (_, index) => picture(`${index}.png`));

  dropOn(field, ...files);

  await expect.element(screen.getByText('2 файла не поместились: в сообщении не больше 10')).toBeVisible();
  await expect.poll(() => screen.getByRole('img').all().length).toBe(10);
});

test('a file that could not be kept says why, and the message waits until it is taken out', async () => {
  const { sent, screen, field } = await openChat({
    upload: () => Promise.reject(new AppError('invalid-input', { details: { reason: 'too-large' } })),
  });
  await field.fill('Фото');
  dropOn(field, picture());

  await expect.element(screen.getByTitle(/Предел — 50 МБ/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Отправить' })).toBeDisabled();
  await screen.getByRole('button', { name: 'Не загружать щит.png' }).click();
  await screen.getByRole('button', { name: 'Отправить' }).click();

  await expect.poll(() => sent[0]?.files).toEqual([]);
});

test('a text with files has the shorter limit, and the hand is told before it is stopped', async () => {
  const { screen, field } = await openChat();
  await field.fill('а'.repeat(1200));
  dropOn(field, picture());

  await expect.element(screen.getByText('Лишних знаков: 176')).toBeVisible();
  await expect.element(screen.getByText(/не длиннее 1024/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Отправить' })).toBeDisabled();
});

test('from an incident it answers the last message there, until that is taken away', async () => {
  const { sent, screen, field } = await openChat({ incidentId: 7 });
  await expect.element(screen.getByText('Питания нет, фото ниже')).toBeVisible();
  await field.fill('Принято');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => sent.at(-1)).toMatchObject({ incidentId: 7, replyTo: 501, text: 'Принято' });

  await field.fill('И ещё');
  await screen.getByRole('button', { name: 'Не отвечать на это сообщение' }).click();
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.poll(() => sent.at(-1)).toMatchObject({ replyTo: null, text: 'И ещё' });
});

test('without Telegram one writes and sends all the same, and is told when it leaves', async () => {
  const { sent, screen, field } = await openChat({ account: makeTelegramAccount({ state: 'reconnecting' }) });
  await expect.element(screen.getByText(/Пишите: сообщение уйдёт само/)).toBeVisible();

  await field.fill('Выехали');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');

  await expect.poll(() => sent).toHaveLength(1);
});

test('slow mode of the chat is counted down', async () => {
  const { screen, setRows, store } = await openChat();
  setRows([makeChatOutboxRow({ errorCode: 'slow-mode', notBefore: Date.now() + 61_000 })]);
  store.onChanges(['outbox']);

  await expect
    .element(screen.getByText(/Медленный режим чата: сообщение уйдёт через 00:0[01]:\d\d/))
    .toBeVisible();
});

test('a message Telegram asked to hold back can still be taken back', async () => {
  const { screen, field, setRows, store, takenBack } = await openChat();
  await field.fill('Выехали');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(screen.getByText(/Отправится через/).first()).toBeVisible();

  setRows([makeChatOutboxRow({ errorCode: 'flood-wait', notBefore: Date.now() + 300_000 })]);
  store.onChanges(['outbox']);
  await expect.element(screen.getByText('Ждёт в исходящих. Уйдёт само, один раз.')).toBeVisible();
  await screen.getByRole('button', { name: 'Отменить' }).click();

  await expect.poll(() => takenBack).toEqual([71]);
});

test.each([
  [
    'where only administrators write',
    { chat: makeChatRow({ canSend: false }) },
    /Здесь пишут только администраторы/,
  ],
  ['where the chat is gone', { chat: makeChatRow({ goneAt: 1 }) }, /Этот чат удалён/],
  [
    'where the account is signed out',
    { account: makeTelegramAccount({ state: 'signed-out', reason: 'session-revoked' }) },
    /Сеанс Пульта завершили на другом устройстве/,
  ],
])('%s nothing is offered but the reason', async (_, parts, reason) => {
  const { screen } = await openChat(parts);

  await expect.element(screen.getByText(reason)).toBeVisible();
  expect(screen.getByRole('textbox').query()).toBeNull();
});

test('files on their way to Telegram show how far they are, and can be taken back until the message itself leaves', async () => {
  const { field, screen, setRows, store, takenBack } = await openChat();
  const transfer = { fileId: null, outboxId: 71, size: 1000, reason: null, waitUntil: null };
  await field.fill('Схема');
  dropOn(field, picture());
  await expect.element(screen.getByRole('img', { name: 'щит.png' })).toBeVisible();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(screen.getByText(/Отправится через/).first()).toBeVisible();

  setRows([makeChatOutboxRow({ state: 'sending' })]);
  store.onChanges(['outbox']);
  store.onTransfers([{ ...transfer, doneBytes: 425 }]);
  await expect.element(screen.getByText('Файлы загружаются: 42 %')).toBeVisible();
  expect(screen.getByRole('progressbar').element()).toHaveProperty('value', 42);
  store.onTransfers([{ ...transfer, doneBytes: 1000 }]);
  await expect.element(screen.getByText('Отправляется…')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Отменить' }).elements()).toEqual([]);
  store.onTransfers([{ ...transfer, doneBytes: 600 }]);
  await userEvent.click(screen.getByRole('button', { name: 'Отменить' }));

  await expect.poll(() => takenBack).toEqual([71]);
  await expect.element(field).toHaveValue('Схема');
  await expect.element(screen.getByRole('img', { name: 'щит.png' })).toBeVisible();
});

test('Escape gives the keyboard back, lets an unwritten reply go and keeps what was written', async () => {
  const { screen, field, store, drafts } = await openChat();
  await expect.element(field).toBeVisible();
  store.answer({ chatId: 31, incidentId: null }, { id: 8, sender: 'Ольга', text: 'Где вы?' });
  await expect.element(screen.getByText('Где вы?')).toBeVisible();
  await expect.element(field).toHaveFocus();

  await userEvent.keyboard('{Escape}');

  await expect.element(field).not.toHaveFocus();
  await expect.poll(() => screen.getByText('Где вы?').query()).toBeNull();

  await field.fill('Недописано');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => drafts.get(0)?.text).toBe('Недописано');
  await expect.element(field).toHaveValue('Недописано');
});

test('what another window wrote appears here, but never over what is being typed', async () => {
  const { field, store, drafts } = await openChat();
  await expect.element(field).toBeVisible();
  drafts.set(0, { text: 'Из другого окна', replyTo: null, files: [] });
  store.onChanges(['draft']);
  await expect.element(field).toHaveValue('Из другого окна');

  await field.fill('Здесь');
  drafts.set(0, { text: 'Снова оттуда', replyTo: null, files: [] });
  store.onChanges(['draft']);

  await expect.element(field).toHaveValue('Здесь');
});
