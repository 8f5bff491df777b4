import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const head = 'Шифр;БС;Регион;Оператор;Подрядчик;Почта подрядчика;Широта;Долгота';
const rows = [
  '41208-P-52-1-1;;Свердловская область;;Бригада Север;noc@sever.example;56.85;60.61',
  '41208-P-52-1-2;;Свердловская область;;Волга АВР;avr@volga.example;56.90;60.70',
  ';;Свердловская область;;Бригада Север;;56.85;60.61',
  '41208-P-52-1-3;;Свердловская область;;Бригада Север;noc@sever.example;north;60.61',
];

async function importPoles(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Загрузить из файла' }).first().click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'опоры.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([head, ...rows].join('\n'), 'utf8'),
  });
  await expect(page.getByRole('heading', { name: 'Какой столбец что значит' })).toBeVisible();
}

test('poles come in from a file, the rows that cannot are told, and a letter finds its pole', async ({
  desk,
  page,
  mailbox,
}) => {
  const { queue } = desk;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyA');
  await expect(page.getByText('В реестре ещё нет объектов')).toBeVisible();

  await importPoles(page);
  await page.getByRole('button', { name: 'Проверить' }).click();
  const refused = page.getByRole('table', { name: 'Строки, которые не загрузятся' });
  await expect(refused.getByText('нет кода')).toBeVisible();
  await expect(refused.getByText('это не число')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Скачать список отказов' }).click();
  expect((await download).suggestedFilename()).toBe('otkazy.csv');
  await page.getByRole('button', { name: 'Загрузить', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Загружено' })).toBeVisible();
  await page.getByRole('button', { name: 'Показать реестр' }).click();

  await page.getByRole('gridcell', { name: '41208-P-52-1-1' }).click();
  const card = page.getByRole('complementary', { name: '41208-P-52-1-1' });
  await expect(card.getByText('noc@sever.example')).toBeVisible();
  await expect(card.getByText('опоры', { exact: true })).toBeVisible();

  await desk.go('Очередь');
  await mailbox.receive({ subject: 'Отсутствует ВЭС 41208-P-52-1-1', text: 'Питания нет.' });
  await queue.open('Отсутствует ВЭС 41208-P-52-1-1');
  const bound = page.getByRole('list', { name: 'Привязанные объекты' });
  await expect(bound.getByText(/Опора · Свердловская область · Бригада Север/)).toBeVisible();

  await page.keyboard.press('KeyO');
  await page.getByRole('combobox', { name: 'Код или название объекта' }).fill('41208-P-52-1-9');
  await expect(page.getByText('Объекта «41208-P-52-1-9» нет. Ближайшие:')).toBeVisible();
  await page.getByRole('option', { name: /41208-P-52-1-2/ }).click();
  await expect(bound.getByText(/Волга АВР/)).toBeVisible();
  await page.keyboard.press('KeyU');
  await expect(bound.getByText(/Волга АВР/)).toBeHidden();
});
