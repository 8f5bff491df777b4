import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ownMemory } from './browser.ts';
import type { Figure } from './figures.ts';
import { inspect } from './inspector.ts';
import { measureRawInserts } from './raw-inserts.ts';
import { until, type TelegramBench } from './telegram-desk.ts';
import { createStream } from './telegram-stream.ts';

const part = 'i';
const megabyte = 1024 * 1024;

type Sizes = { readonly first: number; readonly all: number };

/** What the backend holds after so many updates and after all of them; its page looks on all the way. */
export async function measureMemory(bench: TelegramBench, { first, all }: Sizes): Promise<Figure[]> {
  const inspector = await inspect(bench.host);
  const database = new Database(bench.databaseFile, { readonly: true });
  try {
    const stream = createStream(bench.servers, database, 'Память');
    const held = async () => {
      await sleep(3000);
      const heap = (await inspector.heapInUse()) / megabyte;
      // The collector hands pages back a moment later.
      await sleep(2000);
      return { heap, own: (ownMemory(bench.host.pid) ?? Number.NaN) / megabyte };
    };
    const pour = async (count: number) => {
      const wanted = await stream.pour(count);
      await until('all stored', () => stream.stored() >= wanted, 600_000);
    };
    // A desk in use: SQLite's page cache (32 MB, bounded) fills with a growing database, whatever comes in.
    await pour(all - first);
    await pour(first);
    const before = await held();
    const startedAt = performance.now();
    await pour(all - first);
    const rate = (all - first) / ((performance.now() - startedAt) / 1000);
    const after = await held();
    const lost = await stream.compare();
    const rawInserts = measureRawInserts(bench.databaseFile, all - first);
    const grown = (name: string, from: number, to: number): Figure => ({
      part,
      name: `${name} after ${all} updates, against ${first}`,
      value: (to / from) * 100,
      unit: '%',
      limit: { kind: 'most', value: 110 },
      note: `${Math.round(from)} MB, then ${Math.round(to)} MB, each after a collection; ${all - first} came before`,
    });
    return [
      grown("backend's heap in use", before.heap, after.heap),
      grown("backend's own memory (RssAnon)", before.own, after.own),
      {
        part,
        name: 'full updates stored as fast as they come',
        value: rate,
        unit: 'updates/s',
        note: `${all - first} at once, ${lost} lost; the servers and a page that shows them take their part of the machine`,
      },
      {
        part,
        name: 'storing, as a share of bare inserts',
        value: (rate / rawInserts) * 100,
        unit: '%',
        note: `${Math.round(rawInserts)} rows/s with their words by bare statements while the desk rests`,
      },
    ];
  } finally {
    inspector.close();
    database.close();
  }
}
