import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createTelegramKit, type TelegramKit } from '../../../test/support/telegram-kit.ts';
import type { Transfer } from './chat-engine.ts';

const kits: TelegramKit[] = [];

afterEach(async () => {
  for (const kit of kits.splice(0)) {
    await kit.downloads.stop();
    await kit.crash();
    expectNothingLeft(kit);
    kit.dispose();
  }
});

const bytes = Buffer.alloc(400_000, 'пульт');

function expectNothingLeft(kit: TelegramKit): void {
  expect(kit.clock.sleeping).toBe(0);
}

async function begin() {
  const kit = createTelegramKit();
  kits.push(kit);
  await kit.start();
  const blank = { width: null, height: null, duration: null, preview: null };
  const file = {
    kind: 'document',
    bytes,
    fileName: 'акт.pdf',
    mimeType: 'application/pdf',
    ...blank,
  } as const;
  kit.world.receive({ account: kit.me, peer: kit.friend, text: 'Акт', file });
  await kit.clock.advance(50);
  const message = kit.stores.chatMessages.byServerId(kit.chat(kit.friend).id, 1)!;
  const { id } = kit.stores.chatFiles.ofMessage(message.id)[0]!;
  return { kit, id, row: () => kit.stores.chatFiles.find(id)! };
}

/** Files are written by the system's threads, which the turns of a fake clock do not wait for. */
async function whole<T>(kit: TelegramKit, work: Promise<T>): Promise<T> {
  const over = { now: false };
  work.catch(() => undefined).finally(() => (over.now = true));
  while (!over.now) {
    await kit.clock.advance(500);
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
  return work;
}

test('a file comes whole, under its hash, and the incident it belongs to hears of it', async () => {
  const { kit, id, row } = await begin();

  await whole(kit, Promise.all([kit.downloads.download(id), kit.downloads.download(id)]));

  expect(readFileSync(kit.blobPath(row().sha256 ?? '')).equals(bytes)).toBe(true);
  expect(kit.heard.downloaded).toEqual([id]);
  expect(kit.world.calls.filter(({ method }) => method === 'download')).toHaveLength(1);
});

test('a reference that grew old is renewed', async () => {
  const { kit, id, row } = await begin();
  kit.world.expireFiles();

  await whole(kit, kit.downloads.download(id));

  expect(row().sha256).not.toBeNull();
});

test('a line that breaks is tried again from the first byte, and a wait Telegram asks for is kept and shown', async () => {
  const { kit, id, row } = await begin();
  kit.world.fail('download', 'network-unreachable');
  kit.world.fail('download', 'flood-wait', { retryAfterMs: 120_000 });
  const seen: Transfer[] = [];
  const stop = new AbortController();
  void (async () => {
    for await (const transfers of kit.board.follow(stop.signal)) seen.push(...transfers);
  })();

  await whole(kit, kit.downloads.download(id));
  stop.abort();
  await kit.clock.advance(1000);

  expect(row().sha256).not.toBeNull();
  expect(seen.some(({ waitUntil, reason }) => reason === 'flood-wait' && waitUntil !== null)).toBe(true);
});

test('one that Telegram does not have says why, and leaves nothing behind', async () => {
  const { kit, id, row } = await begin();
  kit.world.fail('download', 'file-missing', { times: 9 });

  await expect(whole(kit, kit.downloads.download(id))).rejects.toMatchObject({
    details: { reason: 'file-missing' },
  });

  expect(row().sha256).toBeNull();
  expect(readdirSync(kit.folder)).toEqual([]);
});

test('a cancelled one ends at once and can be begun again', async () => {
  const { kit, id, row } = await begin();
  const release = kit.world.hold('download');
  const first = kit.downloads.download(id);
  await kit.clock.advance(10);
  kit.downloads.cancel(id);
  release();

  await expect(whole(kit, first)).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(kit.folder)).toEqual([]);
  await whole(kit, kit.downloads.download(id));

  expect(existsSync(kit.blobPath(row().sha256 ?? ''))).toBe(true);
});

test('a full disk takes no files', async () => {
  const { kit, id } = await begin();
  kit.disk.mayStore = false;

  await expect(whole(kit, kit.downloads.download(id))).rejects.toMatchObject({
    details: { reason: 'disk-full' },
  });
});
