import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';
import { createSettingsPage } from './pages/settings-page.ts';

test('a reload keeps who is signed in and what is open', async ({ desk, page, mailbox }) => {
  await mailbox.receive({ subject: 'Лифт на мачте', text: 'Застрял.' });
  await desk.queue.open('Лифт на мачте');
  await expect(desk.card.title).toContainText('Лифт на мачте');

  await page.reload();

  await expect(desk.person).toContainText('Анна В.');
  await expect(desk.card.title).toContainText('Лифт на мачте');
  await expect(desk.signInTitle).toBeHidden();
});

test('a link works once, and a used one says how to get another', async ({ desk, browser, running }) => {
  await expect(desk.banner).toBeVisible();
  const context = await browser.newContext();
  const page = await context.newPage();

  await page.goto(running.host().link);
  await expect(page.getByText('Эта ссылка уже открывалась или устарела')).toBeVisible();
  await expect(page.getByText('npm start').first()).toBeVisible();

  const other = createDeskPage(page);
  await other.open(await running.host().newLink());
  await expect(other.signInTitle).toBeVisible();
  await context.close();
});

test('a backup is restored on the screen: the desk comes back by itself and says so', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, card } = desk;
  const settings = createSettingsPage(page);
  await mailbox.receive({ subject: 'До копии', text: 'Раньше.' });
  await queue.open('До копии');
  await expect(card.fact('Статус')).toContainText('Новый');
  await desk.go('Настройки');
  await settings.tab('Резервные копии');
  await settings.makeBackup();
  await expect(settings.backups).toHaveCount(1);
  await desk.go('Очередь');
  await queue.open('До копии');
  await card.set('Статус', 'В работе');
  await expect(card.fact('Статус')).toContainText('В работе');

  await desk.go('Настройки');
  await settings.tab('Резервные копии');
  await settings.restore();
  await expect(settings.dialog).toContainText('Нынешняя база будет отложена в сторону');
  await settings.confirmRestore();

  await expect(page.getByText(/База восстановлена из копии от/)).toBeVisible({ timeout: 30_000 });
  await desk.go('Очередь');
  await expect(queue.row('До копии')).toContainText('Новый');
  await mailbox.receive({ subject: 'После копии', text: 'Позже.' });
  await expect(queue.row('После копии')).toBeVisible({ timeout: 20_000 });
});
