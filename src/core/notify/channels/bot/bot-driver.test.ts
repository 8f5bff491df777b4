import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../../../../../test/support/fake-clock.ts';
import {
  createMemoryInbox,
  describeRoute,
  listen,
  makeDispatch,
  type MemoryInbox,
  type RouteScene,
} from '../../../../../test/support/route-contract.ts';
import { silentLogger } from '../../../platform/logger.ts';
import {
  startBotApi,
  throttledSeconds,
  type BotApi,
  type BotScene,
} from '../../../training/services/bot-api.ts';
import { createSeededRandom } from '../../../training/seeded-random.ts';
import { createBotDriver } from './bot-driver.ts';

const crew = 501;
const scenes: Readonly<Record<RouteScene, BotScene>> = {
  well: 'well',
  refuses: 'bad-request',
  throttles: 'throttled',
  silent: 'silent',
  'hangs-up': 'hangs-up',
  garbage: 'garbage',
  'locked-out': 'unauthorized',
};

const configOf = ({ url, token }: Pick<BotApi, 'url' | 'token'>) => ({
  routeId: 3,
  name: 'Бот смены',
  fields: { token, baseUrl: `${url}/` },
  proxy: '',
  timeoutMs: 5000,
});

describeRoute('bot', async (parts) => {
  const api = await startBotApi({ clock: parts.clock });
  api.start(crew);
  return {
    driver: createBotDriver(parts, configOf(api)),
    timeoutMs: 5000,
    dispatch: { address: String(crew) },
    play: (scene) => api.play(scenes[scene]),
    leave: api.stop,
    taken: () => api.seen(crew).filter(({ from }) => from === 'bot'),
    refusal: 'message-refused',
    throttledMs: throttledSeconds * 1000,
    stop: api.stop,
  };
});

let directory: string | undefined;
afterEach(async () => {
  if (directory !== undefined) await rm(directory, { recursive: true });
  directory = undefined;
});

/** A bot on the line with somebody who has opened it. */
async function open(inbox: MemoryInbox = createMemoryInbox(), isListening = true) {
  const clock = createFakeClock();
  const api = await startBotApi({ clock });
  const driver = createBotDriver({ clock, random: createSeededRandom(1), log: silentLogger }, configOf(api));
  const hearing = isListening ? listen(driver, inbox) : { stop: () => Promise.resolve() };
  onTestFinished(async () => {
    await hearing.stop();
    await api.stop();
  });
  api.start(crew, undefined, 'Олег');
  const send = (over: Parameters<typeof makeDispatch>[1] = {}) =>
    driver.send(
      makeDispatch({ dispatch: { address: String(crew) } }, over),
      { wrote: () => {} },
      new AbortController().signal,
    );
  const last = () => api.seen(crew).findLast(({ from }) => from === 'bot');
  const captions = () => (last()?.buttons ?? []).map((row) => row.map(({ text }) => text));
  return { api, clock, driver, inbox, hearing, send, last, captions };
}

const verbs = ['accepted', 'on-the-way', 'done', 'cannot'] as const;

