import { readFileSync } from 'node:fs';
import yauzl from 'yauzl';
import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';

test.describe('two at the desk', () => {
  test.use({ plan: { people: ['Анна Ветрова', 'Пётр Зуев'] } });

  test('a note calls a colleague, who alone hears it and finds the incident unread', async ({
    desk,
    page,
    mailbox,
    browser,
    running,
  }) => {
    const sent: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
    await page.reload();
    await mailbox.receive({ subject: 'Нет питания на опоре', text: 'Питания нет.' });
    await desk.queue.open('Нет питания на опоре');
    await page.keyboard.press('KeyL');
    const field = page.getByRole('combobox', { name: 'Заметка для коллег' });
    await field.pressSequentially('Ключи у сторожа, @Пё');
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('Ключи у сторожа, @Пётр Зуев ');
    // What was begun outlives the page.
    await expect
      .poll(() => sent.some((frame) => frame.includes('notes.saveDraft') && frame.includes('@Пётр Зуев')))
      .toBe(true);
    await page.reload();
    await desk.queue.open('Нет питания на опоре');
    await page.keyboard.press('Shift+KeyC');
    await expect(field).toHaveValue(/Ключи у сторожа, @Пётр Зуев/);
    await field.focus();
    await page.keyboard.press('Control+Enter');
    await expect(desk.card.root.getByText('Ключи у сторожа,')).toBeVisible();

    const context = await browser.newContext({ locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
    const other = createDeskPage(await context.newPage());
    await other.open(await running.host().newLink());
    await other.signIn('Пётр Зуев');
    await expect(other.alarms.getByText(/Упоминание/).first()).toBeVisible();
    await expect(
      other.queue.row('Нет питания на опоре').getByText('не прочитан', { exact: false }),
    ).toBeAttached();
    await other.queue.open('Нет питания на опоре');
    await other.page.keyboard.press('Shift+KeyC');
    await expect(other.card.root.getByText('Ключи у сторожа,')).toBeVisible();
    await context.close();
  });
});

test('many are done to at once and taken back by one key', async ({ desk, page, mailbox }) => {
  for (const name of ['Первая', 'Вторая', 'Третья']) {
    await mailbox.receive({ subject: `${name} авария`, text: 'Питания нет.' });
    await expect(desk.queue.row(`${name} авария`)).toBeVisible();
  }
  await desk.queue.open('Первая авария');
  await page.keyboard.press('Control+KeyA');
  const bar = page.getByRole('toolbar', { name: 'Выбранные инциденты' });
  await expect(bar).toContainText(/Выбрано\s3/);
  await bar.getByRole('button', { name: 'Назначить' }).click();
  await desk.menuItem('Никому').click();
  await expect(desk.toasts.getByText(/Изменено\s3\sинцидента/)).toBeVisible();
  await expect(desk.queue.rows.filter({ hasText: 'никто' })).toHaveCount(3);

  await page.keyboard.press('KeyU');
  await expect(desk.queue.rows.filter({ hasText: 'Анна' })).toHaveCount(3);
  await desk.toasts.getByRole('button', { name: 'Вернуть' }).click();
  await expect(desk.queue.rows.filter({ hasText: 'никто' })).toHaveCount(3);
});

test('one incident leaves the desk as an archive with the letter as it came, and as a PDF', async ({
  desk,
  page,
  mailbox,
}) => {
  await mailbox.receive({ subject: 'Сгорел щит', text: 'Щит сгорел дотла.' });
  await desk.queue.open('Сгорел щит');
  await expect(desk.card.letters).toHaveCount(1);

  const archive = page.waitForEvent('download');
  await page.keyboard.press('Control+Shift+KeyE');
  const zip = await archive;
  expect(zip.suggestedFilename()).toMatch(/^PLT-\d+\.zip$/);
  const files = await unpack(await zip.path());
  const eml = [...files].find(([name]) => name.endsWith('.eml'))?.[1];
  expect(eml?.toString('utf8')).toContain('Subject:');
  const document = files.get('document.html')?.toString('utf8') ?? '';
  expect(document).toContain('Щит сгорел дотла.');
  expect(document).toContain('открыт по письму');
  expect([...files.keys()]).toContain('journal.json');

  const paper = page.waitForEvent('download');
  await page.keyboard.press('Control+Shift+KeyP');
  const pdf = await paper;
  expect(
    readFileSync(await pdf.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');

  await desk.card.tab('История');
  await expect(desk.card.root.getByText('выдан: архив')).toBeVisible();
});

async function unpack(path: string): Promise<Map<string, Buffer>> {
  const zip = await yauzl.openPromise(path);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}
