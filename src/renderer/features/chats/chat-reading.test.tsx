import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  group,
  history,
  readUp,
  row,
  settled,
  show,
  technician,
  topOf,
} from '../../../../test/support/show-chats.tsx';
import type { Person } from '../../../shared/contract/session.ts';

const dispatcher: Person = {
  id: 1,
  name: 'Анна Лебедева',
  role: 'dispatcher',
  email: '',
  phone: '',
  addresses: [],
  active: true,
  hasPin: false,
  onDutySince: null,
  load: 0,
};

test('it opens where reading goes on: at the first message nobody has marked read', async () => {
  const { chats } = await show(undefined, { chatId: group });
  await settled();
  const first = chats
    .messages(group)
    .filter(({ out }) => !out)
    .at(-chats.chat(group).unread)!;

  const line = page.getByText('Непрочитанное', { exact: true }).element().closest('[role=row]')!;
  expect(line.nextElementSibling?.getAttribute('data-id')).toBe(String(first.id));
});

test('what the reader looks at stays where it is when messages come, and they are counted', async () => {
  const { chats, heard } = await show((all) => all.changeChat(group, { unread: 0 }), { chatId: group });
  const id = await readUp();
  const before = topOf(id);

  chats.post(group, { text: 'Первое новое' });
  chats.post(group, { text: 'Второе новое' });
  heard(group);

  await expect.element(page.getByRole('button', { name: '2 новых' })).toBeVisible();
  expect(Math.abs(topOf(id) - before)).toBeLessThan(2);

  await userEvent.click(page.getByRole('button', { name: '2 новых' }));
  await expect
    .poll(() => history().scrollHeight - history().scrollTop - history().clientHeight)
    .toBeLessThan(4);
  expect(page.getByRole('button', { name: '2 новых' }).query()).toBeNull();
});

test('it stays also when a message above grows, goes or is taken from the page', async () => {
  const { chats, heard } = await show((all) => all.changeChat(group, { unread: 0 }), { chatId: group });
  const id = await readUp();
  const before = topOf(id);
  const above = Number(history().querySelector<HTMLElement>('[data-id]')!.dataset['id']);

  chats.change(above, { text: 'Строка\n'.repeat(20) });
  heard(group);

  await expect.poll(() => row(above)?.textContent).toContain('Строка\nСтрока');
  expect(Math.abs(topOf(id) - before)).toBeLessThan(2);
});

test('older messages come from storage while scrolling up, and nothing jumps', async () => {
  const { chats } = await show((all) => all.changeChat(group, { unread: 0 }), { chatId: group });
  await settled();
  const count = () => history().querySelectorAll('[data-id]').length;
  const before = count();

  history().scrollTop = 300;
  const seen = Number(history().querySelector<HTMLElement>('[data-id]')!.dataset['id']);
  await expect.poll(count).toBeGreaterThan(before);

  const box = history().getBoundingClientRect();
  expect(Math.abs(topOf(seen) - box.top)).toBeLessThan(400);
  const ids = [...history().querySelectorAll<HTMLElement>('[data-id]')].map((one) =>
    Number(one.dataset['id']),
  );
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(ids.length);
  expect(chats.asked.read).toEqual([]);
});

test('a reader at the end sees what comes without asking', async () => {
  const { chats, heard } = await show((all) => all.changeChat(group, { unread: 0 }), { chatId: group });
  await settled();

  chats.post(group, { text: 'Свет дали' });
  heard(group);

  await expect.element(page.getByText('Свет дали').last()).toBeVisible();
  expect(history().scrollHeight - history().scrollTop - history().clientHeight).toBeLessThan(4);
});

