import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import { startFakeNtfy } from '../../../../../test/support/fakes/ntfy.ts';
import {
  createMemoryInbox,
  describeRoute,
  listen,
  makeDispatch,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { systemRandom } from '../../../platform/random.ts';
import type { Dispatch } from '../../route-driver.ts';
import { createNtfyRoute } from './ntfy-route.ts';

const timeoutMs = 5000;
const topic = 'crew-7f3a';
const routeTo = (fields: Record<string, string>) => ({
  routeId: 1,
  name: 'ntfy',
  proxy: '',
  timeoutMs,
  fields,
});

describeRoute('ntfy', async (parts) => {
  const fake = await startFakeNtfy();
  const fields = { server: `${fake.url}/`, token: fake.token, replyTopic: 'replies-5c1d' };
  return {
    driver: createNtfyRoute(parts, routeTo(fields)),
    timeoutMs,
    dispatch: { address: topic },
    play: fake.play,
    leave: fake.stop,
    taken: () => fake.messages.map(({ message }) => ({ text: message })),
    refusal: 'address-refused',
    throttledMs: 30_000,
    stop: fake.stop,
  };
});

describe('push by ntfy', () => {
  const open = async (over: Record<string, string> = {}) => {
    const fake = await startFakeNtfy();
    onTestFinished(fake.stop);
    const fields = {
      server: fake.url,
      token: fake.token,
      replyTopic: 'replies-5c1d',
      replyToken: fake.token,
      ...over,
    };
    const parts = { clock: createFakeClock(), random: systemRandom, log: silentLogger };
    const driver = createNtfyRoute(parts, routeTo(fields));
    const send = (more: Partial<Dispatch> = {}) =>
      driver.send(
        makeDispatch({
          dispatch: {
            address: topic,
            verbs: ['accepted', 'on-the-way', 'in-progress', 'done', 'cannot'],
            ...more,
          },
        }),
        { wrote: () => {} },
        new AbortController().signal,
      );
    const hear = (inbox = createMemoryInbox()) => {
      const hearing = listen(driver, inbox);
      onTestFinished(hearing.stop);
      return { inbox, ...hearing };
    };
    return { fake, driver, send, hear };
  };

  test('rings as loud as it is urgent, with three buttons as the app shows no more', async () => {
    const { fake, send } = await open();

    await send({ urgency: 'critical' });

    const [message] = fake.messages;
    expect(message).toMatchObject({ topic, title: 'PLT-2026-0042', priority: 5 });
    expect(message?.actions?.map(({ label }) => label)).toEqual(['Принял', 'Выполнено', 'Не могу']);
  });

  test('a button that is pressed comes back as the answer of the one who pressed it', async () => {
    const { fake, send, hear } = await open();
    const { inbox } = hear();
    await send();

    await fake.press(fake.messages[0]!, 'Принял');

    await expect.poll(() => inbox.answers.length).toBe(1);
    expect(inbox.answers[0]).toMatchObject({ verb: 'accepted', code: 'AB23KX', address: topic, text: '' });
  });

  test('words and photos that somebody publishes come too', async () => {
    const { fake, hear } = await open();
    const { inbox } = hear();
    await expect.poll(() => fake.listening).toBe(1);

    fake.publish({ topic: 'replies-5c1d', message: 'готово ав23кх' });
    fake.attach('replies-5c1d', 'щит.jpg', Buffer.from('jpeg'));

    await expect.poll(() => inbox.answers.length).toBe(2);
    expect(inbox.answers[0]).toMatchObject({ verb: 'done', code: 'AB23KX', text: 'готово ав23кх' });
    expect(inbox.answers[1]?.text).toBe('');
    expect(inbox.answers[1]?.files).toEqual([
      expect.objectContaining({ fileName: 'щит.jpg', mimeType: 'image/jpeg', size: 4 }),
    ]);
  });

  test('fetches no file from an address that somebody put into a message', async () => {
    const elsewhere = await startFakeNtfy();
    onTestFinished(elsewhere.stop);
    const { fake, hear } = await open();
    const { inbox } = hear();
    await expect.poll(() => fake.listening).toBe(1);

    fake.attach('replies-5c1d', 'x.jpg', Buffer.from('jpeg'), elsewhere.url);

    await expect.poll(() => inbox.answers.length).toBe(1);
    expect(inbox.answers[0]?.files).toEqual([]);
    expect(elsewhere.asked).toEqual([]);
  });

  test('goes on after the last answer it has dealt with, and loses none of an outage', async () => {
    const { fake, hear } = await open();
    fake.publish({ topic: 'replies-5c1d', message: 'принял AB23KX' });
    const first = hear();
    await expect.poll(() => first.inbox.answers.length).toBe(1);
    await first.stop();

    fake.publish({ topic: 'replies-5c1d', message: 'готово AB23KX' });
    const { inbox } = hear(createMemoryInbox({ cursor: first.inbox.cursor }));

    await expect.poll(() => inbox.answers.map(({ verb }) => verb)).toEqual(['done']);
  });

  test('a reply topic that may not be read needs a person, and says so', async () => {
    const { driver, hear } = await open({ token: 'tk_wrong' });
    hear();

    await expect
      .poll(() => driver.health?.())
      .toEqual({ state: 'needs-attention', reason: 'route-login-refused' });
  });

  test('a file that never comes is told in words after the third try', async () => {
    const { fake, driver } = await open();
    fake.attach('replies-5c1d', 'щит.jpg', Buffer.from('jpeg'));
    fake.hangUpOnFiles();
    const inbox = createMemoryInbox();
    const hearOnce = () => driver.listen?.(inbox, new AbortController().signal).catch(() => undefined);

    await hearOnce();
    await hearOnce();
    expect(inbox.answers).toEqual([]);
    const last = listen(driver, inbox);
    onTestFinished(last.stop);

    await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['[файл «щит.jpg» не получен]']);
  });

  test('ends when the server ends it, so that it is begun again', async () => {
    const { fake, driver } = await open();
    const ended = driver.listen?.(createMemoryInbox(), new AbortController().signal).then(
      () => 'ended',
      () => 'ended',
    );
    await expect.poll(() => fake.listening).toBe(1);

    fake.cut();

    expect(await ended).toBe('ended');
  });

  test('without a topic for replies asks for nothing back and promises none', async () => {
    const { fake, driver, send } = await open({ replyTopic: '' });

    await send();

    expect(fake.messages[0]?.actions).toBeUndefined();
    expect(driver.receipts).toEqual(['accepted']);
    expect(driver.listen).toBeUndefined();
  });

  test('cuts words that the server would make a file of', async () => {
    const { fake, send } = await open();

    await send({ text: 'Опора 🗼 '.repeat(1000) });

    expect(Buffer.byteLength(fake.messages[0]!.message)).toBeLessThanOrEqual(4096);
    expect(fake.messages[0]?.message).toContain('…');
  });
});
