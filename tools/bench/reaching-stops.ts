import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { median, percentile, type Figure } from './figures.ts';
import { type Reached, type ReachingBench, unlimited } from './reaching-desk.ts';
import { until } from './telegram-desk.ts';

const part = 'n';
/** Who does not press: their messages leave, so the others' could have. */
const silentOnes = 10;
const limit = { kind: 'most', value: 1000 } as const;

type Waiting = { readonly who: Reached; readonly deliveryId: number };

/** From the button at the bot until nothing is queued any more, with SMS standing in the queue of a slow route. */
export async function measureStops(bench: ReachingBench, count: number, when: string): Promise<Figure[]> {
  await bench.saveLadder('critical', [
    { channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 5 },
    { channel: 'sms', waitFor: 'accepted', waitSeconds: 3600 },
  ]);
  await bench.setRate('smsaero', 1);
  const before = bench.gateway.messages.length;
  const told = bench.people.slice(0, count + silentOnes);
  const ids = await bench.send(told, 'critical');
  const waiting = await untilQueued(bench, told, ids);
  const pressing = waiting.slice(0, -silentOnes);
  const alone = pressing.slice(0, Math.ceil(pressing.length / 2));
  const together = pressing.slice(alone.length);
  const spent: number[] = [];
  const random = createSeededRandom(5);
  for (const one of alone) {
    await sleep(random.number() * 100);
    spent.push(await press(bench, one));
  }
  const crowd = await Promise.all(together.map((one) => press(bench, one)));
  const left = await leaveTheRest(bench, { before, pressing, silent: waiting.slice(-silentOnes) });
  return [
    {
      part,
      name: `button to everything queued taken back${when}, p95`,
      value: percentile(spent, 0.95),
      unit: 'ms',
      limit,
      note: `n = ${spent.length}, one by one; median ${Math.round(median(spent))} ms, the slowest ${Math.round(Math.max(...spent))} ms`,
    },
    {
      part,
      name: `${crowd.length} buttons at the same moment${when}, p95`,
      value: percentile(crowd, 0.95),
      unit: 'ms',
      limit,
      note: `median ${Math.round(median(crowd))} ms, the slowest ${Math.round(Math.max(...crowd))} ms`,
    },
    {
      part,
      name: `SMS that left after the button${when}`,
      value: left,
      unit: `of ${pressing.length}`,
      limit: { kind: 'most', value: 0 },
      note: `by the gateway's book, after its route was set free and ${silentOnes} who had not answered got theirs`,
    },
  ];
}

/** Whoever's SMS went before the route was used up is left out. */
async function untilQueued(
  { database }: ReachingBench,
  told: readonly Reached[],
  ids: readonly number[],
): Promise<readonly Waiting[]> {
  const next = database.prepare<[number], { readonly id: number; readonly state: string }>(
    'SELECT id, state FROM delivery WHERE notification_id = ? AND step = 1',
  );
  await until('all next steps stand in the queue', () => ids.every((id) => next.get(id) !== undefined));
  await sleep(500);
  return told.flatMap((who, index) => {
    const found = next.get(ids[index] ?? 0);
    return found?.state === 'queued' ? [{ who, deliveryId: found.id }] : [];
  });
}

async function press({ bot, database }: ReachingBench, { who, deliveryId }: Waiting): Promise<number> {
  const state = database.prepare<[number], string>('SELECT state FROM delivery WHERE id = ?').pluck();
  const startedAt = performance.now();
  bot.press(who.telegram, 'Принял');
  while (state.get(deliveryId) !== 'cancelled') {
    if (performance.now() - startedAt > 30_000) throw new Error('The button stopped nothing');
    await sleep(2);
  }
  return performance.now() - startedAt;
}

type Rest = {
  readonly before: number;
  readonly pressing: readonly Waiting[];
  readonly silent: readonly Waiting[];
};

/** How many of those who pressed get an SMS when the others do. */
async function leaveTheRest(
  { setRate, gateway }: ReachingBench,
  { before, pressing, silent }: Rest,
): Promise<number> {
  await setRate('smsaero', unlimited);
  const numbers = () => new Set(gateway.messages.slice(before).map(({ number }) => number));
  await until('the others have their SMS', () => silent.every(({ who }) => numbers().has(who.phone)));
  await sleep(1000);
  const sent = numbers();
  return pressing.filter(({ who }) => sent.has(who.phone)).length;
}
