import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { NamedLadder, NotifyGroup } from '../../../../shared/contract/ladders.ts';
import { GroupsTab } from './groups-tab.tsx';
import { LaddersTab } from './ladders-tab.tsx';

afterEach(() => cleanup());

const ladder = (urgency: NamedLadder['urgency']): NamedLadder => ({
  urgency,
  steps: [
    { channel: 'telegram', address: '', waitFor: 'acknowledged', waitSeconds: 300, retries: 1 },
    { channel: 'sms', address: '', waitFor: 'read', waitSeconds: 120, retries: 0 },
  ],
  repeatMinutes: null,
  mostRounds: 1,
  next: null,
  nextName: null,
});

const group: NotifyGroup = {
  id: 4,
  name: 'Ночная бригада',
  active: true,
  members: [
    { kind: 'contact', id: 7, name: 'Павлов' },
    { kind: 'person', id: 1, name: 'Орлова Анна' },
  ],
};

const found = [
  { kind: 'contact', id: 7, name: 'Павлов', detail: '+7 900 555-01-12' },
  { kind: 'contact', id: 8, name: 'Павленко', detail: 'Башни' },
] as const;

const preview = {
  parties: [
    {
      party: { kind: 'contact', id: 7 },
      name: 'Павлов',
      steps: [
        {
          ...ladder('normal').steps[0],
          to: '881',
          toName: 'Павел',
          route: 'Дежурный бот',
          furtherRoutes: 1,
          problem: null,
          neverTold: false,
        },
        {
          ...ladder('normal').steps[1],
          to: null,
          toName: '',
          route: null,
          furtherRoutes: 0,
          problem: 'no-address',
          neverTold: false,
        },
      ],
      repeatMinutes: 5,
      mostRounds: 3,
      nextName: null,
      heldUntil: Date.UTC(2026, 2, 4, 4, 0),
    },
  ],
};

async function open(tab: 'ladders' | 'groups', scheme: 'dark' | 'light' = 'dark') {
  const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  const note = (name: string) => (input: Record<string, unknown>) => {
    asked.push({ name, input });
    return { id: 4, undo: 5 };
  };
  const fake = createFakePage(
    {
      'ladders.of': () => ({
        ladders: [],
        defaults: [ladder('normal'), ladder('urgent'), ladder('critical')],
        limit: { quietFrom: null, quietTo: null, zone: '', hourlyLimit: null },
        addresses: [],
        receipts: { telegram: ['accepted', 'acknowledged'], sms: ['accepted', 'delivered'] },
      }),
      'ladders.owners': () => ({
        owners: [{ kind: 'contact', id: 7, name: 'Павлов', urgencies: ['urgent', 'critical'] }],
      }),
      'ladders.groups': () => ({ groups: [group] }),
      'ladders.parties': ({ text }: { readonly text: string }) => ({
        parties: found.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())),
      }),
      'ladders.preview': () => preview,
      'ladders.save': note('save'),
      'ladders.saveGroup': note('saveGroup'),
    },
    scheme,
  );
  await render(<fake.Page>{tab === 'ladders' ? <LaddersTab /> : <GroupsTab />}</fake.Page>);
  return { asked };
}

const wait = (number: number) => page.getByRole('textbox', { name: `Шаг ${number}: Не дольше` });

test('whoever has a ladder of their own is named, and it is opened from there', async () => {
  await open('ladders');
  await expect.element(page.getByText('Павлов Срочное, Критичное')).toBeVisible();
  await page.getByRole('button', { name: /^Павлов: / }).click();
  await expect.element(page.getByRole('dialog', { name: /Павлов/ })).toBeVisible();
});

test('steps change places by keys alone, and the ladder of the chosen urgency is saved', async () => {
  const { asked } = await open('ladders');
  await page.getByText('Критичное', { exact: true }).click();
  await wait(2).click();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await expect.element(wait(1)).toHaveFocus();
  await expect.element(wait(1)).toHaveValue('2');

  await page.getByRole('button', { name: 'Сохранить лестницу' }).click();
  await expect
    .poll(() => asked)
    .toMatchObject([
      {
        name: 'save',
        input: {
          owner: null,
          ladder: {
            urgency: 'critical',
            steps: [
              { channel: 'sms', waitSeconds: 120 },
              { channel: 'telegram', waitSeconds: 300 },
            ],
          },
        },
      },
    ]);
});

