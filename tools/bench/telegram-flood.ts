import Database from 'better-sqlite3';
import { median, percentile, type Figure } from './figures.ts';
import { until, type TelegramBench } from './telegram-desk.ts';
import { measureKeys, type KeyTimes } from './telegram-keys.ts';
import { createStream } from './telegram-stream.ts';

const part = 'g';
const perSecond = 1000;
const keyLimit = { kind: 'most', value: 100 } as const;

/** A thousand full updates a second into storage, with a page on the busy chats and somebody at the keys. */
export async function measureFlood(bench: TelegramBench, seconds: number): Promise<Figure[]> {
  const calm = await measureKeys(bench.page, Math.min(20, seconds) * 1000);
  const database = new Database(bench.databaseFile, { readonly: true });
  try {
    const stream = createStream(bench.servers, database, 'Поток');
    const startedAt = performance.now();
    const watching = watchLag(stream, seconds);
    const sending = stream.run(seconds, perSecond);
    const keys = await measureKeys(bench.page, seconds * 1000);
    const sent = await sending;
    const sentMs = performance.now() - startedAt;
    await until('all stored', () => stream.stored() >= sent, 300_000);
    const storedMs = performance.now() - startedAt;
    const lost = await stream.compare();
    const lag = await watching;
    return [
      ...keyFigures(calm, keys),
      {
        part,
        name: 'full updates stored while they come',
        value: stream.stored() / (storedMs / 1000),
        unit: 'updates/s',
        limit: { kind: 'least', value: perSecond * 0.99 },
        note: `${sent} pushed in ${(sentMs / 1000).toFixed(1)} s; at most ${lag} behind on the way`,
      },
      {
        part,
        name: 'lag at the end',
        value: storedMs - sentMs,
        unit: 'ms',
        limit: { kind: 'most', value: 1000 },
        note: 'from the last push until all are stored',
      },
      {
        part,
        name: 'updates lost, doubled or out of order',
        value: lost,
        unit: 'of all',
        limit: { kind: 'most', value: 0 },
        note: "compared with the servers' own log by chat, id and text",
      },
    ];
  } finally {
    database.close();
  }
}

function keyFigures(calm: KeyTimes, flooded: KeyTimes): Figure[] {
  const figure = (name: string, what: keyof KeyTimes, limit?: Figure['limit']): Figure => {
    const p95 = percentile(flooded[what], 0.95);
    const before = percentile(calm[what], 0.95);
    const note = `n = ${flooded[what].length}; median ${Math.round(median(flooded[what]))} ms; ${(p95 / before).toFixed(1)} × as long as without updates (${Math.round(before)} ms, n = ${calm[what].length})`;
    return { part, name, value: p95, unit: 'ms', note, ...(limit ? { limit } : {}) };
  };
  return [
    figure('key during the flood: the next chat is chosen, p95', 'row', keyLimit),
    figure('key during the flood: a letter is written, p95', 'letter', keyLimit),
    figure('key during the flood: the chat is open with its messages, p95', 'chat'),
  ];
}

/** How far storage was behind at worst. */
async function watchLag(stream: ReturnType<typeof createStream>, seconds: number): Promise<number> {
  let worst = 0;
  const startedAt = performance.now();
  await until(
    'the end of the flood',
    () => {
      worst = Math.max(worst, stream.due() - stream.stored());
      return performance.now() - startedAt > seconds * 1000;
    },
    seconds * 1000 + 60_000,
  );
  return worst;
}
