import { describe, expect, it } from 'vitest';
import { Api } from 'telegram/tl/index.js';
import type { TelegramClient } from 'telegram';
import { bot, contractor, crewGroup, irina, newsChannel, regionGroup, technician } from './sample-world.ts';
import { collectUpdates, setUpTelegram } from './test-kit.ts';

const { start, signedIn } = setUpTelegram();
const account = irina.account;

async function difference(client: TelegramClient, state: { pts: number; date: number; qts: number }) {
  const { pts, date, qts } = state;
  return await client.invoke(new Api.updates.GetDifference({ pts, date, qts }));
}

async function channelDifference(client: TelegramClient, chat: string, pts: number, limit = 100) {
  const channel = await client.getInputEntity(`-100${chat.slice('channel:'.length)}`);
  const filter = new Api.ChannelMessagesFilterEmpty();
  return await client.invoke(new Api.updates.GetChannelDifference({ channel, filter, pts, limit }));
}

describe('pushed updates', () => {
  it('come short, whole, from groups and from channels, each with its pts', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const updates = collectUpdates(client);
    const before = dc.pts({ account });

    dc.receive({ account, chat: technician, text: 'коротко' });
    dc.receive({ account, chat: technician, text: 'целиком', short: false });
    dc.receive({ account, chat: crewGroup, from: 2002, text: 'в бригаде' });
    dc.receive({ account, chat: regionGroup, from: 2002, text: 'в регионе' });
    dc.receive({ account, chat: newsChannel, text: 'новость' });

    await expect.poll(() => updates.length).toBe(5);
    expect(updates).toMatchObject([
      { className: 'UpdateShortMessage', message: 'коротко', pts: before + 1 },
      { className: 'UpdateNewMessage', pts: before + 2 },
      { className: 'UpdateNewMessage', pts: before + 3 },
      { className: 'UpdateNewChannelMessage', pts: 2 },
      { className: 'UpdateNewChannelMessage', pts: 2, message: { post: true, message: 'новость' } },
    ]);
  });

  it('tell of edits, deletions, reactions, typing and of what the other side has read', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const updates = collectUpdates(client);
    const { id } = dc.receive({ account, chat: technician, text: 'было' });

    dc.edit({ account, chat: technician, id, text: 'стало' });
    dc.react({ account, chat: technician, id, from: 2001, emoji: '👍' });
    dc.typing({ account, chat: technician, from: 2001 });
    dc.readOutbox({ account, chat: technician });
    dc.remove({ account, chat: technician, ids: [id, 129] });

    await expect.poll(() => updates.length).toBe(6);
    const pts = dc.pts({ account });
    expect(updates.slice(1)).toMatchObject([
      { className: 'UpdateEditMessage', message: { message: 'стало' }, pts: pts - 3 },
      { className: 'UpdateMessageReactions', msgId: id },
      { className: 'UpdateUserTyping' },
      { className: 'UpdateReadHistoryOutbox', maxId: id, pts: pts - 2 },
      { className: 'UpdateDeleteMessages', messages: [id, 129], pts, ptsCount: 2 },
    ]);
  });

  it('reach the other devices of whoever sends, and the accounts on the other side', async () => {
    const dc = await start();
    const first = await signedIn(dc);
    const second = await signedIn(dc);
    const [onFirst, onSecond] = [collectUpdates(first), collectUpdates(second)];

    await first.sendMessage('denis_tech', { message: 'еду' });
    await first.sendMessage(crewGroup.replace('chat:', '-'), { message: 'всем' });

    await expect.poll(() => onSecond.length).toBe(2);
    expect(onSecond).toMatchObject([
      { className: 'UpdateNewMessage', message: { message: 'еду', out: true } },
      { className: 'UpdateNewMessage', message: { message: 'всем', out: true } },
    ]);
    expect(onFirst).toEqual([]);
    expect(dc.log({ account: 1002, chat: crewGroup })).toMatchObject([{ text: 'всем', sender: 'user:1001' }]);
  });
});

