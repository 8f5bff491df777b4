import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import { describe, expect, it } from 'vitest';
import type { Logger } from '../../platform/logger.ts';
import { mapUpdate } from './map-update.ts';
import { createMapper, createUpdateFeed, openUpdates } from './updates.ts';

const reader = { self: 'u1', names: new Map([['u7', 'Анна']]) };
const userPeer = new Api.PeerUser({ userId: bigInt(7) });
const channelPeer = new Api.PeerChannel({ channelId: bigInt(5) });
const message = (peerId: Api.TypePeer, id = 3) => new Api.Message({ id, peerId, date: 9, message: 'да' });
const at = { pts: 20, ptsCount: 2 };
const typing = new Api.SendMessageTypingAction();

describe('an update with a place in a log', () => {
  it.each([
    [new Api.UpdateNewMessage({ message: message(userPeer), ...at }), 'message', null],
    [new Api.UpdateNewChannelMessage({ message: message(channelPeer), ...at }), 'message', 'c5'],
    [new Api.UpdateEditMessage({ message: message(userPeer), ...at }), 'edited', null],
    [new Api.UpdateEditChannelMessage({ message: message(channelPeer), ...at }), 'edited', 'c5'],
    [new Api.UpdateDeleteMessages({ messages: [1], ...at }), 'deleted', null],
    [new Api.UpdateDeleteChannelMessages({ channelId: bigInt(5), messages: [1], ...at }), 'deleted', 'c5'],
    [new Api.UpdateReadHistoryOutbox({ peer: userPeer, maxId: 3, ...at }), 'read-outbox', null],
    [
      new Api.UpdateReadHistoryInbox({ peer: userPeer, maxId: 3, stillUnreadCount: 4, ...at }),
      'read-inbox',
      null,
    ],
    [new Api.UpdateFolderPeers({ folderPeers: [], ...at }), 'chats-changed', null],
    // Nobody shows these, but without them the log has a hole.
    [new Api.UpdateReadMessagesContents({ messages: [1], ...at }), 'deleted', null],
    [new Api.UpdatePinnedChannelMessages({ channelId: bigInt(5), messages: [1], ...at }), 'deleted', 'c5'],
    [new Api.UpdateNewMessage({ message: new Api.MessageEmpty({ id: 1 }), ...at }), 'deleted', null],
  ])('%o', (raw, kind, channel) => {
    expect(mapUpdate(raw, reader)).toMatchObject({
      update: { update: { kind }, pts: 20, count: 2, channel },
    });
  });

  it('of no interest deletes nothing', () => {
    const raw = new Api.UpdateReadMessagesContents({ messages: [1], ...at });

    expect(mapUpdate(raw, reader)).toMatchObject({
      update: { update: { kind: 'deleted', peer: null, ids: [] } },
    });
  });
});

describe('an update without one', () => {
  it.each([
    [
      new Api.UpdateReadChannelInbox({ channelId: bigInt(5), maxId: 3, stillUnreadCount: 0, pts: 20 }),
      { kind: 'read-inbox', peer: 'c5', maxId: 3, unread: 0 },
      'c5',
    ],
    [
      new Api.UpdateReadChannelOutbox({ channelId: bigInt(5), maxId: 3 }),
      { kind: 'read-outbox', peer: 'c5', maxId: 3 },
      'c5',
    ],
    [
      new Api.UpdateMessageID({ id: 3, randomId: bigInt('-9223372036854775807') }),
      { kind: 'message-id', id: 3, randomId: '-9223372036854775807' },
      null,
    ],
    [
      new Api.UpdateUserTyping({ userId: bigInt(7), action: typing }),
      { kind: 'typing', peer: 'u7', from: 'u7' },
      null,
    ],
    [
      new Api.UpdateChannelUserTyping({ channelId: bigInt(5), fromId: userPeer, action: typing }),
      { kind: 'typing', peer: 'c5', from: 'u7' },
      'c5',
    ],
    [
      new Api.UpdateDialogPinned({ pinned: true, peer: new Api.DialogPeer({ peer: userPeer }) }),
      { kind: 'pinned', peer: 'u7', pinned: true },
      null,
    ],
    [
      new Api.UpdateNotifySettings({
        peer: new Api.NotifyPeer({ peer: channelPeer }),
        notifySettings: new Api.PeerNotifySettings({ muteUntil: 100 }),
      }),
      { kind: 'muted', peer: 'c5', until: 100_000 },
      null,
    ],
    [new Api.UpdateDialogFilters(), { kind: 'folders-changed' }, null],
    [new Api.UpdateChannel({ channelId: bigInt(5) }), { kind: 'chats-changed', peer: 'c5' }, 'c5'],
    [new Api.UpdateChannelTooLong({ channelId: bigInt(5), pts: 9 }), { kind: 'too-long' }, 'c5'],
    [new Api.UpdatesTooLong(), { kind: 'too-long' }, null],
    [new Api.UpdateLoginToken(), { kind: 'login-token' }, null],
  ])('%o', (raw, update, channel) => {
    expect(mapUpdate(raw, reader)).toEqual({ update: { update, pts: null, count: 0, channel } });
  });

  it('that only says that somebody stopped typing says nothing', () => {
    const raw = new Api.UpdateUserTyping({ userId: bigInt(7), action: new Api.SendMessageCancelAction() });

    expect(mapUpdate(raw, reader)).not.toHaveProperty('update');
  });
});

