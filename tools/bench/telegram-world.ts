import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import type { TelegramControl } from '../../test/support/telegram-dc/control-client.ts';
import { irina } from '../../test/support/telegram-dc/sample-world.ts';
import { createWriter, type Writer } from './words.ts';

export type ChatKey = Parameters<TelegramControl['receive']>[0]['chat'];

/** A chat that messages are pushed into; `from` writes them. */
export type BusyChat = { readonly chat: ChatKey; readonly title: string; readonly from?: number };

/** Who signs in: an account of the servers' sample world. */
export const account = irina;

const people = range(12).map((index) => ({ id: 5001 + index, firstName: `Техник ${index + 1}` }));
const groups = range(3).map((index) => ({ id: 6001 + index, title: `Бригада ${index + 1}` }));
const supergroups = range(4).map((index) => ({ id: 1_400_000_001 + index, title: `Регион ${index + 1}` }));
const news = { id: 1_500_000_001, title: 'Сводка связи', broadcast: true };
/** An account knows many more people than write at the same time. */
const quiet = range(200).map((index) => ({ id: 7001 + index, firstName: `Заявитель ${index + 1}` }));

/** Twenty chats of every kind, each with a log of its own or a share of the account's. */
export const busyChats: readonly BusyChat[] = [
  ...people.map(({ id, firstName }): BusyChat => ({ chat: `user:${id}`, title: firstName })),
  ...groups.map(({ id, title }): BusyChat => ({ chat: `chat:${id}`, title, from: 5001 })),
  ...supergroups.map(({ id, title }): BusyChat => ({ chat: `channel:${id}`, title, from: 5002 })),
  { chat: `channel:${news.id}`, title: news.title },
];

export async function seedWorld(control: TelegramControl): Promise<void> {
  const writer = createWriter(createSeededRandom(5));
  const startedAt = Math.floor(Date.now() / 1000) - 86_400;
  const said = (from: number | undefined, count: number) =>
    range(count).map((index) => ({
      ...(from ? { from } : {}),
      text: writer.words(9),
      date: startedAt + index,
    }));
  await control.seed({
    accounts: [{ id: account.account, firstName: 'Ирина', phone: account.phone }],
    people: [...people, ...quiet],
    groups,
    channels: [...supergroups, news],
    dialogs: [
      ...busyChats.map(({ chat, from }) => ({ account: account.account, chat, messages: said(from, 60) })),
      ...quiet.map(({ id }) => ({
        account: account.account,
        chat: `user:${id}` as const,
        messages: said(undefined, 2),
      })),
    ],
  });
}

/** Words as a technician writes them, never the same twice. */
export function createTexts(prefix: string): () => string {
  const { words }: Writer = createWriter(createSeededRandom(11));
  let made = 0;
  return () => {
    made += 1;
    return `${prefix} ${made} ${words(9)}`;
  };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
