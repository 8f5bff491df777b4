import { afterEach, describe, expect, it } from 'vitest';
import { createBareClient, signIn } from './bare-client.ts';
import { startTelegramDcProcess } from './control-client.ts';
import { irina, sampleWorld, technician } from './sample-world.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

describe('the test servers in a process of their own', () => {
  it('are told over HTTP what to do, and refuse what they do not know', async () => {
    const { network, control, stop } = await startTelegramDcProcess();
    cleanups.push(stop);
    await control.seed(sampleWorld);
    const client = createBareClient(network);
    cleanups.push(() => client.destroy());
    await signIn(client, irina);

    const { id } = await control.receive({ account: irina.account, chat: technician, text: 'через HTTP' });

    expect((await client.getMessages('denis_tech', { limit: 1 }))[0]).toMatchObject({
      id,
      message: 'через HTTP',
    });
    await expect(control.log({ account: 7 })).rejects.toThrow('not in the test world: 7');
    expect(await control.problems()).toEqual([]);
    expect(await control.unhandled()).toEqual([]);
  });
});
