import { expect, onTestFinished, test } from 'vitest';
import {
  askedOf,
  describeRoute,
  hostileText,
  makeDispatch,
  type StartRig,
} from '../../../../../test/support/route-contract.ts';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { startSmsAero } from '../../../training/services/sms-aero.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSmsaero } from './smsaero.ts';

const start = (async (parts, over: Readonly<Record<string, string>> = {}) => {
  const service = await startSmsAero({ clock: parts.clock });
  const fields = {
    login: service.login,
    apiKey: service.apiKey,
    sender: 'TOWERS',
    baseUrls: service.url,
    ...over,
  };
  const driver = createSmsaero(parts, { routeId: 1, name: 'Aero', fields, proxy: '', timeoutMs: 15_000 });
  return {
    driver,
    service,
    timeoutMs: 15_000,
    dispatch: {},
    play: service.play,
    leave: service.stop,
    taken: () => service.messages,
    refusal: 'address-refused',
    throttledMs: 7000,
    receipts: { by: 'poll', deliver: () => service.messages.forEach(({ id }) => service.setStatus(id, 1)) },
    stop: service.stop,
  };
}) satisfies StartRig;

describeRoute('smsaero', start);

async function open(over: Readonly<Record<string, string>> = {}) {
  const clock = createFakeClock();
  const rig = await start({ clock, random: createSeededRandom(7), log: silentLogger }, over);
  onTestFinished(rig.stop);
  const signal = new AbortController().signal;
  const send = (dispatch = {}) => rig.driver.send(makeDispatch(rig, dispatch), { wrote: () => {} }, signal);
  return { ...rig, clock, signal, send };
}

test('a number is dialled however it was written, and money and segments are told', async () => {
  const { send, service } = await open();

  const sent = await send({ address: '8 (900) 555-01-12', text: 'щ'.repeat(80) });

  expect(service.messages[0]).toMatchObject({ number: '79005550112', sign: 'TOWERS' });
  expect(sent).toMatchObject({ segments: 2, cost: 700, raw: '8 moderation' });
});

test.each([
  ['no-credits', 'route-no-money', 'not-sent'],
  ['reject', 'message-refused', 'refused'],
  ['broken', 'route-unavailable', 'unknown'],
] as const)('an answer of the kind %s is understood', async (scene, reason, certainty) => {
  const { send, play } = await open();
  play(scene);

  await expect(send()).rejects.toMatchObject({ details: { reason, certainty } });
});

test('a sender name that was not agreed on stops the route, not the recipient', async () => {
  const { send } = await open({ sender: 'STRANGER' });

  await expect(send()).rejects.toMatchObject({ details: { reason: 'route-forbidden', scope: 'route' } });
});

test.each(['crew', '112', ''])('an address that is no telephone (%j) is refused unasked', async (address) => {
  const { send, leave } = await open();
  await leave();

  await expect(send({ address })).rejects.toMatchObject({ details: { reason: 'address-refused' } });
});

test('every status is told as it is, and one that nobody knows is waited for', async () => {
  const { send, service, driver, signal, ...rig } = await open();
  const { providerId } = await send();
  const asked = askedOf(rig, providerId);
  const told: string[] = [];

  for (const status of [8, 0, 3, 99, 1, 2, 6]) {
    service.setStatus(1000, status);
    const [polled] = await driver.poll!([asked], signal);
    told.push(`${polled!.report.raw} -> ${polled!.report.status}`);
  }

  expect(told).toEqual([
    '8 moderation -> accepted',
    '0 queue -> accepted',
    '3 sent -> accepted',
    '99 unknown -> accepted',
    '1 delivery -> delivered',
    '2 not delivery -> failed',
    '6 reject -> failed',
  ]);
});

test('the status of a message to somebody else is not taken for this one', async () => {
  const { send, driver, signal, ...rig } = await open();
  const { providerId } = await send();

  const polled = await driver.poll!([{ ...askedOf(rig, providerId), address: '79005550199' }], signal);

  expect(polled).toEqual([]);
});

test('a message whose answer was lost is found in the list of the service', async () => {
  const { send, play, driver, signal, clock } = await open();
  play('hangs-up');
  await send({ text: hostileText }).catch(() => {});
  play('well');
  const asked = {
    uuid: 'u',
    address: '79005550112',
    providerId: null,
    text: hostileText,
    sentAt: clock.now(),
  };

  await expect(driver.find!(asked, signal)).resolves.toMatchObject({ providerId: '1000' });
  await expect(driver.find!({ ...asked, address: '79005550199' }, signal)).resolves.toBe('in-doubt');
  await clock.advance(100_000);
  await expect(driver.find!({ ...asked, address: '79005550199' }, signal)).resolves.toBe('absent');
});

test.each([
  ['the same words twice within minutes', 'Мачта без питания'],
  ['other words to the same telephone', 'Питание вернулось'],
])('%s leave in doubt which is which', async (_name, second) => {
  const { send, driver, signal, clock } = await open();
  await send();
  await send({ text: second });
  const text = 'Мачта без питания';
  const asked = { uuid: 'u', address: '79005550112', providerId: null, text, sentAt: clock.now() };

  await expect(driver.find!(asked, signal)).resolves.toBe('in-doubt');
});

test('a mirror is asked when the service itself is certainly not reached, and only then', async () => {
  const other = await startSmsAero({ clock: createFakeClock() });
  onTestFinished(other.stop);
  const { send, service, play } = await open({ baseUrls: `http://127.0.0.1:1/v2 ${other.url}` });
  await send();
  expect(other.messages).toHaveLength(1);

  const both = await open({ baseUrls: `${service.url} ${other.url}` });
  play('hangs-up');
  await expect(both.send()).rejects.toMatchObject({ details: { certainty: 'unknown' } });

  expect(service.messages).toHaveLength(1);
  expect(other.messages).toHaveLength(1);
});

test('the test mode neither sends nor charges', async () => {
  const { send, service, driver, signal, ...rig } = await open({ testMode: '1' });
  const before = await driver.test(signal);

  const { providerId } = await send();

  expect(service.messages[0]).toMatchObject({ isTest: true });
  expect(await driver.test(signal)).toEqual(before);
  expect(await driver.poll!([askedOf(rig, providerId)], signal)).toHaveLength(1);
});
