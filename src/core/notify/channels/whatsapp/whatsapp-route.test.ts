import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../../../../../test/support/fake-clock.ts';
import { phoneNumberId, startFakeWhatsapp } from '../../../../../test/support/fakes/whatsapp.ts';
import {
  createMemoryInbox,
  describeRoute,
  listen,
  makeDispatch,
} from '../../../../../test/support/route-contract.ts';
import { startRelay } from '../../../../../tools/relay/relay-server.ts';
import { toAppError } from '../../../../shared/errors.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { systemRandom } from '../../../platform/random.ts';
import type { Dispatch } from '../../route-driver.ts';
import { createWhatsappRoute } from './whatsapp-route.ts';

const timeoutMs = 5000;
const sedov = '79005550112';
const readToken = 'read-token-of-a-test';

async function start(clock: FakeClock, over: Record<string, string> = {}) {
  const fake = await startFakeWhatsapp(clock.now);
  const directory = mkdtempSync(join(tmpdir(), 'pult-relay-'));
  const relay = await startRelay({ host: '127.0.0.1', port: 0, directory, verifyToken: 'v', readToken });
  const relayUrl = `http://127.0.0.1:${relay.port}`;
  fake.hookTo(`${relayUrl}/webhook`);
  const fields = {
    server: fake.url,
    phoneNumberId,
    token: fake.token,
    relay: relayUrl,
    relayToken: readToken,
    appSecret: fake.appSecret,
    ...over,
  };
  const config = { routeId: 1, name: 'WhatsApp', fields, proxy: '', timeoutMs };
  const makeDriver = () => createWhatsappRoute({ clock, random: systemRandom, log: silentLogger }, config);
  const stop = async () => {
    await relay.stop();
    await fake.stop();
    rmSync(directory, { recursive: true });
  };
  return { fake, relay, driver: makeDriver(), makeDriver, stop };
}

const textOf = ({ text, interactive }: Awaited<ReturnType<typeof startFakeWhatsapp>>['messages'][number]) =>
  text?.body ?? interactive?.body.text ?? '';

describeRoute('whatsapp', async ({ clock }) => {
  const { fake, driver, stop } = await start(clock);
  fake.openWindow(sedov);
  const deliver = () => fake.status('wamid.1', 'delivered');
  return {
    driver,
    timeoutMs,
    dispatch: { address: '+7 900 555-01-12' },
    play: fake.play,
    leave: fake.stop,
    taken: () => fake.messages.map((message) => ({ text: textOf(message) })),
    refusal: 'address-refused',
    throttledMs: undefined,
    receipts: { by: 'listening', deliver, repeat: deliver },
    stop,
  };
});

