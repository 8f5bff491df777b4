import { randomBytes } from 'node:crypto';
import { AuthKey } from 'telegram/crypto/AuthKey.js';
import type { TelegramClient } from 'telegram';
import { Api } from 'telegram/tl/index.js';
import { afterEach, describe, expect, it } from 'vitest';
import { openClient } from '../../src/core/telegram/gramjs/client.ts';
import { applyCorrections } from '../../src/core/telegram/gramjs/corrections.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { irina, technician } from '../support/telegram-dc/sample-world.ts';
import type { TelegramDc } from '../support/telegram-dc/telegram-dc.ts';
import { collectUpdates, setUpTelegram } from '../support/telegram-dc/test-kit.ts';
import { signIn } from '../support/telegram-dc/bare-client.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { setUpTelegramRig } from './telegram-rig.ts';

/**
 * Each fault of the library is shown first: when an upgrade heals it, the test that shows it fails, and the correction
 * can go.
 */
const { start, signedIn, cleanUp } = setUpTelegram();
const rig = setUpTelegramRig();
const account = irina.account;
const restore = () => applyCorrections()();

afterEach(restore);

/** An error first, then ten messages, all in one container. */
async function errorBeforeMessages(dc: TelegramDc, client: TelegramClient): Promise<readonly string[]> {
  const updates = collectUpdates(client);
  dc.fault({ method: 'updates.GetState', error: { code: 400, message: 'TEST_REFUSAL' } });
  dc.hold({ on: true });
  const refused = client.invoke(new Api.updates.GetState());
  refused.catch(() => undefined);
  await expect.poll(() => dc.calls().at(-1)?.error).toBe('TEST_REFUSAL');
  for (let index = 0; index < 10; index += 1) {
    dc.receive({ account, chat: technician, text: `за ошибкой ${index}` });
  }
  dc.hold({ on: false });
  await expect(refused).rejects.toThrow('TEST_REFUSAL');
  // What comes in the next container is there after everything of this one.
  dc.receive({ account, chat: technician, text: 'последнее' });
  const texts = () =>
    updates.flatMap((update) =>
      'message' in update && typeof update.message === 'string' ? [update.message] : [],
    );
  await expect.poll(texts).toContain('последнее');
  return texts();
}

describe('an error in the middle of a container', () => {
  it('takes the messages behind it along in the library as it is', async () => {
    restore();
    const dc = await start();

    expect(await errorBeforeMessages(dc, await signedIn(dc))).toHaveLength(1);
  });

  it('costs nothing once corrected', async () => {
    applyCorrections();
    const dc = await start();

    expect(await errorBeforeMessages(dc, await signedIn(dc))).toHaveLength(11);
  });
});

describe('a key that begins with a zero', () => {
  const secret = randomBytes(255);
  const whole = Buffer.concat([Buffer.alloc(1), secret]);

  async function idOf(bytes: Buffer): Promise<string | undefined> {
    const key = new AuthKey();
    await key.setKey(bytes);
    return key.keyId?.toString();
  }

  it('is another key in the library as it is', async () => {
    restore();

    expect(await idOf(secret)).not.toBe(await idOf(whole));
  });

  it('is the same key once corrected', async () => {
    applyCorrections();

    expect(await idOf(secret)).toBe(await idOf(whole));
  });
});

describe('a request between two lines', () => {
  /** Who is told in the end, of three who asked one after another while there was no line, and one who asked later. */
  async function askBetween(dc: TelegramDc, client: TelegramClient): Promise<readonly string[]> {
    const told: string[] = [];
    const ask = (name: string) => client.invoke(new Api.updates.GetState()).then(() => void told.push(name));
    dc.drop();
    await expect.poll(() => client._sender?.isReconnecting).toBe(true);
    for (const name of ['first', 'second', 'third']) {
      ask(name).catch(() => undefined);
      await new Promise(setImmediate);
    }
    await expect.poll(() => client._sender?.isReconnecting, { timeout: 10_000 }).toBe(false);
    await ask('later');
    await ask('much later');
    return told;
  }

  it('is never answered in the library as it is', async () => {
    restore();
    const dc = await start();

    expect(await askBetween(dc, await signedIn(dc))).toEqual(['first', 'later', 'much later']);
  });

  it('is answered once corrected', async () => {
    applyCorrections();
    const dc = await start();

    const told = await askBetween(dc, await signedIn(dc));

    expect(told).toEqual(['first', 'second', 'third', 'later', 'much later']);
  });
});

describe('a line', () => {
  it('that is slow is not given up', async () => {
    const dc = await rig.start();
    const clock = createFakeClock();
    const { connection, states } = await rig.signedIn(dc, clock);
    dc.hold({ on: true });
    await clock.advance(15_000);
    await clock.advance(10_000);
    dc.hold({ on: false });
    await connection.updateState();
    await clock.advance(10_000);

    expect(states).toEqual(['ready']);
  });

  it('that is dead without a word is found out and made anew', async () => {
    const dc = await rig.start();
    const clock = createFakeClock();
    const { states } = await rig.signedIn(dc, clock);
    dc.fault({ method: 'PingDelayDisconnect', ignore: true });

    await clock.advance(15_000);
    await clock.advance(20_000);

    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['ready', 'lost', 'ready']);
  });
});

describe('everyone who was ever seen', () => {
  async function remembered(dc: TelegramDc, client: TelegramClient): Promise<number> {
    const updates = collectUpdates(client);
    await dc.burst({ account, chat: technician, from: 2001, count: 200, short: false });
    await expect.poll(() => updates.length).toBeGreaterThanOrEqual(200);
    const { _entities: rows } = client.session as unknown as { readonly _entities: ReadonlySet<unknown> };
    const { cacheMap } = client._entityCache as unknown as {
      readonly cacheMap: ReadonlyMap<string, unknown>;
    };
    return rows.size + cacheMap.size;
  }

  it('is kept once for each message by the library as it is', async () => {
    const dc = await start();

    expect(await remembered(dc, await signedIn(dc))).toBeGreaterThan(200);
  });

  it('is not kept by the client of the desk, which asks nobody who it is either', async () => {
    const dc = await start();
    const { client, dispose } = await openClient(
      {
        api: { id: 12_345, hash: '0123456789abcdef0123456789abcdef' },
        network: dc.network(),
        device: { model: 'Test', system: '1', app: '1' },
        log: silentLogger,
        place: undefined,
      },
      { onUpdate() {}, onState() {} },
    );
    cleanUp(dispose);
    await client.connect();
    await signIn(client, irina);
    dc.clearCalls();

    expect(await remembered(dc, client)).toBe(0);
    expect(dc.calls()).toEqual([]);
  });
});
