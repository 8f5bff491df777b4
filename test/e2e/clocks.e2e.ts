import { expect, test } from './fixtures.ts';
import { createSettingsPage } from './pages/settings-page.ts';

test('a calendar that is edited moves the deadline of an open incident, and the card explains it', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, card } = desk;
  const settings = createSettingsPage(page);
  await mailbox.receive({ subject: 'Нет питания на опоре', text: 'Погасло.' });
  await queue.open('Нет питания на опоре');
  await card.set('Тип', 'Авария по питанию, Москва');
  await expect(card.clock).toContainText('03:59');

  await desk.go('Настройки');
  await settings.tab('Часы и календари');
  await page.getByRole('button', { name: 'Изменить: Срок заявки' }).click();
  await page.getByRole('combobox', { name: 'Календарь' }).click();
  await page.getByRole('option', { name: 'Рабочее время' }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('complementary', { name: 'Часы «Срок заявки»' })).toBeHidden();

  await page.getByText('Календари', { exact: true }).click();
  await page.getByRole('button', { name: 'Изменить: Рабочее время' }).click();
  const saturday = page.getByRole('group', { name: 'Суббота' });
  await saturday.getByRole('button', { name: 'Добавить интервал: Суббота' }).click();
  await page.getByLabel('Отсчёт с').fill('2026-03-06T17:00');
  await page.getByLabel('Срок, часов').fill('2');
  await page.getByRole('button', { name: 'Проверить' }).click();
  await expect(page.getByText(/^Срок: 7 марта 2026.*10:00:00/)).toBeVisible();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('complementary', { name: 'Календарь «Рабочее время»' })).toBeHidden();

  await desk.go('Очередь');
  await queue.open('Нет питания на опоре');
  await card.tab('Почему такой срок');
  const why = card.why.getByRole('region', { name: 'Срок заявки' });
  await expect(why.getByText(/^Календарь «Рабочее время», пояс Europe\/Moscow/).last()).toBeVisible();
  await expect(why.getByText(/^Срок перенесён: .*Изменено правило часов «Срок заявки»/)).toBeVisible();
  await expect(why.getByText(/^Засчитано \d\d:\d\d–/).first()).toBeVisible();
});

test('work is begun and ended on the card, put right, and taken back by one key', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue, card } = desk;
  await mailbox.receive({ subject: 'Сработал автомат', text: 'Щит открыт.' });
  await queue.open('Сработал автомат');
  await card.set('Тип', 'Авария по питанию, Москва');

  await card.works.click();
  await page.getByRole('menuitem', { name: 'Начать: АВР' }).click();
  const emergency = card.clockNamed('АВР');
  await expect(emergency).toContainText('03:59');
  await page.keyboard.press('KeyH');
  await page.getByRole('menuitem', { name: 'Закончить: АВР' }).click();
  await expect(emergency).toContainText('в срок');

  await page.keyboard.press('KeyU');
  await expect(emergency).toContainText('03:59');
  await emergency.click();
  await page.getByRole('menuitem', { name: 'Начало и конец…' }).click();
  await page.getByRole('button', { name: 'Не начинались' }).click();
  await expect(emergency).toBeHidden();
  await card.tab('История');
  await expect(card.root).toContainText('АВР: работы закончены');
});
