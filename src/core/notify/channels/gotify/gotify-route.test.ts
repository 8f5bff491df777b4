import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startFakeGotify } from '../../../../../test/support/fakes/gotify.ts';
import { describeRoute, makeDispatch } from '../../../../../test/support/route-contract.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { systemRandom } from '../../../platform/random.ts';
import type { Dispatch } from '../../route-driver.ts';
import { createGotifyRoute } from './gotify-route.ts';

const shared = 'Ashared0000000A';
const own = 'Asedov00000000A';
const timeoutMs = 5000;
const routeTo = (server: string) => ({
  routeId: 1,
  name: 'Gotify',
  fields: { server, token: shared },
  proxy: '',
  timeoutMs,
});

describeRoute('gotify', async (parts) => {
  const fake = await startFakeGotify();
  return {
    driver: createGotifyRoute(parts, routeTo(`${fake.url}/`)),
    timeoutMs,
    dispatch: { address: '' },
    play: fake.play,
    leave: fake.stop,
    taken: () => fake.messages.map(({ message }) => ({ text: message })),
    refusal: 'message-refused',
    throttledMs: 12_000,
    stop: fake.stop,
  };
});

describe('push by Gotify', () => {
  const open = async () => {
    const fake = await startFakeGotify({ tokens: [shared, own] });
    onTestFinished(fake.stop);
    const parts = { clock: createFakeClock(), random: systemRandom, log: silentLogger };
    const driver = createGotifyRoute(parts, routeTo(fake.url));
    const send = (over: Partial<Dispatch>) =>
      driver.send(makeDispatch({ dispatch: over }), { wrote: () => {} }, new AbortController().signal);
    return { fake, send };
  };

  test('goes to the account whose token the address is, as loud as it is urgent', async () => {
    const { fake, send } = await open();

    await send({ address: own, urgency: 'critical' });

    expect(fake.messages[0]).toMatchObject({ token: own, priority: 10, title: 'PLT-2026-0042' });
  });

  test('a token that was deleted is a dead address, not a dead route', async () => {
    const { send } = await open();

    const error = toAppError(await send({ address: 'Agone000000000A' }).catch((failure: unknown) => failure));

    expect([error.reason, error.details['scope']]).toEqual(['address-refused', 'address']);
  });
});