test('a wait that nothing ends is warned of, and an impossible time is told at its field', async () => {
  const { asked } = await open('ladders');
  await expect.element(page.getByText(/не сообщит «прочитано»: шаг кончится по времени/)).toBeVisible();
  await wait(1).fill('0');
  await page.getByRole('button', { name: 'Сохранить лестницу' }).click();
  await expect.element(page.getByText('Время от 5 секунд до 24 часов')).toBeVisible();
  await expect.element(wait(1)).toHaveFocus();
  expect(asked).toEqual([]);
});

test('a ladder repeats until acknowledged, and then somebody else is called', async () => {
  const { asked } = await open('ladders');
  const repeats = page.getByRole('switch', { name: 'Начинать снова, пока не подтвердят' });
  await expect.element(repeats).toBeInTheDocument();
  (repeats.element() as HTMLElement).click();
  await page.getByLabelText('Сколько раз всего').fill('4');
  await page.getByRole('combobox', { name: 'Человек или группа' }).fill('павл');
  await expect.element(page.getByRole('option', { name: /Павленко/ })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByText('Потом оповестить: Павленко')).toBeVisible();
  await page.getByRole('button', { name: 'Сохранить лестницу' }).click();
  await expect
    .poll(() => asked.at(-1)?.input['ladder'])
    .toMatchObject({ repeatMinutes: 5, mostRounds: 4, next: { kind: 'contact', id: 8 } });
});

test('what it would do to somebody is told step by step', async () => {
  await open('ladders');
  await page.getByRole('combobox', { name: 'Проверить на человеке' }).fill('павлов');
  await page.getByRole('option', { name: /Павлов/ }).click();
  const told = page.getByRole('region', { name: 'Как оповестят: Павлов' });
  await expect.element(told.getByText('Telegram → Павел')).toBeVisible();
  await expect
    .element(told.getByText('через «Дежурный бот», и ещё 1 путь в запасе, ждёт «подтверждено» 5 мин'))
    .toBeVisible();
  await expect.element(told.getByText('✕ нет такого адреса, шаг пропускается')).toBeVisible();
  await expect
    .element(told.getByText('затем снова через 5 мин, всего 3 раза; потом тревога диспетчеру'))
    .toBeVisible();
  await expect.element(told.getByText('Тихие часы: уйдёт в 07:00')).toBeVisible();
});

test('members of a group change places, leave and come', async () => {
  const { asked } = await open('groups');
  await page.getByRole('button', { name: 'Изменить: Ночная бригада' }).click();
  await page.getByRole('button', { name: 'Выше: Орлова Анна' }).click();
  await page.getByRole('button', { name: 'Убрать: Павлов' }).click();
  await page.getByRole('combobox', { name: 'Добавить участника' }).fill('павленко');
  await page.getByRole('option', { name: /Павленко/ }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect
    .poll(() => asked.at(-1))
    .toEqual({
      name: 'saveGroup',
      input: {
        id: 4,
        name: 'Ночная бригада',
        active: true,
        members: [
          { kind: 'person', id: 1 },
          { kind: 'contact', id: 8 },
        ],
      },
    });
});

test.each([1280, 1000])('nothing of a ladder is cut off at a width of %i', async (width) => {
  await page.viewport(width, 800);
  await open('ladders');
  await expect.element(wait(1)).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  for (const field of document.querySelectorAll('li input')) {
    expect(field.getBoundingClientRect().right).toBeLessThanOrEqual(width);
  }
});

test.each(['dark', 'light'] as const)('nobody is kept out of ladders in the %s theme', async (scheme) => {
  await open('ladders', scheme);
  await expect.element(wait(1)).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});

test.each(['dark', 'light'] as const)('nobody is kept out of groups in the %s theme', async (scheme) => {
  await open('groups', scheme);
  await page.getByRole('button', { name: 'Изменить: Ночная бригада' }).click();
  expect(await findBarriers()).toEqual([]);
});
