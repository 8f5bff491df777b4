import { setTimeout as sleep } from 'node:timers/promises';
import { runApprise } from './apprise.ts';
import { median, percentile, type Figure } from './figures.ts';
import { pushToken, type ReachingBench, unlimited } from './reaching-desk.ts';
import { firstDelays } from './reaching-starts.ts';
import { measureStops } from './reaching-stops.ts';
import { until } from './telegram-desk.ts';

const part = 'o';
const answerLimit = { kind: 'most', value: 150 } as const;
const minuteMs = 60_000;

export type DrainSizes = {
  readonly messages: number;
  readonly perSecond: number;
  readonly stops: number;
};

/** Many queued ones leave at the rate of their route while the desk is asked, people answer and somebody urgent comes in between. */
export async function measureDrain(bench: ReachingBench, sizes: DrainSizes): Promise<Figure[]> {
  const { messages, perSecond, stops } = sizes;
  await bench.saveLadder('normal', [{ channel: 'push', waitFor: 'accepted', waitSeconds: 60 }]);
  await bench.saveLadder('urgent', [{ channel: 'push', waitFor: 'accepted', waitSeconds: 60 }]);
  await bench.setRate('gotify', perSecond * 60);
  const over = new AbortController();
  const drain = await queueMany(bench, messages);
  const answers = askAround(bench, over.signal);
  const between = sendUrgent(bench, over.signal);
  const stopped = await measureStops(bench, stops, ` while ${messages} drain`);
  const stillQueued = drain.queued();
  await drain.done();
  over.abort();
  const spent = await answers;
  const urgent = firstDelays(bench, await between);
  const { rate, peak, lost, doubled } = drain.result();
  await bench.setRate('gotify', unlimited);
  const flat = await queueMany(bench, messages);
  await flat.done();
  return [
    ...stopped,
    {
      part: 'm',
      name: `urgent one begins while ${messages} are queued at the same route, p95`,
      value: percentile(urgent, 0.95),
      unit: 'ms',
      limit: { kind: 'most', value: 500 },
      note: `n = ${urgent.length}; median ${Math.round(median(urgent))} ms, the slowest ${Math.max(...urgent)} ms; a turn of the route comes every ${Math.round(1000 / perSecond)} ms`,
    },
    {
      part,
      name: 'drain at the rate the route allows',
      value: (rate / perSecond) * 100,
      unit: '% of it',
      limit: { kind: 'least', value: 95 },
      note: `${messages} at ${perSecond}/s, by when each left, at most ${peak} in any second; ${stillQueued} were queued still when the buttons were done; ${urgent.length} urgent ones went in between and are counted`,
    },
    {
      part,
      name: 'lost or sent twice',
      value: lost + doubled,
      unit: 'of all',
      limit: { kind: 'most', value: 0 },
      note: `${lost} lost and ${doubled} twice, by the push server's own book`,
    },
    ...[...spent].map(([name, times]): Figure => ({
      part,
      name: `${name} while they drain, p95`,
      value: percentile(times, 0.95),
      unit: 'ms',
      limit: answerLimit,
      note: `n = ${times.length}; median ${median(times).toFixed(1)} ms, the slowest ${Math.round(Math.max(...times))} ms`,
    })),
    ...(await beside(bench, sizes, rate, flat.result().rate)),
  ];
}

type Drain = {
  queued(): number;
  done(): Promise<void>;
  result(): Left;
};

type Left = {
  readonly rate: number;
  /** The most that left within any second. */
  readonly peak: number;
  readonly lost: number;
  readonly doubled: number;
};

async function queueMany(bench: ReachingBench, messages: number): Promise<Drain> {
  const { database } = bench;
  const booked = bench.gotify.messages.length;
  const first = database.prepare<[], number>('SELECT coalesce(max(id), 0) FROM notification').pluck().get();
  for (let sent = 0; sent < messages;) {
    const some = bench.people.slice(0, messages - sent);
    sent += (await bench.send(some, 'normal')).length;
  }
  const queued = database
    .prepare<[], number>(
      `SELECT (SELECT count(*) FROM delivery WHERE state = 'queued' AND channel = 'push')
         + (SELECT count(*) FROM notification WHERE state = 'waiting')`,
    )
    .pluck();
  const open = database
    .prepare<[number], number>(
      "SELECT count(*) FROM notification WHERE id > ? AND urgency = 'normal' AND ended_at IS NULL",
    )
    .pluck();
  return {
    queued: () => queued.get() ?? 0,
    done: () => until('all have left', () => open.get(first ?? 0) === 0, 30 * minuteMs),
    result: () => compare(bench, first ?? 0, booked),
  };
}

