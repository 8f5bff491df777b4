import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  chatRow,
  group,
  history,
  row,
  rowNamed,
  settled,
  show,
  technician,
} from '../../../../test/support/show-chats.tsx';

test('walking the chats and reading one through marks nothing and sends nothing', async () => {
  const { chats, fake } = await show();
  await expect.element(chatRow('ЭнергоСервис')).toBeVisible();

  await userEvent.keyboard('jjjk');
  await userEvent.keyboard('{Enter}');
  await settled();
  history().scrollTop = 0;
  history().scrollTop = history().scrollHeight;
  await new Promise(requestAnimationFrame);

  expect(chats.asked.read).toEqual([]);
  const told = ['chats.markRead', 'chats.send', 'chats.saveDraft', 'chats.download', 'chats.openIncident'];
  expect(fake.calls.filter((call) => told.includes(call))).toEqual([]);
});

test('the key marks the chat read up to its last message, and the count goes', async () => {
  const { chats, heard } = await show(undefined, { chatId: group });
  await settled();
  await expect.element(page.getByText('Непрочитанное', { exact: true })).toBeVisible();

  await userEvent.keyboard('{Shift>}d{/Shift}');

  await expect.poll(() => chats.asked.read.length).toBe(1);
  expect(chats.asked.read[0]).toEqual({ id: group, upTo: chats.messages(group).at(-1)!.id });
  heard(group);
  await expect.poll(() => page.getByText('Непрочитанное', { exact: true }).query()).toBeNull();
});

test('the keyboard alone: to a chat, into it, along its messages, and an incident out of two', async () => {
  const { chats, went } = await show();
  await expect.element(chatRow('ЭнергоСервис')).toBeVisible();

  await userEvent.keyboard('j{Enter}');
  await settled();
  await expect.poll(() => document.activeElement?.closest('[aria-multiselectable]')).not.toBeNull();
  await userEvent.keyboard('{End}{ArrowUp}x{Shift>}{ArrowDown}{/Shift}');
  await expect.element(page.getByRole('toolbar').getByText('Выбрано 2 сообщения')).toBeVisible();
  await userEvent.keyboard('{Shift>}i{/Shift}');

  await expect.poll(() => chats.asked.opened.length).toBe(1);
  expect(chats.asked.opened[0]).toEqual({
    messageIds: chats
      .messages(group)
      .slice(-2)
      .map(({ id }) => id),
  });
  await userEvent.click(page.getByRole('button', { name: 'К инциденту' }));
  expect(went).toEqual(['incident 1101']);
});

test('a key pressed on a button of a message means that message', async () => {
  const { chats } = await show(undefined, { chatId: group });
  await settled();
  const place = chats.messages(group).find(({ extra }) => extra?.kind === 'location')!;
  row(place.id)!.querySelector<HTMLElement>('button:not([tabindex="-1"])')!.focus();

  await userEvent.keyboard('{Shift>}i{/Shift}');

  await expect.poll(() => chats.asked.opened.map(({ messageIds }) => messageIds)).toEqual([[place.id]]);
});

test('an album becomes an incident as a whole, and none at all when it is taken back', async () => {
  const { chats } = await show(undefined, { chatId: group });
  await settled();
  const album = chats.messages(group).filter(({ groupedId }) => groupedId === 'g-1');
  await userEvent.click(page.getByText('Вводной автомат выбило, подгорел контакт.').last());

  await userEvent.keyboard('{Shift>}i{/Shift}');

  await expect.poll(() => chats.asked.opened[0]?.messageIds).toEqual(album.map(({ id }) => id));
  await userEvent.click(page.getByRole('button', { name: 'Отменить' }));
  await expect.poll(() => chats.asked.undone).toEqual([1101]);
});

test('a message goes to an incident found by its code', async () => {
  const { chats } = await show(undefined, { chatId: group });
  await settled();
  await userEvent.click(page.getByText(/Контроллер пишет 47.1/).last());
  await userEvent.keyboard('l');
  await expect.element(page.getByRole('option', { name: /PLT-1042/ })).toBeVisible();

  await userEvent.keyboard('PLT-1043');
  await expect.poll(() => page.getByRole('option').all().length).toBe(1);
  await userEvent.keyboard('{Enter}');

  const message = rowNamed(chats, 'Контроллер пишет');
  await expect.poll(() => chats.asked.joined).toEqual([{ messageIds: [message.id], incidentId: 43 }]);
  await expect.poll(() => page.getByRole('dialog').query()).toBeNull();
});

