import { crewGroup, irina, technician } from '../support/telegram-dc/sample-world.ts';
import { expect, test } from './telegram-fixtures.ts';

const { account } = irina;

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
