import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { setUpTelegramRig } from './telegram-rig.ts';

/** A connection that stands still without a word is a desk that is late without knowing. */
const { start, open, signedIn } = setUpTelegramRig();
const never = new AbortController().signal;

describe('the line', () => {
  it.each(['ReqPqMulti', 'ReqDHParams', 'SetClientDHParams'])(
    'that is cut in the middle of a key exchange, at %s, is made anew',
    async (method) => {
      const dc = await start();
      dc.fault({ method, drop: true, times: 2 });
      const { connection, states } = open(dc);

      const connecting = connection.connect(never);

      await expect.poll(() => states, { timeout: 20_000 }).toEqual(['ready']);
      await connecting;
    },
  );

  it('that the library waits for without an end is begun from the start by another client', async () => {
    const dc = await start();
    const clock = createFakeClock();
    dc.fault({ method: 'ReqPqMulti', ignore: true });
    const { connection, states } = open(dc, undefined, clock);
    const connecting = connection.connect(never);
    const asked = () => dc.calls().filter(({ method }) => method === 'ReqPqMulti').length;
    await expect.poll(asked, { timeout: 10_000 }).toBe(1);

    await clock.advance(45_000);

    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['ready']);
    await connecting;
  });

  it('on which nothing is answered although the library holds it for sound gets another client', async () => {
    const dc = await start();
    const clock = createFakeClock();
    const { states, connection } = await signedIn(dc, clock);
    dc.clearCalls();
    dc.fault({ method: 'PingDelayDisconnect', ignore: true, times: 20 });

    await clock.advance(15_000);
    await clock.advance(20_000);
    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['ready', 'lost', 'ready']);
    await clock.advance(5000);
    await clock.advance(10_000);

    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['ready', 'lost', 'ready', 'lost', 'ready']);
    // Asked by whoever begins from the start, and by nobody who only makes another line.
    expect(dc.calls().map(({ method }) => method)).toContain('help.GetConfig');
    expect(await connection.updateState()).toMatchObject({ qts: 0 });
  });
});
