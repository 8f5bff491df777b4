import type { Page } from '@playwright/test';
import type { QueueFilter, QueueSort } from '../../src/shared/contract/incidents.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import type { SocketClient } from '../../test/support/socket-client.ts';
import { percentile, type Figure } from './figures.ts';
import { createWriter } from './words.ts';

const part = 'c';
const frames = 600;
const newest = { key: 'urgency', descending: false } as const;

/** Opens the queue with these choices, as the page keeps them for its person. */
export async function chooseView(page: Page, filter: Partial<QueueFilter>, sort: QueueSort): Promise<void> {
  await page.evaluate(`window.bench.remember(${JSON.stringify({ queueFilter: filter, queueSort: sort })})`);
  await page.reload();
  await page.locator('[role=grid] [role=gridcell]').first().waitFor({ timeout: 60_000 });
}

/** The archive's queue as a dispatcher meets it in the page. */
export async function measureQueue(page: Page, rounds: number): Promise<Figure[]> {
  await page.getByRole('link', { name: 'Люди' }).click();
  await page.getByRole('link', { name: 'Очередь' }).click();
  await chooseView(page, { scope: 'all' }, newest);
  const total = await page.locator('[role=grid]').getAttribute('aria-rowcount');
  const paints: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.getByRole('link', { name: 'Люди' }).click();
    await page
      .locator('[role=grid]')
      .waitFor({ state: 'detached' })
      .catch(() => undefined);
    paints.push(await page.evaluate<number>(`window.bench.untilShown('nav a[href*=queue]')`));
  }
  const deltas = await page.evaluate<number[]>(`window.bench.scroll(${frames}, 400)`);
  const filters = await measureFilters(page, rounds);
  const rows = `${total ?? '?'} rows`;
  return [
    {
      part,
      name: 'queue, first paint, p95',
      value: percentile(paints, 0.95),
      unit: 'ms',
      limit: { kind: 'most', value: 300 },
      note: `n = ${paints.length}, ${rows}, from the click on "Queue"; median ${Math.round(percentile(paints, 0.5))} ms`,
    },
    {
      part,
      name: 'scrolling, frame, p99',
      value: percentile(deltas, 0.99),
      unit: 'ms',
      limit: { kind: 'most', value: 50 },
      note: `n = ${deltas.length}, 400 px a frame, ${rows}`,
    },
    {
      part,
      name: 'filter in the page, p95',
      value: percentile(filters, 0.95),
      unit: 'ms',
      limit: { kind: 'most', value: 150 },
      note: `n = ${filters.length}, from the click to the rows painted; median ${Math.round(percentile(filters, 0.5))} ms`,
    },
  ];
}

/** Between all, finished and open incidents: the widest answers a filter can have. */
async function measureFilters(page: Page, rounds: number): Promise<number[]> {
  await page.getByRole('button', { name: 'Фильтры' }).click();
  const dialog = page.getByRole('dialog', { name: 'Фильтры' });
  await dialog.waitFor();
  const spent: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const scope = ['finished', 'open', 'all'][round % 3] ?? 'all';
    const choice = `[role=dialog] input[type=radio][value=${scope}]`;
    spent.push(await page.evaluate<number>(`window.bench.untilShown('${choice}')`));
  }
  await page.keyboard.press('Escape');
  return spent;
}

type Rpc = SocketClient['rpc'];

/** Every kind of filter over everything, as the page asks for it: a page of rows with the number of all. */
export async function measureFilterQueries(rpc: Rpc, rounds: number): Promise<Figure> {
  const { people } = await rpc.session.people({});
  const now = Date.now();
  const kinds: readonly Partial<QueueFilter>[] = [
    { statusIds: [1, 2] },
    { typeIds: [1, 2, null] },
    { assigneeIds: people.slice(0, 2).map(({ id }) => id) },
    { channels: ['phone'] },
    { clockStates: ['breached'] },
    { clockStates: ['overdue', 'at-risk'] },
    { unread: true },
    { asset: 'KA04' },
    { registeredFrom: now - 90 * 86_400_000, registeredTo: now - 30 * 86_400_000 },
    {
      scope: 'finished',
      assigneeIds: people.slice(0, 1).map(({ id }) => id),
      typeIds: [2],
      channels: ['mail'],
    },
  ];
  const spent: number[] = [];
  const worst = new Map<number, number>();
  for (let round = 0; round < rounds; round += 1) {
    const filter = { scope: 'all' as const, ...kinds[round % kinds.length] };
    const startedAt = performance.now();
    await rpc.incidents.queue({ filter, sort: newest, offset: 0, limit: 100 });
    const ms = performance.now() - startedAt;
    spent.push(ms);
    worst.set(round % kinds.length, Math.max(ms, worst.get(round % kinds.length) ?? 0));
  }
  const [slowest = 0] = [...worst.entries()].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return {
    part,
    name: 'filter, every kind, answer of the backend, p95',
    value: percentile(spent, 0.95),
    unit: 'ms',
    limit: { kind: 'most', value: 150 },
    note: `n = ${spent.length}; slowest kind ${JSON.stringify(kinds[slowest]).slice(0, 60)}`,
  };
}

/** Searches over the socket, as a page asks: newest 50. */
export async function measureSearches(rpc: Rpc, count: number): Promise<Figure[]> {
  const random = createSeededRandom(7);
  const { vocabulary } = createWriter(random);
  const word = (low: number, high: number) =>
    vocabulary[low + Math.floor(random.number() * (high - low))] ?? 'питание';
  const { people } = await rpc.session.people({});
  const asset = () => `KA${String(1 + Math.floor(random.number() * 9999)).padStart(4, '0')}`;
  const kinds: readonly (readonly [
    name: string,
    make: () => { text: string; filter?: Partial<QueueFilter> },
  ])[] = [
    ['rare word', () => ({ text: `${word(20_000, vocabulary.length)} ` })],
    ['two words', () => ({ text: `${word(50, 800)} ${word(50, 800)} ` })],
    [
      'prefix of 2-5 letters',
      () => ({ text: word(100, 5000).slice(0, 2 + Math.floor(random.number() * 4)) }),
    ],
    [
      'code or phone',
      () => ({
        text:
          random.number() < 0.5
            ? asset()
            : `+7 900 ${Math.floor(100 + random.number() * 900)}-${Math.floor(10 + random.number() * 90)}-33`,
      }),
    ],
    ['very common word', () => ({ text: `${word(0, 10)} ` })],
    [
      'word and filter',
      () => ({
        text: `${word(20, 3000)} `,
        filter: {
          scope: 'all' as const,
          assigneeIds: [people[Math.floor(random.number() * people.length)]?.id ?? 1],
        },
      }),
    ],
  ];
  const spent = new Map<string, number[]>();
  for (let index = 0; index < count; index += 1) {
    const [name, make] = kinds[index % kinds.length] ?? ['', () => ({ text: '' })];
    const asked = make();
    const startedAt = performance.now();
    await rpc.search.find({ ...asked, limit: 50 });
    spent.set(name, [...(spent.get(name) ?? []), performance.now() - startedAt]);
  }
  const all = [...spent.values()].flat();
  const each = [...spent].map(([name, times]) => `${name} ${percentile(times, 0.95).toFixed(1)}`).join(', ');
  return [
    {
      part,
      name: 'search, newest 50, p95',
      value: percentile(all, 0.95),
      unit: 'ms',
      limit: { kind: 'most', value: 30 },
      note: `n = ${all.length}; p95 of each kind: ${each}`,
    },
  ];
}
