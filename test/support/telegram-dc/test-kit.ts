import { afterEach, expect } from 'vitest';
import type { Api } from 'telegram/tl/index.js';
import { Raw } from 'telegram/events/index.js';
import type { TelegramClient } from 'telegram';
import { takeUpdates } from '../../../src/core/telegram/gramjs/take-updates.ts';
import { createBareClient, signIn, type BareClientOptions } from './bare-client.ts';
import { irina, sampleWorld } from './sample-world.ts';
import { createTelegramDc, type TelegramDc, type TelegramDcOptions } from './telegram-dc.ts';

export type Update = Api.TypeUpdate | Api.TypeUpdates;

/** Servers and clients that are gone after each test, and nobody may have done anything wrong. */
export function setUpTelegram() {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  const startDc = async (options?: TelegramDcOptions) => {
    const dc = createTelegramDc(options);
    dc.seed(sampleWorld);
    await dc.start();
    cleanups.push(() => dc.stop());
    return dc;
  };
  const connectTo = (dc: TelegramDc, options?: BareClientOptions): TelegramClient => {
    const client = createBareClient(dc.network(), options);
    cleanups.push(() => client.destroy());
    return client;
  };
  return {
    cleanUp: (cleanup: () => unknown) => void cleanups.push(cleanup),
    startDc,
    connectTo,
    async start(options?: TelegramDcOptions) {
      const dc = await startDc(options);
      cleanups.push(() => {
        expect(dc.unhandled()).toEqual([]);
        expect(dc.problems()).toEqual([]);
      });
      return dc;
    },
    /** Irina, who knows her chats. */
    async signedIn(dc: TelegramDc) {
      const client = connectTo(dc);
      await signIn(client, irina);
      await client.getDialogs({});
      return client;
    },
  };
}

/** Everything that arrives from now on, by name. */
export function collectUpdates(client: TelegramClient): Update[] {
  const updates: Update[] = [];
  takeUpdates(client, ({ update }) => void updates.push(update));
  client.addEventHandler((update: unknown) => {
    if (isUpdate(update)) updates.push(update);
  }, new Raw({}));
  return updates;
}

function isUpdate(value: unknown): value is Update {
  return typeof value === 'object' && value !== null && 'className' in value;
}
