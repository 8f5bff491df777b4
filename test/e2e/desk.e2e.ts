import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';

test('two tabs stay in step within a second', async ({ desk, context, running, mailbox }) => {
  const second = createDeskPage(await context.newPage());
  await second.open(running.host().base);
  await expect(second.queue.pane).toBeVisible();
  await mailbox.receive({ subject: 'Стойка нагрелась', text: 'Проверьте вентилятор.' });
  await desk.queue.open('Стойка нагрелась');
  await expect(second.queue.row('Стойка нагрелась')).toContainText('Новый');

  await desk.card.set('Статус', 'В работе');
  await expect(second.queue.row('Стойка нагрелась')).toContainText('В работе', { timeout: 1000 });
  await second.queue.open('Стойка нагрелась');
  await second.card.set('Тип', 'Авария ВОЛС');
  await expect(desk.card.fact('Тип')).toContainText('Авария ВОЛС', { timeout: 1000 });
});

test.describe('with nobody on duty', () => {
  test.use({ plan: { onDuty: false } });

  test('an incident waits in sight while nobody is on duty, and is given away as a shift starts', async ({
    desk,
    mailbox,
  }) => {
    const { queue } = desk;
    await mailbox.receive({ subject: 'Ограждение повалено', text: 'Ветром.' });
    await expect(queue.row('Ограждение повалено')).toContainText('никто');
    await expect(desk.page.getByText('На смене никого, 1 инцидент ждёт исполнителя.')).toBeVisible();
    await expect(queue.pill('Без исполнителя')).toContainText('1');

    await desk.startShift();

    await expect(queue.row('Ограждение повалено')).toContainText('Анна В.');
    await expect(desk.toasts).toContainText('вам назначен 1 инцидент');
    await expect(desk.duty).toHaveText(/Смена 00:0\d/);
  });
});

test('a letter nobody can read is shown in quarantine, stops no other, and opens as an incident by hand', async ({
  desk,
  page,
  mailbox,
}) => {
  const head =
    'From: robot@operator.example\r\nSubject: Broken\r\nMessage-ID: <broken@operator.example>\r\n\r\n';
  const tooMuch = Buffer.alloc(101 * 1024 * 1024, `${'0123456789abcdef'.repeat(4)}\r\n`);
  await mailbox.put(Buffer.concat([Buffer.from(head), tooMuch]));
  await mailbox.receive({ subject: 'Следующее письмо', text: 'Дошло.' });
  await expect(desk.queue.row('Следующее письмо')).toBeVisible();

  await desk.go('Карантин');
  const entry = desk.content.getByRole('listitem').filter({ hasText: 'robot@operator.example' });
  await expect(entry).toContainText('Письмо больше 100 МБ');
  await entry.getByRole('button', { name: 'Открыть инцидент' }).click();

  await expect(desk.card.root).toBeVisible();
  await expect(page).toHaveURL(/#\/queue\/\d+$/);
  await desk.go('Карантин');
  await expect(desk.content).toContainText('Карантин пуст');
});

test('an incident that is none is set aside and brought back, and a rule keeps the sender out', async ({
  desk,
  mailbox,
}) => {
  const { queue, card, toasts } = desk;
  const from = 'news@adverts.example';
  await mailbox.receive({ from, subject: 'Скидки недели', text: 'Только сегодня.' });
  await queue.open('Скидки недели');
  await card.dismiss();
  await expect(queue.pill('Все')).toContainText('0');
  await toasts.getByRole('button', { name: 'Отменить' }).click();
  await expect(queue.pill('Все')).toContainText('1');

  await card.dismiss();
  await toasts.getByRole('button', { name: 'Всегда считать не инцидентом' }).click();
  await expect(toasts).toContainText(from);
  await mailbox.receive({ from, subject: 'Новые скидки', text: 'И завтра.' });
  await mailbox.receive({ subject: 'Настоящее обращение', text: 'Помогите.' });
  await expect(queue.row('Настоящее обращение')).toBeVisible();
  await expect(queue.pill('Все')).toContainText('1');
  await expect(queue.row('Новые скидки')).toBeHidden();
});

test('a new incident sounds and shows until it is acknowledged', async ({ page, running, mailbox }) => {
  await page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function count(...times) {
      document.documentElement.dataset['tones'] = String(
        Number(document.documentElement.dataset['tones'] ?? 0) + 1,
      );
      return start.apply(this, times);
    };
  });
  const tones = () => page.evaluate(() => Number(document.documentElement.dataset['tones'] ?? 0));
  const desk = createDeskPage(page);
  await desk.open(running.host().link);
  await desk.signIn('Анна Ветрова');
  await expect(desk.banner.getByRole('button', { name: 'Звук включён' })).toBeVisible();

  await mailbox.receive({ subject: 'Пожарная тревога', text: 'Датчик 4.' });
  await expect(desk.alarms).toContainText('Новый');
  await expect(desk.alarms).toContainText('Пожарная тревога');
  await expect(page).toHaveTitle(/^\(1\)/);
  await expect.poll(tones).toBeGreaterThan(0);

  await page.keyboard.press('Space');
  await expect(desk.alarms).toBeHidden();
  await expect(page).toHaveTitle('Пульт');
  await expect(desk.queue.row('Пожарная тревога')).toBeVisible();
  await expect(desk.card.root).toBeHidden();
});

