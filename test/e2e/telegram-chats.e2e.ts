import type { EntitySeed, MediaSeed } from '../support/telegram-dc/world/seed.ts';
import { createChatsPage } from './pages/chats-page.ts';
import { crewGroup, irina, technician } from '../support/telegram-dc/sample-world.ts';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from './support/hand-over.ts';
import { makePng } from './support/make-png.ts';
import { openRussianKeyboard } from './support/russian-keyboard.ts';
import { makeBytes } from '../support/make-letter.ts';
import { expect, test } from './telegram-fixtures.ts';

const { account } = irina;
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('a chat is read to its first message and marked read at Telegram only by the key', async ({
  telegram,
  chats,
  dc,
  page,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await expect(chats.unread('Денис Орлов')).toHaveAccessibleName(/^2 /);
  await chats.openChat('Денис Орлов');
  await expect(chats.message('сообщение 130')).toBeVisible();
  await page.evaluate(() => (document.documentElement.dataset['loaded'] = 'once'));

  await dc.control.receive({ account, chat: technician, text: 'Пришло само' });
  await expect(chats.message('Пришло само')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.dataset['loaded'])).toBe('once');

  await expect(async () => {
    await chats.scrollUp();
    await expect(chats.main).toContainText('Начало чата', { timeout: 500 });
  }).toPass();
  const told = (await dc.control.log({ account, chat: technician })).map(({ text }) => text);
  expect(told).toHaveLength(131);
  await expect(chats.messages).toHaveCount(131);
  const shown = await chats.messages.evaluateAll((rows) => rows.map((row) => row.textContent));
  expect(shown.map((words, index) => words.includes(told[index] ?? '-'))).not.toContain(false);

  const asked = (await dc.control.calls()).map(({ method }) => method);
  expect(asked).toContain('messages.GetHistory');
  expect(asked).not.toContain('messages.ReadHistory');
  expect(await dc.control.dialog({ account, chat: technician })).toMatchObject({ unread: 3 });
  await page.keyboard.press('Shift+KeyD');
  await expect.poll(async () => (await dc.control.dialog({ account, chat: technician })).unread).toBe(0);
  await expect(chats.unread('Денис Орлов')).toBeHidden();
});

