import { irina, technician, vera } from '../support/telegram-dc/sample-world.ts';
import { makeBytes } from '../support/make-letter.ts';
import { expect, test } from './telegram-fixtures.ts';

const { account } = irina;

test('without Telegram chats are read and searched, and what is written leaves once, even through a kill', async ({
  desk,
  telegram,
  chats,
  dc,
  running,
}) => {
  const sent = async () =>
    (await dc.control.log({ account, chat: technician }))
      .filter(({ randomId }) => randomId)
      .map(({ text }) => text);
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Денис Орлов');
  await dc.control.receive({ account, chat: technician, text: 'Ключи у охраны' });
  await expect(chats.message('Ключи у охраны')).toBeVisible();

  await dc.control.down();
  await expect(chats.weather).toContainText('Нет связи с Telegram');
  await chats.search('ключи охраны');
  await expect(chats.findings).toHaveCount(1);
  await chats.findings.first().click();
  await expect(chats.message('Ключи у охраны')).toBeInViewport();
  await chats.list.getByRole('searchbox').press('Escape');
  await chats.composer.send('Выезжаем через час');
  await expect(chats.message(/Выезжаем через час/)).toContainText('ждёт отправки');
  await expect(desk.outboxCount).toHaveText('Исходящие 1');

  await running.killNine();
  await running.startAgain();
  await desk.open(running.host().link);
  await expect(desk.banner.or(desk.signInTitle)).toBeVisible();
  if (await desk.signInTitle.isVisible()) await desk.signIn('Анна Ветрова');
  await chats.open();
  await chats.openChat('Денис Орлов');
  await expect(chats.message('Ключи у охраны')).toBeVisible();
  await expect(chats.message(/Выезжаем через час/)).toContainText('ждёт отправки');
  expect(await sent()).toEqual([]);

  await dc.control.up();
  await expect(chats.message(/Выезжаем через час/).getByRole('img', { name: 'отправлено' })).toBeVisible({
    timeout: 40_000,
  });
  await expect(desk.outboxCount).toBeHidden();
  await expect(chats.message(/Выезжаем через час/)).toHaveCount(1);
  await chats.composer.send('Уже едем');
  await expect.poll(sent).toEqual(['Выезжаем через час', 'Уже едем']);
});

test('an hour to wait is counted down in sight and holds back nothing else', async ({
  desk,
  telegram,
  chats,
  dc,
  mailbox,
}) => {
  await dc.control.seed({
    dialogs: [{ account: vera.account, chat: 'user:2002', messages: [{ text: 'Вера, приём' }] }],
  });
  await mailbox.receive({ subject: 'Нет связи', text: 'Проверьте.' });
  await telegram.signInByQr(irina.phone);
  await expect(telegram.accounts).toContainText('Ирина Крылова');
  await telegram.signInByQr(vera.phone);
  await expect(telegram.accounts).toContainText('Вера');
  await chats.open();
  await chats.openChat('Денис Орлов');

  await dc.control.fault({ method: 'messages.SendMessage', floodSeconds: 3600 });
  await chats.composer.send('Подождёт час');
  await expect(chats.message(/Подождёт час/)).toContainText('ждёт отправки');
  const left = chats.composer.root.getByText(/^.?Telegram просит подождать \d/);
  await expect(left).toBeVisible();
  const before = await left.textContent();
  await expect(left).not.toHaveText(before ?? '');
  await expect(chats.weather).toContainText(/подождать ещё .*5\d:\d\d/);

  await dc.control.receive({ account, chat: technician, text: 'А читать можно' });
  await expect(chats.message('А читать можно')).toBeVisible();
  await expect(async () => {
    await chats.scrollUp();
    await expect(chats.main).toContainText('Начало чата', { timeout: 500 });
  }).toPass();
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('Shift+KeyD');
  await expect.poll(async () => (await dc.control.dialog({ account, chat: technician })).unread).toBe(0);
  await chats.openChat('Бригада 7');
  await chats.composer.attach([
    { name: 'схема.bin', mimeType: 'application/octet-stream', buffer: makeBytes(5000) },
  ]);
  await expect(chats.composer.files.getByRole('button', { name: /^Убрать/ })).toHaveCount(1);
  await chats.composer.send();
  await expect(chats.message(/схема\.bin/).getByRole('img', { name: 'отправлено' })).toBeVisible();
  await chats.openChat('Эльвира');
  await chats.composer.send('Вера отвечает');
  await expect(chats.message('Вера отвечает').getByRole('img', { name: 'отправлено' })).toBeVisible();

  await desk.go('Исходящие');
  await expect(desk.content.getByRole('row').filter({ hasText: 'Подождёт час' })).toContainText(
    /уйдёт в \d\d:\d\d/,
  );
  await desk.go('Очередь');
  await desk.queue.open('Нет связи');
  await desk.composer.begin();
  await desk.composer.write('Письма идут.');
  await desk.composer.send();
  await expect.poll(async () => (await mailbox.sent()).length).toBe(1);
  const own = (await dc.control.log({ account })).filter(({ randomId }) => randomId);
  expect(own.map(({ text, file }) => [text, file?.size])).toEqual([['', 5000]]);
});

test('after a short wait that Telegram asked for the message leaves by itself, once', async ({
  telegram,
  chats,
  dc,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Бригада 7');
  await dc.control.fault({ method: 'messages.SendMessage', floodSeconds: 4 });
  await chats.composer.send('Скоро уйдёт');
  await expect(chats.composer.root.getByText(/Telegram просит подождать \d/)).toBeVisible();
  await expect(chats.message('Скоро уйдёт').getByRole('img', { name: 'отправлено' })).toBeVisible({
    timeout: 20_000,
  });
  await expect(chats.composer.root.getByText(/Telegram просит подождать/)).toBeHidden();
  const asked = (await dc.control.calls()).filter(({ method }) => method === 'messages.SendMessage');
  expect(asked.map(({ error }) => error ?? 'done')).toEqual(['FLOOD_WAIT_4', 'done']);
  const sent = (await dc.control.log({ account })).filter(({ randomId }) => randomId);
  expect(sent.map(({ text }) => text)).toEqual(['Скоро уйдёт']);
});
