import { describe, expect, it } from 'vitest';
import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import type { TelegramClient } from 'telegram';
import { bot, crewGroup, irina, newsChannel, regionGroup, technician } from './sample-world.ts';
import { setUpTelegram } from './test-kit.ts';

const { start, signedIn } = setUpTelegram();
const account = irina.account;

type Page = { offsetId?: number; addOffset?: number; limit?: number; maxId?: number; minId?: number };

async function idsOf(client: TelegramClient, page: Page): Promise<readonly number[]> {
  const answer = await client.invoke(
    new Api.messages.GetHistory({
      peer: 'denis_tech',
      offsetId: 0,
      offsetDate: 0,
      addOffset: 0,
      limit: 3,
      maxId: 0,
      minId: 0,
      hash: bigInt.zero,
      ...page,
    }),
  );
  return 'messages' in answer ? answer.messages.map(({ id }) => id) : [];
}

describe('history', () => {
  it('is paged towards older and towards newer messages, and ends at both ends', async () => {
    const dc = await start();
    const client = await signedIn(dc);

    expect(await idsOf(client, {})).toEqual([130, 129, 128]);
    expect(await idsOf(client, { offsetId: 128 })).toEqual([127, 126, 125]);
    expect(await idsOf(client, { offsetId: 3 })).toEqual([2, 1]);
    expect(await idsOf(client, { offsetId: 1 })).toEqual([]);
    expect(await idsOf(client, { offsetId: 101, addOffset: -3 })).toEqual([103, 102, 101]);
    expect(await idsOf(client, { offsetId: 129, addOffset: -3 })).toEqual([130, 129]);
    expect(await idsOf(client, { offsetId: 51, addOffset: -2, limit: 4 })).toEqual([52, 51, 50, 49]);
    expect(await idsOf(client, { offsetId: 51, addOffset: 2 })).toEqual([48, 47, 46]);
    expect(await idsOf(client, { minId: 128 })).toEqual([130, 129]);
    expect(await idsOf(client, { offsetId: 20, maxId: 19, minId: 17 })).toEqual([18]);
  });

  it('gives single messages by id, and says which are not there', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    dc.remove({ account, chat: technician, ids: [7] });

    const [six, seven] = await client.getMessages('denis_tech', { ids: [6, 7] });
    const [post] = await client.getMessages(newsChannel.replace('channel:', '-100'), { ids: [1] });

    expect(six?.message).toBe('сообщение 6');
    expect(seven).toBeUndefined();
    expect(post).toMatchObject({ message: 'Плановые работы', post: true, views: 1 });
  });

  it('is searched by text, and by kind', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    dc.receive({ account, chat: technician, media: { kind: 'geo', latitude: 59.9, longitude: 30.3 } });

    const found = await client.getMessages('denis_tech', { search: 'СООБЩЕНИЕ 12', limit: 100 });
    const places = await client.getMessages('denis_tech', {
      filter: new Api.InputMessagesFilterGeo(),
      limit: 100,
    });

    expect(Array.from(found, ({ id }) => id)).toEqual([129, 128, 127, 126, 125, 124, 123, 122, 121, 120, 12]);
    expect(Array.from(places, ({ media }) => media?.className)).toEqual(['MessageMediaGeo']);
  });
});

describe('the list of dialogs', () => {
  it('is paged, with what is pinned, muted and unread, and with folders', async () => {
    const dc = await start();
    const client = await signedIn(dc);

    const dialogs = await client.getDialogs({});
    const rows = Array.from(dialogs, ({ dialog, title, unreadCount }) => ({
      title,
      unreadCount,
      pinned: dialog.pinned,
      muteUntil: dialog.notifySettings.muteUntil ?? 0,
    }));
    const paged: (string | undefined)[] = [];
    for await (const { title } of client.iterDialogs({ limit: 2 })) paged.push(title);
    const folders = await client.invoke(new Api.messages.GetDialogFilters());

    expect(rows).toMatchObject([
      { title: 'Новости связи', pinned: true },
      { title: 'Telegram' },
      { title: 'Регион Север', pinned: false, unreadCount: 0 },
      { title: 'Бригада 7' },
      { title: 'Денис Орлов', unreadCount: 2 },
      { title: 'Монитор', muteUntil: 2_147_483_647 },
    ]);
    expect(paged).toEqual(['Новости связи', 'Telegram']);
    expect(folders).toMatchObject({
      filters: [{ className: 'DialogFilterDefault' }, { id: 2, title: { text: 'Объекты' } }],
    });
  });

  it('knows what is read, in a chat and in a channel', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    for (const text of ['раз', 'два', 'три']) {
      dc.receive({ account, chat: regionGroup, from: 2002, text });
      dc.receive({ account, chat: bot, text });
    }
    expect(dc.dialog({ account, chat: bot }).unread).toBe(3);

    await client.markAsRead('monitor_bot', dc.log({ account, chat: bot }).at(-2)!.id);
    await client.markAsRead('region_north', 3);

    expect(dc.dialog({ account, chat: bot }).unread).toBe(1);
    expect(dc.dialog({ account, chat: regionGroup })).toMatchObject({ unread: 1, readInboxMaxId: 3 });
  });
});

describe('changing what was said', () => {
  it('edits own messages only, deletes, and reacts', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const { id } = await client.sendMessage('denis_tech', { message: 'опечтка' });

    await client.editMessage('denis_tech', { message: id, text: 'опечатка' });
    await expect(client.editMessage('denis_tech', { message: 1, text: 'чужое' })).rejects.toMatchObject({
      errorMessage: 'MESSAGE_AUTHOR_REQUIRED',
    });
    await client.deleteMessages('denis_tech', [1, 2], { revoke: true });
    await client.invoke(
      new Api.messages.SendReaction({
        peer: 'denis_tech',
        msgId: 4,
        reaction: [new Api.ReactionEmoji({ emoticon: '👍' })],
      }),
    );

    const log = dc.log({ account, chat: technician });
    expect(log.at(-1)?.text).toBe('опечатка');
    expect(log[0]?.id).toBe(3);
    const [reacted] = await client.getMessages('denis_tech', { ids: [4] });
    expect(reacted?.reactions).toMatchObject({ results: [{ count: 1 }] });
  });

  it('refuses the same random id twice, a wrong access hash, and to write where one may only read', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const send = (peer: Api.TypeEntityLike, message = 'раз') =>
      client.invoke(new Api.messages.SendMessage({ peer, message, randomId: bigInt(77) }));
    await send('denis_tech');

    await expect(send('denis_tech')).rejects.toThrow();
    expect(dc.calls().at(-1)?.error).toBe('RANDOM_ID_DUPLICATE');
    await expect(
      send(new Api.InputPeerUser({ userId: bigInt(2002), accessHash: bigInt(1) })),
    ).rejects.toMatchObject({ errorMessage: 'PEER_ID_INVALID' });
    await expect(send(newsChannel.replace('channel:', '-100'))).rejects.toMatchObject({
      errorMessage: 'CHAT_ADMIN_REQUIRED',
    });
    expect(dc.log({ account, chat: crewGroup })).toHaveLength(1);
  });
});
