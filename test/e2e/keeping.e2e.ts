import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { createSettingsPage } from './pages/settings-page.ts';

test('a whole backup is made and checked, and a recovery key is written down', async ({
  desk,
  page,
  mailbox,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'pult-e2e-'));
  await mailbox.receive({ subject: 'Сгорел щит', text: 'Дым.' });
  await desk.queue.open('Сгорел щит');
  await desk.go('Настройки');
  const settings = createSettingsPage(page);

  await settings.tab('Ключ восстановления');
  await page.getByRole('button', { name: 'Сделать ключ' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ключ восстановления' });
  const key = (await dialog.locator('code').textContent()) ?? '';
  expect(key).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
  await dialog.getByRole('button', { name: 'Записано, дальше' }).click();
  const groups = key.split('-');
  for (const field of await dialog.getByRole('textbox', { name: /^Группа/ }).all()) {
    const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
    await field.fill(groups[Number(/\d+/.exec(label)?.[0]) - 1] ?? '');
  }
  await dialog.getByRole('button', { name: 'Готово' }).click();
  await expect(page.getByText(/^Ключ сделан/)).toBeVisible();

  await settings.tab('Резервные копии');
  const full = page.getByRole('region', { name: 'Полные копии' });
  await full.getByRole('textbox', { name: 'Папка для полных копий' }).fill(folder);
  await full.getByRole('button', { name: 'Сохранить' }).click();
  await full.getByRole('button', { name: 'Сделать полную копию' }).click();
  const row = full.getByRole('row').filter({ hasText: 'по расписанию' });
  await expect(row).toContainText('открывается ключом');
  await row.getByRole('button', { name: /^Проверить/ }).click();
  await expect(full.getByText(/^Копия цела/)).toBeVisible();
  await rm(folder, { recursive: true, force: true });
});

test('the lists go out as one file and come back changed, after a look at what differs', async ({
  desk,
  page,
}) => {
  await desk.go('Настройки');
  await createSettingsPage(page).tab('Файл списков');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Сохранить в файл' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^pult-lists-PLT-\d{4}-\d\d-\d\d\.json$/);
  const lists = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    readonly categories: { key: string; name: string }[];
  };
  const [first] = lists.categories;
  const added = { ...first, key: 'roof', name: 'Кровля' };
  const changed = { ...lists, categories: [...lists.categories, added] };
  await page.locator('input[type=file]').setInputFiles({
    name: 'lists.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(changed)),
  });
  await expect(page.getByText('появятся: roof')).toBeVisible();
  await page.getByRole('button', { name: 'Применить' }).click();
  await expect(page.getByText('Списки загружены')).toBeVisible();

  await page
    .getByRole('button', { name: /^Отменить/ })
    .first()
    .click();
  await expect(page.getByText('Списки возвращены')).toBeVisible();
});
