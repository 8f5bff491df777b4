import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakeAssets, sampleRefusals, sampleRun } from '../../../../test/support/fake-assets.ts';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { ImportRun } from '../../../shared/contract/assets.ts';
import { ImportWizard } from './import-wizard.tsx';

const sent = XMLHttpRequest.prototype.send;
afterEach(() => {
  XMLHttpRequest.prototype.send = sent;
});

/** The way of bytes is another test's: here they have arrived. */
function answerUploads(): void {
  XMLHttpRequest.prototype.send = function send(this: XMLHttpRequest) {
    Object.defineProperty(this, 'status', { value: 200 });
    Object.defineProperty(this, 'responseText', {
      value: JSON.stringify({ sha256: 'a'.repeat(64), size: 12 }),
    });
    queueMicrotask(() => this.onload?.(new ProgressEvent('load')));
  };
}

async function openWizard(run: Partial<ImportRun> = {}, answers: Record<string, () => unknown> = {}) {
  answerUploads();
  const fake = createFakeAssets();
  fake.next = { run, refusals: sampleRefusals };
  const left: string[] = [];
  const desk = createFakePage({ ...fake.answers, ...answers });
  await render(
    <desk.Page>
      <div style={{ blockSize: 740 }}>
        <ImportWizard onLeave={() => left.push('list')} />
      </div>
    </desk.Page>,
  );
  return { fake, desk, left };
}

async function chooseFile(): Promise<void> {
  const file = new File(['Шифр;Название'], 'опоры.csv', { type: 'text/csv' });
  const input = document.querySelector('input[type=file]');
  if (input) await page.elementLocator(input).upload(file);
}

const imports = (fake: ReturnType<typeof createFakeAssets>) =>
  fake.asked.filter(({ name }) => name === 'importFile').map(({ input }) => input);

test('a file goes in by the keyboard alone: seen, mapped, checked, and only then taken', async () => {
  const { fake, left } = await openWizard();
  await chooseFile();
  await expect.element(page.getByRole('heading', { name: 'Какой столбец что значит' })).toHaveFocus();
  await expect.element(page.getByText(/опоры.csv: 130\s000 строк/)).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Первые строки' })).toBeVisible();

  const check = page.getByRole('button', { name: 'Проверить' });
  (check.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: 'Что изменится' })).toHaveFocus();
  expect(imports(fake)).toMatchObject([{ dryRun: true, force: false, sourceName: 'опоры' }]);

  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByRole('heading', { name: 'Загружено' })).toHaveFocus();
  expect(imports(fake)[1]).toMatchObject({ dryRun: false, force: false });
  await userEvent.keyboard('{Tab}{Enter}');

  expect(left).toEqual(['list']);
});

test('every refused row is told with its field, the reason in words and what stood there', async () => {
  await openWizard();
  await chooseFile();
  await page.getByRole('button', { name: 'Проверить' }).click();

  const table = page.getByRole('table', { name: 'Строки, которые не загрузятся' });
  await expect.element(table.getByText('нет кода')).toBeVisible();
  await expect.element(table.getByText('это не число')).toBeVisible();
  await expect.element(table.getByText('Широта')).toBeVisible();
  await expect.element(table.getByText('=HYPERLINK("x")')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Скачать список отказов' })).toBeVisible();
});

test('without a column for the code nothing is checked, and the hand is led to it', async () => {
  const { fake } = await openWizard();
  await chooseFile();
  const code = page.getByRole('combobox', { name: 'Столбец для поля «Код»' });
  await expect.element(code).toHaveValue('Шифр');
  await code.click();
  await page.getByRole('option', { name: 'нет' }).click();
  await page.getByRole('button', { name: 'Проверить' }).click();

  await expect.element(page.getByText('Выберите столбец с кодом объекта')).toBeVisible();
  await expect.element(code).toHaveFocus();
  expect(imports(fake)).toEqual([]);
});

test('another encoding reads the file anew', async () => {
  const { fake } = await openWizard();
  await chooseFile();
  await page.getByRole('combobox', { name: 'Кодировка' }).click();
  await page.getByRole('option', { name: 'UTF-8' }).click();

  await expect
    .poll(() => fake.asked.at(-1))
    .toMatchObject({ name: 'preview', input: { mapping: { encoding: 'utf-8', columns: { code: 'Шифр' } } } });
});

test.each([
  [{ guard: 'empty', rows: 4, guardOf: 130_000 }, /нет ни одного: строк 4, а в реестре из него 130\s000/],
  [{ guard: 'much-smaller', rows: 900, guardOf: 130_000 }, /900 строк, а было 130\s000/],
  [{ guard: 'many-gone', gone: 61_000, guardOf: 130_000 }, /Из 130\s000 объектов источника сразу 61\s000/],
] as const)('a guard asks in words with its numbers before anything changes: %o', async (run, words) => {
  const { fake } = await openWizard({ ...run, state: 'asks' });
  await chooseFile();
  await page.getByRole('button', { name: 'Проверить' }).click();
  await expect.element(page.getByRole('alert').getByText(words)).toBeVisible();
  expect(imports(fake)).toHaveLength(1);

  await page.getByRole('button', { name: 'Всё равно загрузить' }).click();
  await expect.poll(() => imports(fake)[1]).toMatchObject({ dryRun: false, force: true });
});

test('a file that mostly cannot be read sends back to its columns before anything is imported', async () => {
  const { fake } = await openWizard({ rows: 402, added: 1, refused: 401 });
  await chooseFile();
  await page.getByRole('button', { name: 'Проверить' }).click();
  await expect.element(page.getByRole('alert').getByText('Больше половины строк не читается')).toBeVisible();

  const mend = page.getByRole('button', { name: 'Исправить столбцы' });
  await expect.element(mend).toHaveAttribute('data-kind', 'primary');
  await mend.click();

  await expect.element(page.getByRole('combobox', { name: 'Столбец для поля «Код»' })).toBeVisible();
  expect(imports(fake)).toHaveLength(1);
});

test('while it runs the progress is told, and the person may go', async () => {
  let dry = true;
  const { fake, desk } = await openWizard(
    {},
    {
      'assets.importFile': () => {
        if (!dry) return new Promise(() => undefined);
        dry = false;
        return { run: sampleRun, refusals: [] };
      },
    },
  );
  await chooseFile();
  await page.getByRole('button', { name: 'Проверить' }).click();
  await page.getByRole('button', { name: 'Загрузить', exact: true }).click();
  await expect.element(page.getByText(/Можно уйти с этого экрана/)).toBeVisible();

  fake.runs.push({ ...sampleRun, id: 7, sourceName: 'опоры', state: 'running', rows: 65_000, endedAt: null });
  desk.tell('asset-import');

  await expect.element(page.getByText(/65\s000 из 130\s000/)).toBeVisible();
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('value', '65000');
});

test('a file that is no table is refused in words, and another can be chosen', async () => {
  await openWizard(
    {},
    {
      'assets.preview': () => {
        throw new AppError('invalid-input', { details: { reason: 'not-a-table' } });
      },
    },
  );
  await chooseFile();

  await expect.element(page.getByText(/Это не таблица/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Выбрать файл' })).toBeEnabled();
});

test('nobody is kept out of any step', async () => {
  await openWizard({ guard: 'many-gone', guardOf: 100, gone: 60, state: 'asks' });
  expect(await findBarriers()).toEqual([]);
  await chooseFile();
  await expect.element(page.getByRole('button', { name: 'Проверить' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  await page.getByRole('button', { name: 'Проверить' }).click();
  await expect.element(page.getByRole('button', { name: 'Всё равно загрузить' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
