import { createReachingPage } from './pages/reaching-page.ts';
import { createTechniciansPage } from './pages/technicians.ts';
import { expect, test } from './reach-fixtures.ts';
import { createInspector } from './support/axe.ts';
import { makePng } from './support/make-png.ts';

const picture = { name: 'щит.png', mimeType: 'image/png', buffer: makePng(320, 240) };
const asks = { channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 600 } as const;
const letter = { channel: 'email', waitFor: 'accepted', waitSeconds: 600 } as const;

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious in notifications and calls that go on, and in what they are set up by', async ({
      desk,
      page,
      bot,
      reach,
      notices,
      calls,
    }) => {
      const inspect = createInspector(page);
      const reaching = createReachingPage(page);
      const technicians = createTechniciansPage(page);
      await notices.open();
      await inspect('no notifications yet');
      await calls.open();
      await inspect('no calls yet');

      await reach.addTechnician('Павлов Роман', { telegram: 801, phone: '+7 900 555-08-01' });
      await reach.addTechnician('Орлова Вера', { email: 'orlova@crew.example' });
      for (const urgency of ['normal', 'critical'] as const) await reach.saveLadder(urgency, [asks, letter]);
      await desk.openFromCall({ phone: '+7 900 555-00-01', name: 'Охрана', title: 'Мачта накренилась' });
      await expect(desk.card.title).toHaveText('Мачта накренилась');
      await calls.ask();
      await calls.attach(picture);
      await expect(calls.ladder).toContainText('Telegram');
      await inspect('calling a technician');
      await calls.create({ place: 'Мачта 12', description: 'Осмотреть оттяжки', technician: 'Павлов Роман' });
      await expect.poll(() => bot.seen(801).at(-1)?.file?.name).toBeDefined();

      await page.keyboard.press('Shift+KeyG');
      await notices.dialog.getByRole('combobox', { name: 'Кому' }).fill('Орлова');
      await notices.dialog.getByRole('option', { name: /Орлова/ }).click();
      await expect(notices.preview).toContainText('Почта → orlova@crew.example');
      await inspect('telling somebody');
      await page.keyboard.press('Escape');
      await notices.compose({ to: ['Орлова'], urgency: 'Критичное', text: 'Мачта накренилась.' });
      await notices.line.getByRole('button', { name: 'Подробно' }).click();
      await expect(notices.climb('Орлова Вера')).toContainText('Дошло');
      await inspect('a card with its calls and ladders');

      await notices.open();
      await notices.unfold('Орлова');
      await inspect('notifications, one unfolded');
      for (const tab of ['Ответы без адресата', 'Шаблоны']) {
        await page.getByRole('tab', { name: tab }).click();
        await inspect(`notifications, ${tab}`);
      }

      await calls.open();
      await expect(calls.column('Ждут ответа')).toContainText('Мачта 12');
      await inspect('board of calls');
      await calls.openCall(1);
      bot.press(801, 'Принял');
      bot.place(801, 55.75, 37.61);
      bot.photo(801, picture.buffer, 'Так стоит');
      await expect(calls.word(1, 'Так стоит').getByRole('link')).toBeVisible();
      await inspect('a call');
      for (const tab of ['Все вызовы', 'Дежурства', 'Навыки'] as const) {
        await calls.tab(tab).click();
        await inspect(`calls, ${tab}`);
      }

      await technicians.openDirectory();
      await technicians.row('Павлов').click();
      await technicians.bindTelegram();
      await inspect('a technician, and a link to the bot');
      await desk.go('Настройки');
      await reaching.tab('Каналы оповещения');
      await reaching.beginChannel('SMSAero');
      await inspect('settings, a channel');
    });
  });
}
