import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakeAssets } from '../../../../test/support/fake-assets.ts';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { AssetsPart } from '../../lib/router.ts';
import { AssetsScreen } from './assets-screen.tsx';

type Setup = {
  readonly total?: number;
  readonly assetId?: number;
  readonly part?: AssetsPart;
  readonly scheme?: 'dark' | 'light';
};

async function openAssets({ total = 130_000, assetId, part = 'list', scheme = 'dark' }: Setup = {}) {
  const fake = createFakeAssets(total);
  const desk = createFakePage(fake.answers, scheme);
  const opened: number[] = [];
  const screen = await render(
    <desk.Page>
      <div style={{ blockSize: 740 }}>
        <Harness part={part} assetId={assetId ?? null} onOpenIncident={(id) => opened.push(id)} />
      </div>
    </desk.Page>,
  );
  return { screen, fake, desk, opened };
}

function Harness(at: {
  readonly part: AssetsPart;
  readonly assetId: number | null;
  readonly onOpenIncident: (id: number) => void;
}) {
  const [place, setPlace] = useState({ part: at.part, assetId: at.assetId });
  return (
    <AssetsScreen
      {...place}
      onGo={(part, assetId) => setPlace({ part, assetId })}
      onOpenIncident={at.onOpenIncident}
      onCall={() => undefined}
    />
  );
}

const grid = () => page.getByRole('grid', { name: 'Объекты реестра' });

test('130,000 assets are one list of which only what is on the screen is drawn and fetched', async () => {
  const { fake } = await openAssets();

  await expect.element(page.getByText('41208-P-52-000000')).toBeVisible();
  await expect.element(grid()).toHaveAttribute('aria-rowcount', '130001');
  expect(document.querySelectorAll('[role=row]').length).toBeLessThan(80);
  expect(fake.asked.filter(({ name }) => name === 'list')).toHaveLength(1);

  grid().element().scrollTop = 65_000 * 32;
  await expect.element(page.getByText('41208-P-52-065000')).toBeVisible();
});

test('any piece of a code narrows the list, and one press brings everything back', async () => {
  await openAssets();
  await page.getByRole('searchbox').fill('ka00000');
  await expect.element(page.getByRole('gridcell', { name: 'KA000003' })).toBeVisible();
  await expect.element(page.getByText('41208-P-52-000000')).not.toBeInTheDocument();

  await page.getByRole('searchbox').fill('нет-такого');
  await expect.element(page.getByText('Ничего не нашлось')).toBeVisible();
  await page.getByRole('button', { name: 'Показать все' }).click();

  await expect.element(page.getByText('41208-P-52-000000')).toBeVisible();
});

test('filters are asked of core together', async () => {
  const { fake } = await openAssets();
  await page.getByRole('button', { name: /^Фильтры/ }).click();
  await page.getByRole('checkbox', { name: 'С открытыми инцидентами' }).click();
  await page.getByRole('combobox', { name: 'Вид' }).click();
  await page.getByRole('option', { name: 'Станции' }).click();

  await expect
    .poll(() => fake.asked.at(-1))
    .toMatchObject({ name: 'list', input: { kinds: ['station'], withOpenIncidents: true, gone: false } });
});

test('J and K walk the list, Enter opens, and the open card follows the hand', async () => {
  await openAssets();
  await expect.element(page.getByText('41208-P-52-000000')).toBeVisible();

  await userEvent.keyboard('jj');
  await expect.element(page.getByRole('complementary')).not.toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('complementary', { name: '41208-P-52-000001' })).toBeVisible();
  await userEvent.keyboard('j');
  await expect.element(page.getByRole('complementary', { name: 'KA000002' })).toBeVisible();
  await userEvent.keyboard('k');
  await expect.element(page.getByRole('complementary', { name: '41208-P-52-000001' })).toBeVisible();
  await userEvent.keyboard('{Escape}');

  await expect.element(page.getByRole('complementary')).not.toBeInTheDocument();
});

test('the card says whose the station is and who repairs it, and leads to its pole and its incidents', async () => {
  const { opened } = await openAssets({ assetId: 3 });
  const card = page.getByRole('complementary', { name: 'KA000002' });

  for (const words of ['Мегафон-Север', 'noc@sever.example', 'remont@ural.example', 'Лебедев П. А.']) {
    await expect.element(card.getByText(words)).toBeVisible();
  }
  await card.getByRole('button', { name: /PLT-1042/ }).click();
  expect(opened).toEqual([42]);
  await card.getByRole('button', { name: '41208-P-52-000000' }).click();

  const pole = page.getByRole('complementary', { name: '41208-P-52-000000' });
  await expect.element(pole.getByRole('region', { name: 'Станции на опоре' })).toBeVisible();
});

