import { jpegWithGps } from '../support/jpeg-with-gps.ts';
import { createTechniciansPage } from './pages/technicians.ts';
import { expect, test } from './reach-fixtures.ts';
import { makePng } from './support/make-png.ts';
import { payloadOf } from './support/reach-rig.ts';

const pavlov = 601;
const plan = { name: 'схема.png', mimeType: 'image/png', buffer: makePng(320, 240) };
const key = { name: 'ключ.png', mimeType: 'image/png', buffer: makePng(200, 150) };
const asks = (waitSeconds: number) =>
  ({ channel: 'telegram', waitFor: 'acknowledged', waitSeconds }) as const;

test('a technician comes to the bot by a link, is called from an incident, answers by buttons, sends a photo and a place, and is done', async ({
  desk,
  page,
  bot,
  mailbox,
  reach,
  calls,
}) => {
  const { queue, card } = desk;
  const technicians = createTechniciansPage(page);
  await reach.saveLadder('urgent', [asks(600)]);
  await mailbox.receive({ subject: 'Нет питания на мачте', text: 'Погасли огни.' });

  await test.step('he is bound', async () => {
    await technicians.openDirectory();
    await technicians.add({ name: 'Павлов Роман', phone: '+7 900 555-06-01' });
    const link = await technicians.bindTelegram();
    bot.start(pavlov, payloadOf(link), 'Роман');
    await expect(technicians.messengers).toContainText('Привязан: Роман');
    await expect.poll(() => bot.seen(pavlov).at(-1)?.text).toContain('Павлов Роман, готово');
  });

  await test.step('he is called and accepts', async () => {
    await desk.go('Очередь');
    await queue.open('Нет питания на мачте');
    await desk.acknowledge();
    await calls.ask();
    await expect(calls.dialog).toContainText('Нет питания на мачте');
    await expect(calls.technician('Павлов Роман')).toBeChecked();
    await calls.attach(plan);
    await calls.dialog.getByText('Срочный', { exact: true }).click();
    await expect(calls.ladder).toContainText('через «Бот башен»');
    await calls.create({ place: 'Мачта 12, ворота с юга', description: 'Заменить автомат' });
    await expect.poll(() => bot.seen(pavlov).at(-1)?.file?.bytes.length).toBe(plan.buffer.length);
    expect(bot.seen(pavlov).at(-2)).toMatchObject({
      text: expect.stringMatching(/Вызов №1[^]*Мачта 12, ворота с юга\nЗаменить автомат/),
      buttons: [
        [{ text: 'Принял' }, { text: 'В пути' }],
        [{ text: 'На месте' }, { text: 'Выполнено' }],
        [{ text: 'Не могу' }],
      ],
    });
    const button = bot.press(pavlov, 'Принял');
    await expect.poll(() => bot.query(button)?.answer?.text).toContain('принято, он за вами');
    await calls.open();
    await expect(calls.column('Приняты')).toContainText('Мачта 12');
    await expect(desk.alarms).toContainText('Ответ по вызову');
  });

  await test.step('the board moves by itself', async () => {
    bot.press(pavlov, 'В пути');
    await expect(calls.column('В пути')).toContainText('Мачта 12');
    await calls.openCall(1);
    await expect(desk.alarms).toHaveCount(0);
  });

  await test.step('they talk, with pictures both ways', async () => {
    await calls.say(1, 'Ключ от шкафа в сторожке', key);
    await expect.poll(() => bot.seen(pavlov).at(-1)?.file?.bytes.length).toBe(key.buffer.length);
    expect(bot.seen(pavlov).at(-2)?.text).toContain('Ключ от шкафа в сторожке');
    await expect(calls.word(1, 'Ключ от шкафа').getByRole('img', { name: 'Отправлено' })).toBeVisible();

    bot.photo(pavlov, jpegWithGps(55.7512, 37.6184), 'Автомат сгорел');
    const photo = calls.word(1, 'Автомат сгорел').getByRole('list', { name: 'Приложено к вызову' });
    await expect(photo.getByRole('link')).toBeVisible();
    bot.place(pavlov, 55.75121, 37.61842);
    await expect(calls.call(1)).toContainText('Техник здесь');
    await expect(calls.chat(1)).toContainText('55.75121, 37.61842');
  });

  await test.step('he is done, and the incident tells it', async () => {
    bot.press(pavlov, 'На месте');
    await expect(calls.call(1)).toContainText('В работе');
    bot.press(pavlov, 'Выполнено');
    await expect(calls.call(1)).toContainText('Вызов закончен: писать в него больше нельзя.');
    await expect(calls.times(1).getByRole('listitem')).toContainText([
      'Вызван',
      'Принял',
      'Выехал',
      'Начал работу',
      'Выполнил',
    ]);
    await expect(calls.times(1)).not.toContainText('ещё нет');
    await expect.poll(() => bot.seen(pavlov).at(-1)?.buttons).toEqual([]);

    await desk.go('Очередь');
    await queue.open('Нет питания на мачте');
    await expect(card.root.getByText('Законченных вызовов: 1')).toBeVisible();
    await card.tab('История');
    for (const event of ['принял', 'в пути', 'на месте', 'выполнено']) {
      await expect(card.root).toContainText(`вызов № 1: Павлов Роман — ${event}`);
    }
  });
});

