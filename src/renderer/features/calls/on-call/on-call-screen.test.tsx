import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { OnCallOverride, OnCallWindow, Technician } from '../../../../shared/contract/technicians.ts';
import { OnCallScreen } from './on-call-screen.tsx';
import { weekOf } from './week.ts';

const zone = 'Europe/Moscow';
const days = weekOf(Date.now(), zone, 0);
const hour = 3_600_000;
const monday = days[0]!;

const technician = (contactId: number, name: string): Technician => ({
  contactId,
  name,
  organisation: '',
  phone: '',
  active: true,
  skillIds: [],
  regionIds: [],
  availability: 'available',
  availableUntil: null,
  mostCalls: 2,
  load: 0,
  planned: true,
  onCall: contactId === 7,
  onCallUntil: null,
  nextOnCallAt: null,
});

const override: OnCallOverride = {
  id: 4,
  contactId: 8,
  onDuty: true,
  fromAt: monday.from + 8 * hour,
  toAt: monday.from + 20 * hour,
  insteadOfId: 7,
  swap: 'swap-1',
  reason: 'отпуск',
  createdBy: null,
  createdAt: 0,
};

async function openSchedule(
  part: { readonly technicians?: readonly Technician[]; readonly scheme?: 'dark' | 'light' } = {},
) {
  const sent: { readonly path: string; readonly input: unknown }[] = [];
  const keep = (path: string) => (input: unknown) => {
    sent.push({ path, input });
    return { id: 1, undo: 2 };
  };
  const windows: OnCallWindow[] = [
    { contactId: 8, from: override.fromAt, to: override.toAt, source: 'swap', overrideId: 4 },
    { contactId: 7, from: override.toAt, to: days[6]!.to, source: 'plan', overrideId: null },
  ];
  const page = createFakePage(
    {
      'technicians.list': () => ({
        technicians: part.technicians ?? [technician(7, 'Олег Самойлов'), technician(8, 'Пётр Ильин')],
        skills: [],
        zone,
      }),
      'technicians.onCall': (input: unknown) => {
        sent.push({ path: 'onCall', input });
        const rule = { contactId: 7, weekdays: 127, startsMinute: 0, endsMinute: 0, zone };
        return { rules: [rule], overrides: [override], windows };
      },
      'technicians.addOverride': keep('addOverride'),
      'technicians.swap': keep('swap'),
      'technicians.saveRules': keep('saveRules'),
      'technicians.removeOverride': keep('removeOverride'),
    },
    part.scheme,
  );
  const screen = await render(
    <page.Page>
      <div style={{ width: 1220 }}>
        <OnCallScreen />
      </div>
    </page.Page>,
  );
  return { screen, sent };
}

test('a week shows each duty, who brought it, and the hours nobody stands', async () => {
  const { screen } = await openSchedule();

  await expect.element(screen.getByRole('button', { name: /Пётр Ильин.*08:00–20:00, обмен/ })).toBeVisible();
  await expect.element(screen.getByText(/дежурит сейчас/)).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /Никто/ })).toMatchTextContent(/00:00–08:00/);
  await expect.element(screen.getByText('Пётр Ильин вместо: Олег Самойлов')).toBeVisible();
});

test('a pressed day becomes a leave of that day', async () => {
  const { screen, sent } = await openSchedule();
  await screen
    .getByRole('button', { name: /^Олег Самойлов, .*изменить дежурство/ })
    .first()
    .click();
  await screen.getByLabelText('Причина').fill('врач');
  await screen.getByRole('button', { name: 'Поставить' }).click();

  await expect
    .poll(() => sent.find(({ path }) => path === 'addOverride')?.input)
    .toEqual({ contactId: 7, onDuty: false, from: monday.from, to: monday.to, reason: 'врач' });
});

test('a swap names who stands in, and its return', async () => {
  const { screen, sent } = await openSchedule();
  await screen
    .getByRole('button', { name: /^Олег Самойлов, .*изменить дежурство/ })
    .first()
    .click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByText('Вместо него другой').click();
  await dialog.getByRole('button', { name: 'Поставить' }).click();
  await expect.element(dialog.getByText('Выберите, кто его заменит')).toBeVisible();

  await dialog.getByRole('combobox', { name: 'Кто вместо него' }).click();
  await screen.getByRole('option', { name: 'Пётр Ильин' }).click();
  await dialog.getByRole('switch', { name: 'Отдежурит взамен' }).click();
  await dialog.getByLabelText('Взамен с').fill('2031-03-05T08:00');
  await dialog.getByLabelText('Взамен до').fill('2031-03-05T20:00');
  await dialog.getByRole('button', { name: 'Поставить' }).click();

  await expect
    .poll(() => sent.find(({ path }) => path === 'swap')?.input)
    .toMatchObject({
      contactId: 7,
      withId: 8,
      back: { from: Date.UTC(2031, 2, 5, 5), to: Date.UTC(2031, 2, 5, 17) },
    });
});

test('a change is removed by one press, and a weekly plan is saved as a whole', async () => {
  const { screen, sent } = await openSchedule();
  await screen.getByRole('button', { name: /^Убрать замену/ }).click();
  await expect.poll(() => sent.some(({ path }) => path === 'removeOverride')).toBe(true);

  await screen.getByRole('button', { name: 'Пётр Ильин', exact: true }).click();
  const panel = screen.getByRole('complementary', { name: 'График: Пётр Ильин' });
  await panel.getByRole('button', { name: /^\+/ }).first().click();
  await panel.getByRole('button', { name: 'Сохранить график' }).click();

  await expect
    .poll(() => sent.find(({ path }) => path === 'saveRules')?.input)
    .toEqual({
      contactId: 8,
      rules: [{ weekdays: 31, startsMinute: 480, endsMinute: 1200, zone }],
    });
});

test('without technicians it says where they come from', async () => {
  const { screen } = await openSchedule({ technicians: [] });

  await expect.element(screen.getByText('Техников ещё нет')).toBeVisible();
});

test.each(['dark', 'light'] as const)(
  'nobody is kept out of the schedule in the %s theme',
  async (scheme) => {
    const { screen } = await openSchedule({ scheme });
    await expect.element(screen.getByText(/дежурит сейчас/)).toBeVisible();

    expect(await findBarriers()).toEqual([]);
  },
);