describe('what is sent', () => {
  test('a call comes with a button for everything that can be said of it', async () => {
    const { send, last, captions } = await open();

    const sent = await send({ verbs });

    expect(last()?.text).toBe('PLT-2026-0042\n\nМачта без питания');
    expect(captions()).toEqual([
      ['Принял', 'В пути'],
      ['Выполнено', 'Не могу'],
    ]);
    expect(sent).toMatchObject({ status: 'accepted', providerId: `${crew}:${last()?.id}` });
  });

  test('photos follow the words, and one that does not go makes nothing of the words undone', async () => {
    const { send, api } = await open();
    directory = await mkdtemp(join(tmpdir(), 'pult-bot-'));
    const path = join(directory, 'a.jpg');
    await writeFile(path, 'picture');
    const photo = { path, fileName: 'мачта.jpg', mimeType: 'image/jpeg', size: 7 };

    const sent = await send({ files: [photo, { ...photo, path: join(directory, 'gone.jpg') }] });

    const [words, file] = api.seen(crew).filter(({ from }) => from === 'bot');
    expect(sent.raw).toBe(`#${words?.id}, files 1/2`);
    expect(file).toMatchObject({ replyTo: words?.id, file: { name: 'мачта.jpg' } });
    expect(Buffer.from(file?.file?.bytes ?? []).toString()).toBe('picture');
  });

  test.each([
    ['blocked', 'address-blocked'],
    ['no-chat', 'address-refused'],
  ] as const)('whoever cannot be written to is told as %s', async (scene, reason) => {
    const { api, send } = await open();
    api.play(scene);

    await expect(send()).rejects.toMatchObject({
      details: { reason, certainty: 'refused', scope: 'address' },
    });
  });

  test('a server that fell over leaves the fate of the message unknown', async () => {
    const { api, send } = await open();
    api.play('broken');

    await expect(send()).rejects.toMatchObject({ details: { certainty: 'unknown', scope: 'route' } });
  });

  test('more words than a message holds are cut off, say so, and keep their buttons', async () => {
    const { send, last, captions } = await open();

    await send({ text: 'я'.repeat(5000), verbs: ['accepted'] });

    expect(last()?.text).toHaveLength(4096);
    expect(last()?.text).toMatch(/я…\n\n\[Сокращено: целиком — у диспетчера\]$/);
    expect(captions()).toEqual([['Принял']]);
  });

  test('who has shut the bot out when it writes is known to have', async () => {
    const { api, inbox, send } = await open();
    await expect.poll(() => inbox.shut.length).toBe(1);
    api.play('blocked');

    await send().catch(() => undefined);

    expect(inbox.shut.at(-1)).toEqual({ chatId: String(crew), isBlocked: true });
  });
});