test('search leads to a message, and kinds and folders of Telegram narrow the list', async ({
  telegram,
  chats,
  dc,
  page,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await expect(chats.row('Денис Орлов')).toBeVisible();
  await dc.control.receive({ account, chat: crewGroup, from: 2002, text: 'Ёлка упала на опору' });
  await dc.control.burst({ account, chat: crewGroup, from: 2002, text: 'дальше', count: 60 });
  await expect(chats.row('Бригада 7')).toContainText('дальше 60');

  await chats.search('елка опору');
  await expect(chats.findings).toHaveCount(1);
  await chats.findings.first().click();
  await expect(chats.message('Ёлка упала на опору')).toBeInViewport();
  await chats.list.getByRole('searchbox').fill('нет такого слова');
  await expect(chats.list).toContainText('Ничего не нашлось');
  await chats.list.getByRole('searchbox').press('Escape');

  for (const [kind, there, notThere] of [
    ['Люди', 'Денис Орлов', 'Бригада 7'],
    ['Группы', 'Бригада 7', 'Денис Орлов'],
    ['Каналы', 'Новости связи', 'Бригада 7'],
    ['Боты', 'Монитор', 'Новости связи'],
  ] as const) {
    await chats.filter(kind);
    await expect(chats.row(there)).toBeVisible();
    await expect(chats.row(notThere)).toBeHidden();
  }
  await chats.filter('Все');
  await chats.folder('Объекты');
  await expect(chats.row('Монитор')).toBeHidden();
  await expect(chats.row('Денис Орлов')).toBeVisible();
  await expect(chats.row('Бригада 7')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('edits, reactions, typing and deletions are seen as they happen, and a deleted text stays', async ({
  telegram,
  chats,
  dc,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Бригада 7');
  const { id } = await dc.control.receive({ account, chat: crewGroup, from: 2002, text: 'Питание есть' });
  await expect(chats.message('Питание есть')).toContainText('Эльвира');

  await dc.control.edit({ account, chat: crewGroup, id, text: 'Питания нет' });
  await expect(chats.message('Питания нет')).toContainText('изменено');
  await expect(chats.message('Питание есть')).toBeHidden();
  await dc.control.react({ account, chat: crewGroup, id, from: 2001, emoji: '👍' });
  await expect(chats.message('Питания нет').getByRole('list', { name: 'Реакции' })).toContainText('👍');
  await dc.control.typing({ account, chat: crewGroup, from: 2002 });
  await expect(chats.chat('Бригада 7')).toContainText('Эльвира пишет…');
  await expect(chats.row('Бригада 7')).toContainText('Эльвира пишет…');
  await dc.control.remove({ account, chat: crewGroup, ids: [id] });
  await expect(chats.message('Питания нет')).toContainText('удалено в Telegram');
});

test('an answer leaves once, with its marks and as a reply, and tells when it was sent and when it was read', async ({
  telegram,
  chats,
  dc,
  page,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Денис Орлов');
  const question = await dc.control.receive({ account, chat: technician, text: 'Что по объекту?' });
  await chats.message('Что по объекту?').click();
  await page.keyboard.press('KeyR');
  await expect(chats.composer.reply).toContainText('Денис Орлов');
  await chats.composer.field.pressSequentially('Питание ');
  await page.keyboard.press('Control+KeyB');
  await page.keyboard.type('восстановлено');
  await page.keyboard.press('Control+KeyB');
  await expect(chats.composer.preview.locator('strong')).toHaveText('восстановлено');
  await chats.composer.send();

  await expect(chats.composer.field).toHaveValue('');
  const answer = chats.message(/Питание восстановлено/);
  await expect(answer).toHaveCount(1);
  await expect(answer.locator('strong')).toHaveText('восстановлено');
  await expect(answer).toContainText('Что по объекту?');
  await expect(answer.getByRole('img', { name: 'отправлено' })).toBeVisible();
  await dc.control.readOutbox({ account, chat: technician });
  await expect(answer.getByRole('img', { name: 'прочитано' })).toBeVisible();
  const sent = (await dc.control.log({ account, chat: technician })).filter(({ randomId }) => randomId);
  const entities = [{ type: 'bold', offset: 8, length: 13 }];
  expect(sent).toMatchObject([{ text: 'Питание восстановлено', replyTo: question.id, entities }]);
});

test('files leave by the button, by paste and by drop, in that order and byte for byte; pictures leave as an album', async ({
  telegram,
  chats,
  dc,
}) => {
  const { composer } = chats;
  const document = (name: string, buffer: Buffer) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer,
  });
  const chosen = [document('большой.bin', makeBytes(3_000_001, 3)), document('малый.bin', makeBytes(10, 4))];
  const pasted = document('вставлен.bin', makeBytes(90_007, 5));
  const dropped = document('брошен.bin', makeBytes(524_288, 6));
  const pictures = ['один', 'два', 'три'].map((name, index) => ({
    name: `${name}.png`,
    mimeType: 'image/png',
    buffer: makePng(64, 48 + index),
  }));
  const sent = async () =>
    (await dc.control.log({ account, chat: technician })).filter(({ randomId }) => randomId);
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Денис Орлов');
  await composer.field.focus();

  await composer.attach(chosen);
  await expect(composer.files.getByRole('listitem')).toHaveCount(2);
  await handOver(composer.field, 'paste', [pasted]);
  await handOver(composer.field, 'drop', [dropped]);
  const given = [...chosen, pasted, dropped];
  await expect(composer.files.getByRole('button', { name: /^Убрать/ })).toHaveCount(4);
  await composer.send('Акты по объекту');
  await expect.poll(async () => (await sent()).length, { timeout: 30_000 }).toBe(4);
  expect((await sent()).map(({ file }) => file)).toEqual(
    given.map(({ buffer }) => ({ kind: 'document', size: buffer.length, sha256: hashOf(buffer) })),
  );
  for (const { name } of given) await expect(chats.history).toContainText(name);

  await composer.attach(pictures);
  await expect(composer.files.getByRole('button', { name: /^Убрать/ })).toHaveCount(3);
  await composer.send('Фото щита');
  await expect.poll(async () => (await sent()).length, { timeout: 30_000 }).toBe(7);
  const album = (await sent()).slice(4);
  expect(album.map(({ file }) => [file?.kind, file?.sha256])).toEqual(
    pictures.map(({ buffer }) => ['photo', hashOf(buffer)]),
  );
  await expect(chats.message('Фото щита').getByRole('button', { name: /^Фото: Вы/ })).toHaveCount(3);
});

test('a file comes down with its progress in sight and without losing a byte, a picture is shown', async ({
  telegram,
  chats,
  dc,
  page,
}) => {
  const bytes = makeBytes(3_000_001, 9);
  const picture = makePng(800, 500);
  const receive = (media: MediaSeed, rest: { text?: string; groupedId?: string } = {}) =>
    dc.control.receive({ account, chat: technician, media, ...rest });
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Денис Орлов');
  await receive({ kind: 'document', name: 'акт осмотра.bin', base64: bytes.toString('base64') });
  const card = chats.message(/акт осмотра\.bin/);
  await expect(card).toContainText('2,9 МБ');

  // The first part comes at once and the others stay away long enough to be seen as missing.
  await dc.control.fault({ method: 'upload.GetFile', delayMs: 1, times: 1 });
  await dc.control.fault({ method: 'upload.GetFile', delayMs: 3000, times: 8 });
  await card.getByRole('button', { name: 'Скачать: акт осмотра.bin' }).click();
  await expect(card).toContainText(/[1-9][,\d]* (КБ|МБ) из 2,9 МБ/);
  await expect(card.getByRole('progressbar')).toBeVisible();
  await dc.control.clearFaults();
  const download = page.waitForEvent('download');
  await card.getByRole('link', { name: 'Открыть: акт осмотра.bin' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('акт осмотра.bin');
  expect(hashOf(readFileSync(await file.path()))).toBe(hashOf(bytes));

  const base64 = picture.toString('base64');
  await receive({ kind: 'photo', base64, width: 800, height: 500 }, { text: 'Щит', groupedId: '77' });
  await receive({ kind: 'photo', base64: makePng(640, 480).toString('base64') }, { groupedId: '77' });
  const album = chats.message('Щит');
  await expect(album.getByRole('button', { name: 'Скачать: Фото' })).toHaveCount(2);
  await album.getByRole('button', { name: 'Скачать: Фото' }).first().click();
  await expect(album.getByRole('button', { name: 'Скачать: Фото' })).toHaveCount(1);
  const shown = album.getByRole('button', { name: /^Фото: Денис Орлов/ });
  await expect
    .poll(() => shown.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(800);
  await shown.click();
  await expect(page.getByRole('dialog', { name: /^Фото: Денис Орлов/ })).toBeVisible();
});

test('two tabs stay in step: what is read, written and sent in one is seen in the other', async ({
  telegram,
  chats,
  dc,
  context,
  running,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Денис Орлов');
  const page = await context.newPage();
  await page.goto(running.host().base);
  const second = createChatsPage(page);
  await page.getByRole('banner').waitFor();
  await second.open();
  await second.openChat('Денис Орлов');

  await dc.control.receive({ account, chat: technician, text: 'Слышно в обеих?' });
  await expect(chats.message('Слышно в обеих?')).toBeVisible();
  await expect(second.message('Слышно в обеих?')).toBeVisible();
  await chats.composer.field.fill('Черновик');
  await expect(second.composer.field).toHaveValue('Черновик');
  await second.composer.send('Черновик стал ответом');
  await expect(chats.message('Черновик стал ответом')).toHaveCount(1);
  await expect(chats.composer.field).toHaveValue('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+KeyD');
  await expect(chats.unread('Денис Орлов')).toBeHidden();
  const sent = (await dc.control.log({ account, chat: technician })).filter(({ randomId }) => randomId);
  expect(sent.map(({ text }) => text)).toEqual(['Черновик стал ответом']);
});

test('hostile words run nothing and hide nothing, and a link opens outside, at the place it truly leads to', async ({
  telegram,
  chats,
  dc,
  page,
  running,
}) => {
  const opened = join(running.tools, 'opened');
  writeFileSync(join(running.tools, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
  chmodSync(join(running.tools, 'xdg-open'), 0o755);
  const home = new URL(running.host().base).origin;
  const left: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(?:data|blob):/.test(request.url())) left.push(request.url());
  });
  const receive = (text: string, entities: readonly EntitySeed[] = []) =>
    dc.control.receive({ account, chat: technician, text, entities });
  const claim = 'bank.example';
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Денис Орлов');

  const attack = `document.title='взломано'`;
  await receive(`<script>${attack}</script><img src=x onerror="${attack}"> разметка`);
  await receive('Жми сюда', [{ type: 'textUrl', offset: 0, length: 8, url: `javascript:${attack}` }]);
  await receive('Зайдите: bank.example', [
    { type: 'textUrl', offset: 9, length: claim.length, url: 'https://thief.example/?a=1&b=2' },
  ]);
  await receive(`задом \u202Eнаперёд`);
  await receive(`длинное ${'ы'.repeat(4000)}`);
  const name = 'акт\u202Egpj.exe';
  await dc.control.receive({ account, chat: technician, media: { kind: 'document', name, base64: 'AAAA' } });

  await expect(chats.message(/разметка/)).toContainText('<script>');
  await expect(chats.message('Жми сюда')).toBeVisible();
  await expect(chats.history.getByRole('link', { name: 'Жми сюда' })).toHaveCount(0);
  await chats.message('Жми сюда').getByText('Жми сюда').click();
  await expect(chats.message(/задом наперёд/)).toBeVisible();
  await expect(chats.message(/^.*длинное/)).toBeVisible();
  await expect(chats.message(/gpj\.exe/)).toContainText('Программа');
  await expect(chats.history.locator('script, img[src=x], [onerror]')).toHaveCount(0);
  expect(await page.locator('body').textContent()).not.toContain('\u202E');
  const isWide = (box: HTMLElement) => box.scrollWidth > box.clientWidth;
  expect(await chats.history.evaluate(isWide)).toBe(false);

  const link = chats.message(/Зайдите/);
  await expect(link).toContainText('→ thief.example');
  await link.getByRole('link', { name: claim }).click();
  await expect
    .poll(() => existsSync(opened) && readFileSync(opened, 'utf8'))
    .toBe('https://thief.example/?a=1&b=2');
  await expect(page).not.toHaveTitle('взломано');
  await expect(page).toHaveURL(/#\/chats\/\d+/);
  expect(left).toEqual([]);
});

test('from the desk to a chat, to its incident and to the answers with the keyboard alone on a Russian layout', async ({
  desk,
  telegram,
  chats,
  dc,
  page,
}) => {
  await telegram.signInByQr(irina.phone);
  await expect(telegram.accounts).toContainText('на связи');
  await dc.control.receive({ account, chat: technician, text: 'Нет питания на объекте' });
  await desk.go('Очередь');
  const keyboard = await openRussianKeyboard(page);
  await page.evaluate(() => {
    for (const kind of ['pointerdown', 'mousedown', 'click', 'wheel']) {
      addEventListener(
        kind,
        ({ isTrusted, detail }: Event & { detail?: unknown }) => {
          if (isTrusted && detail !== 0) document.documentElement.dataset['pointer'] = kind;
        },
        true,
      );
    }
  });
  await page.mouse.move(0, 0);

  await keyboard.press('KeyG');
  await keyboard.press('KeyC');
  await expect(chats.row('Денис Орлов')).toContainText('Нет питания');
  await keyboard.press('KeyJ');
  await expect(chats.chat('Новости связи')).toBeVisible();
  await keyboard.press('KeyJ');
  await expect(chats.message('Нет питания на объекте')).toBeVisible();
  await keyboard.press('Enter');
  await keyboard.press('KeyR');
  await expect(chats.composer.field).toBeFocused();
  await keyboard.type('Принято');
  await keyboard.press('Enter', 'Control');
  await expect(chats.message('Принято')).toBeVisible();
  await keyboard.press('Escape');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowDown');
  await expect(chats.history.locator('[role=row][data-id]:focus')).toContainText('Нет питания на объекте');
  await keyboard.press('KeyI', 'Shift');
  await expect(desk.toasts).toContainText(/Открыт /);
  await keyboard.press('KeyG');
  await keyboard.press('KeyQ');
  await expect(desk.queue.row('Нет питания на объекте')).toBeVisible();
  await keyboard.press('KeyJ');
  await expect(desk.card.title).toContainText('Нет питания на объекте');
  await keyboard.press('KeyR');
  await expect(chats.composer.field).toBeFocused();
  await keyboard.type('Выехали');
  await keyboard.press('Enter', 'Control');

  const sent = async () =>
    (await dc.control.log({ account, chat: technician })).filter(({ randomId }) => randomId);
  await expect.poll(async () => (await sent()).map(({ text }) => text)).toEqual(['Принято', 'Выехали']);
  expect(await page.evaluate(() => document.documentElement.dataset['pointer'])).toBeUndefined();
});
