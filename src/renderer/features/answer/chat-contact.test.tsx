import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { makeChatRow } from '../../../../test/support/fake-answers.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { ChatRow, Contact } from '../../../shared/contract/chats.ts';
import { ChatContact } from './chat-contact.tsx';

const olga: Contact = {
  id: 9,
  kind: 'contractor',
  name: 'Ольга Седова',
  organisation: 'Волга АВР',
  phone: '',
  email: '',
  note: '',
  active: true,
  chatIds: [],
};

async function openContact(contact: ChatRow['contact'] = null) {
  let chat = makeChatRow({ contact });
  let contacts = [olga];
  const linked: (number | null)[] = [];
  const page = createFakePage({
    'chats.open': () => ({ chat, rules: [], senders: [], draft: null }),
    'directory.list': () => ({ contacts }),
    'directory.save': (input: Omit<Contact, 'id' | 'chatIds'>) => {
      contacts = [...contacts, { ...input, id: 10, chatIds: [] }];
      return { id: 10 };
    },
    'chats.setContact': ({ contactId }: { contactId: number | null }) => {
      linked.push(contactId);
      const found = contacts.find(({ id }) => id === contactId);
      chat = { ...chat, contact: found ? { id: found.id, kind: found.kind, name: found.name } : null };
    },
  });
  const screen = await render(
    <page.Page>
      <ChatContact chatId={31} />
    </page.Page>,
  );
  return { screen, linked };
}

test('a chat is given to somebody of the directory by name or organisation', async () => {
  const { screen, linked } = await openContact();
  await expect.element(screen.getByText('Чат ни к кому не привязан.')).toBeVisible();

  await screen.getByRole('combobox', { name: 'Найти в справочнике' }).fill('волга');
  await screen.getByRole('option', { name: /Ольга Седова/ }).click();

  await expect.poll(() => linked).toEqual([9]);
  await expect.element(screen.getByRole('strong')).toHaveTextContent('Ольга Седова');
});

test('somebody new is made of what the chat is called and linked at once', async () => {
  const { screen, linked } = await openContact();
  await screen.getByRole('button', { name: 'Создать нового' }).click();
  await expect.element(screen.getByLabelText('Организация')).toHaveValue('Волга АВР');

  await screen.getByLabelText('Имя или название').fill('Дежурный Волги');
  await screen.getByRole('button', { name: 'Создать и привязать' }).click();

  await expect.poll(() => linked).toEqual([10]);
  await expect.element(screen.getByRole('strong')).toHaveTextContent('Дежурный Волги');
});

test('a list that opens by itself does not lie over the way to somebody new', async () => {
  const { screen } = await openContact();
  const field = screen.getByRole('combobox', { name: 'Найти в справочнике' });
  await expect.element(field).toBeVisible();

  (field.element() as HTMLElement).focus();

  await expect.element(field).toHaveFocus();
  await expect.element(field).toHaveAttribute('aria-expanded', 'false');
  await field.click();
  await expect.element(screen.getByRole('option', { name: /Ольга Седова/ })).toBeVisible();
});

test('a chat is unlinked and stays', async () => {
  const { screen, linked } = await openContact({ id: 9, kind: 'contractor', name: 'Ольга Седова' });

  await screen.getByRole('button', { name: 'Отвязать' }).click();

  await expect.poll(() => linked).toEqual([null]);
  await expect.element(screen.getByText('Чат ни к кому не привязан.')).toBeVisible();
});
