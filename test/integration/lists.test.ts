import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';

const minute = 60_000;
const call = {
  title: 'Гудит трансформатор',
  description: '',
  applicantName: 'Ирина',
  applicantPhone: '',
  applicantAddress: '',
  asset: '',
  typeId: null,
  assigneeId: null,
};

let desk: Desk;
let page: Client<PultContract>;

beforeEach(async () => {
  desk = await startDesk({ provision: provisionFor(undefined) });
  page = await desk.page();
});

afterEach(() => desk.stop());

const opened = async () => {
  const { id } = await page.incidents.open(call);
  return (await page.incidents.card({ id })).row;
};

test('a new desk has the statuses, steps, types with minutes and categories of the trade', async () => {
  const { statuses, types, categories } = await page.reference.all({});

  const nextOf = (key: string) => {
    const { nextIds } = statuses.find((status) => status.key === key)!;
    return statuses.filter(({ id }) => nextIds.includes(id)).map(({ name }) => name);
  };
  expect(statuses).toHaveLength(14);
  expect(nextOf('new')).toEqual(['В работе', 'Запрос данных', 'Ждём подтверждения', 'Закрыт']);
  expect(nextOf('notifying-operator')).toEqual(['Ошибка']);
  expect(nextOf('closed')).toEqual(['В работе']);
  expect(statuses.filter(({ finishes }) => finishes).map(({ name }) => name)).toEqual([
    'На генерации',
    'Закрыт',
  ]);
  expect(types.slice(0, 7).map(({ slaMinutes }) => slaMinutes)).toEqual([
    240, 240, 1440, 1440, 1440, 1440, 2880,
  ]);
  expect(categories.length).toBeGreaterThanOrEqual(3);
});

test('other minutes of a type rule the next deadline and leave the old ones as they were promised', async () => {
  const { types } = await page.reference.all({});
  const type = types.find(({ key }) => key === 'power-moscow')!;
  const before = await opened();
  await page.incidents.setType({ id: before.id, expected: before.revision, typeId: type.id });

  await page.reference.saveType({ ...type, slaMinutes: 35 });

  const after = await opened();
  await page.incidents.setType({ id: after.id, expected: after.revision, typeId: type.id });
  const targetOf = async (id: number) => {
    const { row } = await page.incidents.card({ id });
    const { clocks } = await page.clocks.ofIncident({ incidentId: id });
    return (clocks.find(({ kind }) => kind === 'sla')?.dueAt ?? 0) - row.registeredAt;
  };
  expect([await targetOf(before.id), await targetOf(after.id)]).toEqual([240 * minute, 35 * minute]);
});

test('a step taken out of the workflow is refused, and one to a status of our own is taken', async () => {
  const incident = await opened();
  const { statuses } = await page.reference.all({});
  const now = statuses.find(({ id }) => id === incident.statusId)!;
  const [oldStep] = now.nextIds;
  const { id: ours } = await page.reference.saveStatus({
    ...now,
    id: null,
    key: 'on-the-road',
    name: 'В пути',
    nameEn: 'On the road',
    position: 99,
    nextIds: [],
  });
  await page.reference.saveStatus({ ...now, nextIds: [ours] });

  const change = { id: incident.id, expected: incident.revision };
  await expect(page.incidents.setStatus({ ...change, statusId: oldStep! })).rejects.toMatchObject({
    code: 'conflict',
  });
  await page.incidents.setStatus({ ...change, statusId: ours });

  expect((await page.incidents.card({ id: incident.id })).row.statusId).toBe(ours);
});

test('ticks of the workflow that come in a row keep each other, and a needed status stays', async () => {
  const before = (await page.reference.all({})).statuses;
  const idOf = (key: string) => before.find((status) => status.key === key)!.id;
  const fromId = idOf('new');

  await Promise.all(
    ['postponed', 'error'].map((key) =>
      page.reference.setTransition({ fromId, toId: idOf(key), allowed: true }),
    ),
  );
  await page.reference.setTransition({ fromId, toId: idOf('closed'), allowed: false });

  const { statuses } = await page.reference.all({});
  const fresh = statuses.find(({ id }) => id === fromId)!;
  expect(fresh.nextIds).toEqual(expect.arrayContaining([idOf('postponed'), idOf('error')]));
  expect(fresh.nextIds).not.toContain(idOf('closed'));
  await expect(page.reference.saveStatus({ ...fresh, active: false })).rejects.toMatchObject({
    details: { reason: 'status-needed' },
  });
});

test('a category is renamed, and a new one is there after a restart', async () => {
  const { categories } = await page.reference.all({});
  await page.reference.saveCategory({ ...categories[0]!, name: 'Мачты' });
  const blank = { nameEn: 'Lifts', position: 99, active: true };
  await page.reference.saveCategory({ id: null, key: 'lifts', name: 'Лифты', ...blank });

  desk = await desk.restart();
  page = await desk.page();

  const names = (await page.reference.all({})).categories.map(({ name }) => name);
  expect(names[0]).toBe('Мачты');
  expect(names).toContain('Лифты');
});
