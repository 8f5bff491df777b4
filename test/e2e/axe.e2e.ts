import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';
import { createSetupPage } from './pages/setup-page.ts';
import { createSettingsPage } from './pages/settings-page.ts';
import { createInspector, findBarriers } from './support/axe.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test.describe('before anybody is there', () => {
      test.use({ plan: { people: [], connected: false } });

      test('axe finds nothing serious in the first run, at a used link and at the sign-in', async ({
        page,
        browser,
        running,
        mailbox,
      }) => {
        const inspect = createInspector(page);
        const setup = createSetupPage(page);
        await page.goto(running.host().link);
        await expect(setup.step('Рабочее место')).toBeVisible();
        await inspect('wizard, desk');
        await setup.next();
        await expect(setup.step('Диспетчер')).toBeVisible();
        await setup.create();
        await inspect('wizard, person without a name');
        await setup.makePerson('Анна Ветрова');
        await expect(setup.step('Почта')).toBeVisible();
        await inspect('wizard, provider');
        await setup.fillMailbox(mailbox, 'not the password');
        await setup.test();
        await expect(setup.refusal.first()).toBeVisible();
        await inspect('wizard, refused password');
        await setup.typePassword(mailbox.password);
        await setup.testAgain();
        await expect(setup.passwordField).toBeHidden();
        await inspect('wizard, options');
        await setup.connect();
        await setup.next();
        await inspect('wizard, signals');
        await setup.next();
        await inspect('wizard, done');

        const context = await browser.newContext({ colorScheme });
        const other = await context.newPage();
        await other.goto(running.host().link);
        await expect(other.getByRole('heading')).toBeVisible();
        expect.soft(await findBarriers(other), 'used link').toEqual([]);
        await other.goto(await running.host().newLink());
        await expect(createDeskPage(other).signInTitle).toBeVisible();
        expect.soft(await findBarriers(other), 'sign-in').toEqual([]);
        await context.close();
      });
    });

    test('axe finds nothing serious on the screens of a desk at work', async ({ desk, page, mailbox }) => {
      const { queue, card, composer } = desk;
      const inspect = createInspector(page);
      await mailbox.receive({ subject: 'Первое', text: 'Раз.\n> цитата', attachments: [textFile] });
      await mailbox.receive({ subject: 'Второе', html: '<h1>Два</h1><p style="color:#333">Три</p>' });
      await expect(queue.rows).toHaveCount(2);
      await queue.open('Первое');
      await card.set('Тип', 'Авария по питанию, Москва');
      await expect(card.clock).toBeVisible();
      await inspect('queue and card');
      await card.tab('История');
      await inspect('history');
      await card.tab('Почему такой срок');
      await inspect('why this deadline');
      await card.tab('Переписка');
      await composer.begin();
      await composer.attach({ name: 'план.bin', mimeType: 'application/pdf', buffer: Buffer.from('план') });
      await expect(composer.files).toContainText('план.bin');
      await composer.write('Ответ');
      await expect(composer.saved).toBeVisible();
      await inspect('composer');
      mailbox.serverGone();
      await composer.send();
      await expect(desk.outboxCount).toBeVisible();
      await inspect('a waiting letter');
      await queue.open('Второе');
      await expect(card.title).toContainText('Второе');
      await card.close();
      await expect(card.closing).toBeVisible();
      await inspect('what is missing for closing');
      await page.keyboard.press('Escape');
      await card.close({ 'Тип не выбран': 'Авария ВОЛС' });
      await inspect('a closed incident with an HTML letter');
      await desk.go('Исходящие');
      await expect(desk.content).toContainText('Ждут отправки');
      await inspect('outbox');
      await desk.go('Объекты');
      await expect(page.getByText('В реестре ещё нет объектов')).toBeVisible();
      await inspect('assets');
      await page.getByRole('tab', { name: 'Источники' }).click();
      await inspect('sources of assets');
      await desk.go('Люди');
      await expect(desk.content.getByRole('button', { name: /Анна Ветрова/ }).first()).toBeVisible();
      await inspect('people');
      await desk.content
        .getByRole('button', { name: /Анна Ветрова/ })
        .first()
        .click();
      await inspect('a person');
      await desk.go('Настройки');
      const settings = createSettingsPage(page);
      for (const tab of settingsTabs) {
        await settings.tab(tab);
        await expect(page.getByRole('tab', { name: tab, exact: true })).toHaveAttribute(
          'aria-selected',
          'true',
        );
        await inspect(`settings, ${tab}`);
      }
    });

    test('axe finds nothing serious in the editors, a window of its own and a full quarantine', async ({
      desk,
      page,
      mailbox,
      running,
    }) => {
      const inspect = createInspector(page);
      const settings = createSettingsPage(page);
      const head = 'From: robot@operator.example\r\nSubject: Broken\r\n\r\n';
      await mailbox.put(Buffer.from(head.padEnd(101 * 1024 * 1024, 'x')));
      await mailbox.receive({ subject: 'Фото', text: 'Вид.', attachments: [picture] });
      await desk.queue.open('Фото');
      await desk.card
        .letter('Вид.')
        .getByRole('button', { name: /вид\.png/ })
        .click();
      await expect(desk.dialog('вид.png')).toBeVisible();
      await inspect('a picture');
      await page.keyboard.press('Escape');
      await desk.card.dismiss();
      await expect(desk.toasts).toContainText('Не инцидент');
      await inspect('a toast');
      await desk.queue.views.click();
      await desk.menuItem('Сохранить вид…').click();
      await expect(desk.dialog('Сохранить вид')).toBeVisible();
      await inspect('saving a view');
      await page.keyboard.press('Escape');
      await desk.go('Карантин');
      await expect(desk.content).toContainText('Письмо больше 100 МБ');
      await inspect('quarantine');

      await desk.go('Настройки');
      for (const [tab, button, shown] of editors) {
        await settings.tab(tab);
        await settings.click(button);
        await expect(
          page.getByRole('main').or(page.getByRole('dialog')).getByText(shown).first(),
        ).toBeVisible();
        await inspect(`settings, ${tab}: ${shown}`);
      }
      await settings.restore();
      await expect(settings.dialog).toBeVisible();
      await inspect('restoring a backup');
      await page.keyboard.press('Escape');
      await page.goto(`${running.host().base}#/incident/1`);
      await expect(desk.card.root).toBeVisible();
      await inspect('a window of its own');
    });

    test('axe finds nothing serious in dialogs, menus, empty and error states', async ({
      desk,
      page,
      mailbox,
      running,
    }) => {
      const { queue, card, composer } = desk;
      const inspect = createInspector(page);
      await expect(queue.pane).toContainText('Открытых инцидентов нет');
      await inspect('empty queue');
      await desk.go('Исходящие');
      await expect(desk.content).toContainText('Исходящих нет');
      await inspect('empty outbox');
      await desk.go('Карантин');
      await expect(desk.content).toContainText('Карантин пуст');
      await inspect('empty quarantine');
      await page.goto(`${running.host().base}#/queue/4096`);
      await expect(desk.content).toContainText('Карточка не открылась');
      await inspect('a card that is not there');
      await page.keyboard.press('Escape');

      await mailbox.receive({ subject: 'Заявка', text: 'Раз.' });
      await expect(desk.alarms).toBeVisible();
      await inspect('alarm');
      await queue.open('Заявка');
      await expect(card.fact('Статус')).toBeVisible();
      for (const [keys, name] of overlays) {
        await page.keyboard.press(keys);
        await expect(page.getByRole('dialog').or(page.getByRole('menu')).first()).toBeVisible();
        await inspect(name);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0);
      }
      await page.keyboard.press('Shift+KeyN');
      await expect(desk.dialog('Новое письмо')).toBeVisible();
      await desk.dialog('Новое письмо').getByRole('combobox', { name: 'Кому' }).fill('не адрес');
      await desk.dialog('Новое письмо').getByRole('textbox', { name: 'Тема' }).focus();
      await inspect('a new letter with a bad address');
      await page.keyboard.press('Escape');
      await queue.search('чего нет нигде');
      await expect(queue.pane).toContainText('Ничего не нашлось');
      await inspect('nothing found');
      await queue.searchField.fill('заявка');
      await expect(queue.found).toBeVisible();
      await inspect('found');
      await page.keyboard.press('Escape');
      await expect(composer.root).toBeVisible();

      await running.killNine();
      await expect(page.getByText('Связь с пультом потеряна')).toBeVisible();
      await inspect('lost connection');
    });
  });
}

