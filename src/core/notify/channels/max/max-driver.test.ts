import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import {
  maxThrottledSeconds,
  maxToken,
  startMaxBot,
  type MaxScene,
} from '../../../../../test/support/fakes/max-bot.ts';
import {
  createMemoryInbox,
  describeRoute,
  listen,
  makeDispatch,
  type MemoryInbox,
  type RouteScene,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createMaxDriver } from './max-driver.ts';

const crew = 77;
const scenes: Readonly<Record<RouteScene, MaxScene>> = {
  well: 'well',
  refuses: 'refuses',
  throttles: 'throttled',
  silent: 'silent',
  'hangs-up': 'hangs-up',
  garbage: 'garbage',
  'locked-out': 'unauthorized',
};
const configOf = (url: string) => ({
  routeId: 4,
  name: 'MAX',
  fields: { token: maxToken, baseUrl: url },
  proxy: '',
  timeoutMs: 5000,
});

describeRoute('max', async (parts) => {
  const api = await startMaxBot(parts.clock);
  api.start(crew);
  return {
    driver: createMaxDriver(parts, configOf(api.url)),
    timeoutMs: 5000,
    dispatch: { address: String(api.chatOf(crew)) },
    play: (scene) => api.play(scenes[scene]),
    leave: api.stop,
    taken: () => api.messages(crew),
    refusal: 'message-refused',
    throttledMs: maxThrottledSeconds * 1000,
    stop: api.stop,
  };
});

async function open(inbox: MemoryInbox = createMemoryInbox(), isListening = true) {
  const clock = createFakeClock();
  const api = await startMaxBot(clock);
  const driver = createMaxDriver(
    { clock, random: createSeededRandom(1), log: silentLogger },
    configOf(api.url),
  );
  const hearing = isListening ? listen(driver, inbox) : { stop: () => Promise.resolve() };
  onTestFinished(async () => {
    await hearing.stop();
    await api.stop();
  });
  api.start(crew);
  const address = String(api.chatOf(crew));
  const send = (over: Parameters<typeof makeDispatch>[1] = {}) =>
    driver.send(
      makeDispatch({ dispatch: { address } }, over),
      { wrote: () => {} },
      new AbortController().signal,
    );
  const captions = () =>
    (api.messages(crew).at(-1)?.attachments ?? []).map(({ payload }) =>
      payload?.buttons?.map((row) => row.map(({ text }) => text)),
    );
  return { api, clock, driver, inbox, send, captions, address };
}

const verbs = ['accepted', 'on-the-way', 'done', 'cannot'] as const;

test('a press is one answer with its code, and the buttons go on from there', async () => {
  const { api, inbox, send, captions, address } = await open();
  const sent = await send({ verbs });
  expect(captions()).toEqual([
    [
      ['Принял', 'В пути'],
      ['Выполнено', 'Не могу'],
    ],
  ]);

  const pressed = api.press(crew, 'В пути');

  await expect.poll(() => api.answer(pressed)).toEqual({ notification: 'Принято' });
  expect(inbox.answers).toEqual([
    expect.objectContaining({ address, verb: 'on-the-way', code: 'AB23KX', providerId: sent.providerId }),
  ]);
  await expect.poll(captions).toEqual([[['Выполнено', 'Не могу']]]);
  expect(api.messages(crew)).toEqual([
    expect.objectContaining({ text: 'PLT-2026-0042\n\nМачта без питания' }),
  ]);
});

test('an update told twice is the same event', async () => {
  const { api, inbox } = await open();
  api.say(crew, 'еду');
  await expect.poll(() => inbox.answers.length).toBe(1);

  api.repeat();

  await expect.poll(() => inbox.answers.length).toBe(2);
  expect(inbox.answers[1]?.eventId).toBe(inbox.answers[0]?.eventId);
});

test('a press that changes nothing is answered with words and leaves the buttons', async () => {
  const inbox = createMemoryInbox({ answer: () => ({ reply: 'Вызов уже снят', verb: null }) });
  const { api, send, captions } = await open(inbox);
  await send({ verbs: ['accepted'] });

  const pressed = api.press(crew, 'Принял');

  await expect.poll(() => api.answer(pressed)).toEqual({ notification: 'Вызов уже снят' });
  expect(captions()).toEqual([[['Принял']]]);
});

