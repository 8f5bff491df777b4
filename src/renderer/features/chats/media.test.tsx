import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeChats, makeMessage, type FakeChats } from '../../../../test/support/fake-chats.ts';
import { createFakeDesk, type FakeDesk } from '../../../../test/support/fake-desk.tsx';
import { renderDesk } from '../../../../test/support/render-desk.tsx';
import type { ChatFile, ChatMessage } from '../../../shared/contract/chats.ts';
import { AppError } from '../../../shared/errors.ts';
import { HandContext, type ChatHand } from './chat-hand.ts';
import { LiveContext, useCreateLive } from './live.ts';
import { MessageView } from './message.tsx';

const noHand: ChatHand = {
  jump: () => undefined,
  look: () => undefined,
  answer: () => undefined,
  openIncident: () => undefined,
  joinIncident: () => undefined,
  readUpTo: () => undefined,
  select: () => undefined,
  goIncident: () => undefined,
  goOutbox: () => undefined,
};

function makeFile(part: Partial<ChatFile>): ChatFile {
  return {
    id: 5,
    kind: 'document',
    fileName: 'отчёт.pdf',
    mimeType: 'application/pdf',
    size: 2_000_000,
    width: null,
    height: null,
    duration: null,
    sha256: null,
    preview: null,
    ...part,
  };
}

async function show(
  part: Partial<ChatMessage>,
  download: () => unknown = () => new Promise(() => undefined),
): Promise<{ readonly fake: FakeDesk; readonly chats: FakeChats; readonly opened: string[] }> {
  const chats = createFakeChats();
  const opened: string[] = [];
  const fake = createFakeDesk({
    ...chats.answers,
    'chats.download': download,
    'shell.openExternal': ({ url }: { readonly url: string }) => {
      opened.push(url);
      return {};
    },
  });
  await renderDesk(fake.desk, <Stage message={makeMessage({ id: 1, text: '', ...part })} />);
  return { fake, chats, opened };
}

function Stage({ message }: { readonly message: ChatMessage }) {
  const live = useCreateLive();
  return (
    <LiveContext value={live}>
      <HandContext value={noHand}>
        <div style={{ width: 700 }}>
          <MessageView messages={[message]} isFirst hasSender isActive={false} />
        </div>
      </HandContext>
    </LiveContext>
  );
}

const transfer = { fileId: 5, outboxId: null, size: 2_000_000, reason: null, waitUntil: null };

