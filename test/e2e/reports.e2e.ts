import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';

const asset = '41208-P-52-1-1';
const poles = ['Шифр;Регион;Широта;Долгота', `${asset};Нижегородская область;56.30;44.00`].join('\n');

test('reports count what came, a file of it is saved, and the map leads to an incident by keyboard', async ({
  desk,
  page,
  mailbox,
}) => {
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyA');
  await page.getByRole('button', { name: 'Загрузить из файла' }).first().click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'опоры.csv', mimeType: 'text/csv', buffer: Buffer.from(poles, 'utf8') });
  await page.getByRole('button', { name: 'Проверить' }).click();
  await page.getByRole('button', { name: 'Загрузить', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Загружено' })).toBeVisible();
  await desk.go('Очередь');
  await mailbox.receive({ subject: `=Отсутствует ВЭС ${asset}`, text: 'Питания нет.' });
  await mailbox.receive({ subject: `Перегрев ${asset}`, text: 'Кондиционер стоит.' });
  await expect(desk.queue.row(`Перегрев ${asset}`)).toBeVisible();

  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyR');
  await expect(page.getByRole('region', { name: 'Итоги' })).toContainText('Открыто2');
  const repeating = page.getByRole('table', { name: 'Повторяющиеся объекты' });
  await expect(repeating.getByRole('button', { name: asset })).toBeVisible();
  await page.getByRole('region', { name: 'По дням' }).getByRole('button', { name: 'Таблица' }).click();
  await expect(page.getByRole('table', { name: 'Таблица по дням' }).getByRole('row')).toHaveCount(8);

  await page.getByRole('button', { name: 'Выгрузить' }).click();
  await page.getByRole('combobox', { name: 'Формат' }).click();
  await page.getByRole('option', { name: 'CSV, точка с запятой' }).click();
  await page.getByRole('button', { name: 'Сделать файл' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Сохранить pult-incidents/ }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(text.slice(0, 12)).toBe('\uFEFFКод;ID;Тема');
  expect(text).toContain(`;'=Отсутствует ВЭС ${asset};`);
  expect(text).toContain(';56,3;44;');
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Полнота почты' }).click();
  await page.getByRole('button', { name: 'Сверить сейчас' }).click();
  await expect(page.getByText('Все письма на месте: 2.')).toBeVisible();

  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyM');
  await expect(page.getByRole('list', { name: 'Инциденты на карте' }).getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('KeyJ');
  const chosen = page.locator('[aria-pressed=true]', { hasText: 'PLT-' });
  const code = /PLT-\d+/.exec((await chosen.textContent()) ?? '')?.[0] ?? 'none';
  await page.keyboard.press('Enter');
  await expect(
    page
      .getByRole('heading', { name: new RegExp(code) })
      .or(page.getByText(code))
      .first(),
  ).toBeVisible();
  await expect(page).toHaveURL(/#\/queue\/\d+/);
});