describe('the short forms', () => {
  it.each([
    [{ out: false }, 'u7', 'Анна'],
    [{ out: true }, 'u1', null],
  ])('of a private message with %o', (given, from, fromName) => {
    const raw = new Api.UpdateShortMessage({
      id: 3,
      userId: bigInt(7),
      message: 'да',
      date: 9,
      ...at,
      ...given,
    });

    expect(mapUpdate(raw, reader)).toMatchObject({
      update: { update: { kind: 'message', message: { peer: 'u7', from, fromName, text: 'да' } }, pts: 20 },
    });
  });

  it('of a message in a group', () => {
    const raw = new Api.UpdateShortChatMessage({
      id: 3,
      fromId: bigInt(7),
      chatId: bigInt(4),
      message: 'да',
      date: 9,
      ...at,
    });

    expect(mapUpdate(raw, reader)).toMatchObject({
      update: { update: { message: { peer: 'g4', from: 'u7' } } },
    });
  });
});

describe('many updates', () => {
  const lines: string[] = [];
  const write = (fields: object, event: string) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };

  it('come through although one is new to us or broken, which is told once by its name', () => {
    const mapper = createMapper(log, () => 'u1');
    const unheard = new Api.UpdateBotStopped({ userId: bigInt(7), date: 1, stopped: true, qts: 1 });
    const broken = new Api.UpdateUserTyping({ userId: undefined as never, action: typing });
    const good = new Api.UpdateLoginToken();

    const { updates } = mapper.map([unheard, broken, good, unheard, broken], []);

    expect(updates.map(({ update }) => update.kind)).toEqual(['login-token']);
    expect(lines).toEqual([
      'telegram.update-unknown {"name":"UpdateBotStopped"}',
      'telegram.update-unreadable {"name":"UpdateUserTyping"}',
    ]);
  });

  it('of one container stay together, with everybody they name once', async () => {
    const batches: unknown[] = [];
    const feed = createUpdateFeed(
      createMapper(log, () => 'u1'),
      (batch) => batches.push(batch),
    );
    const entities = [new Api.User({ id: bigInt(7), accessHash: bigInt(1), firstName: 'Анна' })];

    feed({
      update: new Api.UpdateNewMessage({ message: message(userPeer, 1), pts: 1, ptsCount: 1 }),
      entities,
    });
    feed({
      update: new Api.UpdateNewMessage({ message: message(userPeer, 2), pts: 2, ptsCount: 1 }),
      entities,
    });
    await Promise.resolve();

    expect(batches).toMatchObject([{ updates: [{ pts: 1 }, { pts: 2 }], peers: [{ id: 'u7' }] }]);
    expect((batches[0] as { peers: unknown[] }).peers).toHaveLength(1);
  });

  it('are found in whatever a call answers', () => {
    const one = new Api.UpdateLoginToken();
    const wrap = { users: [], chats: [], date: 1, seq: 0 };

    expect(openUpdates(new Api.Updates({ updates: [one], ...wrap })).raws).toEqual([one]);
    expect(openUpdates(new Api.UpdatesCombined({ updates: [one], seqStart: 0, ...wrap })).raws).toEqual([
      one,
    ]);
    expect(openUpdates(new Api.UpdateShort({ update: one, date: 1 })).raws).toEqual([one]);
    expect(openUpdates(new Api.UpdatesTooLong()).raws[0]).toBeInstanceOf(Api.UpdatesTooLong);
  });
});