test('words with a reply, a place and a photo come as they were given', async () => {
  const { api, inbox, send } = await open();
  const sent = await send();

  api.say(crew, 'буду через час', { replyTo: sent.providerId ?? '' });
  api.place(crew, 55.75, 37.61);
  api.photo(crew, Buffer.from('jpeg'));

  await expect.poll(() => inbox.answers.length).toBe(3);
  expect(inbox.answers).toMatchObject([
    { text: 'буду через час', providerId: sent.providerId },
    { place: { latitude: 55.75, longitude: 37.61 }, files: [] },
    { files: [{ mimeType: 'image/jpeg', size: 4 }] },
  ]);
});

test('a file goes with the words, once it was looked through', async () => {
  const { api, send, clock } = await open(createMemoryInbox(), false);
  const directory = await mkdtemp(join(tmpdir(), 'pult-max-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'акт.pdf');
  await writeFile(path, 'paper');
  api.holdFiles(2);

  const sending = send({ files: [{ path, fileName: 'акт.pdf', mimeType: 'application/pdf', size: 5 }] });
  const passed = async () => {
    await clock.advance(200);
    return api.messages(crew).length;
  };
  await expect.poll(passed).toBe(1);
  await sending;

  expect(api.messages(crew)).toHaveLength(1);
  expect(api.messages(crew)[0]?.attachments).toEqual([
    expect.objectContaining({ type: 'file', payload: { token: 'given-1' } }),
  ]);
});

test('whoever comes by a link is bound; stopping the bot and its refusal are heard as being shut out', async () => {
  const { api, inbox, send, address } = await open();

  api.start(crew, 'kJ7-_x');
  await expect.poll(() => inbox.bound).toMatchObject([{ code: 'kJ7-_x', chatId: address, userId: '77' }]);
  api.stopBot(crew);
  await expect.poll(() => inbox.shut.at(-1)).toEqual({ chatId: address, isBlocked: true });
  api.say(crew, 'вернулся');
  await expect.poll(() => inbox.shut.at(-1)).toEqual({ chatId: address, isBlocked: false });
  api.play('suspended');

  await expect(send()).rejects.toMatchObject({ details: { reason: 'address-blocked', scope: 'address' } });
  expect(inbox.shut.at(-1)).toEqual({ chatId: address, isBlocked: true });
});

test('a dialog that is not there is the address, a server that fell over is nobody’s knowledge', async () => {
  const { api, send } = await open();
  api.play('no-chat');
  await expect(send()).rejects.toMatchObject({ details: { reason: 'address-refused', scope: 'address' } });

  api.play('broken');

  await expect(send()).rejects.toMatchObject({ details: { certainty: 'unknown', scope: 'route' } });
});

test('the marker moves when the whole page is written', async () => {
  let isFull = true;
  const inbox = createMemoryInbox();
  const failing: MemoryInbox = {
    ...inbox,
    answer: (event) => {
      if (isFull && event.text === 'второе') throw new Error('disk full');
      return inbox.answer(event);
    },
  };
  const { api, driver } = await open(failing, false);
  api.say(crew, 'первое');
  api.say(crew, 'второе');

  await expect(driver.listen?.(failing, new AbortController().signal)).rejects.toThrow('disk full');
  expect(inbox.cursor()).toBe('');
  isFull = false;
  const again = listen(driver, failing);
  onTestFinished(again.stop);

  await expect.poll(() => inbox.answers.map(({ text }) => text)).toContain('второе');
  await expect.poll(() => inbox.cursor()).toBe('3');
});

test('what cannot be understood is passed by', async () => {
  const { api, inbox } = await open();

  api.push({ update_type: 'message_edited', message: null });
  api.push({ update_type: 'message_created', message: { body: {} } });
  api.say(crew, 'слышно?');

  await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['слышно?']);
});
