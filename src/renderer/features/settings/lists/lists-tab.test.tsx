import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import { ListsTab } from './lists-tab.tsx';

afterEach(() => cleanup());

const status = (id: number, key: string, name: string, nextIds: number[], finishes = false) =>
  ({ id, key, name, nameEn: key, tone: 'work', finishes, position: id, active: true, nextIds }) as const;
const statuses = [
  status(1, 'new', 'Новый', [2]),
  status(2, 'in-progress', 'В работе', [3]),
  status(3, 'closed', 'Закрыт', [], true),
  status(4, 'on-the-road', 'В пути', [2]),
];
const types = [
  {
    id: 7,
    key: 'power',
    name: 'Авария по питанию',
    nameEn: 'Power',
    slaMinutes: 240,
    position: 0,
    active: true,
  },
];

async function open(scheme: 'dark' | 'light' = 'dark') {
  const asked: { readonly name: string; readonly input: object }[] = [];
  const note = (name: string) => (input: object) => {
    asked.push({ name, input });
    return { id: 9, undo: 5 };
  };
  const fake = createFakePage(
    {
      'reference.setTransition': note('setTransition'),
      'reference.saveSubtype': note('saveSubtype'),
      'reference.saveRepairPriority': note('saveRepairPriority'),
    },
    scheme,
  );
  fake.desk.reference.setState({
    statuses: new Map(statuses.map((item) => [item.id, { ...item, nextIds: [...item.nextIds] }])),
    types: new Map(types.map((type) => [type.id, type])),
    subtypes: new Map([
      [
        21,
        { id: 21, key: 'own', name: 'Наша зона', nameEn: 'Ours', position: 0, active: true, typeIds: [7] },
      ],
    ]),
    repairPriorities: new Map([
      [
        31,
        {
          id: 31,
          key: 'a',
          name: 'Приоритет 1',
          nameEn: 'First',
          targetMinutes: 1440,
          position: 0,
          active: true,
        },
      ],
    ]),
  });
  await render(
    <fake.Page>
      <ListsTab />
    </fake.Page>,
  );
  return { asked };
}

const cell = (from: string, to: string) => page.getByRole('checkbox', { name: `Из «${from}» в «${to}»` });

test('the matrix is one stop of Tab, walked by arrows, and a tick is one step of the workflow', async () => {
  const { asked } = await open();
  await cell('Новый', 'В работе').click();
  await expect
    .poll(() => asked)
    .toEqual([{ name: 'setTransition', input: { fromId: 1, toId: 2, allowed: false } }]);

  await userEvent.keyboard('{ArrowRight}');
  await expect.element(cell('Новый', 'Закрыт')).toHaveFocus();
  await userEvent.keyboard('{ArrowDown} ');
  await expect.element(cell('В работе', 'Закрыт')).toHaveFocus();
  await expect.poll(() => asked.at(-1)?.input).toEqual({ fromId: 2, toId: 3, allowed: false });
});

test('a status without a way out, or in, says so', async () => {
  await open();
  await expect.element(page.getByRole('rowheader', { name: /Закрыт · выхода нет/ })).toBeVisible();
  await expect
    .element(page.getByRole('rowheader', { name: /В пути · сюда не попасть вручную/ }))
    .toBeVisible();
});

test('a status the program needs may be renamed, not hidden', async () => {
  await open();
  await page.getByRole('button', { name: 'Изменить: Закрыт' }).click();
  await expect.element(page.getByRole('switch', { name: 'Показывать' })).toBeDisabled();
  await expect.element(page.getByRole('switch', { name: 'Завершает инцидент' })).toBeDisabled();
  await expect.element(page.getByText(/его можно переименовать, но не скрыть/)).toBeVisible();
  await page.getByRole('button', { name: 'Изменить: В пути' }).click();
  await expect.element(page.getByRole('switch', { name: 'Показывать' })).toBeEnabled();
});

test('a subtype is added for its types, a repair priority with its minutes', async () => {
  const { asked } = await open();
  await page.getByText('Подтипы', { exact: true }).click();
  await page.getByRole('button', { name: 'Добавить подтип' }).click();
  await page.getByLabelText('Название').fill('Атака БПЛА');
  await page.getByLabelText('По-английски').fill('Drone attack');
  await page.getByRole('combobox', { name: 'Для типов' }).click();
  await page.getByRole('option', { name: 'Авария по питанию' }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect
    .poll(() => asked.at(-1))
    .toMatchObject({ name: 'saveSubtype', input: { id: null, key: 'drone-attack', typeIds: [7] } });

  await page.getByText('Приоритеты РВР', { exact: true }).click();
  await page.getByRole('button', { name: 'Изменить: Приоритет 1' }).click();
  await page.getByLabelText('Срок РВР, минут').fill('0');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(page.getByText('Число минут от 1 до 525600')).toBeVisible();
  await page.getByLabelText('Срок РВР, минут').fill('2880');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect
    .poll(() => asked.at(-1))
    .toMatchObject({ name: 'saveRepairPriority', input: { id: 31, targetMinutes: 2880 } });
});

test.each(['dark', 'light'] as const)('nobody is kept out of the lists in the %s theme', async (scheme) => {
  await open(scheme);
  expect(await findBarriers()).toEqual([]);
  await page.getByText('Подтипы', { exact: true }).click();
  await page.getByRole('button', { name: 'Изменить: Наша зона' }).click();
  expect(await findBarriers()).toEqual([]);
});
