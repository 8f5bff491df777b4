import { expect, test } from 'vitest';
import { createTelegramKit, type TelegramKit } from '../../../test/support/telegram-kit.ts';

const text = (kit: TelegramKit, peer: string, id: number) => {
  const row = kit.stores.chatMessages.byServerId(kit.chat(peer).id, id);
  return row && (row.deletedAt === null ? row.text : 'deleted');
};

/** Three messages in a chat and three in a channel are known; then the desk is off and too much happens. */
async function away(changes: (kit: TelegramKit, channel: string) => void, quietMs = 0) {
  const kit = createTelegramKit();
  Object.assign(kit.world.limits, { tooLong: 20, channelTooLong: 20 });
  const channel = kit.world.addChat({ kind: 'channel', title: 'Сводки', members: [kit.me] });
  await kit.start();
  const say = (peer: string, word: string) => kit.world.receive({ account: kit.me, peer, text: word });
  for (const word of ['раз', 'два', 'три']) {
    say(kit.friend, word);
    say(channel, word);
  }
  await kit.clock.advance(2000);
  kit.clock.jump(quietMs);
  say(kit.world.addUser({ name: 'Другая' }), 'позже');
  await kit.clock.advance(20_000);
  await kit.crash();
  changes(kit, channel);
  for (let index = 0; index < 30; index += 1) say(channel, `сводка ${index}`);
  const other = kit.world.addUser({ name: 'Новый' });
  for (let index = 0; index < 30; index += 1) say(other, `новое ${index}`);
  await kit.start();
  await kit.clock.advance(60_000);
  return { kit, channel };
}

test('what was edited and deleted while the log grew too long is read again', async () => {
  const { kit, channel } = await away(({ world, me, friend }, peer) => {
    for (const at of [
      { account: me, peer: friend },
      { account: me, peer },
    ]) {
      world.edit({ ...at, id: 1, text: 'исправлено' });
      world.remove({ ...at, ids: [3] });
    }
  });

  for (const peer of [kit.friend, channel]) {
    expect([1, 2, 3].map((id) => text(kit, peer, id))).toEqual(['исправлено', 'два', 'deleted']);
  }
  expect(kit.heard.edited.map(({ message }) => message.text)).toEqual(['исправлено', 'исправлено']);
  expect(kit.heard.deleted.map(({ message }) => message.serverId)).toEqual([3, 3]);
});

test('a chat that was quiet for longer than a message may be edited is not asked for', async () => {
  const edit = ({ world, me, friend }: TelegramKit) =>
    world.edit({ account: me, peer: friend, id: 1, text: 'исправлено' });

  const { kit } = await away(edit, 3 * 24 * 3_600_000);

  expect(text(kit, kit.friend, 1)).toBe('раз');
});

test('a chat all of whose messages are gone is empty on the desk as well', async () => {
  const { kit } = await away(({ world, me, friend }) =>
    world.remove({ account: me, peer: friend, ids: [1, 2, 3] }),
  );

  expect([1, 2, 3].map((id) => text(kit, kit.friend, id))).toEqual(['deleted', 'deleted', 'deleted']);
});
