import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import type { NoteView } from '../../../../shared/contract/notes.ts';
import type { Person } from '../../../../shared/contract/session.ts';
import { NotesTab } from './notes-tab.tsx';
import { useNotes } from './use-notes.ts';

const person = (id: number, name: string): Person => ({
  id,
  name,
  role: 'dispatcher',
  email: '',
  phone: '',
  addresses: [],
  active: true,
  hasPin: false,
  onDutySince: null,
  load: 0,
});
const people = [person(1, 'Орлова Анна'), person(2, 'Зуев Игорь'), person(3, 'Зуева Мария')];

function Tab() {
  const notes = useNotes(42);
  return <NotesTab notes={notes} />;
}

async function open(kept: readonly NoteView[] = [], draft = '', scheme: 'dark' | 'light' = 'dark') {
  const asked: { name: string; input: unknown }[] = [];
  const note = (name: string, answer: unknown) => (input: unknown) => {
    asked.push({ name, input });
    return answer;
  };
  const fake = createFakePage(
    {
      'notes.ofIncident': () => ({ notes: kept, draft }),
      'notes.add': note('add', { id: 9, undo: 5 }),
      'notes.edit': note('edit', { undo: 6 }),
      'notes.remove': note('remove', { undo: 7 }),
      'notes.saveDraft': note('saveDraft', {}),
      'incidents.undo': note('undo', { undo: 8, refused: [] }),
    },
    scheme,
  );
  const [me] = people;
  fake.desk.people.setState({ people: new Map(people.map((one) => [one.id, one])), loaded: true });
  fake.desk.session.store.setState({ status: 'in', person: me! } as never);
  await render(
    <fake.Page>
      <div style={{ blockSize: 500, display: 'flex', flexDirection: 'column' }}>
        <Tab />
      </div>
    </fake.Page>,
  );
  return {
    asked,
    fake,
    of: (name: string) => asked.filter((one) => one.name === name).map(({ input }) => input),
  };
}

const field = () => page.getByRole('combobox', { name: 'Заметка для коллег' });
const own: NoteView = {
  id: 3,
  authorId: 1,
  text: 'Ключи у <b>сторожа</b>, @Зуев Игорь знает',
  mentions: [2],
  createdAt: 1_700_000_000_000,
  editedAt: null,
};

test('a note is written, named people are completed by the keyboard, and it can be taken back', async () => {
  const { of } = await open();
  await userEvent.click(field());
  await userEvent.keyboard('Позвони @зу');
  await expect.element(page.getByRole('option', { name: 'Зуев Игорь' })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}');
  await expect
    .element(page.getByRole('option', { name: 'Зуева Мария' }))
    .toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowUp}{Enter}');
  await expect.element(field()).toHaveValue('Позвони @Зуев Игорь ');

  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => of('add')).toEqual([{ incidentId: 42, text: 'Позвони @Зуев Игорь' }]);
  await expect.element(field()).toHaveValue('');

  await userEvent.click(page.getByRole('button', { name: /Отменить/ }));
  await expect.poll(() => of('undo')).toEqual([{ sequence: 5 }]);
  await expect.element(page.getByRole('button', { name: 'Вернуть' })).toBeVisible();
});

test('what was begun is there again after a reload and is kept as it is typed', async () => {
  const { of } = await open([], 'Начато');
  await expect.element(field()).toHaveValue('Начато');

  await userEvent.type(field(), ' и дописано');

  await expect.poll(() => of('saveDraft').at(-1)).toEqual({ incidentId: 42, text: 'Начато и дописано' });
});

test('an own note is changed where it stands; of a colleague it is only read, and no word of it is a page', async () => {
  const { of } = await open([own, { ...own, id: 4, authorId: 2, text: 'Чужая' }]);
  await expect.element(page.getByText(/Ключи у <b>сторожа<\/b>/)).toBeVisible();
  expect(page.getByRole('button', { name: 'Исправить заметку' }).elements()).toHaveLength(1);

  await userEvent.click(page.getByRole('button', { name: 'Исправить заметку' }));
  await userEvent.fill(page.getByRole('combobox', { name: 'Исправить заметку' }), 'Ключи у меня');
  await userEvent.click(page.getByRole('button', { name: 'Сохранить' }));
  await expect.poll(() => of('edit')).toEqual([{ id: 3, text: 'Ключи у меня' }]);

  await userEvent.click(page.getByRole('button', { name: 'Удалить заметку' }));
  await expect.poll(() => of('remove')).toEqual([{ id: 3 }]);
});

test.each(['dark', 'light'] as const)('nobody is kept out of the notes in the %s theme', async (scheme) => {
  await open([own], '', scheme);
  await userEvent.click(field());
  await userEvent.keyboard('@зу');
  await expect.element(page.getByRole('option', { name: 'Зуев Игорь' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
  await cleanup();
});

test('a note whose words went by their time says so and cannot be changed', async () => {
  await open([{ ...own, text: '', textExpiredAt: Date.UTC(2026, 2, 12, 12) }]);
  await expect.element(page.getByText(/^текст удалён по сроку хранения 12 мар. 2026/)).toBeVisible();
  expect(page.getByRole('button', { name: 'Исправить заметку' }).elements()).toEqual([]);
  expect(await findBarriers()).toEqual([]);
  await cleanup();
});
