import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../test/support/asset-kit.ts';
import { startOfTest } from '../../../test/support/core-kit.ts';
import type { ReportFilter } from '../../shared/contract/reports.ts';
import { addDays, localDay } from '../../shared/domain/local-day.ts';
import { createReportStore } from '../db/report-store.ts';
import { bindAsset, unbindAsset } from '../incidents/bind-assets.ts';
import { assign, dismiss, setType } from '../incidents/change-incident.ts';
import { systemClock } from '../platform/clock.ts';
import { seedClocks } from '../settings/seed-clocks.ts';
import { between, createSeededRandom } from '../training/seeded-random.ts';
import { createDashboards } from './dashboard.ts';
import { createFactBase } from './fact-base.ts';

const zone = 'Europe/Moscow';
const all: ReportFilter = {
  regionIds: [],
  macroregionIds: [],
  personIds: [],
  contractorIds: [],
  typeIds: [],
  groupIds: [],
};
const minute = 60_000;
const today = localDay(startOfTest, zone);
const week = { from: today, to: addDays(today, 6) };

let kit: AssetKit;
let dashboards: ReturnType<typeof fresh>;

beforeEach(() => {
  kit = createAssetKit();
  seedClocks({ db: kit.db, ...kit.stores });
  kit.db.connection.exec(`INSERT INTO macroregion (id, name, revision) VALUES (1, 'Поволжье', 1);
    INSERT INTO region (id, key, name, macroregion_id, revision) VALUES (1, 'NN', 'Нижегородская', 1, 1), (2, 'KK', 'Краснодарский', NULL, 1);
    INSERT INTO operator_group (id, name, revision) VALUES (1, 'Север', 1);
    INSERT INTO operator (id, name, group_id, revision) VALUES (1, 'Север-НН', 1, 1);`);
  dashboards = fresh();
});
afterEach(() => kit.end());

/** Slices wait for a turn of the real loop; everything that is told of time is the kit's. */
function fresh() {
  const clock = { ...kit.clock, sleep: systemClock.sleep };
  const store = createReportStore(kit.db);
  return createDashboards({
    store,
    base: createFactBase({ db: kit.db, store, clock }),
    clock,
    zone: () => zone,
  });
}

const open = (typeId: number | null = null) =>
  kit.open(
    {
      title: 'Нет питания',
      description: '',
      applicantName: '',
      applicantPhone: '',
      applicantAddress: '',
      asset: '',
      typeId,
      assigneeId: null,
    },
    kit.actor,
  );
const at = (id: number) => ({ id, expected: kit.desk.incidents.require(id).decidedRevision });
/** What the desk asks before it lets an incident be closed is the business of its own tests. */
const close = (id: number) =>
  kit.db.transact((revision) => {
    const now = kit.clock.now();
    kit.stores.incidents.save({ ...kit.desk.incidents.require(id), finishedAt: now, revision });
    kit.db.connection.prepare('UPDATE incident_clock SET ended_at = ? WHERE incident_id = ?').run(now, id);
    kit.db.touch('incident', id);
  });
const bind = (incidentId: number, assetId: number) => bindAsset(kit.desk, { incidentId, assetId }, kit.actor);
const ask = (filter: Partial<ReportFilter> = {}, period = week) =>
  dashboards.ask({ period, filter: { ...all, ...filter } });