test('whoever sends sees it go, wherever they were reading; a colleague who sends moves nobody', async () => {
  const { chats, heard, fake } = await show((all) => all.changeChat(group, { unread: 0 }), { chatId: group });
  fake.desk.session.store.setState({ status: 'in', person: dispatcher });
  const id = await readUp();
  const before = topOf(id);
  const waiting = { out: true, serverId: null, sender: 'Дежурный пульта' };

  chats.post(group, { ...waiting, text: 'Пишет коллега', authorId: 2 });
  heard(group);
  await expect.element(page.getByText('Пишет коллега').last()).toBeInTheDocument();
  expect(Math.abs(topOf(id) - before)).toBeLessThan(2);

  chats.post(group, { ...waiting, text: 'Пишу я', authorId: 1 });
  heard(group);
  await expect.element(page.getByText('Пишу я').last()).toBeVisible();
  expect(history().scrollHeight - history().scrollTop - history().clientHeight).toBeLessThan(4);
});

test('a reply leads to what it answers, however far', async () => {
  const { chats } = await show(
    (all) => {
      const far = all.messages(group)[3]!;
      const last = all.messages(group).at(-1)!;
      all.change(last.id, { replyTo: { id: far.id, sender: 'Рустам', text: 'Давний разговор' } });
      all.changeChat(group, { unread: 0 });
    },
    { chatId: group },
  );
  await settled();
  const far = chats.messages(group)[3]!;
  expect(row(far.id)).toBeNull();

  await userEvent.click(page.getByRole('button', { name: /Давний разговор/ }));

  await expect.poll(() => row(far.id)?.hasAttribute('data-flash')).toBe(true);
  const box = history().getBoundingClientRect();
  await expect.poll(() => topOf(far.id)).toBeGreaterThan(box.top - 1);
  expect(topOf(far.id)).toBeLessThan(box.bottom);
  await expect.element(page.getByRole('button', { name: 'К последним' })).toBeVisible();
});

test('the address names a message: the chat opens there; one that is not stored is said', async () => {
  const { chats } = await show(undefined, { chatId: group, messageId: 10_020 });
  await settled();
  await expect.poll(() => row(10_020)?.hasAttribute('data-flash')).toBe(true);
  expect(chats.asked.read).toEqual([]);
});

test('a message that is not stored is said, and the chat opens where reading goes on', async () => {
  await show(undefined, { chatId: group, messageId: 77 });

  await expect.element(page.getByText(/нет на этом диске: оно старше/)).toBeVisible();
  await settled();
});

test('a hole in what is stored is shown, and filled on request', async () => {
  const { chats } = await show(
    (all) => {
      all.changeChat(group, { unread: 0 });
      all.forgetBetween(group, 10_130, 10_150);
    },
    { chatId: group },
  );
  await settled();
  history().scrollTop = 0;
  await expect.poll(() => row(10_140)).not.toBeNull();

  expect(chats.messages(group).some(({ id }) => id === 10_140)).toBe(true);
});

test('offline a hole says why it stays, keeps what is above reachable and tries again', async () => {
  const { chats } = await show(
    (all) => {
      all.changeChat(group, { unread: 0 });
      all.forgetBetween(group, 10_130, 10_150);
      all.setOnline(false);
    },
    { chatId: group },
  );
  await settled();
  history().scrollTop = 0;

  await expect.element(page.getByText('Здесь есть сообщения, которых нет на этом диске')).toBeVisible();
  await expect.element(page.getByText(/Старше загрузить не вышло\. Нет связи с Telegram/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Показать сохранённое выше' }));
  await expect.poll(() => row(10_130)).not.toBeNull();

  chats.setOnline(true);
  await userEvent.click(page.getByRole('button', { name: 'Повторить' }));
  await expect.poll(() => row(10_140)).not.toBeNull();
  await expect
    .poll(() => page.getByText('Здесь есть сообщения, которых нет на этом диске').query())
    .toBeNull();
});

test('offline the chat says that it shows what is kept, and what will happen by itself', async () => {
  await show((all) => all.setOnline(false), { chatId: technician });

  await expect.element(page.getByText(/Нет связи с Telegram\. Здесь сохранённое/)).toBeVisible();
  await expect.element(page.getByText('Заступил. Участок «Север», машина 3.')).toBeVisible();
});
