import { expect, test } from 'vitest';
import { createTelegramKit, type TelegramKit } from '../../../test/support/telegram-kit.ts';

const say = (
  kit: TelegramKit,
  count: number,
  peer = kit.friend,
  how: { lost?: boolean; min?: boolean } = {},
) => {
  for (let index = 0; index < count; index += 1) {
    kit.world.receive({ account: kit.me, peer, text: `Сообщение ${index}`, ...how });
  }
};

test('a new account shows its chats with their last messages, and no rule hears what was said before', async () => {
  const kit = createTelegramKit();
  say(kit, 3);

  await kit.start();

  expect(kit.chat(kit.friend)).toMatchObject({ title: 'Зуев', unreadCount: 3, kind: 'user' });
  expect(kit.rows(kit.friend)).toEqual(['3 Сообщение 2']);
  expect(kit.heard.received).toEqual([]);
});

test('what is pushed stands in its chat at once, and is heard once', async () => {
  const kit = createTelegramKit();
  say(kit, 1);
  await kit.start();

  say(kit, 2);
  await kit.clock.advance(20);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.heard.received.map(({ message }) => message.serverId)).toEqual([2, 3]);
  expect(kit.chat(kit.friend).unreadCount).toBe(3);
});

test('a lost push comes back with the next one, in order', async () => {
  const kit = createTelegramKit();
  await kit.start();

  say(kit, 2, kit.friend, { lost: true });
  say(kit, 1);
  await kit.clock.advance(100);
  expect(kit.heard.received).toEqual([]);
  await kit.clock.advance(1000);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.heard.received.map(({ message }) => message.serverId)).toEqual([1, 2, 3]);
});

test('a lost push that nothing follows comes within a quarter of an hour', async () => {
  const kit = createTelegramKit();
  const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
  await kit.start();

  say(kit, 1, kit.friend, { lost: true });
  kit.world.receive({ account: kit.me, peer: channel, text: 'Шторм', lost: true });
  await kit.clock.advance(16 * 60_000);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.rows(channel)).toEqual(kit.truth(channel));
  expect(kit.heard.received).toHaveLength(2);
});

test('what was said while the network was away is there when it is back', async () => {
  const kit = createTelegramKit();
  const channel = kit.world.addChat({ kind: 'supergroup', title: 'Бригада', members: [kit.me, kit.friend] });
  kit.world.receive({ account: kit.me, peer: channel, from: kit.friend, text: 'Первое' });
  await kit.start();

  kit.world.offline();
  await kit.clock.advance(1000);
  say(kit, 150);
  for (let index = 0; index < 250; index += 1) {
    kit.world.receive({ account: kit.me, peer: channel, from: kit.friend, text: `Группа ${index}` });
  }
  kit.world.online();
  await kit.clock.advance(5000);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.rows(channel)).toEqual(kit.truth(channel));
  expect(kit.heard.received).toHaveLength(400);
});

test('three thousand messages in a chat and three hundred in a channel while the desk was off', async () => {
  const kit = createTelegramKit();
  const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
  say(kit, 1);
  kit.world.receive({ account: kit.me, peer: channel, text: 'Первое' });
  await kit.start();
  await kit.crash();

  say(kit, 3000);
  for (let index = 0; index < 300; index += 1) {
    kit.world.receive({ account: kit.me, peer: channel, text: `Сводка ${index}` });
  }
  await kit.start();
  await kit.clock.advance(20_000);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.rows(channel)).toEqual(kit.truth(channel));
  const ids = kit.heard.received.map(({ chat, message }) => `${chat.peerId} ${message.serverId}`);
  expect(new Set(ids).size).toBe(3300);
  expect(ids).toHaveLength(3300);
});