describe('the difference', () => {
  it('comes in slices, in order, without what was deleted meanwhile', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    let state: { pts: number; date: number; qts: number } = await client.invoke(new Api.updates.GetState());
    await dc.burst({ account, chat: technician, count: 250, text: 'м', push: false });
    const [gone] = dc.log({ account, chat: technician }).slice(-250);
    dc.remove({ account, chat: technician, ids: [gone!.id], push: false });

    const texts: string[] = [];
    const kinds: string[] = [];
    for (let isLast = false; !isLast;) {
      const part = await difference(client, state);
      kinds.push(part.className);
      if (!(part instanceof Api.updates.DifferenceSlice || part instanceof Api.updates.Difference)) break;
      for (const message of part.newMessages) if (message instanceof Api.Message) texts.push(message.message);
      isLast = part instanceof Api.updates.Difference;
      const next = part instanceof Api.updates.Difference ? part.state : part.intermediateState;
      if (next instanceof Api.updates.State) state = next;
    }

    expect(kinds).toEqual(['updates.DifferenceSlice', 'updates.DifferenceSlice', 'updates.Difference']);
    expect(texts).toEqual(Array.from({ length: 249 }, (_, index) => `м ${index + 2}`));
    expect(state.pts).toBe(dc.pts({ account }));
  });

  it('names the channels with news and leaves their messages to them', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const state = await client.invoke(new Api.updates.GetState());
    for (const text of ['раз', 'два', 'три']) dc.receive({ account, chat: newsChannel, text, push: false });

    const common = await difference(client, state);
    const first = await channelDifference(client, newsChannel, 1, 2);
    const second = await channelDifference(client, newsChannel, 3, 2);
    const nothing = await channelDifference(client, newsChannel, 4);

    expect(common).toMatchObject({ otherUpdates: [{ className: 'UpdateChannelTooLong', pts: 4 }] });
    expect(first).toMatchObject({
      final: false,
      pts: 3,
      newMessages: [{ message: 'раз' }, { message: 'два' }],
    });
    expect(second).toMatchObject({ final: true, pts: 4, newMessages: [{ message: 'три' }] });
    expect(nothing.className).toBe('updates.ChannelDifferenceEmpty');
  });

  it('is too long where the test says so, and where the log was cut', async () => {
    const dc = await start({ keepMessages: 40 });
    const client = await signedIn(dc);
    const state = await client.invoke(new Api.updates.GetState());
    dc.tooLong({ difference: 2, channelDifference: 2 });
    for (const text of ['раз', 'два', 'три']) {
      dc.receive({ account, chat: bot, text, push: false });
      dc.receive({ account, chat: newsChannel, text, push: false });
    }

    expect(await difference(client, state)).toMatchObject({
      className: 'updates.DifferenceTooLong',
      pts: dc.pts({ account }),
    });
    expect(await channelDifference(client, newsChannel, 1)).toMatchObject({
      className: 'updates.ChannelDifferenceTooLong',
      dialog: { pts: 4 },
      messages: [{ message: 'три' }, { message: 'два' }, { message: 'раз' }, { message: 'Плановые работы' }],
    });
    dc.tooLong({});
    expect((await difference(client, state)).className).toBe('updates.Difference');
    await dc.burst({ account, chat: contractor, count: 100, push: false });
    expect((await difference(client, state)).className).toBe('updates.DifferenceTooLong');
    expect(dc.log({ account, chat: contractor }).length).toBeLessThanOrEqual(50);
  });

  it('is asked for when the servers say so', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const updates = collectUpdates(client);

    dc.pushTooLong({ account });
    dc.pushTooLong({ account, channel: newsChannel });

    await expect
      .poll(() => updates.map(({ className }) => className))
      .toEqual(['UpdatesTooLong', 'UpdateChannelTooLong']);
  });
});
