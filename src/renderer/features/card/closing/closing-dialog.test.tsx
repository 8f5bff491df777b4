import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { makeRow } from '../../../../../test/support/fake-desk.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { CardData } from '../card-state.ts';
import { LifeDialogs } from '../life/life-dialogs.tsx';
import type { CardDialog } from '../life/card-dialog.ts';
import { useLifeActions } from '../life/use-life-actions.ts';
import { useLife, type Life } from '../life/use-life.ts';

afterEach(() => cleanup());

const hour = 3_600_000;
const types = [
  {
    id: 7,
    key: 'power-moscow',
    name: 'Авария по питанию',
    nameEn: 'Power failure',
    slaMinutes: 240,
    position: 0,
    active: true,
  },
  {
    id: 8,
    key: 'fibre',
    name: 'Авария ВОЛС',
    nameEn: 'Fibre failure',
    slaMinutes: 1440,
    position: 1,
    active: true,
  },
];
const subtypes = [
  { id: 21, key: 'own', name: 'Наша зона: КТП', nameEn: 'Ours', position: 0, active: true, typeIds: [7] },
  { id: 22, key: 'old', name: 'Старый', nameEn: 'Old', position: 1, active: false, typeIds: [7] },
];
const priorities = [
  {
    id: 31,
    key: 'first',
    name: 'Приоритет 1',
    nameEn: 'Priority 1',
    targetMinutes: 1440,
    position: 0,
    active: true,
  },
];
const clear: Life = {
  subtypeId: null,
  repairPriorityId: null,
  problems: [],
  duplicates: [],
  postponed: null,
  autoClose: null,
  autoCloseRefused: false,
  autoCloseAt: null,
  mayPostpone: false,
};

function Dialogs({ data, first }: { readonly data: CardData; readonly first: CardDialog }) {
  const [dialog, ask] = useState<CardDialog | null>(first);
  const { life } = useLife(data.row.id);
  const actions = useLifeActions(data, ask);
  return <LifeDialogs dialog={dialog} data={data} life={life} actions={actions} onClose={() => ask(null)} />;
}

async function open(
  life: Partial<Life>,
  dialog: CardDialog = { kind: 'closing', statusId: 13 },
  scheme: 'dark' | 'light' = 'dark',
) {
  const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  const note = (name: string, answer: object) => (input: Record<string, unknown>) => {
    asked.push({ name, input });
    return answer;
  };
  let current: Life = { ...clear, ...life };
  const fake = createFakePage(
    {
      'workflow.ofIncident': () => current,
      'workflow.close': note('close', { undo: 5 }),
      'workflow.postpone': note('postpone', { undo: 6 }),
      'workflow.remind': note('remind', { id: 1, undo: 7 }),
      'links.remove': note('unlink', { undo: 8 }),
    },
    scheme,
  );
  fake.desk.shell.setState({ zone: 'Europe/Moscow' });
  fake.desk.reference.setState({
    types: new Map(types.map((type) => [type.id, type])),
    subtypes: new Map(subtypes.map((subtype) => [subtype.id, subtype])),
    repairPriorities: new Map(priorities.map((priority) => [priority.id, priority])),
  });
  const data: CardData = {
    row: makeRow({ id: 42, code: 'PLT-1042', revision: 9 }),
    description: '',
    applicantName: '',
    applicantAddress: '',
    applicantPhone: '',
    coordinates: null,
    categoryIds: [],
    nextStatusIds: [],
    accountId: null,
  };
  await render(
    <fake.Page>
      <Dialogs data={data} first={dialog} />
    </fake.Page>,
  );
  await expect.element(page.getByRole('dialog')).toBeVisible();
  return {
    asked,
    /** As if somebody had changed it elsewhere. */
    becomes(next: Partial<Life>) {
      current = { ...clear, ...next };
      fake.tell('incident');
    },
  };
}

const dialog = () => page.getByRole('dialog');
const submit = () => dialog().getByRole('button', { name: 'Закрыть', exact: true }).last();

