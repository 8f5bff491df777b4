import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startMailGateway } from '../../../../../test/support/fakes/mail-gateway.ts';
import { describeRoute, makeDispatch, type StartRig } from '../../../../../test/support/route-contract.ts';
import { createRelayMail } from '../../../mail/relay-mail.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createMailSms } from './mail-sms.ts';

const start = (async (parts, over: Readonly<Record<string, string>> = {}) => {
  const service = await startMailGateway();
  const fields = {
    host: '127.0.0.1',
    port: String(service.port),
    security: 'none',
    userName: 'desk',
    password: 'secret',
    from: 'desk@towers.example',
    addressTemplate: '{{digits}}@sms.example',
    ...over,
  };
  const create = createMailSms(createRelayMail(parts));
  return {
    driver: create(parts, { routeId: 1, name: 'Почта', fields, proxy: '', timeoutMs: 9000 }),
    service,
    timeoutMs: 9000,
    dispatch: {},
    play: service.play,
    leave: service.stop,
    taken: () => service.letters,
    refusal: 'address-refused',
    throttledMs: 60_000,
    names: false,
    stop: service.stop,
  };
}) satisfies StartRig;

describeRoute('mail-sms', start);

async function open(over: Readonly<Record<string, string>>) {
  const parts = { clock: createFakeClock(), random: createSeededRandom(7), log: silentLogger };
  const rig = await start(parts, over);
  onTestFinished(rig.stop);
  const { signal } = new AbortController();
  const send = (dispatch = {}) => rig.driver.send(makeDispatch(rig, dispatch), { wrote: () => {} }, signal);
  return { ...rig, signal, send };
}

test('the letter is addressed and worded as the gateway wants it', async () => {
  const { send, service } = await open({
    subjectTemplate: 'key {{password}}',
    bodyTemplate: 'send:{{digits}}:{{text}}',
  });

  await send({ address: '8 900 555-01-12', title: '', text: 'Авария' });

  expect(service.letters).toEqual([
    {
      to: '79005550112@sms.example',
      from: 'desk@towers.example',
      subject: 'key secret',
      text: expect.stringMatching(/^send:79005550112:Авария\s*$/),
    },
  ]);
});

test('words of a message add no line to the head of the letter', async () => {
  const { send, service } = await open({ subjectTemplate: '{{text}}' });

  await send({ title: '', text: 'one\r\nBcc: all@towers.example' });

  expect(service.letters[0]).toMatchObject({
    to: '79005550112@sms.example',
    subject: 'one Bcc: all@towers.example',
  });
});

test.each([['{{digits}}'], ['{{digits}}@sms.example, all@towers.example'], ['{{number}}@sms.example']])(
  'an address template %s is told by the test button',
  async (addressTemplate) => {
    const { driver, signal } = await open({ addressTemplate });

    await expect(driver.test(signal)).rejects.toMatchObject({ details: { reason: 'route-not-set-up' } });
  },
);
