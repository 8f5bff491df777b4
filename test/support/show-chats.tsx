import { useState } from 'react';
import { afterEach, expect } from 'vitest';
import { page } from 'vitest/browser';
import type { ChatSlots } from '../../src/renderer/features/chats/chat-slots.ts';
import { ChatsScreen } from '../../src/renderer/features/chats/chats-screen.tsx';
import { ToastStack } from '../../src/renderer/ui/toasts.tsx';
import { createFakeChats, type FakeChats } from './fake-chats.ts';
import { createFakeDesk, makeRow, type FakeDesk } from './fake-desk.tsx';
import { renderDesk } from './render-desk.tsx';

export const group = 1;
export const technician = 2;

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

export async function show(
  prepare: (chats: FakeChats) => void = () => undefined,
  at: Place = {},
): Promise<Setup> {
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

export const history = () => document.querySelector<HTMLElement>('[role=grid][aria-multiselectable]')!;
export const row = (id: number) => history().querySelector<HTMLElement>(`[data-id="${id}"]`);
export const topOf = (id: number) => row(id)!.getBoundingClientRect().top;
export const rowNamed = (chats: FakeChats, text: string, chatId = group) =>
  chats.messages(chatId).find((message) => message.text.startsWith(text))!;
export const chatRow = (title: string) => page.getByRole('row').filter({ hasText: title }).first();

export async function settled(): Promise<void> {
  await expect.poll(() => history()?.querySelectorAll('[data-id]').length ?? 0).toBeGreaterThan(3);
}

/** A reader in the middle of what was loaded. */
export async function readUp(): Promise<number> {
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
