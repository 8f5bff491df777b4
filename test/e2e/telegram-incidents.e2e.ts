import { jpegWithGps } from '../support/jpeg-with-gps.ts';
import { bot, crewGroup, irina, regionGroup, technician } from '../support/telegram-dc/sample-world.ts';
import { expect, test } from './telegram-fixtures.ts';

const { account } = irina;

test('a message becomes an incident by one key, is answered from the card as a reply, and its sender goes on in it', async ({
  desk,
  telegram,
  chats,
  dc,
  page,
}) => {
  const { card } = desk;
  const line = (text: string) =>
    card.root.getByRole('article', { name: 'Сообщение в чате «Бригада 7»' }).filter({ hasText: text });
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Бригада 7');
  const question = await dc.control.receive({
    account,
    chat: crewGroup,
    from: 2002,
    text: 'Сработала сигнализация',
  });
  await chats.message('Сработала сигнализация').click();
  await page.keyboard.press('Shift+KeyI');
  await desk.toasts.getByRole('button', { name: 'К инциденту' }).click();
  await expect(line('Сработала сигнализация')).toContainText('Эльвира');
  const code = await card.code();

  await dc.control.receive({ account, chat: crewGroup, from: 2002, text: 'Дверь открыта' });
  await expect(line('Дверь открыта')).toBeVisible();
  await dc.control.receive({ account, chat: crewGroup, from: 2001, text: 'Это про другое' });

  await line('Сработала сигнализация').getByRole('button', { name: 'Ответить на это сообщение' }).click();
  await expect(chats.composer.reply).toContainText('Эльвира');
  await chats.composer.send('Выслали охрану');
  await expect(line('Выслали охрану')).toContainText('отправлено');
  await dc.control.readOutbox({ account, chat: crewGroup });
  await expect(line('Выслали охрану')).toContainText('прочитано');
  await expect(line('Это про другое')).toHaveCount(0);
  const sent = (await dc.control.log({ account, chat: crewGroup })).filter(({ randomId }) => randomId);
  expect(sent).toMatchObject([{ text: 'Выслали охрану', replyTo: question.id }]);

  await line('Сработала сигнализация').getByRole('button', { name: 'Бригада 7', exact: true }).click();
  await expect(chats.message('Сработала сигнализация')).toBeInViewport();
  await expect(chats.message('Это про другое').getByRole('button', { name: code })).toHaveCount(0);
  await chats
    .message('Выслали охрану')
    .getByRole('button', { name: `Открыть инцидент ${code}` })
    .click();
  await expect(card.root).toHaveAccessibleName(`Карточка инцидента ${code}`);
});

test('rules made on the screen open incidents: all messages, with a code, from a sender, by a word', async ({
  desk,
  telegram,
  chats,
  dc,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();

  await chats.openChat('Денис Орлов');
  await chats.addRule('Все сообщения');
  await chats.openChat('Монитор');
  await chats.addRule('С кодом объекта или заявки', (panel) =>
    panel.getByRole('textbox', { name: 'Начало кода' }).fill('КА, KA'),
  );
  await chats.openChat('Бригада 7');
  await chats.addRule('От выбранных людей', (panel) => chats.pick(panel, 'Люди', 'Эльвира'));
  await chats.openChat('Регион Север');
  await chats.addRule('Со словом', (panel) =>
    panel.getByRole('textbox', { name: 'Слова' }).fill('авария, ёлка'),
  );

  const said = [
    [regionGroup, 2002, 'Всё спокойно'],
    [regionGroup, 2001, 'Елка на проводах'],
    [crewGroup, 2001, 'Доехали'],
    [crewGroup, 2002, 'Опора наклонилась'],
    [bot, 2003, 'Датчик 12: норма'],
    [bot, 2003, 'KA0412: нет питания'],
    [technician, 2001, 'Что угодно'],
  ] as const;
  for (const [chat, from, text] of said) await dc.control.receive({ account, chat, from, text });
  await expect(chats.row('Денис Орлов')).toContainText('Что угодно');
  await desk.go('Очередь');
  for (const title of ['Елка на проводах', 'Опора наклонилась', 'KA0412: нет питания', 'Что угодно']) {
    await expect(desk.queue.row(title)).toBeVisible();
  }
  await expect(desk.queue.rows).toHaveCount(4);
  await desk.queue.open('Опора наклонилась');
  await expect(desk.card.root.getByRole('article', { name: /«Бригада 7»/ })).toContainText('Эльвира');
});

test('a chat belongs to a person of the directory, who becomes the applicant, and a photo says where it was taken', async ({
  desk,
  telegram,
  chats,
  dc,
  page,
}) => {
  await telegram.signInByQr(irina.phone);
  await chats.open();
  await chats.openChat('Денис Орлов');
  const panel = await chats.openPanel('Чей это чат');
  await panel.getByRole('button', { name: 'Создать нового' }).click();
  await expect(panel.getByRole('textbox', { name: 'Имя или название' })).toHaveValue('Денис Орлов');
  await panel.getByRole('textbox', { name: 'Телефон' }).fill('+7 900 000-00-01');
  await panel.getByRole('button', { name: 'Создать и привязать' }).click();
  await expect(chats.row('Денис Орлов')).toContainText('Заявитель');
  await page.keyboard.press('Escape');

  const base64 = Buffer.from(jpegWithGps(55.7512, 37.6184)).toString('base64');
  await dc.control.receive({
    account,
    chat: technician,
    text: 'Вот здесь',
    media: { kind: 'photo', base64 },
  });
  await chats.message('Вот здесь').click();
  await page.keyboard.press('Shift+KeyI');
  await desk.toasts.getByRole('button', { name: 'К инциденту' }).click();
  await expect(desk.card.root).toContainText('Вот здесь');
  await expect(
    desk.card.root.getByRole('button', { name: /^Заявитель: Денис Орлов .*· \+7 900 000-00-01$/ }),
  ).toBeVisible();
  await expect(desk.card.root).toContainText('55.75120, 37.61840');
});