test('a technician who is silent is passed over when his ladder has ended, one who declines at once, and both hear that it is over', async ({
  desk,
  page,
  bot,
  gateway,
  reach,
  calls,
}) => {
  const silent = await reach.addTechnician('Сидоров Илья', { telegram: 602, phone: '+7 900 555-06-02' });
  await reach.addTechnician('Титов Марк', { telegram: 603 });
  await reach.addTechnician('Уваров Ян', { telegram: 604 });
  await reach.saveLadder('normal', [asks(600)]);
  const sms = { channel: 'sms', waitFor: 'acknowledged', waitSeconds: 5 } as const;
  await reach.saveLadder('normal', [asks(5), sms], { owner: silent });
  await page.keyboard.press('Escape');

  await calls.ask();
  await calls.create({ place: 'Пост 3', description: 'Осмотреть ограждение', technician: 'Сидоров Илья' });
  await calls.open();
  await calls.openCall(1);
  await expect(calls.turn(1, 1)).toContainText('Сидоров Илья — ждём ответа');
  await expect.poll(() => bot.seen(602).at(-1)?.text).toContain('Осмотреть ограждение');

  await expect(calls.turn(1, 2)).toContainText('Титов Марк — ждём ответа', { timeout: 30_000 });
  await expect(calls.turn(1, 1)).toContainText('Сидоров Илья — не ответил');
  expect(gateway.messages.map(({ number }) => number)).toEqual(['79005550602']);
  await expect.poll(() => bot.seen(603).at(-1)?.text).toContain('Осмотреть ограждение');

  const no = bot.press(603, 'Не могу');
  await expect(calls.turn(1, 2)).toContainText('Титов Марк — отказался');
  await expect(calls.turn(1, 3)).toContainText('Уваров Ян — ждём ответа');
  await expect.poll(() => bot.query(no)?.answer?.text).toContain('понятно, передаём другому');

  await expect.poll(() => bot.seen(604).at(-1)?.text).toContain('Осмотреть ограждение');
  bot.press(604, 'Принял');
  await expect(calls.turn(1, 3)).toContainText('Уваров Ян — принял');
  const late = bot.press(602, 'Принял');
  await expect.poll(() => bot.query(late)?.answer?.text).toContain('уже передан другому, ехать не нужно');
  await expect(calls.chat(1)).toContainText('Сидоров Илья');
  await expect(calls.call(1)).toContainText('Принят');
  await expect(desk.alarms).toHaveCount(0);
});