describe('what is heard', () => {
  test('a press is one answer with its code, however often the service tells it', async () => {
    const { api, inbox, send, captions } = await open();
    await send({ verbs });

    const query = api.press(crew, 'Принял');
    await expect.poll(() => api.query(query)?.answer).toEqual({ text: 'Принято', isAlert: false });
    api.repeat(1);
    await expect.poll(() => inbox.answers.length).toBe(2);

    const [first, again] = inbox.answers;
    expect(first).toMatchObject({ address: String(crew), verb: 'accepted', code: 'AB23KX', text: '' });
    expect(again?.eventId).toBe(first?.eventId);
    await expect.poll(captions).toEqual([['В пути', 'Выполнено'], ['Не могу']]);
  });

  test('after the end no button is left to press', async () => {
    const { api, send, captions } = await open();
    await send({ verbs });

    api.press(crew, 'Выполнено');

    await expect.poll(captions).toEqual([]);
  });

  test('a press that changes nothing is answered with words and leaves the buttons as they were', async () => {
    const inbox = createMemoryInbox({ answer: () => ({ reply: 'Вызов уже снят', verb: null }) });
    const { api, send, captions } = await open(inbox);
    await send({ verbs: ['accepted'] });

    const query = api.press(crew, 'Принял');

    await expect.poll(() => api.query(query)?.answer).toEqual({ text: 'Вызов уже снят', isAlert: true });
    expect(captions()).toEqual([['Принял']]);
  });

  test('a press by somebody who is not bound changes nothing and is answered with words', async () => {
    const { api, inbox, send } = await open(createMemoryInbox({ knows: () => false }));
    await send({ verbs: ['accepted'] });

    const query = api.press(crew, 'Принял');

    await expect.poll(() => api.query(query)?.answer?.isAlert).toBe(true);
    expect(api.query(query)?.answer?.text).toContain('Попросите у диспетчера ссылку');
    expect(inbox.answers).toEqual([]);
  });

  test('a press on the message of somebody else, or with data of one’s own, never counts as theirs', async () => {
    const { api, inbox, send } = await open(
      createMemoryInbox({ knows: (chatId) => chatId === String(crew) }),
    );
    await send({ verbs: ['accepted'] });
    const id = api.seen(crew).at(-1)?.id ?? 0;

    const foreign = api.pressData(999, id, 'a:AB23KX:accepted');
    api.pressData(crew, id, 'a:AB23KX:<script>');
    api.say(crew, 'конец');

    await expect.poll(() => inbox.answers.at(-1)?.text).toBe('конец');
    await expect.poll(() => api.query(foreign)?.answer?.isAlert).toBe(true);
    expect(inbox.answers.map(({ verb, code }) => [verb, code])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test('words, a place and a photo come as they were given, and a reply names what it answers', async () => {
    const { api, inbox, send, last } = await open(createMemoryInbox({ reply: 'Передано' }));
    const sent = await send();

    api.say(crew, 'буду через час', last()?.id);
    api.place(crew, 55.75, 37.61);
    api.photo(crew, Buffer.from('jpeg'), 'сгорел ввод');

    await expect.poll(() => inbox.answers.length).toBe(3);
    const [words, place, photo] = inbox.answers;
    expect(words).toMatchObject({ text: 'буду через час', providerId: sent.providerId, verb: null });
    expect(place).toMatchObject({ place: { latitude: 55.75, longitude: 37.61 } });
    expect(photo).toMatchObject({ text: 'сгорел ввод', files: [{ mimeType: 'image/jpeg', size: 4 }] });
    await expect.poll(() => last()?.text).toBe('Передано');
  });

  test('a place that is shared live moves with them, and is no new answer', async () => {
    const { api, inbox } = await open();
    api.place(crew, 55.75, 37.61);
    await expect.poll(() => inbox.answers.at(-1)?.place).toMatchObject({ latitude: 55.75 });
    const { eventId } = inbox.answers.at(-1)!;

    api.move(crew, 55.8, 37.7);

    await expect.poll(() => inbox.moves).toMatchObject([{ eventId, latitude: 55.8, longitude: 37.7 }]);
    expect(inbox.answers.filter(({ place }) => place !== null)).toHaveLength(1);
  });

  test('a file larger than bots may fetch is told, not waited for', async () => {
    const { api, inbox } = await open();

    api.hugeFile(crew);

    await expect.poll(() => inbox.answers.at(-1)?.text).toBe('[файл «обход.mp4» не получен]');
    await expect.poll(api.pending).toBe(0);
  });

  test('a press does not wait for the photo before it', async () => {
    const order: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const inbox = createMemoryInbox({
      store: async () => {
        await held;
        return { sha256: 'a'.repeat(64), fileName: 'a.jpg', mimeType: 'image/jpeg', size: 1 };
      },
      answer: ({ verb, files }) => {
        order.push(verb ?? `photo ${files.length}`);
        return { reply: null, verb };
      },
    });
    const { api, send, hearing, driver } = await open(inbox, false);
    await send({ verbs: ['accepted'] });
    api.photo(crew, Buffer.from('x'));
    api.press(crew, 'Принял');
    const later = listen(driver, inbox);
    onTestFinished(later.stop);

    await expect.poll(() => order).toEqual(['accepted']);
    release();
    await expect.poll(() => order).toEqual(['accepted', 'photo 1']);
    await hearing.stop();
  });

  test('whoever comes by a link is bound, and whoever comes without is told how', async () => {
    const { api, inbox, last } = await open(createMemoryInbox({ knows: () => false }));
    await expect.poll(() => last()?.text).toContain('откройте ссылку');

    api.start(crew, 'kJ7-_x');

    await expect.poll(() => inbox.bound).toEqual([expect.objectContaining({ code: 'kJ7-_x' })]);
    await expect.poll(() => last()?.text).toContain('Техник Седов, готово');
  });

  test('a link that is no longer good says so', async () => {
    const { api, last } = await open(createMemoryInbox({ bind: () => null }));

    api.start(crew, 'old');

    await expect.poll(() => last()?.text).toContain('Ссылка устарела');
  });

  test('a stranger is not answered again and again, and nothing of theirs is kept', async () => {
    const { api, inbox } = await open(createMemoryInbox({ knows: () => false }));
    for (let count = 0; count < 20; count += 1) api.say(crew, `реклама ${count}`);

    await expect.poll(api.pending).toBe(0);

    expect(inbox.answers).toEqual([]);
    const said = api.seen(crew).filter(({ from }) => from === 'bot');
    expect(said.map(({ text }) => text)).toHaveLength(2);
  });

  test('being shut out and let in again is heard', async () => {
    const { api, inbox } = await open();

    api.block(crew);
    api.unblock(crew);

    await expect
      .poll(() => inbox.shut.slice(-2))
      .toEqual([
        { chatId: String(crew), isBlocked: true },
        { chatId: String(crew), isBlocked: false },
      ]);
  });

  test('what cannot be understood is passed by, and what comes after it is heard', async () => {
    const { api, inbox } = await open();

    api.push({ message: { message_id: 'x' } });
    api.push({ poll: { id: '1' } });
    api.push({ message: { message_id: 9, date: 1, chat: { id: -5, type: 'group' }, text: 'в группе' } });
    api.say(crew, 'слышно?');

    await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['слышно?']);
  });
});

describe('where reading goes on', () => {
  test('what could not be written is read again, and nothing after it is lost', async () => {
    let isFull = true;
    const inbox = createMemoryInbox();
    const failing: MemoryInbox = {
      ...inbox,
      answer: (event) => {
        if (isFull) throw new Error('disk full');
        return inbox.answer(event);
      },
    };
    const { api, driver } = await open(failing, false);
    api.say(crew, 'первое');
    api.say(crew, 'второе');

    await expect(driver.listen?.(failing, new AbortController().signal)).rejects.toThrow('disk full');
    isFull = false;
    const again = listen(driver, failing);
    onTestFinished(again.stop);

    await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['первое', 'второе']);
    await expect.poll(api.pending).toBe(0);
  });

  test('the cursor moves after what it passes has been written', async () => {
    const order: string[] = [];
    const inbox = createMemoryInbox({
      answer: ({ text, verb }) => {
        order.push(text);
        return { reply: null, verb };
      },
    });
    const { saveCursor } = inbox;
    inbox.saveCursor = (cursor) => {
      order.push(cursor.split(' ')[0] ?? '');
      saveCursor(cursor);
    };
    const { api, driver } = await open(inbox, false);
    api.say(crew, 'раз');
    api.say(crew, 'два');
    const hearing = listen(driver, inbox);
    onTestFinished(hearing.stop);

    await expect.poll(() => order).toEqual(['101', 'раз', '102', 'два', '103']);
  });

  test('after a week of silence numbers are not trusted any more', async () => {
    const { api, driver, clock, inbox } = await open(createMemoryInbox(), false);
    inbox.saveCursor(`900000 ${clock.now()}`);
    clock.jump(7 * 24 * 3_600_000);
    api.say(crew, 'после отпуска');
    const hearing = listen(driver, inbox);
    onTestFinished(hearing.stop);

    await expect.poll(() => inbox.answers.map(({ text }) => text)).toEqual(['после отпуска']);
  });

  test('a second reader of the same bot is named as such, and its end is noticed', async () => {
    const { api, driver, inbox, hearing } = await open();
    await expect.poll(() => driver.health?.().state).toBe('ok');
    api.conflict(true);
    await hearing.stop();

    await expect(driver.listen?.(inbox, new AbortController().signal)).rejects.toMatchObject({
      details: { reason: 'route-shared' },
    });
    expect(driver.health?.()).toEqual({ state: 'degraded', reason: 'route-shared' });
    api.conflict(false);
    const again = listen(driver, inbox);
    onTestFinished(again.stop);
    api.say(crew, 'я снова один');

    await expect.poll(() => inbox.answers.at(-1)?.text).toBe('я снова один');
    await expect.poll(() => driver.health?.().state).toBe('ok');
  });

  test('stopping ends a poll at once and leaves no timer', async () => {
    const { driver, clock, inbox } = await open(createMemoryInbox(), false);
    const hearing = listen(driver, inbox);
    await expect.poll(() => driver.health?.().state).toBe('ok');

    await hearing.stop();

    await expect.poll(() => clock.sleeping).toBe(0);
  });
});
