import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeChats, type FakeChats } from '../../../../test/support/fake-chats.ts';
import { createFakeDesk, makeRow, type FakeDesk } from '../../../../test/support/fake-desk.tsx';
import { renderDesk } from '../../../../test/support/render-desk.tsx';
import type { Person } from '../../../shared/contract/session.ts';
import { ToastStack } from '../../ui/toasts.tsx';
import type { ChatSlots } from './chat-slots.ts';
import { ChatsScreen } from './chats-screen.tsx';

const group = 1;
const technician = 2;
const dispatcher: Person = {
  id: 1,
  name: 'Анна Лебедева',
  role: 'dispatcher',
  email: '',
  phone: '',
  active: true,
  hasPin: false,
  onDutySince: null,
  load: 0,
};

type Place = { readonly chatId?: number; readonly messageId?: number; readonly slots?: ChatSlots };
type Setup = {
  readonly chats: FakeChats;
  readonly fake: FakeDesk;
  /** Where the screen led: `incident 42`, `outbox`, `settings`. */
  readonly went: readonly string[];
  readonly heard: (chatId: number) => void;
};

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function show(prepare: (chats: FakeChats) => void = () => undefined, at: Place = {}): Promise<Setup> {
  const chats = createFakeChats();
  prepare(chats);
  const opened: string[] = [];
  const fake = createFakeDesk(
    {
      ...chats.answers,
      'shell.openExternal': ({ url }: { readonly url: string }) => {
        opened.push(url);
        return {};
      },
      'incidents.queue': () => ({
        total: 2,
        revision: 1,
        rows: [
          makeRow({ id: 42, code: 'PLT-1042', title: 'Нет питания на KA0412' }),
          makeRow({ id: 43, code: 'PLT-1043', title: 'Замок на воротах' }),
        ],
      }),
      'search.find': ({ text }: { readonly text: string }) => ({
        hits: text.includes('1043')
          ? [{ incidentId: 43, code: 'PLT-1043', title: 'Замок на воротах', messageId: null, at: 0 }]
          : [],
      }),
    },
    () => Date.UTC(2026, 10, 21, 11, 5),
  );
  const went: string[] = [];
  const onKey = (event: KeyboardEvent): void => fake.desk.hotkeys.handle(event);
  window.addEventListener('keydown', onKey);
  stops.push(() => window.removeEventListener('keydown', onKey));
  await renderDesk(
    fake.desk,
    <div style={{ height: 700, width: 1200 }}>
      <Harness go={(where) => void went.push(where)} at={at} />
      <ToastStack toasts={fake.desk.toasts} label="toasts" closeLabel="close" />
    </div>,
  );
  let revision = 1;
  return {
    chats,
    fake,
    went,
    heard(chatId) {
      revision += 1;
      fake.change({ revision, reset: false, kinds: ['chat'], incidentIds: [], chatIds: [chatId] });
    },
  };
}

function Harness({ go, at }: { readonly go: (where: string) => void; readonly at: Place }) {
  const [place, setPlace] = useState<{ chatId: number | null; messageId: number | null }>({
    chatId: at.chatId ?? null,
    messageId: at.messageId ?? null,
  });
  return (
    <ChatsScreen
      chatId={place.chatId}
      messageId={place.messageId}
      slots={at.slots ?? {}}
      layout={(list, chat) => (
        <div style={{ display: 'grid', gridTemplateColumns: '400px minmax(0,1fr)', height: '100%' }}>
          <div style={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}>{list}</div>
          <div style={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}>{chat}</div>
        </div>
      )}
      onOpen={(chatId, messageId) => setPlace({ chatId, messageId })}
      onOpenIncident={(id) => go(`incident ${id}`)}
      onOutbox={() => go('outbox')}
      onSettings={() => go('settings')}
    />
  );
}

const history = () => document.querySelector<HTMLElement>('[role=grid][aria-multiselectable]')!;
const row = (id: number) => history().querySelector<HTMLElement>(`[data-id="${id}"]`);
const topOf = (id: number) => row(id)!.getBoundingClientRect().top;
const rowNamed = (chats: FakeChats, text: string, chatId = group) =>
  chats.messages(chatId).find((message) => message.text.startsWith(text))!;
const chatRow = (title: string) => page.getByRole('row').filter({ hasText: title }).first();

async function settled(): Promise<void> {
  await expect.poll(() => history()?.querySelectorAll('[data-id]').length ?? 0).toBeGreaterThan(3);
}

/** A reader in the middle of what was loaded. */
async function readUp(): Promise<number> {
  await settled();
  await expect.poll(() => history().scrollHeight).toBeGreaterThan(1500);
  history().scrollTop = history().scrollHeight / 2;
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const box = history().getBoundingClientRect();
  const seen = [...history().querySelectorAll<HTMLElement>('[data-id]')].find(
    (one) => one.getBoundingClientRect().top > box.top + 40,
  );
  return Number(seen!.dataset['id']);
}

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