describe('WhatsApp', () => {
  const open = async (over: Record<string, string> = {}) => {
    const clock = createFakeClock();
    const rig = await start(clock, over);
    onTestFinished(rig.stop);
    let wrote = 0;
    const send = (more: Partial<Dispatch> = {}, driver = rig.driver) =>
      driver.send(
        makeDispatch({
          dispatch: { address: sedov, verbs: ['accepted', 'on-the-way', 'done', 'cannot'], ...more },
        }),
        { wrote: () => void (wrote += 1) },
        new AbortController().signal,
      );
    const hear = (inbox = createMemoryInbox(), driver = rig.driver) => {
      const hearing = listen(driver, inbox);
      onTestFinished(hearing.stop);
      return { inbox, ...hearing };
    };
    const failure = async (work: Promise<unknown>) =>
      toAppError(await work.catch((thrown: unknown) => thrown));
    return { ...rig, clock, send, hear, failure, wrote: () => wrote };
  };
  const template = { template: 'pult_call', templateButtons: '2' };

  test('to somebody who wrote today goes in free words with three buttons', async () => {
    const { fake, send } = await open();
    fake.openWindow(sedov);

    await send();

    const buttons = fake.messages[0]?.interactive?.action.buttons.map(({ reply }) => reply.title);
    expect(buttons).toEqual(['Принял', 'Выполнено', 'Не могу']);
  });

  test('to somebody silent goes by the approved template, with the code and its buttons', async () => {
    const { fake, send } = await open(template);

    await send({ text: 'Мачта\nбез питания' });

    expect(fake.messages[0]?.template).toMatchObject({
      name: 'pult_call',
      language: { code: 'ru' },
      components: [
        { parameters: [{ text: 'PLT-2026-0042 Мачта без питания' }, { text: 'AB23KX' }] },
        { sub_type: 'quick_reply', index: '0', parameters: [{ payload: 'a:AB23KX:accepted' }] },
        { sub_type: 'quick_reply', index: '1', parameters: [{ payload: 'a:AB23KX:cannot' }] },
      ],
    });
  });

  test('without a template says that one is needed', async () => {
    const { send, failure } = await open();

    const error = await failure(send());

    expect([error.reason, error.details['certainty']]).toEqual(['template-needed', 'refused']);
  });

  test('whose window has closed earlier than was thought goes by the template, written down once', async () => {
    const { fake, send, hear, wrote } = await open(template);
    const { inbox } = hear();
    await fake.message(sedov, { type: 'text', text: { body: 'на связи' } });
    await expect.poll(() => inbox.answers.length).toBe(1);
    fake.closeWindow(sedov);

    await send();

    expect(fake.messages.map(({ type }) => type)).toEqual(['template']);
    expect(wrote()).toBe(1);
  });

  test('a day after the last word of somebody needs the template again', async () => {
    const { fake, clock, send, hear } = await open(template);
    const { inbox } = hear();
    await fake.message(sedov, { type: 'text', text: { body: 'на связи' } });
    await expect.poll(() => inbox.answers.length).toBe(1);

    await send();
    await clock.advance(24 * 3_600_000);
    await send();

    expect(fake.messages.map(({ type }) => type)).toEqual(['interactive', 'template']);
  });

  test('after a restart still knows who wrote today', async () => {
    const { fake, send, hear, makeDriver } = await open(template);
    const first = hear();
    await fake.message(sedov, { type: 'text', text: { body: 'на связи' } });
    await expect.poll(() => first.inbox.answers.length).toBe(1);
    await first.stop();

    const restarted = makeDriver();
    const { inbox } = hear(createMemoryInbox({ cursor: first.inbox.cursor }), restarted);
    await fake.message('79005550199', { type: 'text', text: { body: 'и я' } });
    await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['и я']);
    await send({}, restarted);

    expect(fake.messages[0]?.type).toBe('interactive');
  });

  test('a button, a place, a photo and words come back as answers', async () => {
    const { fake, hear } = await open();
    const { inbox } = hear();
    fake.putMedia('photo1', Buffer.from('jpeg'), 'image/jpeg');

    await fake.message(sedov, {
      type: 'interactive',
      context: { id: 'wamid.7' },
      interactive: { type: 'button_reply', button_reply: { id: 'a:AB23KX:accepted', title: 'Принял' } },
    });
    await fake.message(sedov, { type: 'button', button: { payload: 'a:AB23KX:cannot', text: 'Не могу' } });
    await fake.message(sedov, { type: 'location', location: { latitude: 55.75, longitude: 37.61 } });
    await fake.message(sedov, {
      type: 'image',
      image: { id: 'photo1', mime_type: 'image/jpeg', caption: 'щит' },
    });
    await fake.message(sedov, { type: 'text', text: { body: 'готово ав23кх' } });

    await expect.poll(() => inbox.answers.length).toBe(5);
    const [pressed, replied, place, photo, words] = inbox.answers;
    expect(pressed).toMatchObject({
      verb: 'accepted',
      code: 'AB23KX',
      providerId: 'wamid.7',
      address: sedov,
    });
    expect(replied).toMatchObject({ verb: 'cannot', code: 'AB23KX' });
    expect(place?.place).toEqual({ latitude: 55.75, longitude: 37.61 });
    expect(photo).toMatchObject({ text: 'щит', files: [{ fileName: 'image.jpg', size: 4 }] });
    expect(words).toMatchObject({ verb: 'done', code: 'AB23KX' });
  });

  test('a photo that is no longer there is told in words and stops nothing', async () => {
    const { fake, hear } = await open();
    const { inbox } = hear();

    await fake.message(sedov, { type: 'image', image: { id: 'gone', mime_type: 'image/jpeg' } });
    await fake.message(sedov, { type: 'text', text: { body: 'дальше' } });

    await expect.poll(() => inbox.answers.length).toBe(2);
    expect(inbox.answers[0]).toMatchObject({ text: '[файл «image.jpg» не получен]', files: [] });
  });

  test('what Meta has not signed is nobody’s word', async () => {
    const { fake, hear } = await open();
    const { inbox } = hear();

    await fake.message(sedov, { type: 'text', text: { body: 'принял AB23KX' } }, 'another secret');
    await fake.message(sedov, { type: 'text', text: { body: 'настоящее' } });

    await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['настоящее']);
  });

  test('statuses in one heap and out of order are all told, and each says which it is', async () => {
    const { fake, hear } = await open();
    const { inbox } = hear();
    const status = (id: string, said: string, more = {}) => ({
      id,
      status: said,
      timestamp: '1772602200',
      ...more,
    });
    const errors = [{ code: 131026, title: 'Message undeliverable' }];

    await fake.call([
      { statuses: [status('wamid.1', 'read'), status('wamid.1', 'delivered')] },
      { statuses: [status('wamid.2', 'failed', { errors })] },
    ]);

    await expect.poll(() => inbox.receipts.length).toBe(3);
    expect(inbox.receipts.map(({ eventId, report }) => [eventId, report.status, report.raw])).toEqual([
      ['wamid.1:read', 'read', 'read'],
      ['wamid.1:delivered', 'delivered', 'delivered'],
      ['wamid.2:failed', 'failed', 'failed 131026 Message undeliverable'],
    ]);
  });

  test('what concerns another number of the same account is left alone', async () => {
    const { fake, hear } = await open();
    const { inbox } = hear();
    const message = { from: sedov, id: 'other', timestamp: '1772602200', type: 'text', text: { body: 'x' } };

    await fake.call([{ metadata: { phone_number_id: '999' }, messages: [message] }]);
    await fake.message(sedov, { type: 'text', text: { body: 'сюда' } });

    await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['сюда']);
  });

  test('a photo goes with the words, uploaded before', async () => {
    const { fake, send } = await open();
    fake.openWindow(sedov);
    const folder = mkdtempSync(join(tmpdir(), 'pult-wa-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'photo'), 'jpeg');

    const file = { path: join(folder, 'photo'), fileName: 'Опора.jpg', mimeType: 'image/jpeg', size: 4 };
    await send({ verbs: [], files: [file] });

    expect(fake.messages[0]).toMatchObject({ type: 'image', image: { id: 'media1' } });
    expect(fake.messages[0]?.image?.caption).toContain('Мачта без питания');
  });

  test('too much to one person waits six seconds and stops nobody else', async () => {
    const { fake, send, failure } = await open();
    fake.openWindow(sedov);
    fake.play('pair-rate');

    const error = await failure(send());

    expect([error.reason, error.retryAfterMs, error.details['scope']]).toEqual([
      'route-throttled',
      6000,
      undefined,
    ]);
  });

  test('without a relay promises nothing but that it was taken', async () => {
    const { driver } = await open({ relay: '' });

    expect(driver.receipts).toEqual(['accepted']);
    expect(driver.listen).toBeUndefined();
  });

  test('a relay that lets nobody in needs a person, and says so', async () => {
    const { driver, hear } = await open({ relayToken: 'wrong' });
    hear();

    await expect
      .poll(() => driver.health?.())
      .toEqual({ state: 'needs-attention', reason: 'route-login-refused' });
  });

  test('a relay that does not know the token is found by the test button', async () => {
    const { driver, failure } = await open({ relayToken: 'wrong' });

    expect((await failure(driver.test(new AbortController().signal))).reason).toBe('route-login-refused');
  });
});
