import type { TelegramClient } from 'telegram';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../../test/support/fake-clock.ts';
import { keepAlive } from './keep-alive.ts';

type Sender = { isReconnecting: boolean; send(): Promise<unknown>; reconnect(): void };

/** A client of which only the line is real; counts how often it was renewed and given up. */
function watch(send: () => Promise<unknown>) {
  const clock = createFakeClock();
  const gone = new AbortController();
  const counts = { pings: 0, renewed: 0, givenUp: 0 };
  const sender: Sender = {
    isReconnecting: false,
    send() {
      counts.pings += 1;
      return send();
    },
    reconnect: () => void (counts.renewed += 1),
  };
  const client = { _sender: sender, _isSwitchingDc: false } as unknown as TelegramClient;
  const watching = keepAlive(client, clock, gone.signal, () => void (counts.givenUp += 1));
  return { clock, gone, counts, sender, watching };
}

const unanswered = () => new Promise<never>(() => {});

describe('a line', () => {
  it('that answers is asked every fifteen seconds and left as it is', async () => {
    const { clock, counts } = watch(() => Promise.resolve());

    await clock.advance(150_000);

    expect(counts).toEqual({ pings: 10, renewed: 0, givenUp: 0 });
  });

  it('that missed an answer is renewed and goes on when it answers again', async () => {
    let isSilent = true;
    const { clock, counts } = watch(() => (isSilent ? unanswered() : Promise.resolve()));

    await clock.advance(35_000);
    isSilent = false;
    await clock.advance(600_000);

    expect(counts).toMatchObject({ renewed: 1, givenUp: 0 });
  });

  it('that never answers is given up with its client after fifty seconds, once', async () => {
    const { clock, counts, watching } = watch(unanswered);

    await clock.advance(49_000);
    expect(counts.givenUp).toBe(0);
    await clock.advance(1000);
    expect(counts.givenUp).toBe(1);

    await watching;
    await clock.advance(600_000);
    expect(counts.givenUp).toBe(1);
  });

  it('that the library makes anew for ever is given up as well', async () => {
    const { clock, counts, sender } = watch(() => Promise.resolve());
    await clock.advance(15_000);
    sender.isReconnecting = true;

    await clock.advance(50_000);

    expect(counts).toEqual({ pings: 1, renewed: 0, givenUp: 1 });
  });

  it('of a client that is gone is asked nothing and given up by nobody', async () => {
    const { clock, counts, gone, watching } = watch(unanswered);
    await clock.advance(20_000);
    gone.abort();
    await watching;

    await clock.advance(600_000);

    expect(counts).toEqual({ pings: 1, renewed: 0, givenUp: 0 });
  });
});
