import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { Contact } from '../../../shared/contract/chats.ts';
import type { Technician } from '../../../shared/contract/technicians.ts';
import { DirectoryScreen } from './directory-screen.tsx';

const contact: Contact = {
  id: 7,
  kind: 'technician',
  name: 'Олег Самойлов',
  organisation: '',
  phone: '+7 900 555-00-07',
  email: '',
  note: '',
  addresses: [],
  active: true,
  chatIds: [],
};

const technician: Technician = {
  contactId: 7,
  name: contact.name,
  organisation: '',
  phone: contact.phone,
  active: true,
  skillIds: [1],
  regionIds: [],
  availability: 'available',
  availableUntil: null,
  mostCalls: 2,
  load: 1,
  planned: true,
  onCall: true,
  onCallUntil: null,
  nextOnCallAt: null,
};

async function openTechnicians(scheme: 'dark' | 'light' = 'dark') {
  const saved: object[] = [];
  const page = createFakePage(
    {
      'directory.list': () => ({ contacts: [contact] }),
      'technicians.list': () => ({
        technicians: [technician],
        skills: [
          { id: 1, key: 'power', name: 'Электрика', nameEn: 'Power', active: true },
          { id: 2, key: 'height', name: 'Высотные работы', nameEn: 'Heights', active: true },
          { id: 3, key: 'old', name: 'Телеграф', nameEn: 'Telegraph', active: false },
        ],
        zone: 'Europe/Moscow',
      }),
      'assets.lists': () => ({
        regions: [{ id: 5, key: 'n', name: 'Север', macroregion: '', repairEmail: '' }],
        operators: [],
        groups: [],
        total: 0,
      }),
      'technicians.save': (input: object) => {
        saved.push(input);
        return { undo: 12 };
      },
    },
    scheme,
  );
  const screen = await render(
    <page.Page>
      <DirectoryScreen onOpenChat={() => undefined} />
    </page.Page>,
  );
  return { screen, saved };
}

test('technicians are listed by what they can, where, whether they are on call, and their load', async () => {
  const { screen } = await openTechnicians();

  await screen.getByText('Техники').click();

  const row = screen.getByRole('row', { name: /Олег Самойлов/ });
  await expect.element(row).toMatchTextContent(/Электрика/);
  await expect.element(row).toMatchTextContent(/все регионы/);
  await expect.element(row).toMatchTextContent(/Дежурит/);
  await expect.element(row).toMatchTextContent(/1 \/ 2/);
});

test('skills, regions, leave and how many calls at once are saved as they were entered', async () => {
  const { screen, saved } = await openTechnicians();
  await screen.getByRole('button', { name: 'Олег Самойлов' }).click();
  const fields = screen.getByRole('region', { name: 'Как техник' });
  await expect.element(fields.getByText('Сейчас вызовов: 1 из 2')).toBeVisible();

  await fields.getByRole('combobox', { name: 'Навыки' }).click();
  await expect.element(screen.getByRole('option', { name: 'Телеграф' })).not.toBeInTheDocument();
  await screen.getByRole('option', { name: 'Высотные работы' }).click();
  await fields.getByRole('combobox', { name: 'Регионы' }).click();
  await screen.getByRole('option', { name: 'Север' }).click();
  await fields.getByText('Недоступен').click();
  await fields.getByLabelText('До').fill('2031-03-05T08:00');
  await fields.getByLabelText('Вызовов сразу, не больше').fill('4');
  await fields.getByRole('button', { name: 'Сохранить как техника' }).click();

  await expect
    .poll(() => saved)
    .toEqual([
      {
        contactId: 7,
        skillIds: [1, 2],
        regionIds: [5],
        availability: 'off',
        availableUntil: Date.UTC(2031, 2, 5, 5),
        mostCalls: 4,
      },
    ]);
});

test('a leave that is over and a number that is none are said at their fields', async () => {
  const { screen, saved } = await openTechnicians();
  await screen.getByRole('button', { name: 'Олег Самойлов' }).click();
  const fields = screen.getByRole('region', { name: 'Как техник' });

  await fields.getByText('Занят').click();
  await fields.getByLabelText('До').fill('2020-03-05T08:00');
  await fields.getByLabelText('Вызовов сразу, не больше').fill('0');
  await fields.getByRole('button', { name: 'Сохранить как техника' }).click();

  await expect.element(fields.getByText('Это время уже прошло')).toBeVisible();
  await expect.element(fields.getByText('Число от 1 до 50')).toBeVisible();
  expect(saved).toEqual([]);
});

test.each(['dark', 'light'] as const)('nobody is kept out of the fields in the %s theme', async (scheme) => {
  const { screen } = await openTechnicians(scheme);
  await screen.getByText('Техники').click();
  await screen.getByRole('button', { name: 'Олег Самойлов' }).click();
  await expect.element(screen.getByRole('region', { name: 'Как техник' })).toBeVisible();

  expect(await findBarriers()).toEqual([]);
});
