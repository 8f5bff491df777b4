import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startExolve } from '../../../../../test/support/fakes/exolve.ts';
import {
  askedOf,
  describeRoute,
  makeDispatch,
  type StartRig,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createExolve } from './exolve.ts';

const start = (async (parts) => {
  const service = await startExolve();
  const fields = { apiKey: 'app-key', sender: 'TOWERS', baseUrl: service.url };
  return {
    driver: createExolve(parts, { routeId: 1, name: 'Exolve', fields, proxy: '', timeoutMs: 9000 }),
    service,
    timeoutMs: 9000,
    dispatch: {},
    play: service.play,
    leave: service.stop,
    taken: () => service.messages,
    refusal: 'address-refused',
    throttledMs: 2000,
    receipts: {
      by: 'poll',
      deliver: () => {
        for (const message of service.messages) message.status = 'DELIVERED';
      },
    },
    stop: service.stop,
  };
}) satisfies StartRig;

describeRoute('exolve', start);

async function open() {
  const rig = await start({ clock: createFakeClock(), random: createSeededRandom(7), log: silentLogger });
  onTestFinished(rig.stop);
  const { signal } = new AbortController();
  const send = () => rig.driver.send(makeDispatch(rig), { wrote: () => {} }, signal);
  return { ...rig, signal, send };
}

test.each([
  ['no-money', 'route-no-money', 'not-sent'],
  ['bad-sender', 'route-forbidden', 'not-sent'],
  ['broken', 'route-unavailable', 'unknown'],
] as const)('an answer of the kind %s is understood', async (scene, reason, certainty) => {
  const { send, service } = await open();
  service.play(scene);

  await expect(send()).rejects.toMatchObject({ details: { reason, certainty } });
});

test.each([
  ['QUEUED', 'accepted'],
  ['SENT', 'accepted'],
  ['DELIVERED', 'delivered'],
  ['UNDELIVERED', 'failed'],
  ['NOT_DELIVERED', 'failed'],
  ['EXPIRED', 'failed'],
  ['something new', 'accepted'],
])('the status %s is told as %s', async (raw, status) => {
  const { send, service, driver, signal, ...rig } = await open();
  const { providerId } = await send();
  service.messages[0]!.status = raw;

  expect(await driver.poll!([askedOf(rig, providerId)], signal)).toEqual([
    { providerId, report: { status, raw } },
  ]);
});
