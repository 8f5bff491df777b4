import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import type { QueueFilter, QueueSort } from '../../src/shared/contract/incidents.ts';
import type { ReportFilter } from '../../src/shared/contract/reports.ts';
import { addDays, localDay } from '../../src/shared/domain/local-day.ts';
import type { Dovecot } from '../../test/support/dovecot.ts';
import type { SocketClient } from '../../test/support/socket-client.ts';
import { copyArchive, seededArchive, type Size } from './archive.ts';
import { median, percentile, type Figure } from './figures.ts';
import { openBenchHost } from './host.ts';
import { takeLetters } from './intake-against.ts';

const part = 'k';
const limit = { kind: 'most', value: 150 } as const;
const zone = 'Europe/Moscow';

type Rpc = SocketClient['rpc'];
type Sizes = {
  readonly archive: Required<Size>;
  readonly times: number;
  readonly letters: number;
  readonly rounds: number;
};

/** The desk at the size of a year of the real one: filters, cards, the dashboard, and what intake costs there. */
export async function measureReports(
  server: Dovecot,
  sizes: Sizes,
  tell: (figures: readonly Figure[]) => void,
) {
  const archive = await seededArchive(sizes.archive);
  const dataDir = mkdtempSync(join(tmpdir(), 'pult-bench-desk-'));
  copyArchive(archive, dataDir);
  const { host, client } = await openBenchHost(dataDir);
  try {
    tell([await measureFilters(client.rpc, sizes.times)]);
    tell([await measureCards(client.rpc, sizes.times)]);
    tell(await measureDashboard(client.rpc, sizes.times));
  } finally {
    client.connection.close();
    await host.kill('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }
  tell(await measureGrowth(server, archive, sizes));
}

/** Random filters of any kind, alone and together, in any order and at any place of the list. */
async function measureFilters(rpc: Rpc, times: number): Promise<Figure> {
  const random = createSeededRandom(31);
  const { people } = await rpc.session.people({});
  const { statuses, types, categories } = await rpc.reference.all({});
  const now = Date.now();
  const one = <T>(list: readonly T[]): T[] =>
    list.length === 0 ? [] : [list[Math.floor(random.number() * list.length)] as T];
  const ids = (list: readonly { readonly id: number }[]) => one(list.map(({ id }) => id));
  const makers: readonly (() => Partial<QueueFilter>)[] = [
    () => ({ statusIds: ids(statuses) }),
    () => ({ typeIds: ids(types) }),
    () => ({ assigneeIds: random.number() < 0.2 ? [null] : ids(people) }),
    () => ({ categoryIds: ids(categories) }),
    () => ({ channels: one(['mail', 'phone'] as const) }),
    () => ({
      clockStates: one(['running', 'at-risk', 'overdue', 'paused', 'met', 'breached', 'no-target'] as const),
    }),
    () => ({ unread: true }),
    () => ({ asset: `KA${Math.floor(random.number() * 100)}` }),
    () => ({ registeredFrom: Math.floor(now - random.number() * 300 * 86_400_000) }),
    () => ({ registeredTo: Math.floor(now - random.number() * 300 * 86_400_000) }),
  ];
  const sorts: readonly QueueSort['key'][] = [
    'urgency',
    'code',
    'title',
    'status',
    'type',
    'due',
    'assignee',
    'registered',
  ];
  const spent: number[] = [];
  let worst = { ms: 0, text: '' };
  for (let round = 0; round < times; round += 1) {
    const filter = {
      scope: one(['open', 'finished', 'all', 'dismissed'] as const)[0] ?? 'open',
      ...one(makers)[0]?.(),
      ...(random.number() < 0.5 ? one(makers)[0]?.() : {}),
    };
    const key = random.number() < 0.7 ? 'urgency' : (one(sorts)[0] ?? 'urgency');
    const sort = { key, descending: random.number() < 0.3 };
    const startedAt = performance.now();
    await rpc.incidents.queue({ filter, sort, offset: round % 5 === 0 ? 200 : 0, limit: 100 });
    const ms = performance.now() - startedAt;
    spent.push(ms);
    if (ms > worst.ms) worst = { ms, text: JSON.stringify({ ...filter, sort: key }) };
  }
  return {
    part,
    name: 'any filter of the queue, answer of the backend, p95',
    value: percentile(spent, 0.95),
    unit: 'ms',
    limit,
    note: `n = ${times} random filters and orders; median ${median(spent).toFixed(1)} ms; slowest ${Math.round(worst.ms)} ms ${worst.text.slice(0, 90)}`,
  };
}

async function measureCards(rpc: Rpc, times: number): Promise<Figure> {
  const random = createSeededRandom(32);
  const { total } = await rpc.incidents.queue({
    filter: { scope: 'all' },
    sort: { key: 'registered', descending: false },
    offset: 0,
    limit: 1,
  });
  const spent: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const { rows } = await rpc.incidents.queue({
      filter: { scope: 'all' },
      sort: { key: 'registered', descending: false },
      offset: Math.floor(random.number() * (total - 1)),
      limit: 1,
    });
    const id = rows[0]?.id ?? 1;
    const startedAt = performance.now();
    await Promise.all([rpc.incidents.card({ id }), rpc.incidents.timeline({ id, before: null, limit: 100 })]);
    spent.push(performance.now() - startedAt);
  }
  return {
    part,
    name: 'opening a card with its letters, answer of the backend, p95',
    value: percentile(spent, 0.95),
    unit: 'ms',
    limit,
    note: `n = ${times} incidents of any age; median ${median(spent).toFixed(1)} ms`,
  };
}

async function measureDashboard(rpc: Rpc, times: number): Promise<Figure[]> {
  const random = createSeededRandom(33);
  const to = localDay(Date.now(), zone);
  const none: ReportFilter = {
    regionIds: [],
    macroregionIds: [],
    personIds: [],
    contractorIds: [],
    typeIds: [],
    groupIds: [],
  };
  const ask = async (days: number, filter: ReportFilter) => {
    const startedAt = performance.now();
    await rpc.reports.dashboard({ period: { from: addDays(to, 1 - days), to }, filter });
    return performance.now() - startedAt;
  };
  const first = await ask(7, none);
  const { regions, contractors, groups } = await rpc.reports.choices({});
  const one = (list: readonly { readonly id: number }[]) => {
    const chosen = list[Math.floor(random.number() * list.length)];
    return chosen ? [chosen.id] : [];
  };
  const filters: readonly (() => Partial<ReportFilter>)[] = [
    () => ({}),
    () => ({}),
    () => ({ regionIds: one(regions) }),
    () => ({ contractorIds: one(contractors) }),
    () => ({ groupIds: one(groups) }),
  ];
  const periods = [1, 7, 30, 90, 365];
  const spent = new Map<number, number[]>(periods.map((days) => [days, []]));
  for (let round = 0; round < times; round += 1) {
    const days = periods[round % periods.length] ?? 7;
    const filter = { ...none, ...filters[Math.floor(random.number() * filters.length)]?.() };
    spent.get(days)?.push(await ask(days, filter));
  }
  const all = [...spent.values()].flat();
  const each = [...spent].map(([days, ms]) => `${days} d ${percentile(ms, 0.95).toFixed(0)}`).join(', ');
  return [
    {
      part,
      name: 'dashboard, answer of the backend, p95',
      value: percentile(all, 0.95),
      unit: 'ms',
      limit,
      note: `n = ${times}, five periods with and without a filter; p95 of each: ${each} ms`,
    },
    {
      part,
      name: 'dashboard of the whole year, p95',
      value: percentile(spent.get(365) ?? [], 0.95),
      unit: 'ms',
      limit,
      note: `n = ${spent.get(365)?.length ?? 0}`,
    },
    {
      part,
      name: 'the very first dashboard after a start',
      value: first,
      unit: 'ms',
      note: 'reads everything once, in slices between which the desk works on',
    },
  ];
}

/** The same letters into an empty desk and into the full one, in turns. */
async function measureGrowth(
  server: Dovecot,
  archive: string,
  { letters, rounds }: Sizes,
): Promise<Figure[]> {
  const empty: number[] = [];
  const full: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    empty.push(await takeLetters(server, { letters, archive: undefined, round: `empty-${round}` }));
    full.push(await takeLetters(server, { letters, archive, round: `full-${round}` }));
    console.log(
      `  round ${round + 1}: empty ${Math.round(empty.at(-1) ?? 0)}/s, full ${Math.round(full.at(-1) ?? 0)}/s`,
    );
  }
  const slower = 100 * (1 - median(full) / median(empty));
  const note = `${letters.toLocaleString('en-US')} letters, median of ${rounds} rounds in turns`;
  return [
    { part, name: 'intake into an empty desk', value: median(empty), unit: 'letters/s', note },
    { part, name: 'intake at full size', value: median(full), unit: 'letters/s', note },
    {
      part,
      name: 'intake slows down by',
      value: slower,
      unit: '%',
      limit: { kind: 'most', value: 20 },
      note,
    },
  ];
}