describe('a dashboard', () => {
  test('counts what was opened, closed and is open by the days of the desk’s zone', async () => {
    const [first] = [open(), open(), open()];
    await kit.clock.advance(30 * minute);
    close(first!);
    // 20:59 UTC is still today in Moscow, 21:01 is tomorrow.
    await kit.clock.advance(Date.UTC(2026, 2, 4, 20, 59) - kit.clock.now());
    open();
    await kit.clock.advance(2 * minute);
    open();

    const { days, totals, hours } = await ask();

    expect(days.slice(0, 3).map((row) => [row.day, row.opened, row.closed, row.open])).toEqual([
      ['2026-03-04', 4, 1, 3],
      ['2026-03-05', 1, 0, 4],
      ['2026-03-06', 0, 0, 4],
    ]);
    expect(totals).toMatchObject({ opened: 5, closed: 1, open: 4 });
    expect([hours[8]!.incidents, hours[23]!.incidents, hours[0]!.incidents]).toEqual([3, 1, 1]);
  });

  test('tells the median and p90 of how long incidents lived, by nearest rank', async () => {
    const ids = Array.from({ length: 10 }, () => open());
    for (const id of ids) {
      await kit.clock.advance(10 * minute);
      close(id);
    }

    const { life, groups } = await ask();

    expect(life).toEqual({ count: 10, medianMs: 50 * minute, p90Ms: 90 * minute });
    expect(groups.person[0]).toMatchObject({ id: kit.actor, name: 'Орлова', closed: 10, life });
  });

  test('tells of each clock what was kept, broken, runs late and runs', async () => {
    const type = kit.stores.reference.types().find(({ slaMinutes }) => slaMinutes !== null)!;
    const slaMs = type.slaMinutes! * minute;
    const [kept, broken] = [open(type.id), open(type.id), open(type.id)];
    await kit.clock.advance(slaMs / 2);
    close(kept!);
    await kit.clock.advance(slaMs);
    close(broken!);
    open(type.id);
    // Without a type nothing is promised.
    open();

    const { clocks, groups } = await ask({}, { from: today, to: addDays(today, 30) });

    const sla = clocks.findIndex(({ kind }) => kind === 'sla');
    expect(clocks[sla]!.kept).toEqual({ met: 1, breached: 2, late: 1, running: 1 });
    expect(groups.type.find(({ id }) => id === type.id)!.clocks[sla]).toEqual({ met: 1, breached: 2 });
  });

  test('goes by region, contractor and operator of the bound asset, also when the registry changes later', async () => {
    const pole = kit.add({ code: '41208-P-52-1-1', regionId: 1, operatorIds: [1] });
    const id = open();
    open();
    expect((await ask({ regionIds: [1] })).totals.opened).toBe(0);

    bind(id, pole);

    const named = await ask({ macroregionIds: [1], groupIds: [1] });
    expect([named.totals.opened, named.groups.region[0]!.name]).toEqual([1, 'Нижегородская']);
    kit.db.transact(() => {
      kit.db.connection.exec('UPDATE asset SET region_id = 2');
      kit.db.touch('asset');
    });
    expect((await ask({ regionIds: [1] })).totals.opened).toBe(0);
    expect((await ask({ regionIds: [2] })).totals.opened).toBe(1);
    expect((await ask({ regionIds: [null] })).totals.opened).toBe(1);
  });

  test('names assets that come again, with their incidents', async () => {
    const pole = kit.add({ code: '41208-P-52-1-1' });
    const other = kit.add({ code: '41209-P-52-1-1' });
    const [first, second, third] = [open(), open(), open()];
    bind(first!, pole);
    bind(second!, pole);
    bind(third!, other);
    close(first!);

    const { repeating } = await ask();

    expect(repeating).toMatchObject([{ code: '41208-P-52-1-1', kind: 'pole', count: 2, open: 1 }]);
    expect(repeating[0]!.incidents.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([first, second]);
  });

  test('does not count what was set aside as no incident', async () => {
    const id = open();
    dismiss(kit.desk, { ...at(id), ruleId: null }, kit.actor);

    expect((await ask()).totals).toMatchObject({ opened: 0, open: 0 });
  });

  test('holds alarms against what dispatchers on duty can take', async () => {
    kit.addPerson('Белов');
    kit.db.transact((revision) => {
      for (let index = 0; index < 15; index += 1) {
        kit.desk.alarms.raise(open(), 'new', kit.clock.now() + index * 30_000, revision);
      }
    });
    await kit.clock.advance(60 * minute);

    const { alarms } = await ask();

    expect(alarms).toMatchObject({
      total: 15,
      mostInTen: 15,
      floods: 1,
      aboveAcceptable: 1,
      aboveManageable: 0,
    });
    expect(alarms.worst[0]).toMatchObject({ alarms: 15, dispatchers: 2 });
    expect(alarms.perDispatcherHour).toBeCloseTo(15 / 2, 1);
  });

  test('refuses a period of no days and of too many', async () => {
    await expect(ask({}, { from: week.to, to: week.from })).rejects.toMatchObject({ reason: 'period' });
    await expect(ask({}, { from: '1990-01-01', to: '2026-01-01' })).rejects.toMatchObject({
      reason: 'period',
    });
  });
});

/** Any of a list that grows. */
const one = <T>(random: ReturnType<typeof createSeededRandom>, list: readonly T[]): T =>
  list[between(random, 0, list.length - 1)]!;

test.each([1, 2, 3])('after any operations the numbers are those of the truth (seed %i)', async (seed) => {
  const random = createSeededRandom(seed);
  const people = [kit.actor, kit.addPerson('Белов'), kit.addPerson('Громова')];
  const poles = Array.from({ length: 5 }, (_, index) =>
    kit.add({
      code: `4120${index}-P-52-1-1`,
      regionId: (index % 2) + 1,
      operatorIds: index % 3 === 0 ? [1] : [],
    }),
  );
  const types = [...kit.stores.reference.types().map(({ id }) => id), null];
  const ids: number[] = [open()];
  const steps: readonly (() => unknown)[] = [
    () => ids.push(open(one(random, types))),
    () => ids.push(open(one(random, types))),
    () => close(one(random, ids)),
    () => assign(kit.desk, { ...at(one(random, ids)), personId: one(random, people) }, kit.actor),
    () => setType(kit.desk, { ...at(one(random, ids)), typeId: one(random, types) }, kit.actor),
    () => bind(one(random, ids), one(random, poles)),
    () => unbindAsset(kit.desk, { incidentId: one(random, ids), assetId: one(random, poles) }, kit.actor),
    () => dismiss(kit.desk, { ...at(one(random, ids)), ruleId: null }, kit.actor),
    () =>
      kit.db.transact(() => {
        kit.db.connection
          .prepare('UPDATE asset SET region_id = ? WHERE id = ?')
          .run(between(random, 1, 2), one(random, poles));
        kit.db.touch('asset');
      }),
    () => ask(),
  ];
  for (let step = 0; step < 250; step += 1) {
    await kit.clock.advance(between(random, 0, 20) * minute);
    try {
      await one(random, steps)();
    } catch {
      // Refused by a rule of the desk: nothing has changed, which is what must be counted.
    }
  }

  const filters: readonly Partial<ReportFilter>[] = [
    {},
    { regionIds: [1] },
    { personIds: [people[1]!] },
    { groupIds: [null] },
  ];
  for (const filter of filters) {
    const warm = await ask(filter);
    expect(warm).toEqual(await fresh().ask({ period: week, filter: { ...all, ...filter } }));
  }
  const { totals } = await ask({}, { from: '2026-01-01', to: '2026-12-31' });
  const truth = kit.db.connection
    .prepare(
      `SELECT count(*) AS opened, sum(finished_at IS NOT NULL) AS closed, sum(finished_at IS NULL) AS open FROM incident
       WHERE dismissed_at IS NULL AND merged_into_id IS NULL`,
    )
    .get();
  expect(totals).toMatchObject(truth as object);
});
