import type { BaseTelegramClient } from '@mtcute/core/client.js';
import { afterEach, describe, expect, it } from 'vitest';
import { createIndependentClient } from '../support/telegram-dc/independent-client.ts';
import { irina, sampleWorld } from '../support/telegram-dc/sample-world.ts';
import { createTelegramDc } from '../support/telegram-dc/telegram-dc.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(options: { readonly usePfs?: boolean } = {}) {
  const dc = createTelegramDc();
  dc.seed(sampleWorld);
  await dc.start();
  cleanups.push(() => dc.stop());
  const client = createIndependentClient(dc.network(), options);
  cleanups.push(() => client.destroy());
  await client.connect();
  return { dc, client };
}

async function sendCode(client: BaseTelegramClient) {
  return await client.call({
    _: 'auth.sendCode',
    phoneNumber: irina.phone,
    apiId: 12_345,
    apiHash: '0123456789abcdef0123456789abcdef',
    settings: { _: 'codeSettings' },
  });
}

describe('a client that shares no code with the servers', () => {
  it('makes a key, says who it is and learns where the data centres are', async () => {
    const { dc, client } = await start();

    const config = await client.call({ _: 'help.getConfig' });
    const nearest = await client.call({ _: 'help.getNearestDc' });

    expect(config.dcOptions).toMatchObject([
      { id: 2, ipAddress: '10.0.0.2', port: 443 },
      { id: 4, ipAddress: '10.0.0.4', port: 443 },
    ]);
    expect(nearest).toMatchObject({ thisDc: 2 });
    expect(dc.problems()).toEqual([]);
    expect(dc.unhandled()).toEqual([]);
  });

  it('asks for a code, and once more after the salts have changed under it', async () => {
    const { dc, client } = await start();
    await sendCode(client);

    dc.rotateSalts();

    expect(await sendCode(client)).toMatchObject({
      _: 'auth.sentCode',
      type: { _: 'auth.sentCodeTypeApp', length: 5 },
    });
    expect(dc.problems()).toEqual([]);
  });

  it('reads errors, and packed answers when they are long', async () => {
    const { dc, client } = await start();
    dc.fault({ method: 'auth.SendCode', floodSeconds: 3600 });

    await expect(sendCode(client)).rejects.toMatchObject({ code: 420, seconds: 3600 });
  });

  it('binds a temporary key to its permanent one', async () => {
    const { dc, client } = await start({ usePfs: true });

    await sendCode(client);

    expect(dc.calls().map(({ method }) => method)).toContain('auth.BindTempAuthKey');
    expect(dc.problems()).toEqual([]);
    expect(dc.unhandled()).toEqual([]);
  });
});
