import { expect, test } from 'vitest';
import { between, createDeck, createSeededRandom, seedFrom } from '../../src/core/training/seeded-random.ts';
import { crewGroup } from '../support/telegram-dc/sample-world.ts';
import { faults, mendAll, type FaultName } from './telegram-faults.ts';
import { compareLogs, countLetters, newestNumbers } from './telegram-ledger.ts';
import { createTraffic, sayLast, type TrafficCounts } from './telegram-traffic.ts';
import { at, chatId, setUpWholeDesk, until, type WholeDesk } from './telegram-whole-desk.ts';

const {
  PULT_TELEGRAM_FAULT_SECONDS = '2',
  PULT_TELEGRAM_PER_SECOND = '30',
  PULT_TELEGRAM_FAULT_MS = '600',
  PULT_TELEGRAM_SEED = String(Date.now() % 100_000),
} = process.env;
/** How long each kind of fault is repeated; all of them at random, three times as long. */
const seconds = Number(PULT_TELEGRAM_FAULT_SECONDS);
/** Messages, edits and deletions. */
const perSecond = Number(PULT_TELEGRAM_PER_SECOND);
/** Faults that cost half a minute each are for long runs. */
const isLong = seconds >= 60;
/** How long a fault lasts at most, and how long there is none at most. */
const mostMs = Number(PULT_TELEGRAM_FAULT_MS);
const seed = Number(PULT_TELEGRAM_SEED);

const begin = setUpWholeDesk();

type Run = {
  readonly whole: WholeDesk;
  readonly counts: TrafficCounts;
  readonly played: ReadonlyMap<FaultName, number>;
};

const wait = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

/** Lets people talk and breaks things meanwhile, mends everything, and compares the desk with the servers. */
async function expectNothingLost(
  next: () => FaultName | undefined,
  runSeconds: number,
  lostShare = 0.15,
): Promise<Run> {
  const random = createSeededRandom(seed);
  const parts = { random: createSeededRandom(seedFrom(random)), mostMs };
  const whole = await begin();
  const { dc, database } = whole;
  const since = newestNumbers(dc);
  const group = await chatId(whole.page, 'Бригада');
  await whole.page.chats.saveRule({ chatId: group, kind: 'all', value: '', typeId: null, active: true });
  const traffic = createTraffic(whole, createSeededRandom(seedFrom(random)));
  const played = new Map<FaultName, number>();
  const endsAt = performance.now() + runSeconds * 1000;
  const isOver = () => performance.now() >= endsAt;

  const talk = async () => {
    const startedAt = performance.now();
    for (let said = 0; !isOver(); said += 1) {
      traffic.step(lostShare);
      const dueAt = startedAt + ((said + 1) * 1000) / perSecond;
      await wait(Math.max(0, dueAt - performance.now()));
    }
  };
  const answer = async () => {
    while (!isOver()) {
      await wait(1000);
      // While it is off nobody can write at it.
      if (whole.isOn) await traffic.write(whole).catch(() => undefined);
    }
  };
  const breakThings = async () => {
    while (!isOver()) {
      const name = next();
      if (name === undefined) break;
      played.set(name, (played.get(name) ?? 0) + 1);
      await faults[name](whole, parts);
      await wait(between(parts.random, 0, mostMs));
    }
  };
  await Promise.all([talk(), answer(), breakThings()]);
  await mendAll(whole);
  sayLast(whole);
  const mendedAt = performance.now();
  await until(
    'the same on both sides',
    () => compareLogs(dc, database, since).problems.length === 0,
    120_000,
    250,
  ).catch(() => undefined);

  const { counts } = traffic;
  const caughtUpMs = Math.round(performance.now() - mendedAt);
  const { problems, messages } = compareLogs(dc, database, since);
  const { received: said, unpushed, edited, removed, fromPhone, written } = counts;
  console.log(
    `Telegram faults: seed ${seed}, ${runSeconds} s, ${said} received, ${unpushed} not pushed, ${edited} edited, ` +
      `${removed} deleted, ${fromPhone} from the phone, ${written.length} from the desk; ` +
      [...played].map(([name, times]) => `${times} × ${name}`).join(', ') +
      `; ${messages} compared, ${problems.length} wrong, ${caughtUpMs} ms after the last fault`,
  );
  expect({ seed, problems }).toEqual({ seed, problems: [] });
  expect(messages).toBeGreaterThan(counts.received / 2);
  const { missed, taken, letters } = countLetters(database, 'g3001', since.get(crewGroup) ?? 0);
  expect({ missed, letters }).toEqual({ missed: [], letters: taken });
  const sent = dc.log(at).flatMap(({ randomId, text }) => (randomId === undefined ? [] : [text]));
  expect(sent).toEqual([...new Set(sent)]);
  expect(sent).toEqual(expect.arrayContaining(counts.written));
  expect([...counts.given]).toEqual(expect.arrayContaining(sent));
  return { whole, counts, played };
}

const timeout = 180_000 + seconds * 10_000;

test('lost pushes come back with the next ones', { timeout }, async () => {
  const { counts } = await expectNothingLost(() => undefined, seconds, 0.5);

  expect(counts.unpushed).toBeGreaterThan(0);
});

test.each([
  ['sockets that are cut again and again', 'sockets cut'],
  ['servers that are down again and again', 'servers down'],
  ['a clock an hour ahead', 'an hour ahead'],
  ['a clock an hour behind', 'an hour behind'],
] as const)('%s cost no message', { timeout }, async (_, fault) => {
  const { played } = await expectNothingLost(() => fault, seconds);

  expect(played.get(fault)).toBeGreaterThan(0);
});

test(
  'keys the servers have forgotten cost no message once somebody has signed in again',
  { timeout },
  async () => {
    let left = 1;

    const { played } = await expectNothingLost(() => {
      left -= 1;
      return left >= 0 ? 'keys forgotten' : undefined;
    }, seconds);

    expect(played.get('keys forgotten')).toBe(1);
  },
);

test('all faults at random cost no message', { timeout }, async () => {
  const names = Object.keys(faults).filter((name) => isLong || name !== 'never answered') as [
    FaultName,
    ...FaultName[],
  ];
  // A number that signs in more often is made to wait.
  let signIns = 2;
  const deal = createDeck(createSeededRandom(seed), names);
  const next = (): FaultName => {
    const name = deal();
    if (name !== 'keys forgotten') return name;
    signIns -= 1;
    return signIns >= 0 ? name : next();
  };

  const { played } = await expectNothingLost(next, seconds * 3);

  expect(played.size).toBeGreaterThan(0);
});