test('a code that is taken is said at the field, with the way to the asset that has it', async () => {
  const { fake } = await openAssets();
  await page.getByRole('button', { name: 'Добавить объект' }).click();
  const form = page.getByRole('complementary', { name: 'Новый объект' });
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(form.getByText('Введите код')).toBeVisible();

  await form.getByLabelText('Код', { exact: true }).fill('KA000002');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(form.getByText(/Такой код уже есть: «KA000002»/)).toBeVisible();
  expect(fake.asked.some(({ name }) => name === 'save')).toBe(false);
  await form.getByRole('button', { name: 'Открыть тот объект' }).click();

  await expect.element(page.getByRole('complementary', { name: 'KA000002' })).toBeVisible();
});

test('an asset is saved with all that was entered, its pole found by a piece of the code', async () => {
  const { fake } = await openAssets();
  await page.getByRole('button', { name: 'Добавить объект' }).click();
  const form = page.getByRole('complementary', { name: 'Новый объект' });
  await form.getByLabelText('Код', { exact: true }).fill('KA0412');
  await form.getByRole('combobox', { name: 'Опора' }).fill('000001');
  await form.getByRole('option', { name: /41208-P-52-000001/ }).click();
  await form.getByLabelText('Широта').fill('56,85');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(form.getByText('Нужны обе координаты или ни одной')).toBeVisible();
  await form.getByLabelText('Долгота').fill('60,61');
  await form
    .getByLabelText('Почта подрядчика для этого объекта')
    .fill('noc@sever.example\navr@sever.example');
  await form.getByRole('button', { name: 'Сохранить' }).click();

  await expect
    .poll(() => fake.asked.find(({ name }) => name === 'save')?.input)
    .toMatchObject({
      kind: 'station',
      code: 'KA0412',
      poleId: 2,
      latitude: 56.85,
      longitude: 60.61,
      emails: ['noc@sever.example', 'avr@sever.example'],
    });
});

test('an empty registry says what will stand in it and how to fill it', async () => {
  await openAssets({ total: 0 });
  await expect.element(page.getByText('В реестре ещё нет объектов')).toBeVisible();
  await page.getByRole('button', { name: 'Загрузить из файла' }).last().click();

  await expect.element(page.getByRole('heading', { name: 'Выберите файл с объектами' })).toBeVisible();
});

test('a group gets the domains of its letters, however they were pasted, and its own delay', async () => {
  const { fake } = await openAssets({ part: 'lists' });
  await page.getByRole('button', { name: 'Изменить группу Вымпел' }).click();
  const form = page.getByRole('form', { name: 'Вымпел' });
  await form.getByLabelText('Домены почты').fill('без-точки');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(form.getByText('Это не домен: без-точки')).toBeVisible();
  await form.getByLabelText('Домены почты').fill('NOC@Vympel.example, mail.vympel.example');
  await form.getByLabelText('Автозакрытие через, часов').fill('вечно');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(form.getByText(/От 1 минуты до 30 суток/)).toBeVisible();
  await form.getByLabelText('Автозакрытие через, часов').fill('1,5');
  await form.getByRole('button', { name: 'Сохранить' }).click();

  await expect
    .poll(() => fake.asked.at(-1))
    .toEqual({
      name: 'saveGroup',
      input: {
        id: 2,
        name: 'Вымпел',
        domains: ['vympel.example', 'mail.vympel.example'],
        autoCloseMinutes: 90,
      },
    });
});

test('the repair address of a region is changed where it stands', async () => {
  const { fake } = await openAssets({ part: 'lists' });
  await page.getByRole('button', { name: 'Почта для ремонта: Пермский край: Указать' }).click();
  await page.getByRole('textbox', { name: 'Почта для ремонта: Пермский край' }).fill('remont@perm.example');
  await userEvent.keyboard('{Enter}');

  await expect
    .poll(() => fake.asked.at(-1))
    .toEqual({ name: 'saveRegion', input: { id: 3, repairEmail: 'remont@perm.example' } });
});

test.each(['dark', 'light'] as const)(
  'nobody is kept out of the registry in the %s theme',
  async (scheme) => {
    await openAssets({ assetId: 3, scheme });
    await expect.element(page.getByText('Лебедев П. А.')).toBeVisible();
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('button', { name: 'Изменить' }).click();
    await expect.element(page.getByRole('button', { name: 'Сохранить' })).toBeVisible();
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('tab', { name: 'Операторы и регионы' }).click();
    await expect.element(page.getByRole('heading', { name: 'Регионы' })).toBeVisible();
    expect(await findBarriers()).toEqual([]);
  },
);
