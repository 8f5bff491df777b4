import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startTwilio } from '../../../../../test/support/fakes/twilio.ts';
import {
  askedOf,
  createMemoryInbox,
  describeRoute,
  listen,
  makeDispatch,
  type StartRig,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createTwilio } from './twilio.ts';

const start = (async (parts, over: Readonly<Record<string, string>> = {}) => {
  const service = await startTwilio(parts.clock);
  const fields = {
    accountSid: service.account,
    authToken: service.token,
    sender: '+14155550132',
    baseUrl: service.url,
    ...over,
  };
  return {
    driver: createTwilio(parts, { routeId: 1, name: 'Twilio', fields, proxy: '', timeoutMs: 9000 }),
    service,
    timeoutMs: 9000,
    dispatch: {},
    play: service.play,
    leave: service.stop,
    taken: () => service.messages,
    refusal: 'address-refused',
    throttledMs: 5000,
    receipts: {
      by: 'poll',
      deliver: () => {
        for (const message of service.messages) message.status = 'delivered';
      },
    },
    stop: service.stop,
  };
}) satisfies StartRig;

describeRoute('twilio', start);

async function open(over: Readonly<Record<string, string>> = {}) {
  const clock = createFakeClock();
  const rig = await start({ clock, random: createSeededRandom(7), log: silentLogger }, over);
  onTestFinished(rig.stop);
  const { signal } = new AbortController();
  const send = (dispatch = {}) => rig.driver.send(makeDispatch(rig, dispatch), { wrote: () => {} }, signal);
  return { ...rig, clock, signal, send };
}

test.each([
  [21610, 'address-blocked', 'refused'],
  [21408, 'route-forbidden', 'not-sent'],
  [21617, 'payload-too-large', 'refused'],
  [99_999, 'message-refused', 'refused'],
] as const)('code %i is understood as %s', async (code, reason, certainty) => {
  const { send, play } = await open();
  play(code);

  await expect(send()).rejects.toMatchObject({ details: { reason, certainty } });
});

test('every status is told as it is, with its code and its price', async () => {
  const { send, service, driver, signal, ...rig } = await open();
  const { providerId } = await send();
  const told: string[] = [];

  for (const status of [
    'accepted',
    'queued',
    'sending',
    'sent',
    'delivered',
    'read',
    'undelivered',
    'failed',
  ]) {
    service.messages[0]!.status = status;
    service.messages[0]!.error = status === 'undelivered' ? 30_003 : null;
    const [polled] = await driver.poll!([askedOf(rig, providerId)], signal);
    told.push(`${polled!.report.raw} -> ${polled!.report.status} ${polled!.report.cost ?? ''}`.trim());
  }

  expect(told).toEqual([
    'accepted -> accepted',
    'queued -> accepted',
    'sending -> accepted',
    'sent -> accepted',
    'delivered -> delivered 1',
    'read -> read',
    'undelivered 30003 -> failed',
    'failed -> failed',
  ]);
});

test('a message whose answer was lost is found in the list', async () => {
  const { send, play, driver, signal, clock, ...rig } = await open();
  play('hangs-up');
  await send().catch(() => {});
  play('well');
  const asked = { ...askedOf(rig, null), sentAt: clock.now() };

  await expect(driver.find!(asked, signal)).resolves.toMatchObject({ status: 'accepted' });
  await expect(driver.find!({ ...asked, address: '79005550199' }, signal)).resolves.toBe('in-doubt');
  await clock.advance(100_000);
  await expect(driver.find!({ ...asked, address: '79005550199' }, signal)).resolves.toBe('absent');
});

test('what people write to the number is heard, as often as it is asked under the same name', async () => {
  const { driver, service, clock, send } = await open({ readsAnswers: '1' });
  await send({ verbs: ['accepted', 'cannot'] });
  service.say('+79005550112', 'AB23KX принял');
  const inbox = createMemoryInbox();
  const hearing = listen(driver, inbox);
  onTestFinished(hearing.stop);

  await expect.poll(() => inbox.answers.length).toBe(1);
  await expect.poll(() => clock.sleeping).toBe(1);
  service.say('+79005550112', 'выехал');
  await clock.advance(15_000);
  await expect.poll(() => inbox.answers.length).toBe(3);

  const [first, again, second] = inbox.answers;
  expect(first).toMatchObject({ address: '79005550112', text: 'AB23KX принял' });
  expect(again).toEqual(first);
  expect(second).toMatchObject({ text: 'выехал' });
  expect(service.messages[0]!.text).toContain('Ответ: AB23KX принял / не могу');
  expect(Number(inbox.cursor())).toBeGreaterThan(0);
});