test('nothing is fetched until asked; then it says how far it is and can be stopped', async () => {
  const { fake } = await show({ files: [makeFile({})] });
  expect(fake.calls).not.toContain('chats.download');

  await userEvent.click(page.getByRole('button', { name: 'Скачать: отчёт.pdf' }));
  fake.emit('chats.transfers', { transfers: [{ ...transfer, doneBytes: 1_000_000 }] });

  await expect.element(page.getByText('976,6 КБ из 1,9 МБ')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Остановить скачивание' }));
  expect(fake.calls).toContain('chats.cancelDownload');
});

test('a download that failed says what to do and tries again', async () => {
  let tries = 0;
  const { fake } = await show({ files: [makeFile({})] }, () => {
    tries += 1;
    throw new AppError('upstream', { details: { reason: 'file-expired' } });
  });
  await userEvent.click(page.getByRole('button', { name: 'Скачать: отчёт.pdf' }));

  await expect.element(page.getByText(/Не скачалось\. Ссылка на файл устарела/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Скачать снова' }));
  await expect.poll(() => tries).toBe(2);
  fake.emit('chats.transfers', { transfers: [{ ...transfer, doneBytes: 0, reason: 'network-unreachable' }] });
  await expect.element(page.getByText(/Нет связи с Telegram/)).toBeVisible();
});

test('a wait that Telegram asked for is shown with its end', async () => {
  const { fake } = await show({ files: [makeFile({})] });
  fake.emit('chats.transfers', {
    transfers: [{ ...transfer, doneBytes: 0, waitUntil: Date.UTC(2026, 10, 21, 11, 6, 30) }],
  });

  await expect.element(page.getByText('Telegram просит подождать, продолжим в 14:06:30')).toBeVisible();
});

test('a name cannot hide that it is a program', async () => {
  await show({
    files: [makeFile({ fileName: 'счёт\u202Efdp.exe\u0007', mimeType: 'application/x-msdownload' })],
  });

  await expect.element(page.getByText('Программа: не открывайте, если не ждали')).toBeVisible();
  expect(document.body.textContent).not.toMatch(/[\u202E\u0007]/);
});

test('however long a name is, its ending stays on the screen', async () => {
  await show({ files: [makeFile({ fileName: `${'ведомость '.repeat(40)}итог.xlsm` })] });

  const tail = page.getByText('итог.xlsm', { exact: true }).element().getBoundingClientRect();
  const card = page
    .getByRole('button', { name: /Скачать/ })
    .element()
    .getBoundingClientRect();
  expect(tail.right).toBeLessThanOrEqual(card.left);
});

test('what is here is offered at its own address, not fetched again', async () => {
  await show({ files: [makeFile({ sha256: 'a'.repeat(64) })] });

  const link = page.getByRole('link', { name: 'Открыть: отчёт.pdf' });
  await expect.element(link).toBeVisible();
  expect(link.element().getAttribute('href')).toBe(
    `/blob/${'a'.repeat(64)}?name=${encodeURIComponent('отчёт.pdf')}`,
  );
});

test('a picture that the page cannot draw becomes a file to save', async () => {
  await show({
    files: [makeFile({ kind: 'photo', fileName: '', mimeType: 'image/jpeg', sha256: 'f'.repeat(64) })],
  });

  await expect.element(page.getByText(/Этот файл страница показать не может/)).toBeVisible();
});

test('a place gives its coordinates to copy and a map outside', async () => {
  const { opened } = await show({
    extra: { kind: 'location', latitude: 55.912345, longitude: 37.736411, live: false, title: null },
  });
  await expect.element(page.getByText('55.912345, 37.736411')).toBeVisible();

  await userEvent.click(page.getByRole('button', { name: 'Открыть на карте' }));

  await expect
    .poll(() => opened)
    .toEqual(['https://www.openstreetmap.org/?mlat=55.912345&mlon=37.736411#map=16/55.91235/37.73641']);
});

test('a deleted message stays readable and says so', async () => {
  await show({ text: 'Пропуск до 18:00', deletedAt: 1 });

  await expect.element(page.getByText('Пропуск до 18:00')).toBeVisible();
  await expect.element(page.getByText('удалено в Telegram')).toBeVisible();
});

test('our own file shows how far it is, and goes back into the field as long as nothing has been said', async () => {
  const takenBack: unknown[] = [];
  const chats = createFakeChats();
  const fake = createFakeDesk({
    ...chats.answers,
    'outbox.takeBack': (input: unknown) => {
      takenBack.push(input);
      return { draftId: null };
    },
  });
  const outbox = { id: 9, state: 'sending', notBefore: 0, errorCode: null } as const;
  const message = makeMessage({ id: 1, text: '', out: true, serverId: null, outbox, files: [makeFile({})] });
  await renderDesk(fake.desk, <Stage message={message} />);
  const transfer = { fileId: null, outboxId: 9, size: 2_000_000, reason: null, waitUntil: null };

  fake.emit('chats.transfers', { transfers: [{ ...transfer, doneBytes: 500_000 }] });
  await expect.element(page.getByText(/Загружается: 25 %/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Не отправлять' }));
  await expect.poll(() => takenBack).toEqual([{ id: 9 }]);

  fake.emit('chats.transfers', { transfers: [{ ...transfer, doneBytes: 2_000_000 }] });
  await expect.poll(() => page.getByRole('button', { name: 'Не отправлять' }).elements()).toEqual([]);
});
