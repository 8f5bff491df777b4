import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakeAssets } from '../../../../test/support/fake-assets.ts';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { CreateIncident } from './create-incident.tsx';

async function openDialog() {
  const opened: object[] = [];
  const fake = createFakePage({
    ...createFakeAssets().answers,
    'incidents.open': (input: object) => {
      opened.push(input);
      return { id: 7, code: 'PLT-1007' };
    },
  });
  await render(
    <fake.Page>
      <CreateIncident personId={1} onClose={() => undefined} onCreated={() => undefined} />
    </fake.Page>,
  );
  return opened;
}

const pole = { id: 1, code: '41208-P-52-000000' };

test('the object of a call is chosen in the registry while the caller speaks, by the keyboard alone', async () => {
  const opened = await openDialog();
  await page.getByRole('textbox', { name: 'Что случилось' }).fill('Нет питания');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByRole('combobox', { name: 'Объект' })).toHaveFocus();
  await userEvent.keyboard(pole.code);
  await expect.element(page.getByRole('option', { name: new RegExp(pole.code) })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('button', { name: 'Другой объект' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await page.getByRole('button', { name: 'Создать' }).click();

  await expect.poll(() => opened).toMatchObject([{ asset: pole.code, assetId: pole.id }]);
});

test('what is typed and not chosen goes along as words', async () => {
  const opened = await openDialog();
  await page.getByRole('textbox', { name: 'Что случилось' }).fill('Нет питания');
  await page.getByRole('combobox', { name: 'Объект' }).fill('у старой мельницы');
  await page.getByRole('button', { name: 'Создать' }).click();

  await expect.poll(() => opened).toMatchObject([{ asset: 'у старой мельницы' }]);
  expect(opened[0]).not.toHaveProperty('assetId');
});
