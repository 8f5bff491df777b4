import { mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createTelegramKit, type TelegramKit } from '../../../test/support/telegram-kit.ts';
import { createChats } from '../chats/create-chats.ts';
import { createOutboxRunner, type OutboxRunner } from '../notify/outbox-runner.ts';
import { createLetterOutcomes } from '../letters/letter-outcomes.ts';
import { silentLogger } from '../platform/logger.ts';
import { createChatWriter } from './chat-writer.ts';

const kits: TelegramKit[] = [];
const runners: OutboxRunner[] = [];

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  for (const kit of kits.splice(0)) {
    await kit.crash();
    expectNothingLeft(kit);
    kit.dispose();
  }
});

function expectNothingLeft(kit: TelegramKit): void {
  expect(kit.clock.sleeping).toBe(0);
}

function keepFile(kit: TelegramKit, text: string, as: 'document' | 'photo') {
  const sha256 = createHash('sha256').update(text).digest('hex');
  mkdirSync(dirname(kit.blobPath(sha256)), { recursive: true });
  writeFileSync(kit.blobPath(sha256), text);
  const size = Buffer.byteLength(text);
  const mimeType = as === 'photo' ? 'image/jpeg' : 'text/plain';
  return { sha256, fileName: `${text}.txt`, mimeType, size, as };
}

/** One of an album, as Telegram tells it; of a photo it has a copy of its own size. */
function ownMessage(
  kit: TelegramKit,
  { id, name, as, index }: { id: number; name: string; as: 'document' | 'photo'; index: number },
) {
  const size = as === 'photo' ? 1000 + index : Buffer.byteLength(name);
  const described = { kind: as, fileName: `${name}.txt`, mimeType: 'text/plain', size };
  const isPhoto = as === 'photo';
  const location = { id: `file-${id}`, accessHash: '1', reference: '', dc: 2, thumb: '', isPhoto };
  const unknown = { width: null, height: null, duration: null, preview: null };
  const none = { editedAt: null, replyTo: null, topicId: null, forward: null, extra: null, fromName: null };
  return {
    ...none,
    id,
    peer: kit.friend,
    from: kit.me,
    out: true,
    sentAt: 1_772_602_300_000,
    text: index === 0 ? 'Вот' : '',
    entities: [],
    groupedId: '5',
    file: { ...described, ...unknown, location },
    reactions: [],
  };
}

async function begin() {
  const kit = createTelegramKit();
  kits.push(kit);
  const person = kit.addPerson('Орлова');
  kit.world.receive({ account: kit.me, peer: kit.friend, text: 'Где вы?' });
  await kit.start();
  const chats = createChats({
    ...kit.desk,
    undoSeconds: () => 0,
    log: silentLogger,
    attachmentFile: kit.blobPath,
    wantFile: () => undefined,
  });
  Object.assign(kit.parts.events, { found: chats.events.found });
  const start = async () => {
    const runner = createOutboxRunner({
      ...kit.desk,
      store: kit.stores.outbox,
      log: silentLogger,
      outcomes: createLetterOutcomes(kit.desk),
      channels: { telegram: kit.channel, mail: kit.channel },
    });
    runners.push(runner);
    await runner.start(new AbortController().signal);
    await kit.clock.advance(100);
    return runner;
  };
  const runner = await start();
  const blank = { entities: [], replyTo: null, files: [], incidentId: null };
  const send = (text: string, more: Partial<Parameters<typeof chats.send>[0]> = {}) =>
    chats.send({ ...blank, chatId: kit.chat(kit.friend).id, text, ...more }, person).outboxId;
  const state = (id: number) => kit.stores.outbox.require(id).state;
  return { kit, runner, send, state, start };
}

/** Reading a file takes turns the clock does not count. */
async function pass(kit: TelegramKit, ms: number): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await kit.clock.advance(ms / 10);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

test('what is written stands in the chat once, with the number Telegram gave it', async () => {
  const { kit, send, state } = await begin();

  const id = send('Выехали');
  await kit.clock.advance(100);

  expect(state(id)).toBe('accepted');
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.heard.received).toEqual([]);
});

test('an answer that was lost makes no second message, here or there', async () => {
  const { kit, send, state } = await begin();
  kit.world.fail('send', 'timeout', { after: true });

  const id = send('Выехали');
  await kit.clock.advance(30_000);

  expect(state(id)).toBe('accepted');
  expect(kit.truth(kit.friend)).toHaveLength(2);
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
});

test("killed between Telegram's taking and its answer, the next start sends nothing twice", async () => {
  const { kit, runner, send, state, start } = await begin();
  kit.world.fail('send', 'network-unreachable', { after: true });
  const id = send('Выехали');
  await kit.clock.advance(50);
  await runner.stop();
  await kit.crash();

  await kit.start();
  await start();
  await kit.clock.advance(60_000);

  expect(state(id)).toBe('accepted');
  expect(kit.truth(kit.friend)).toHaveLength(2);
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
});

