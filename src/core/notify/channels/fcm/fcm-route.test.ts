import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startFakeFcm } from '../../../../../test/support/fakes/fcm.ts';
import { describeRoute, makeDispatch } from '../../../../../test/support/route-contract.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { systemRandom } from '../../../platform/random.ts';
import type { Dispatch } from '../../route-driver.ts';
import { createFcmRoute } from './fcm-route.ts';

const timeoutMs = 5000;
const phone = 'dTokenOfAPhone:APA91b';
const routeTo = (server: string, serviceAccount: string) => ({
  routeId: 1,
  name: 'FCM',
  fields: { server, serviceAccount },
  proxy: '',
  timeoutMs,
});

describeRoute('fcm', async (parts) => {
  const fake = await startFakeFcm(parts.clock.now);
  return {
    driver: createFcmRoute(parts, routeTo(fake.url, fake.serviceAccount)),
    timeoutMs,
    dispatch: { address: phone },
    play: fake.play,
    leave: fake.stop,
    taken: () => fake.messages.map(({ notification }) => ({ text: notification.body })),
    refusal: 'address-refused',
    throttledMs: 90_000,
    stop: fake.stop,
  };
});

describe('push by FCM', () => {
  const open = async () => {
    const clock = createFakeClock();
    const fake = await startFakeFcm(clock.now);
    onTestFinished(fake.stop);
    const parts = { clock, random: systemRandom, log: silentLogger };
    const start = (serviceAccount = fake.serviceAccount) =>
      createFcmRoute(parts, routeTo(fake.url, serviceAccount));
    const driver = start();
    let wrote = 0;
    const send = (over: Partial<Dispatch> = {}, by = driver) =>
      by.send(
        makeDispatch({ dispatch: { address: phone, ...over } }),
        { wrote: () => void (wrote += 1) },
        new AbortController().signal,
      );
    const failure = async (work: Promise<unknown>) =>
      toAppError(await work.catch((thrown: unknown) => thrown));
    return { clock, fake, start, send, failure, wrote: () => wrote };
  };

  test('signs in once for many messages, and again before its token ends', async () => {
    const { clock, fake, send } = await open();

    await send();
    await send();
    expect(fake.tokensGiven).toBe(1);
    await clock.advance(3_600_000);
    await send();

    expect(fake.tokensGiven).toBe(2);
    expect(fake.refused).toBe(0);
    expect(fake.messages).toHaveLength(3);
  });

  test('a token taken back before its time costs one more try, and the message is written down once', async () => {
    const { fake, send, wrote } = await open();
    await send();
    fake.forgetTokens();

    await send();

    expect(fake.messages).toHaveLength(2);
    expect(wrote()).toBe(2);
  });

  test('wakes the phone of whoever must hurry, and no others', async () => {
    const { fake, send } = await open();

    await send({ urgency: 'critical' });
    await send({ urgency: 'normal', address: '/topics/crew' });

    expect(fake.messages.map(({ android }) => android.priority)).toEqual(['HIGH', 'NORMAL']);
    expect(fake.messages[1]?.topic).toBe('crew');
  });

  test('words that do not fit are cut rather than refused', async () => {
    const { fake, send } = await open();

    await send({ text: 'Опора 🗼 '.repeat(1000) });

    expect(fake.messages[0]?.notification.body.endsWith('…')).toBe(true);
  });

  test('an overloaded service has not taken it and is asked again when it says', async () => {
    const { fake, send, failure } = await open();
    fake.play('overloaded');

    const error = await failure(send());

    expect([error.details['certainty'], error.retryAfterMs]).toEqual(['not-sent', 7000]);
  });

  test('something else than a service account is no login, and its words are told to nobody', async () => {
    const { start, send, failure } = await open();

    const error = await failure(send({}, start('{"private_key":"-----BEGIN SECRET"}')));

    expect([error.reason, error.details['certainty']]).toEqual(['route-not-set-up', 'not-sent']);
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('SECRET');
  });
});
