import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startSmsc } from '../../../../../test/support/fakes/smsc.ts';
import {
  askedOf,
  describeRoute,
  makeDispatch,
  type StartRig,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createSmsc } from './smsc.ts';

const start = (async (parts, over: Readonly<Record<string, string>> = {}) => {
  const service = await startSmsc();
  const fields = { login: 'desk', password: 'secret', sender: 'TOWERS', baseUrls: service.baseUrl, ...over };
  return {
    driver: createSmsc(parts, { routeId: 1, name: 'SMSC', fields, proxy: '', timeoutMs: 9000 }),
    service,
    timeoutMs: 9000,
    dispatch: {},
    play: service.play,
    leave: service.stop,
    taken: () => service.messages,
    refusal: 'address-refused',
    throttledMs: 60_000,
    receipts: {
      by: 'poll',
      deliver: () => {
        for (const message of service.messages) message.status = 1;
      },
    },
    stop: service.stop,
  };
}) satisfies StartRig;

describeRoute('smsc', start);

async function open(over: Readonly<Record<string, string>> = {}) {
  const clock = createFakeClock();
  const rig = await start({ clock, random: createSeededRandom(7), log: silentLogger }, over);
  onTestFinished(rig.stop);
  const { signal } = new AbortController();
  const send = (dispatch = {}) => rig.driver.send(makeDispatch(rig, dispatch), { wrote: () => {} }, signal);
  return { ...rig, clock, signal, send };
}

test.each([
  [1, 'message-refused', 'refused'],
  [2, 'route-login-refused', 'not-sent'],
  [3, 'route-no-money', 'not-sent'],
  [4, 'route-forbidden', 'not-sent'],
  [6, 'message-refused', 'refused'],
  [7, 'address-refused', 'refused'],
  [8, 'address-refused', 'refused'],
  [9, 'route-throttled', 'not-sent'],
] as const)('code %i is understood as %s', async (code, reason, certainty) => {
  const { send, play } = await open();
  play(code);

  await expect(send()).rejects.toMatchObject({ details: { reason, certainty } });
});

test('every status is told as it is', async () => {
  const { send, service, driver, signal, ...rig } = await open();
  const { providerId } = await send();
  const told: string[] = [];

  for (const status of [-1, 0, 1, 2, 3, 4, 20, 22, 23, 24, 25, -2, 77]) {
    service.messages[0]!.status = status;
    const [polled] = await driver.poll!([askedOf(rig, providerId)], signal);
    told.push(`${status} ${polled?.report.status}`);
  }

  expect(told).toEqual([
    '-1 accepted',
    '0 accepted',
    '1 delivered',
    '2 read',
    '3 failed',
    '4 read',
    '20 failed',
    '22 failed',
    '23 failed',
    '24 failed',
    '25 failed',
    '-2 failed',
    '77 accepted',
  ]);
});

test('a message whose answer was lost is found by the id it was given', async () => {
  const { send, play, driver, signal, clock, ...rig } = await open();
  play('hangs-up');
  await send().catch(() => {});
  play('well');
  const asked = { ...askedOf(rig, null), sentAt: clock.now() };

  await expect(driver.find!(asked, signal)).resolves.toMatchObject({ status: 'accepted' });
  await expect(driver.find!({ ...asked, uuid: 'other' }, signal)).resolves.toBe('in-doubt');
  await clock.advance(100_000);
  await expect(driver.find!({ ...asked, uuid: 'other' }, signal)).resolves.toBe('absent');
});

test('an answer about another message is not taken for this one', async () => {
  const { send, play } = await open();
  play('stranger');

  await expect(send()).rejects.toMatchObject({ details: { certainty: 'unknown' } });
});

test('a key does in the place of a login', async () => {
  const { send, service } = await open({ login: '', password: '', apiKey: 'key' });

  const sent = await send();

  expect(sent).toMatchObject({ cost: 250, segments: 1, providerId: service.messages[0]!.id });
  expect(service.messages[0]!.sender).toBe('TOWERS');
});
