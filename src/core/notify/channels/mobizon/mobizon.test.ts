import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startMobizon } from '../../../../../test/support/fakes/mobizon.ts';
import {
  askedOf,
  describeRoute,
  makeDispatch,
  type StartRig,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createMobizon } from './mobizon.ts';

const start = (async (parts) => {
  const service = await startMobizon();
  const fields = { apiKey: 'kz-key', sender: 'TOWERS', validMinutes: '120', baseUrl: service.url };
  return {
    driver: createMobizon(parts, { routeId: 1, name: 'Mobizon', fields, proxy: '', timeoutMs: 9000 }),
    service,
    timeoutMs: 9000,
    dispatch: { address: '+7 701 555 01 12' },
    play: service.play,
    leave: service.stop,
    taken: () => service.messages,
    refusal: 'address-refused',
    throttledMs: 60_000,
    receipts: {
      by: 'poll',
      deliver: () => {
        for (const message of service.messages) message.status = 'DELIVRD';
      },
    },
    stop: service.stop,
  };
}) satisfies StartRig;

describeRoute('mobizon', start);

async function open() {
  const rig = await start({ clock: createFakeClock(), random: createSeededRandom(7), log: silentLogger });
  onTestFinished(rig.stop);
  const { signal } = new AbortController();
  const send = () => rig.driver.send(makeDispatch(rig), { wrote: () => {} }, signal);
  return { ...rig, signal, send };
}

test.each([
  [{ code: 1, data: { from: 'unknown' } }, 'route-forbidden', 'refused'],
  [{ code: 1, data: { text: 'spam' } }, 'message-refused', 'refused'],
  [{ code: 1, message: 'Not enough balance' }, 'route-no-money', 'not-sent'],
  [{ code: 13, data: 'api.mobizon.com' }, 'route-not-set-up', 'not-sent'],
  [{ code: 14 }, 'route-forbidden', 'not-sent'],
  [{ code: 99 }, 'route-answer-unreadable', 'unknown'],
  [{ code: 100 }, 'route-answer-unreadable', 'unknown'],
  [{ code: 999 }, 'route-answer-unreadable', 'unknown'],
] as const)('the envelope %j is understood', async (scene, reason, certainty) => {
  const { send, service } = await open();
  service.play(scene);

  await expect(send()).rejects.toMatchObject({ details: { reason, certainty } });
});

test('fates of many messages are asked for at once', async () => {
  const { send, service, driver, signal, ...rig } = await open();
  const statuses = [
    'NEW',
    'ENQUEUD',
    'ACCEPTD',
    'PDLIVRD',
    'DELIVRD',
    'UNDELIV',
    'REJECTD',
    'EXPIRED',
    'DELETED',
  ];
  const asked = [];
  for (const status of statuses) {
    asked.push(askedOf(rig, (await send()).providerId));
    service.messages.at(-1)!.status = status;
  }

  const polled = await driver.poll!(asked, signal);

  expect(polled.map(({ report }) => `${report.raw} ${report.status}`)).toEqual([
    'NEW accepted',
    'ENQUEUD accepted',
    'ACCEPTD accepted',
    'PDLIVRD accepted',
    'DELIVRD delivered',
    'UNDELIV failed',
    'REJECTD failed',
    'EXPIRED failed',
    'DELETED failed',
  ]);
});
