import { expect, test } from 'vitest';
import {
  contractor,
  crewGroup,
  newsChannel,
  regionGroup,
  technician,
} from '../support/telegram-dc/sample-world.ts';
import { compareLogs, newestNumbers, type Beginning } from './telegram-ledger.ts';
import { at, setUpWholeDesk, until, type WholeDesk } from './telegram-whole-desk.ts';

const { PULT_TELEGRAM_MISSED = '3000', PULT_TELEGRAM_MISSED_POSTS = '300' } = process.env;
const missed = Number(PULT_TELEGRAM_MISSED);
const missedPosts = Number(PULT_TELEGRAM_MISSED_POSTS);

const begin = setUpWholeDesk();
const timeout = 180_000 + missed * 20;

/** Everything said, edited and deleted since then is on the desk as the servers have it. */
async function expectNothingLost({ dc, database }: WholeDesk, since: Beginning, atLeast: number) {
  await until(
    'the same on both sides',
    () => compareLogs(dc, database, since).problems.length === 0,
    60_000,
    250,
  ).catch(() => undefined);
  const { problems, messages } = compareLogs(dc, database, since);
  expect(problems).toEqual([]);
  expect(messages).toBeGreaterThanOrEqual(atLeast);
}

/** Some words in every kind of chat, and their numbers. */
function sayEverywhere({ dc }: WholeDesk, text: string) {
  return {
    [technician]: dc.receive({ ...at, chat: technician, from: 2001, text }).id,
    [crewGroup]: dc.receive({ ...at, chat: crewGroup, from: 2002, text }).id,
    [newsChannel]: dc.receive({ ...at, chat: newsChannel, text }).id,
    [regionGroup]: dc.receive({ ...at, chat: regionGroup, from: 2002, text }).id,
  };
}

type Said = ReturnType<typeof sayEverywhere>;

/** Of what was said twice: the first is edited, the second deleted, in every kind of chat. */
function changeEverywhere({ dc }: WholeDesk, [edited, removed]: readonly [Said, Said]) {
  for (const chat of [technician, crewGroup, newsChannel, regionGroup] as const) {
    dc.edit({ ...at, chat, id: edited[chat], text: 'исправлено' });
    dc.remove({ ...at, chat, ids: [removed[chat]] });
  }
}

test(
  'what was said, edited and deleted while the desk was off is all there, once and in order',
  { timeout },
  async () => {
    const whole = await begin();
    const { dc } = whole;
    const since = newestNumbers(dc);
    const before = [sayEverywhere(whole, 'до ночи'), sayEverywhere(whole, 'до ночи, лишнее')] as const;
    await expectNothingLost(whole, since, 8);
    await whole.off();

    changeEverywhere(whole, before);
    await dc.burst({ ...at, chat: technician, from: 2001, text: 'ночью', count: missed });
    await dc.burst({ ...at, chat: newsChannel, text: 'сводка', count: missedPosts });
    await dc.burst({ ...at, chat: regionGroup, from: 2002, text: 'север', count: missedPosts });
    dc.receive({ ...at, chat: contractor, from: 2002, text: 'Кто дежурный?' });
    changeEverywhere(whole, [sayEverywhere(whole, 'ночное'), sayEverywhere(whole, 'ночное, лишнее')]);
    await whole.on();
    await whole.ready();

    await expectNothingLost(whole, since, missed + 2 * missedPosts + 9);
    const { chats } = await whole.page.chats.list({});
    const unread = (title: string) => chats.find((chat) => chat.title.includes(title))?.unread;
    expect(unread('Денис')).toBe(dc.dialog({ ...at, chat: technician }).unread);
  },
);

test('so it is when there was more than Telegram tells one by one', { timeout }, async () => {
  const whole = await begin();
  const { dc } = whole;
  const since = newestNumbers(dc);
  const before = [sayEverywhere(whole, 'до ночи'), sayEverywhere(whole, 'до ночи, лишнее')] as const;
  await expectNothingLost(whole, since, 8);
  await whole.off();

  changeEverywhere(whole, before);
  await dc.burst({ ...at, chat: technician, from: 2001, text: 'ночью', count: 600 });
  await dc.burst({ ...at, chat: newsChannel, text: 'сводка', count: 250 });
  dc.receive({ ...at, chat: contractor, from: 2002, text: 'Кто дежурный?' });
  dc.tooLong({ difference: 500, channelDifference: 100 });
  await whole.on();
  await whole.ready();

  await expectNothingLost(whole, since, 859 - 4);
});
