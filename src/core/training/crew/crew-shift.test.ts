import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../../test/support/fake-clock.ts';
import { readAnswerWords } from '../../notify/answer-words.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { startBotApi } from '../services/bot-api.ts';
import { crew, members } from './crew-cast.ts';
import { createCrewShift } from './crew-shift.ts';
import { createCrewTurns } from './crew-turns.ts';

const minuteMs = 60_000;
const verbs = ['Принял', 'В пути', 'На месте', 'Выполнено', 'Не могу'];
const buttons = [verbs.map((text) => ({ text, callback_data: `a:AB23KX:${text}` }))];
const title = 'Вызов №7';
const called = `${title}\n\nОпора 7742\n56.30000, 44.00000\nНет питания\nЗаявка PLT-1`;

let stop: () => Promise<void>;
afterEach(() => stop());

/** A bot with people before it, and what the desk would do to them. */
async function play() {
  const clock = createFakeClock();
  const bot = await startBotApi({ clock });
  const shift = createCrewShift({ bot, clock, random: createSeededRandom(5), log: silentLogger });
  shift.start();
  stop = async () => {
    await shift.stop();
    await bot.stop();
  };
  for (const { userId, name } of members) if (userId !== undefined) bot.start(userId, undefined, name);
  const post = async (method: string, params: object) => {
    const response = await fetch(`${bot.url}/bot${bot.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
    return (await response.json()) as { readonly result: readonly Update[] };
  };
  await post('getUpdates', { offset: 1000 });
  const tell = (userId: number, text: string, keyboard: typeof buttons | [] = [], replyTo?: number) =>
    post('sendMessage', {
      chat_id: userId,
      text,
      reply_markup: { inline_keyboard: keyboard },
      ...(replyTo === undefined ? {} : { reply_parameters: { message_id: replyTo } }),
    });
  const heard = async () => (await post('getUpdates', {})).result.map(summary);
  return { bot, clock, shift, tell, heard };
}

type Update = {
  readonly callback_query?: { readonly data: string };
  readonly message?: { readonly text?: string; readonly photo?: unknown; readonly location?: object };
};

function summary({ callback_query: press, message }: Update): string {
  if (press) return press.data.replace('a:AB23KX:', '');
  if (message?.photo !== undefined) return 'photo';
  return message?.location ? 'place' : 'words';
}

const diligent = crew.diligentVolga.userId;

test('one who is diligent accepts, writes, sets out, sends a place and a photo, and is done', async () => {
  const { clock, tell, heard } = await play();

  await tell(diligent, called, buttons);
  await clock.advance(6 * minuteMs);

  expect(await heard()).toEqual(['Принял', 'words', 'В пути', 'place', 'На месте', 'photo', 'Выполнено']);
});

test('one who is busy says why and refuses, and one who is silent says nothing', async () => {
  const { clock, tell, heard } = await play();

  await tell(crew.busySouth.userId, called, buttons);
  await tell(crew.silentCapital.userId, called, buttons);
  await clock.advance(30 * minuteMs);

  expect(await heard()).toEqual(['words', 'Не могу']);
});

test('a line of the dispatcher is answered while the call is on, and the bot’s own replies are not', async () => {
  const { bot, clock, tell, heard } = await play();
  const words = async () => (await heard()).filter((one) => one === 'words').length;
  await tell(diligent, called, buttons);
  await clock.advance(20_000);
  await tell(diligent, `${title}\n\nКлюч у охраны.`);
  const own = bot.seen(diligent).at(0)?.id ?? 0;
  await tell(diligent, `${title}: это уже отмечено.`, [], own);
  await clock.advance(6 * minuteMs);
  expect(await words()).toBe(2);

  await tell(diligent, `${title}\n\nСпасибо!`);
  await clock.advance(minuteMs);

  expect(await words()).toBe(2);
});

test('whoever is told not to come stays where they are', async () => {
  const { clock, tell, heard } = await play();
  await tell(diligent, called, buttons);
  await clock.advance(20_000);

  await tell(diligent, `${title}\n\nВызов №7 уже передан другому, ехать не нужно. Спасибо!`);
  await clock.advance(10 * minuteMs);

  expect(await heard()).toEqual(['Принял']);
});

test('what only asks to be read is read, and a paused lesson stands still', async () => {
  const { clock, shift, tell, heard } = await play();
  shift.setPaused(true);
  await tell(diligent, 'Штормовое предупреждение', [[{ text: 'Принял', callback_data: 'a:AB23KX:Принял' }]]);
  await clock.advance(5 * minuteMs);
  expect(await heard()).toEqual([]);

  shift.setPaused(false);
  await clock.advance(5 * minuteMs);

  expect(await heard()).toEqual(['Принял']);
});

test('what people write beside their buttons is never taken for an answer', () => {
  const turns = createCrewTurns(createSeededRandom(2));
  const message = { text: called, buttons };
  const said = Array.from({ length: 20 }, () => [
    ...turns.toAsked('diligent', message),
    ...turns.toAsked('busy', message),
    ...turns.toLine(),
  ])
    .flat()
    .flatMap((turn) => (turn.kind === 'say' ? [turn.text] : turn.kind === 'photo' ? [turn.caption] : []));

  expect(new Set(said).size).toBeGreaterThanOrEqual(10);
  expect(said.filter((text) => readAnswerWords(text).verb !== null)).toEqual([]);
});