test('a type that has subtypes asks for one too, and one press closes with both', async () => {
  const { asked } = await open({ problems: [{ kind: 'no-type' }] });
  await expect.element(dialog().getByText('Подтип не выбран')).not.toBeInTheDocument();

  await dialog().getByRole('combobox', { name: 'Тип не выбран' }).click();
  await page.getByRole('option', { name: 'Авария по питанию' }).click();
  await submit().click();
  await expect.element(dialog().getByText('Заполните отмеченное')).toBeVisible();
  expect(asked).toEqual([]);

  await dialog().getByRole('combobox', { name: 'Подтип не выбран' }).click();
  await expect.element(page.getByRole('option', { name: 'Старый' })).not.toBeInTheDocument();
  await page.getByRole('option', { name: 'Наша зона: КТП' }).click();
  await submit().click();

  await expect
    .poll(() => asked)
    .toMatchObject([
      { name: 'close', input: { id: 42, expected: 9, statusId: 13, typeId: 7, subtypeId: 21 } },
    ]);
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('everything is done by the keyboard alone', async () => {
  const { asked } = await open({ problems: [{ kind: 'no-type' }] });
  await expect.element(dialog().getByRole('combobox', { name: 'Тип не выбран' })).toHaveFocus();
  await userEvent.keyboard('ВОЛС{ArrowDown}{Enter}');
  await userEvent.keyboard('{Tab}{Tab}{Enter}');
  await expect.poll(() => asked.at(-1)?.input).toMatchObject({ typeId: 8 });
});

test('work that goes on ends now, or when it is said to have ended', async () => {
  const startedAt = Date.now() - 2 * hour;
  const { asked } = await open({
    problems: [{ kind: 'work-running', work: 'emergency', name: 'АВР', nameEn: 'Recovery', startedAt }],
  });
  const field = dialog().getByLabelText('Когда закончена «АВР»');
  await field.fill('2020-01-01T10:00');
  await expect.element(dialog().getByText(/Позже начала работы/)).toBeVisible();
  await submit().click();
  expect(asked).toEqual([]);

  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Moscow',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  await field.fill(wall.format(startedAt + hour).replace(' ', 'T'));
  await submit().click();
  await expect.poll(() => asked.length).toBe(1);
  const [{ at } = { at: 0 }] = asked[0]!.input['endWorks'] as { readonly at: number }[];
  expect(Math.abs(at - startedAt - hour)).toBeLessThan(60_000);
});

test('a repair wants its priority, and a priority without a repair goes', async () => {
  const wanted = await open({ problems: [{ kind: 'repair-without-priority' }] });
  await dialog()
    .getByRole('combobox', { name: /РВР начаты/ })
    .click();
  await page.getByRole('option', { name: 'Приоритет 1' }).click();
  await submit().click();
  await expect.poll(() => wanted.asked.at(-1)?.input).toMatchObject({ repairPriorityId: 31 });
  await cleanup();

  const lonely = await open({ problems: [{ kind: 'priority-without-repair', repairPriorityId: 31 }] });
  await submit().click();
  await expect.poll(() => lonely.asked.at(-1)?.input).toMatchObject({ repairPriorityId: null });
});

test('an open subtask bars the way until it is closed or the link is gone', async () => {
  const { asked, becomes } = await open({
    problems: [{ kind: 'blocker', incidentId: 50, code: 'PLT-1050', why: 'subtask' }],
    duplicates: [{ incidentId: 51, code: 'PLT-1051' }],
  });
  await expect.element(dialog().getByText('Открыта подзадача PLT-1050')).toBeVisible();
  await expect.element(dialog().getByText(/Открыты дубликаты: PLT-1051/)).toBeVisible();
  await submit().click();
  await expect.element(dialog().getByText(/Сначала закройте связанные/)).toBeVisible();

  await dialog().getByRole('button', { name: 'Убрать связь PLT-1050' }).click();
  await expect
    .poll(() => asked.at(-1))
    .toEqual({ name: 'unlink', input: { incidentId: 42, otherId: 50, role: 'subtask' } });
  becomes({});
  await expect.element(dialog().getByText('Всё заполнено.')).toBeVisible();
  await submit().click();
  await expect.poll(() => asked.at(-1)?.name).toBe('close');
});

test('a quick time postpones at once with the reason, and a past one is refused', async () => {
  const { asked } = await open({ mayPostpone: true }, { kind: 'postpone' });
  await dialog().getByLabelText('Почему').fill('Ждём допуск');
  await dialog().getByLabelText('Дата и время').fill('2020-01-01T10:00');
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog().getByText('Выберите время позже нынешнего')).toBeVisible();
  expect(asked).toEqual([]);

  const before = Date.now();
  await dialog().getByRole('button', { name: 'Через час' }).click();
  await expect.poll(() => asked.at(-1)?.input).toMatchObject({ reason: 'Ждём допуск', expected: 9 });
  const until = Number(asked.at(-1)?.input['until']);
  expect(Math.abs(until - before - hour)).toBeLessThan(30_000);
});

test('a reminder takes its words and time', async () => {
  const { asked } = await open({}, { kind: 'remind' });
  await dialog().getByLabelText('О чём').fill('Позвонить энергетикам');
  await dialog().getByRole('button', { name: 'Завтра в 9:00' }).click();
  await expect
    .poll(() => asked.at(-1)?.input)
    .toMatchObject({ incidentId: 42, text: 'Позвонить энергетикам' });
});

test.each(['dark', 'light'] as const)('nobody is kept out of the dialogs in the %s theme', async (scheme) => {
  const startedAt = Date.now() - hour;
  await open(
    {
      problems: [
        { kind: 'no-type' },
        { kind: 'work-running', work: 'repair', name: 'РВР', nameEn: 'Repair', startedAt },
        { kind: 'repair-without-priority' },
        { kind: 'blocker', incidentId: 50, code: 'PLT-1050', why: 'dependency' },
      ],
      duplicates: [{ incidentId: 51, code: 'PLT-1051' }],
    },
    { kind: 'closing', statusId: 13 },
    scheme,
  );
  expect(await findBarriers()).toEqual([]);
  await cleanup();
  await open({ mayPostpone: true }, { kind: 'postpone' }, scheme);
  expect(await findBarriers()).toEqual([]);
});