test('a log too long to tell is read from the chats, every message once and in order', async () => {
  const kit = createTelegramKit();
  Object.assign(kit.world.limits, { tooLong: 50, channelTooLong: 50, channelSlice: 20 });
  const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
  const stranger = kit.world.addUser({ name: 'Новый' });
  say(kit, 5);
  kit.world.receive({ account: kit.me, peer: channel, text: 'Первое' });
  await kit.start();
  const before = kit.rows(kit.friend);
  await kit.crash();
  kit.clock.jump(60_000);

  say(kit, 260);
  say(kit, 130, stranger);
  for (let index = 0; index < 300; index += 1) {
    kit.world.receive({ account: kit.me, peer: channel, text: `Сводка ${index}` });
  }
  await kit.start();
  await kit.clock.advance(60_000);

  expect([...kit.truth(kit.friend).slice(0, 4), ...kit.rows(kit.friend)]).toEqual(kit.truth(kit.friend));
  expect(before).toHaveLength(1);
  expect(kit.rows(stranger)).toEqual(kit.truth(stranger));
  expect(kit.rows(channel)).toEqual(kit.truth(channel));
  const ids = kit.heard.received.map(({ chat, message }) => `${chat.peerId} ${message.serverId}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(690);
  const order = (peer: string) =>
    kit.heard.received.filter(({ chat }) => chat.peerId === peer).map(({ message }) => message.serverId ?? 0);
  for (const peer of [kit.friend, stranger, channel]) {
    expect(order(peer)).toEqual(order(peer).toSorted((a, b) => a - b));
  }
});

test('edits, deletions, reactions and read marks reach the rows', async () => {
  const kit = createTelegramKit();
  say(kit, 1);
  await kit.start();
  say(kit, 3);
  await kit.clock.advance(20);

  const at = { account: kit.me, peer: kit.friend };
  kit.world.edit({ ...at, id: 2, text: 'Исправлено' });
  kit.world.remove({ ...at, ids: [3] });
  kit.world.react({ ...at, id: 4, from: kit.friend, emoji: '👍' });
  kit.world.readHere({ ...at });
  await kit.clock.advance(20);

  const chat = kit.chat(kit.friend);
  const row = (id: number) => kit.stores.chatMessages.byServerId(chat.id, id);
  expect(row(2)).toMatchObject({ text: 'Исправлено' });
  expect(row(3)?.deletedAt).not.toBeNull();
  expect(row(4)?.reactions).toEqual([{ emoji: '👍', count: 1, mine: false }]);
  expect(chat).toMatchObject({ unreadCount: 0, readInboxMax: 4 });
  expect(kit.heard.edited.map(({ message }) => message.text)).toEqual(['Исправлено']);
  expect(kit.heard.deleted.map(({ message }) => message.serverId)).toEqual([3]);
});

test('a message of somebody seen in passing waits for who they are', async () => {
  const kit = createTelegramKit();
  await kit.start();
  const stranger = kit.world.addUser({ name: 'Незнакомка' });

  say(kit, 1, stranger, { min: true });
  await kit.clock.advance(2000);

  expect(kit.rows(stranger)).toEqual(['1 Сообщение 0']);
  expect(kit.chat(stranger).title).toBe('Незнакомка');
  expect(kit.stores.telegram.peer(kit.accountId, stranger)?.accessHash).not.toBeNull();
});

test('a message no rule can digest is in its chat, and stops no other', async () => {
  const kit = createTelegramKit();
  await kit.start();
  kit.listeners.received = (messages) => {
    if (messages.some(({ message }) => message.text === 'Сообщение 1')) throw new Error('a bug');
  };

  say(kit, 3);
  await kit.clock.advance(50);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.heard.received.map(({ message }) => message.text)).toEqual(['Сообщение 0', 'Сообщение 2']);
});

test('with a full disk nothing moves, and everything comes when there is room', async () => {
  const kit = createTelegramKit();
  await kit.start();
  kit.disk.mayStore = false;

  say(kit, 3);
  await kit.clock.advance(30_000);
  expect(kit.rows(kit.friend)).toEqual([]);
  kit.disk.mayStore = true;
  await kit.clock.advance(60_000);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.heard.received).toHaveLength(3);
});

test('after sleep the socket is not trusted', async () => {
  const kit = createTelegramKit();
  await kit.start();
  const before = kit.world.calls.filter(({ method }) => method === 'difference').length;

  kit.clock.jump(3_600_000);
  say(kit, 1, kit.friend, { lost: true });
  await kit.clock.advance(15_000);

  expect(kit.world.calls.filter(({ method }) => method === 'difference').length).toBeGreaterThan(before);
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
});

test('a machine that says it woke is asked for what was missed at once, whatever its clocks say', async () => {
  const kit = createTelegramKit();
  const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
  const engine = await kit.start();
  const readies: string[] = [];
  kit.db.onCommit(({ kinds }) => void (kinds.has('telegram') && readies.push(engine.status().state)));

  kit.world.receive({ account: kit.me, peer: channel, text: 'Шторм', lost: true });
  say(kit, 1, kit.friend, { lost: true });
  engine.resumed('sleep');
  await kit.clock.advance(1500);

  expect(readies).toEqual(['reconnecting', 'ready']);
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.rows(channel)).toEqual(kit.truth(channel));
  expect(kit.heard.received).toHaveLength(2);
});

test('a sleep told by the system and seen by the clocks costs one connection', async () => {
  const kit = createTelegramKit();
  const engine = await kit.start();
  let times = 0;
  kit.db.onCommit(
    ({ kinds }) => void (kinds.has('telegram') && engine.status().state === 'ready' && (times += 1)),
  );

  kit.clock.jump(3_600_000);
  engine.resumed('sleep');
  await kit.clock.advance(30_000);

  expect(times).toBe(1);
});

test('an unlocked screen asks for what was missed and keeps its connection', async () => {
  const kit = createTelegramKit();
  const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
  const engine = await kit.start();

  kit.world.receive({ account: kit.me, peer: channel, text: 'Шторм', lost: true });
  say(kit, 1, kit.friend, { lost: true });
  engine.resumed('lock');
  await kit.clock.advance(1500);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.rows(channel)).toEqual(kit.truth(channel));
  expect(engine.status().state).toBe('ready');
});

test('a session ended elsewhere is told at once, and nothing is asked any more', async () => {
  const kit = createTelegramKit();
  const engine = await kit.start();

  kit.world.revoke(kit.me);
  await kit.clock.advance(10);
  const calls = kit.world.calls.length;
  await kit.clock.advance(3_600_000);

  expect(kit.heard.signedOut).toEqual(['session-revoked']);
  expect(engine.status()).toMatchObject({ state: 'signed-out', reason: 'session-revoked' });
  expect(kit.world.calls).toHaveLength(calls);
  expect(kit.clock.sleeping).toBe(0);
});

test('a flood wait is shown and stops nothing else', async () => {
  const kit = createTelegramKit();
  const engine = await kit.start();

  let told = false;
  kit.db.onCommit(({ kinds }) => {
    told ||= kinds.has('telegram') && engine.status().pauses.length > 0;
  });

  kit.world.flood('difference', 600_000);
  say(kit, 1, kit.friend, { lost: true });
  say(kit, 1);
  kit.world.receive({ account: kit.me, peer: kit.world.addUser({ name: 'Орлова' }), text: 'Позже' });
  await kit.clock.advance(5000);
  expect(told).toBe(true);
  expect(engine.status().pauses).toEqual([{ method: 'difference', until: expect.any(Number) as number }]);
  expect(engine.health()).toMatchObject({ state: 'degraded', reason: 'flood-wait' });
  await kit.clock.advance(700_000);

  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(engine.status().pauses).toEqual([]);
});

test('what a dispatcher read offline is told when the network is back', async () => {
  const kit = createTelegramKit();
  say(kit, 2);
  await kit.start();
  kit.world.offline();
  await kit.clock.advance(10);
  kit.db.transact((revision) => {
    kit.stores.chats.save({ ...kit.chat(kit.friend), readWanted: 2, unreadCount: 0, revision });
    kit.db.touch('chat', kit.chat(kit.friend).id);
  });

  kit.world.online();
  await kit.clock.advance(5000);

  expect(kit.chat(kit.friend)).toMatchObject({ readWanted: null, readInboxMax: 2, unreadCount: 0 });
  expect(kit.world.calls.filter(({ method }) => method === 'markRead')).toHaveLength(1);
});

test('older history is fetched once, without holes, to its very beginning', async () => {
  const kit = createTelegramKit();
  say(kit, 230);
  const engine = await kit.start();
  const chat = kit.chat(kit.friend);

  const first = await engine.history.loadOlder(chat.id, 230);
  const second = await engine.history.loadOlder(chat.id, 200);
  const third = await engine.history.loadOlder(chat.id, 30);

  expect([first, second, third]).toEqual([
    { added: 100, complete: false },
    { added: 100, complete: false },
    { added: 29, complete: true },
  ]);
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.stores.chatRanges.newest(chat.id)).toEqual({ from: 1, to: 230 });
  expect(kit.heard.received).toEqual([]);
});

test('a left channel stands as gone and keeps its messages', async () => {
  const kit = createTelegramKit();
  const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
  kit.world.receive({ account: kit.me, peer: channel, text: 'Первое' });
  await kit.start();

  kit.world.leave(channel, kit.me);
  await kit.clock.advance(5000);

  expect(kit.chat(channel).goneAt).not.toBeNull();
  expect(kit.rows(channel)).toEqual(['1 Первое']);
});

test('stopping leaves nothing behind', async () => {
  const kit = createTelegramKit();
  say(kit, 3);
  await kit.start();

  await kit.crash();

  expect(kit.clock.sleeping).toBe(0);
  expect(kit.world.open).toBe(0);
});