test('rows hold still under the hand and what is new waits as a number', async ({ desk, mailbox }) => {
  const { queue } = desk;
  await mailbox.receive({ subject: 'Первая заявка', text: 'Раз.' });
  await expect(queue.rows).toHaveCount(1);
  await queue.row('Первая заявка').hover();

  await mailbox.receive({ subject: 'Вторая заявка', text: 'Два.' });
  await expect(queue.newRows).toHaveText('+1 новый.');
  await expect(queue.rows).toHaveCount(1);

  await queue.newRows.click();
  await expect(queue.rows).toHaveCount(2);
  await expect(queue.newRows).toBeHidden();
});

test('the queue sorts, filters and searches, and a saved view brings filter and order back', async ({
  desk,
  mailbox,
}) => {
  const { queue } = desk;
  for (const subject of ['Берёза упала', 'Авария на линии', 'Вода в шкафу']) {
    await mailbox.receive({ subject, text: 'Текст.' });
    await expect(queue.row(subject)).toBeVisible();
  }
  await queue.sortBy('Тема');
  await expect(queue.rows).toContainText(['Авария на линии', 'Берёза упала', 'Вода в шкафу']);
  await queue.sortBy('Тема');
  await expect(queue.head('Тема')).toHaveAttribute('aria-sort', 'descending');
  await expect(queue.rows).toContainText(['Вода в шкафу', 'Берёза упала', 'Авария на линии']);

  await queue.search('упала береза');
  await expect(queue.found.getByRole('row')).toContainText(['Берёза упала']);
  await queue.endSearch();
  await queue.filterByStatus('В работе');
  await expect(queue.pane).toContainText('Под эти фильтры ничего не подходит');
  await queue.filterByStatus('Новый');
  await expect(queue.rows).toHaveCount(3);

  await queue.choose('Мои');
  await queue.saveView('Мои с конца');
  await queue.choose('Все');
  await queue.sortBy('Код');
  await expect(queue.head('Код')).toHaveAttribute('aria-sort', 'ascending');
  await queue.chooseView('Мои с конца');

  await expect(queue.pill('Мои')).toHaveAttribute('aria-pressed', 'true');
  await expect(queue.rows).toContainText(['Вода в шкафу', 'Берёза упала', 'Авария на линии']);
});

test('a pause has a reason and keeps what is left, and the card says why the deadline is what it is', async ({
  desk,
  mailbox,
}) => {
  const { queue, card } = desk;
  await mailbox.receive({ subject: 'Ключи от площадки', text: 'Нужен доступ.' });
  await queue.open('Ключи от площадки');
  await card.set('Тип', 'Авария по питанию, Москва');
  await card.pause('Ждём охрану');
  await expect(card.clock).toContainText(/03:59:\d\dпаузаЖдём охрану/);

  await card.resume();
  await expect(card.clock).toContainText('идёт');
  await card.tab('Почему такой срок');
  const steps = card.why.getByRole('region', { name: 'Срок заявки' }).getByRole('listitem');
  await expect(steps).toContainText([
    'Отсчёт начат: время первого письма',
    'Срок 4 ч по типу инцидента',
    'Календарь «Круглосуточно»',
    'Тип дал срок: 4 ч',
    'Пауза: Ждём охрану',
    'Продолжен',
    'Срок',
  ]);
});

test('the desk speaks English from end to end', async ({ desk, page, mailbox }) => {
  await mailbox.receive({ from: 'ann@operator.example', subject: 'Power is down', text: 'Please help.' });
  await expect(desk.queue.row('Power is down')).toBeVisible();
  await desk.chooseLook('English');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('row').filter({ hasText: 'Power is down' }).click();
  await expect(page.getByRole('article', { name: /^Card of the incident/ })).toBeVisible();

  for (const section of ['Outbox', 'Quarantine', 'People', 'Settings', 'Queue']) {
    await page.getByRole('navigation').getByRole('link', { name: section }).click();
    await expect(page.getByRole('link', { name: section })).toHaveAttribute('aria-current', 'page');
    for (const part of ['banner', 'navigation', 'main'] as const) {
      const words = (await page.getByRole(part).innerText()).replaceAll(
        /Анна \S+|Диспетчерская|Русский/g,
        '',
      );
      expect(words.match(/[а-яё]+/gi) ?? [], `${section}, ${part}`).toEqual([]);
    }
  }
});

test('people get a roster on the screen, and the palette and the list of keys lead anywhere', async ({
  desk,
  page,
}) => {
  const { palette, content } = desk;
  await page.keyboard.press('Control+KeyK');
  await palette.getByRole('combobox').fill('людям');
  await expect(palette.getByRole('option').first()).toContainText('К людям');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/people$/);

  await content.getByRole('button', { name: 'Добавить', exact: true }).click();
  await page.getByRole('textbox', { name: 'Имя и фамилия' }).fill('Вера Ночная');
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await page.getByRole('button', { name: 'Ночь 20–08' }).click();
  await page.getByRole('button', { name: 'Сохранить график' }).click();
  await expect(desk.toasts).toContainText('График сохранён');
  await expect(content).toContainText('Вера Ночная');
  await expect(content.getByRole('listitem', { name: 'Вера Н.: вторник, 00:00–08:00' })).toBeVisible();

  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Slash');
  await expect(desk.dialog('Клавиши')).toContainText('русская раскладка не мешает');
});
