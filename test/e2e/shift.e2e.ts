import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';

test.use({ plan: { people: ['Анна Ветрова', 'Борис Лугов'], onDuty: false } });

test('one hands the shift over with a document, the other takes it with its work', async ({
  desk,
  page,
  mailbox,
}) => {
  await desk.startShift();
  await mailbox.receive({ subject: 'Нет питания на опоре', text: 'Пропало напряжение.' });
  await expect(desk.queue.row('Нет питания на опоре')).toContainText('Анна В.');

  await page.keyboard.press('Shift+KeyS');
  const end = desk.dialog('Передача смены');
  await expect(end.getByRole('checkbox', { name: /Нет питания на опоре/ }).first()).toBeChecked();
  await end.getByRole('combobox', { name: 'Кому' }).click();
  await page.getByRole('option', { name: 'Борис Лугов' }).click();
  await end.getByLabel('Что ещё надо знать').fill('Ключи у охраны');
  await end.getByRole('button', { name: 'Подписать и закончить смену' }).click();

  await expect(desk.toasts).toContainText('передан 1 инцидент');
  await expect(desk.duty).toHaveText('Не на смене');
  await expect(desk.queue.row('Нет питания на опоре')).toContainText('Борис Л.');

  await page.keyboard.press('Backquote');
  await desk.dialog('Сменить диспетчера').getByRole('button', { name: 'Борис Лугов' }).click();
  await expect(desk.person).toContainText('Борис Л.');
  await expect(desk.dialog('Сменить диспетчера')).toBeHidden();
  await page.keyboard.press('Shift+KeyS');
  const start = desk.dialog('Начало смены');
  await start.getByRole('button', { name: 'Проиграть сигнал' }).click();
  await start.getByRole('button', { name: 'Не слышно' }).click();
  await expect(start.getByText(/сигналы подаёт и сам компьютер/)).toBeVisible();
  await expect(start.getByText('Ключи у охраны')).toBeVisible();
  await start.getByRole('button', { name: 'Принять смену' }).click();
  await expect(start.getByText('Передач, которые ждут вас, нет.')).toBeVisible();
  await start.getByRole('button', { name: 'Начать смену' }).click();
  await expect(desk.duty).toHaveText(/Смена 00:0\d/);
  await expect(page.getByText(/Вы не услышали проверку звука/)).toBeVisible();

  await desk.go('Смена');
  const past = desk.content.getByRole('table', { name: 'Передачи смены' });
  await expect(past.getByRole('row').filter({ hasText: 'Анна Ветрова' })).toContainText('принял Борис Лугов');
  await past.getByRole('button', { name: /^Открыть передачу: Анна Ветрова/ }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(desk.content.getByRole('article')).toContainText('Ключи у охраны');
  await expect(desk.sections).toBeHidden();
  await expect(desk.content.getByRole('button', { name: 'Напечатать' })).toBeHidden();
});

test('work spread at the end goes to whoever is on duty, and one undo brings it back', async ({
  desk,
  page,
  browser,
  running,
  mailbox,
}) => {
  const context = await browser.newContext({ locale: 'ru-RU' });
  const boris = createDeskPage(await context.newPage());
  await boris.open(await running.host().newLink());
  await boris.signIn('Борис Лугов');
  await desk.startShift();
  await mailbox.receive({ subject: 'Щит открыт', text: 'Замок сломан.' });
  await expect(desk.queue.row('Щит открыт')).toContainText('Анна В.');
  await boris.startShift();

  await page.keyboard.press('Shift+KeyS');
  const end = desk.dialog('Передача смены');
  await expect(end.getByRole('radio', { name: 'Раздать тем, кто на смене' })).toBeChecked();
  await end.getByRole('button', { name: 'Подписать и закончить смену' }).click();

  await expect(boris.queue.row('Щит открыт')).toContainText('Борис Л.');
  await page.keyboard.press('KeyU');
  await expect(boris.queue.row('Щит открыт')).toContainText('Анна В.');
  await context.close();
});