test('Shift with a click chooses everything between, Escape lets it go', async () => {
  await show(undefined, { chatId: group });
  await settled();
  await userEvent.click(page.getByText(/Поставили перемычку/).last());
  await userEvent.keyboard('{Shift>}');
  await userEvent.click(page.getByText(/Замену автомата/).last());
  await userEvent.keyboard('{/Shift}');
  await expect.element(page.getByRole('toolbar')).toBeVisible();

  await userEvent.keyboard('{Escape}');

  await expect.poll(() => page.getByRole('toolbar').query()).toBeNull();
});

test('the badge of an incident on a message leads to it', async () => {
  const { went } = await show(undefined, { chatId: group, messageId: 10_172 });
  await settled();

  await userEvent.click(page.getByRole('button', { name: 'Открыть инцидент PLT-1042' }));

  expect(went).toEqual(['incident 42']);
});

test('what is found by words leads to the message, and the search keeps to one chat when asked', async () => {
  const { chats } = await show();
  await userEvent.keyboard('/');
  await userEvent.fill(page.getByRole('searchbox'), 'перемычку');
  await expect.element(page.getByText('Найдено: 1')).toBeVisible();
  await expect.element(page.getByText('перемычку', { exact: true })).toBeVisible();

  await userEvent.keyboard('{ArrowDown}');

  const hit = rowNamed(chats, 'Поставили перемычку');
  await expect.poll(() => row(hit.id)?.hasAttribute('data-flash')).toBe(true);
  await userEvent.keyboard('{Escape}');
  await userEvent.keyboard('{Shift>}f{/Shift}');
  await expect.element(page.getByText('Только «ЭнергоСервис · аварийные»')).toBeVisible();
});

test('our own messages say how far they got, why one did not, and where to decide', async () => {
  const { went } = await show(undefined, { chatId: technician });
  await settled();

  await expect.element(page.getByRole('img', { name: 'прочитано' }).first()).toBeInTheDocument();
  await expect
    .element(page.getByRole('img', { name: 'отправлено', exact: true }).first())
    .toBeInTheDocument();
  await expect.element(page.getByRole('img', { name: 'ждёт отправки' }).first()).toBeInTheDocument();
  await expect.element(page.getByText(/Не отправлено\. Файл больше, чем принимает Telegram/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'В исходящие' }).last());
  expect(went).toEqual(['outbox']);
});

test('while the hand works the list keeps its order and the row changes in its place', async () => {
  const { chats, heard } = await show();
  await expect.element(chatRow('Монтаж-Север')).toBeVisible();
  const place = chatRow('Монтаж-Север').element().getAttribute('aria-rowindex');
  window.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));

  chats.post(21, {
    text: 'Срочно перезвоните',
    sender: 'Монтаж-Север',
    sentAt: Date.UTC(2026, 10, 21, 11, 4),
  });
  heard(21);

  await expect.element(chatRow('Монтаж-Север').getByText('Срочно перезвоните')).toBeVisible();
  expect(chatRow('Монтаж-Север').element().getAttribute('aria-rowindex')).toBe(place);

  await userEvent.keyboard('.');
  await expect.poll(() => chatRow('Монтаж-Север').element().getAttribute('aria-rowindex')).not.toBe(place);
});

test('filters are walked with the keyboard and the empty one says what will come', async () => {
  const { chats } = await show((all) => {
    for (const id of [1, 3, 4, 24]) all.changeChat(id, { unread: 0 });
  });
  await expect.element(chatRow('ЭнергоСервис')).toBeVisible();

  await userEvent.keyboard('f{ArrowRight}');

  await expect.element(page.getByText('Непрочитанных нет')).toBeVisible();
  expect(chats.asked.read).toEqual([]);
});

test('who is typing is shown and goes by itself', async () => {
  const { fake } = await show(undefined, { chatId: group });
  await settled();

  fake.emit('chats.typing', {
    typing: [{ chatId: group, name: 'Рустам', until: Date.UTC(2026, 10, 21, 11, 5, 6) }],
  });
  await expect.element(page.getByText('Рустам пишет…').first()).toBeVisible();

  fake.emit('chats.typing', { typing: [] });
  await expect.poll(() => page.getByText('Рустам пишет…').query()).toBeNull();
});
