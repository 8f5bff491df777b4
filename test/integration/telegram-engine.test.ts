import { expect, test } from 'vitest';
import {
  contractor,
  crewGroup,
  newsChannel,
  regionGroup,
  technician,
} from '../support/telegram-dc/sample-world.ts';
import type { TelegramDc } from '../support/telegram-dc/telegram-dc.ts';
import { at, chatId, setUpWholeDesk, until, type WholeDesk } from './telegram-whole-desk.ts';

type Page = WholeDesk['page'];

const begin = setUpWholeDesk();

/** Everything stored of a chat, oldest first. */
async function stored(
  page: Page,
  id: number,
): Promise<readonly { id: number | null; text: string; out: boolean }[]> {
  const all: { id: number | null; text: string; out: boolean }[] = [];
  let before: number | null = null;
  for (;;) {
    const { messages, older } = await page.chats.history({ id, before, limit: 200 });
    all.unshift(...messages.map(({ serverId, text, out }) => ({ id: serverId, text, out })));
    before = messages[0]?.position ?? null;
    if (!older || before === null) return all;
  }
}

/** What Telegram's own log has, from the first that the desk has stored. */
function truth(dc: TelegramDc, chat: Parameters<TelegramDc['log']>[0]['chat'], from: number) {
  return dc
    .log({ ...at, ...(chat === undefined ? {} : { chat }) })
    .filter(({ id }) => id >= from)
    .map(({ id, text }) => ({ id, text }));
}

async function expectWhole(
  { dc, page }: WholeDesk,
  title: string,
  chat: NonNullable<Parameters<TelegramDc['log']>[0]['chat']>,
) {
  const id = await chatId(page, title);
  const first = (await stored(page, id))[0]?.id ?? 0;
  const wanted = truth(dc, chat, first).length;
  await until(`all ${wanted} of ${title}`, async () => (await stored(page, id)).length >= wanted, 60_000);
  expect((await stored(page, id)).map(({ id: serverId, text }) => ({ id: serverId, text }))).toEqual(
    truth(dc, chat, first),
  );
}

test('after signing in the chats of the account are there, with folders, pins and what was said last', async () => {
  const { page } = await begin();

  const { chats, folders } = await page.chats.list({});

  expect(chats.map(({ title }) => title)).toEqual(
    expect.arrayContaining(['Денис Орлов', 'Новости связи', 'Регион Север', 'Бригада 7']),
  );
  expect(chats[0]).toMatchObject({ title: 'Новости связи', pinned: 1 });
  expect(chats.find(({ title }) => title === 'Денис Орлов')).toMatchObject({
    unread: 2,
    last: { text: 'сообщение 130' },
  });
  await until('the folder', async () => (await page.chats.list({})).folders.length === 1);
  expect(folders.length).toBeLessThanOrEqual(1);
});

test('older history is read back to its beginning', async () => {
  const { dc, page } = await begin();
  const id = await chatId(page, 'Денис');

  const first = await page.chats.loadOlder({ id, beforeServerId: null });
  const [oldest] = await stored(page, id);
  const second = await page.chats.loadOlder({ id, beforeServerId: oldest?.id ?? null });

  expect([first.complete, second.complete]).toEqual([false, true]);
  expect((await stored(page, id)).map(({ text }) => text)).toEqual(
    dc.log({ ...at, chat: technician }).map(({ text }) => text),
  );
});

test('pushes, lost pushes, cut sockets and servers that were away leave no hole', async () => {
  const rig = await begin();
  const { dc, page } = rig;
  const say = (text: string, push = true) => {
    dc.receive({ ...at, chat: technician, from: 2001, text, push });
    dc.receive({ ...at, chat: crewGroup, from: 2002, text, push });
    dc.receive({ ...at, chat: newsChannel, text, push });
    dc.receive({ ...at, chat: regionGroup, from: 2002, text, push });
  };

  say('первое');
  say('потерянное', false);
  say('после потери');
  const id = await chatId(page, 'Денис');
  await until('the lost one', async () => (await stored(page, id)).some(({ text }) => text === 'потерянное'));
  for (let round = 0; round < 3; round += 1) {
    dc.clearCalls();
    dc.drop();
    say(`без связи ${round}`);
    await until('back', () => dc.calls().length > 0);
    say(`сразу после ${round}`);
  }
  await dc.down();
  say('пока серверов не было', false);
  await until('away', async () => (await page.telegram.overview({})).accounts[0]?.state !== 'ready');
  await dc.up();

  await expectWhole(rig, 'Денис', technician);
  await expectWhole(rig, 'Бригада', crewGroup);
  await expectWhole(rig, 'Новости', newsChannel);
  await expectWhole(rig, 'Север', regionGroup);
});

test('an answer leaves once, whatever becomes of its own answer', async () => {
  const rig = await begin();
  const { dc, page } = rig;
  const id = await chatId(page, 'Денис');
  const send = (text: string) => page.chats.send({ chatId: id, text });

  await send('обычный');
  dc.fault({ method: 'messages.SendMessage', after: true, drop: true });
  await send('ответ пропал');
  dc.fault({ method: 'messages.SendMessage', drop: true });
  await send('связь оборвалась');
  await until(
    'all three numbered',
    async () => {
      const mine = (await stored(page, id)).slice(-3);
      return mine.every(({ id: serverId, out }) => out && serverId !== null);
    },
    60_000,
  );

  await expectWhole(rig, 'Денис', technician);
  const sent = dc.log({ ...at, chat: technician }).filter(({ randomId }) => randomId !== undefined);
  expect(sent.map(({ text }) => text)).toEqual(['обычный', 'ответ пропал', 'связь оборвалась']);
  await until('accepted', async () => (await page.outbox.list({ all: false })).rows.length === 0);
});

test('a stranger who writes stands in the list with a name', async () => {
  const { dc, page } = await begin();

  dc.receive({ ...at, chat: contractor, from: 2002, text: 'Кто дежурный?' });

  await until('the chat', async () => (await page.chats.list({ text: 'Эльвира' })).chats.length === 1);
  const { chats } = await page.chats.list({ text: 'Эльвира' });
  expect(chats[0]).toMatchObject({ unread: 1, last: { text: 'Кто дежурный?' } });
});
