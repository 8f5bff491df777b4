import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { Contact } from '../../../shared/contract/chats.ts';
import { DirectoryScreen } from './directory-screen.tsx';

const contact = (part: Partial<Contact> & { readonly id: number }): Contact => ({
  kind: 'contractor',
  name: 'Бригада Север',
  organisation: 'Башня-Сервис',
  phone: '+7 900 000-00-17',
  email: 'sever@tower.example',
  note: '',
  addresses: [],
  active: true,
  chatIds: [],
  ...part,
});

async function openDirectory(contacts: readonly Contact[]) {
  const saved: object[] = [];
  const opened: number[] = [];
  const page = createFakePage({
    'directory.list': ({ text }: { readonly text: string }) => ({
      contacts: contacts.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())),
    }),
    'directory.save': (input: object) => {
      saved.push(input);
      return { id: 1, undo: null };
    },
    'bindings.list': () => ({ bindings: [], bots: [] }),
    'chats.open': ({ id }: { readonly id: number }) => ({
      chat: { id, title: `Чат ${id}`, goneAt: id === 8 ? 1 : null, lastAt: null },
      rules: [],
      senders: [],
      draft: null,
    }),
  });
  const screen = await render(
    <page.Page>
      <DirectoryScreen onOpenChat={(id) => opened.push(id)} />
    </page.Page>,
  );
  return { screen, saved, opened };
}

const people = [
  contact({ id: 1 }),
  contact({ id: 2, kind: 'technician', name: 'Олег Самойлов', chatIds: [7, 8] }),
  contact({ id: 3, kind: 'applicant', name: 'Смена оператора', active: false }),
];

test('an empty directory says what will stand in it', async () => {
  const { screen } = await openDirectory([]);

  await expect.element(screen.getByText('Справочник пуст')).toBeVisible();
  await expect.element(screen.getByText(/Связанный с человеком чат/)).toBeVisible();
});

test('the kind and the search narrow the list, and one press shows everybody again', async () => {
  const { screen } = await openDirectory(people);
  await expect.element(screen.getByRole('button', { name: 'Бригада Север' })).toBeVisible();

  await screen.getByText('Техники').click();
  await expect.element(screen.getByRole('button', { name: 'Бригада Север' })).not.toBeInTheDocument();
  await screen.getByRole('searchbox').fill('север');
  await expect.element(screen.getByText('Никого не нашлось')).toBeVisible();
  await screen.getByRole('button', { name: 'Показать всех' }).click();

  await expect.element(screen.getByRole('button', { name: 'Бригада Север' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Олег Самойлов' })).toBeVisible();
});

test('the chats of a person are named, and lead to the chat', async () => {
  const { screen, opened } = await openDirectory(people);
  await screen.getByRole('button', { name: 'Олег Самойлов' }).click();

  await expect.element(screen.getByText('чата больше нет')).toBeVisible();
  await screen.getByRole('button', { name: 'Чат 7' }).click();

  expect(opened).toEqual([7]);
});

test('somebody new needs a name, and is saved with all that was entered', async () => {
  const { screen, saved } = await openDirectory(people);
  await screen.getByRole('button', { name: 'Добавить' }).click();
  const panel = screen.getByRole('complementary');
  await panel.getByRole('button', { name: 'Сохранить' }).click();
  await expect.element(panel.getByText('Введите имя')).toBeVisible();
  expect(saved).toEqual([]);

  await panel.getByText('Подрядчик').click();
  await panel.getByLabelText('Имя').fill('Бригада Юг');
  await panel.getByLabelText('Телефон').fill('+7 900 000-00-18');
  await panel.getByRole('button', { name: 'Добавить способ связи' }).click();
  await panel.getByLabelText('Адрес или номер').fill(' +7 900 000-00-19 ');
  await panel.getByLabelText('Пояснение: ночью, бригадир').fill('ночью');
  // A line nobody filled in is no address.
  await panel.getByRole('button', { name: 'Добавить способ связи' }).click();
  await panel.getByRole('button', { name: 'Сохранить' }).click();

  await expect
    .poll(() => saved)
    .toEqual([
      {
        kind: 'contractor',
        name: 'Бригада Юг',
        organisation: '',
        phone: '+7 900 000-00-18',
        email: '',
        note: '',
        addresses: [{ kind: 'phone', value: '+7 900 000-00-19', note: 'ночью' }],
        active: true,
      },
    ]);
});

test('one who is filtered away is not turned into somebody new', async () => {
  const { screen } = await openDirectory(people);
  await screen.getByRole('button', { name: 'Бригада Север' }).click();
  await expect.element(screen.getByRole('complementary', { name: 'Бригада Север' })).toBeVisible();

  await screen.getByRole('searchbox').fill('Олег');

  await expect.element(screen.getByRole('complementary')).not.toBeInTheDocument();
});