test('what is written offline leaves by itself, in order, and once', async () => {
  const { kit, send, state } = await begin();
  kit.world.offline();
  await kit.clock.advance(10);

  const ids = [send('Раз'), send('Два'), send('Три')];
  await kit.clock.advance(20_000);
  expect(ids.map(state)).toEqual(['queued', 'queued', 'queued']);
  kit.world.online();
  await kit.clock.advance(120_000);

  expect(ids.map(state)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  expect(kit.truth(kit.friend).map((row) => row.split(' ')[1])).toEqual(['Где', 'Раз', 'Два', 'Три']);
});

test('the same words written on the phone while ours wait stay two messages', async () => {
  const { kit, send, state } = await begin();
  kit.world.fail('send', 'server-trouble');
  const id = send('Еду');
  await kit.clock.advance(10);

  kit.world.receive({ account: kit.me, peer: kit.friend, from: kit.me, text: 'Еду' });
  await kit.clock.advance(60_000);

  expect(state(id)).toBe('accepted');
  expect(kit.truth(kit.friend)).toHaveLength(3);
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
});

test.each<['document' | 'photo', readonly string[]]>([
  ['document', ['один', 'второй', 'третий файл']],
  ['photo', ['раз', 'два', 'три']],
])(
  'after a lost answer each %s of an album keeps its own number, seen first in the list',
  async (as, texts) => {
    const { kit, runner, send } = await begin();
    kit.world.fail('send', 'network-unreachable');
    const id = send('Вот', { files: texts.map((text) => keepFile(kit, text, as)) });
    await pass(kit, 1000);
    await runner.stop();
    await kit.crash();
    const there = texts.map((text, index) => ownMessage(kit, { id: 10 + index, name: text, as, index }));

    const { accountId, parts } = kit;
    for (const [message, via] of [
      [there.at(-1)!, 'list'],
      ...there.map((one) => [one, 'log'] as const),
    ] as const) {
      kit.db.transact((revision) => {
        const writer = createChatWriter({ ...parts, accountId }, revision);
        writer.message(message, via);
        writer.finish();
      });
    }

    const rows = kit.stores.chatMessages.ofMessage(kit.stores.outbox.require(id).messageId);
    expect(rows.map(({ serverId }) => serverId)).toEqual(there.map((one) => one.id));
    expect(rows.map((row) => kit.stores.chatFiles.ofMessage(row.id)[0]?.remote?.id)).toEqual(
      there.map(({ file }) => file.location.id),
    );
  },
);

test('an album of two files is two messages with the words under the first', async () => {
  const { kit, send, state } = await begin();
  const files = ['один', 'два'].map((text) => keepFile(kit, text, 'document'));

  const id = send('Вот', { files });
  await pass(kit, 1000);

  expect(state(id)).toBe('accepted');
  expect(kit.rows(kit.friend)).toEqual(kit.truth(kit.friend));
  const rows = kit.stores.chatMessages.ofMessage(kit.stores.outbox.require(id).messageId);
  expect(rows.map(({ text }) => text)).toEqual(['Вот', '']);
  expect(rows.every(({ id: row }) => kit.stores.chatFiles.ofMessage(row)[0]?.remote !== null)).toBe(true);
});

test('a file that is no longer there is told, and the next message leaves', async () => {
  const { kit, send, state } = await begin();
  const file = {
    sha256: 'f'.repeat(64),
    fileName: 'a.txt',
    mimeType: 'text/plain',
    size: 5,
    as: 'document' as const,
  };

  const id = send('Вот', { files: [file] });
  const next = send('Без файла');
  await pass(kit, 1000);

  expect([state(id), kit.stores.outbox.require(id).errorCode]).toEqual(['failed', 'file-missing']);
  expect(state(next)).toBe('accepted');
});

test('a chat that may be read only says so, and no try is repeated', async () => {
  const { kit, send, state } = await begin();
  kit.world.fail('send', 'write-forbidden');

  const id = send('Выехали');
  await kit.clock.advance(120_000);

  expect([state(id), kit.stores.outbox.require(id).errorCode]).toEqual(['failed', 'write-forbidden']);
  expect(kit.truth(kit.friend)).toHaveLength(1);
});

test('a flood wait holds this chat for exactly as long, and no other', async () => {
  const { kit, send, state } = await begin();
  const other = kit.world.addUser({ name: 'Ким' });
  kit.world.receive({ account: kit.me, peer: other, text: 'Алло' });
  await kit.clock.advance(100);
  kit.world.fail('send', 'flood-wait', { retryAfterMs: 300_000 });

  const id = send('Выехали');
  await kit.clock.advance(50);
  const passing = send('И вам', { chatId: kit.chat(other).id });
  await kit.clock.advance(1000);

  expect([state(id), state(passing)]).toEqual(['queued', 'accepted']);
  await kit.clock.advance(300_000);
  expect(state(id)).toBe('accepted');
});