const textFile = { fileName: 'схема.txt', content: 'схема', mimeType: 'text/plain' };
const picture = {
  fileName: 'вид.png',
  mimeType: 'image/png',
  content: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};
const editors = [
  ['Почта', 'Подключить ящик', 'Где почта'],
  ['Списки', 'Добавить статус', 'По-английски'],
  ['Резервные копии', 'Сделать копию', 'вручную'],
] as const;
const settingsTabs = [
  'Почта',
  'Каналы оповещения',
  'Лестницы',
  'Группы',
  'Списки',
  'Шаблоны',
  'Правила',
  'Пульт',
  'Резервные копии',
  'Ключ восстановления',
  'Хранение',
  'Перенос',
  'Оповещения',
  'Журнал',
  'Диагностика',
  'Файл списков',
  'Вид',
];
const overlays = [
  ['Control+KeyK', 'palette'],
  ['Shift+Slash', 'keys'],
  ['KeyN', 'incident from a call'],
  ['KeyP', 'pause'],
  ['KeyS', 'status menu'],
  ['KeyT', 'type menu'],
  ['KeyA', 'assignee menu'],
  ['KeyF', 'filters'],
  ['KeyV', 'views menu'],
  ['Shift+KeyV', 'columns menu'],
  ['Shift+KeyT', 'templates menu'],
  ['Backquote', 'another dispatcher'],
] as const;
