import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakeAssets, httpSource, sampleRun } from '../../../../test/support/fake-assets.ts';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { AssetSource, ImportRun } from '../../../shared/contract/assets.ts';
import { RunsTab } from './runs-tab.tsx';
import { SourcesTab } from './sources-tab.tsx';

async function openSources(...sources: readonly AssetSource[]) {
  const fake = createFakeAssets();
  fake.sources.push(...sources);
  const desk = createFakePage(fake.answers);
  await render(
    <desk.Page>
      <div style={{ blockSize: 740 }}>
        <SourcesTab />
      </div>
    </desk.Page>,
  );
  return { fake, desk };
}

const last = (fake: ReturnType<typeof createFakeAssets>, wanted: string) =>
  fake.asked.findLast(({ name }) => name === wanted)?.input;

test('a source says when it came last, when it comes next, and comes at once when asked', async () => {
  const { fake } = await openSources(httpSource());
  const source = page.getByRole('listitem', { name: 'Учёт площадок' });
  await expect.element(source.getByText(/включён · каждые 1 ч · последнее .+: загружено/)).toBeVisible();
  await expect.element(source.getByText(/следующее обновление/)).toBeVisible();
  await source.getByRole('button', { name: 'Обновить сейчас: Учёт площадок' }).click();

  await expect.element(page.getByText('«Учёт площадок»: добавлено 12, изменено 3, выбыло 1')).toBeVisible();
  expect(last(fake, 'syncSource')).toEqual({ id: 5, force: false });
});

test('a source that a guard has stopped asks in words, and goes on only when told', async () => {
  const asks: ImportRun = { ...sampleRun, state: 'asks', guard: 'many-gone', gone: 61_000, guardOf: 80_000 };
  const { fake } = await openSources(httpSource({ nextAt: null, lastRun: asks }));
  await expect.element(page.getByText(/Из 80\s000 объектов источника сразу 61\s000/)).toBeVisible();
  expect(last(fake, 'syncSource')).toBeUndefined();
  await page.getByRole('button', { name: 'Всё равно обновить' }).click();

  await expect.poll(() => last(fake, 'syncSource')).toEqual({ id: 5, force: true });
});

test('a source that does not answer says so until it does', async () => {
  await openSources(httpSource({ lastRun: { ...sampleRun, state: 'failed', error: 'source-unreachable' } }));

  await expect.element(page.getByText('Источник не отвечает. Проверьте адрес и сеть.')).toBeVisible();
});

test('the kept key is neither shown nor sent again, and does not follow to another server', async () => {
  const { fake } = await openSources(httpSource());
  await page.getByRole('button', { name: 'Изменить источник Учёт площадок' }).click();
  const secret = page.getByLabelText('Ключ', { exact: true });
  await expect.element(secret).toHaveValue('');
  await expect.element(page.getByText(/Ключ сохранён и не показывается/)).toBeVisible();
  await page.getByLabelText('Название', { exact: true }).fill('Учёт станций');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.poll(() => last(fake, 'saveSource')).toMatchObject({ id: 5, name: 'Учёт станций' });
  expect(last(fake, 'saveSource')).not.toHaveProperty('secret');

  await page.getByRole('button', { name: /^Изменить источник/ }).click();
  await page.getByLabelText('Адрес', { exact: true }).fill('https://elsewhere.example/api');
  await expect.element(page.getByText(/прежний ключ туда не отправится/)).toBeVisible();
});

test('an address is tried first, and its columns are offered', async () => {
  const { fake } = await openSources();
  await page.getByRole('button', { name: 'Подключить адрес' }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(page.getByText('Введите название')).toBeVisible();
  await expect.element(page.getByText(/Адрес начинается с http/)).toBeVisible();
  expect(last(fake, 'saveSource')).toBeUndefined();

  await page.getByLabelText('Название', { exact: true }).fill('Станции');
  await page.getByLabelText('Адрес', { exact: true }).fill('https://sites.example/api');
  await page.getByLabelText('Ключ', { exact: true }).fill('тайна');
  await page.getByRole('button', { name: 'Проверить адрес' }).click();
  await expect.element(page.getByText(/Адрес отвечает: 80\s000 объектов/)).toBeVisible();
  const code = page.getByRole('combobox', { name: 'Столбец для поля «Код»' });
  await expect.element(code).toHaveValue('site.code');
  expect(await findBarriers()).toEqual([]);
  await page.getByRole('button', { name: 'Сохранить' }).click();

  await expect
    .poll(() => last(fake, 'saveSource'))
    .toMatchObject({
      name: 'Станции',
      url: 'https://sites.example/api',
      secret: 'тайна',
      everyMinutes: 60,
      active: true,
      mapping: { kind: 'station', columns: { code: 'site.code' } },
    });
});

test('every import is remembered, with the rows it refused', async () => {
  const fake = createFakeAssets();
  fake.runs.push(
    { ...sampleRun, id: 9, state: 'failed', error: 'interrupted', refused: 0 },
    { ...sampleRun, id: 8, actorId: null },
  );
  const desk = createFakePage(fake.answers);
  await render(
    <desk.Page>
      <RunsTab />
    </desk.Page>,
  );
  await expect.element(page.getByText('не удалось: прервана остановкой программы')).toBeVisible();
  await expect.element(page.getByText('по расписанию')).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  await page.getByRole('button', { name: /^Показать отказы: Реестр опор/ }).click();

  await expect.element(page.getByText('это не число')).toBeVisible();
  await page.getByRole('button', { name: 'К истории' }).click();
  await expect.element(page.getByRole('table', { name: 'История загрузок' })).toBeVisible();
});
