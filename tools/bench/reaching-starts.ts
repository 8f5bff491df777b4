import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { median, percentile, type Figure } from './figures.ts';
import type { ReachingBench } from './reaching-desk.ts';
import { until } from './telegram-desk.ts';

const part = 'm';
const waitSeconds = 5;
/** Everybody of a shift, told of one mast. */
const crowd = 20;
const limit = { kind: 'most', value: 500 } as const;

/** How late attempts begin, of first steps and of those the ladder climbs to, one by one and many at the same moment. */
export async function measureStarts(bench: ReachingBench, count: number): Promise<Figure[]> {
  await bench.saveLadder('urgent', [
    { channel: 'telegram', waitFor: 'acknowledged', waitSeconds },
    { channel: 'sms', waitFor: 'accepted', waitSeconds: 60 },
  ]);
  const random = createSeededRandom(11);
  const singles: number[] = [];
  for (let number = 0; number < count; number += 1) {
    await sleep(random.number() * 200);
    const one = bench.people[number % bench.people.length];
    if (one) singles.push(...(await bench.send([one], 'urgent')));
  }
  await ended(bench, singles);
  const crowds: number[] = [];
  for (let round = 0; round < Math.ceil(count / crowd); round += 1) {
    const from = (round * crowd) % Math.max(1, bench.people.length - crowd + 1);
    crowds.push(...(await bench.send(bench.people.slice(from, from + crowd), 'urgent')));
    await sleep(1000);
  }
  await ended(bench, crowds);
  return [
    figure('first step begins after it was asked for, p95', firstDelays(bench, singles)),
    figure('next step begins after its time has come, p95', nextDelays(bench, singles)),
    figure(`first step, ${crowd} people at the same moment, p95`, firstDelays(bench, crowds)),
    figure(`next step, ${crowd} people at the same moment, p95`, nextDelays(bench, crowds)),
  ];
}

function figure(name: string, delays: readonly number[]): Figure {
  const note = `n = ${delays.length}; median ${Math.round(median(delays))} ms, the slowest ${Math.max(...delays)} ms`;
  return { part, name, value: percentile(delays, 0.95), unit: 'ms', limit, note };
}

async function ended({ database }: ReachingBench, ids: readonly number[]): Promise<void> {
  const open = database
    .prepare<[number, number], number>(
      'SELECT count(*) FROM notification WHERE id BETWEEN ? AND ? AND ended_at IS NULL',
    )
    .pluck();
  const [first = 0] = ids;
  await until('all ladders have ended', () => open.get(first, ids.at(-1) ?? first) === 0);
}

/** From the notification's being written until its first attempt. */
export function firstDelays({ database }: ReachingBench, ids: readonly number[]): number[] {
  const delay = database
    .prepare<[number], number>(
      `SELECT min(a.started_at) - n.created_at FROM notification n
       JOIN delivery d ON d.notification_id = n.id AND d.step = 0 JOIN delivery_attempt a ON a.delivery_id = d.id
       WHERE n.id = ?`,
    )
    .pluck();
  return ids.map((id) => delay.get(id) ?? Number.NaN);
}

/** From the end of the first step's time, which runs since its message left. */
function nextDelays({ database }: ReachingBench, ids: readonly number[]): number[] {
  const delay = database
    .prepare<[number, number], number>(
      `SELECT min(a.started_at) - (f.wrote_at + ?) FROM delivery f
       JOIN delivery d ON d.notification_id = f.notification_id AND d.step = 1
       JOIN delivery_attempt a ON a.delivery_id = d.id WHERE f.notification_id = ? AND f.step = 0`,
    )
    .pluck();
  return ids.map((id) => delay.get(waitSeconds * 1000, id) ?? Number.NaN);
}
