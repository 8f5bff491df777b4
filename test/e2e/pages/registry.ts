import { expect, type Page } from '@playwright/test';

/** Objects out of a table with columns as its first line names them, as a person loads it. */
export async function importRegistry(page: Page, lines: readonly string[]): Promise<void> {
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyA');
  await page.getByRole('button', { name: 'Загрузить из файла' }).first().click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'опоры.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n'), 'utf8'),
  });
  await page.getByRole('button', { name: 'Проверить' }).click();
  await page.getByRole('button', { name: 'Загрузить', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Загружено' })).toBeVisible();
}