/** What the desk's rows say of when they left, and the server's book of what came. */
function compare({ database, gotify }: ReachingBench, first: number, booked: number): Left {
  const times = database
    .prepare<[number], number>(
      `SELECT a.wrote_at FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
       WHERE d.notification_id > ? AND d.channel = 'push' AND a.wrote_at IS NOT NULL ORDER BY a.wrote_at`,
    )
    .pluck()
    .all(first);
  const wanted = database
    .prepare<[number], string>(`SELECT uuid FROM delivery WHERE notification_id > ? AND channel = 'push'`)
    .pluck()
    .all(first);
  const came = gotify.messages.slice(booked).map(uuidOf);
  const known = new Set(came);
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  let from = 0;
  const peaks = times.map((at, index) => {
    while ((times[from] ?? at) <= at - 1000) from += 1;
    return index - from + 1;
  });
  return {
    rate: ((times.length - 1) * 1000) / spanMs,
    peak: peaks.reduce((most, one) => Math.max(most, one), 0),
    lost: wanted.filter((uuid) => !known.has(uuid)).length,
    doubled: came.length - known.size,
  };
}

function uuidOf(message: object): string {
  const { extras } = message as { readonly extras?: { readonly 'pult::notification'?: { uuid: string } } };
  return extras?.['pult::notification']?.uuid ?? '';
}

/** As pages do: the queue of incidents, the first screen of notifications, the counts of the rail. */
async function askAround(
  { rpc }: ReachingBench,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const sort = { key: 'urgency', descending: false } as const;
  const questions = {
    'queue of incidents answers': () => rpc.incidents.queue({ filter: {}, sort, offset: 0, limit: 100 }),
    'screen of notifications answers': () => rpc.notifications.list({ filter: {}, limit: 100 }),
    'counts of the rail answer': () => rpc.notifications.counts({}),
  };
  const spent = new Map(Object.keys(questions).map((name) => [name, new Array<number>()]));
  while (!signal.aborted) {
    for (const [name, ask] of Object.entries(questions)) {
      const startedAt = performance.now();
      await ask();
      spent.get(name)?.push(performance.now() - startedAt);
    }
    await sleep(100);
  }
  return spent;
}

async function sendUrgent(bench: ReachingBench, signal: AbortSignal): Promise<readonly number[]> {
  const ids: number[] = [];
  while (!signal.aborted) {
    ids.push(...(await bench.send(bench.people.slice(0, 1), 'urgent')));
    await sleep(400);
  }
  await until('the last urgent one has left', () =>
    firstDelays(bench, ids.slice(-1)).every((ms) => Number.isFinite(ms)),
  );
  return ids;
}

/** The same number to the same server by Apprise, at the same rate and as fast as either can. */
async function beside(
  { gotify }: ReachingBench,
  { messages, perSecond }: DrainSizes,
  rate: number,
  flatRate: number,
): Promise<Figure[]> {
  const url = `${gotify.url.replace('http', 'gotify')}/${pushToken}`;
  const paced = await runApprise({ url, count: messages, perSecond });
  const flat = await runApprise({ url, count: messages, perSecond: 0 });
  const tell = (name: string, value: number, note: string): Figure => ({
    part,
    name,
    value,
    unit: '/s',
    note,
  });
  const ours = tell(
    'Pult without a limit',
    flatRate,
    `${messages} more; each is on disk before it leaves and after`,
  );
  if (!paced || !flat) return [tell('Pult at the rate', rate, 'by when each left'), ours];
  const theirs = (run: typeof paced) => run.sent / run.seconds;
  return [
    tell('Pult at the rate', rate, 'by when each left'),
    tell(
      `Apprise ${paced.version} at the rate`,
      theirs(paced),
      `${paced.sent} of ${messages} to the same server, its own throttle set to ${perSecond}/s`,
    ),
    ours,
    tell(
      `Apprise ${flat.version} without a limit`,
      theirs(flat),
      `${flat.sent} of ${messages}, one after the other; it keeps nothing: what a kill stops is gone`,
    ),
  ];
}
