import { beforeEach, describe, expect, test } from 'vitest';
import { createLinkKit, type LinkKit } from '../../../test/support/link-kit.ts';
import { silentLogger } from '../platform/logger.ts';
import { queueFilter, type QueueFilter } from '../../shared/contract/incidents.ts';
import { leaveFlood } from '../links/flood-desk.ts';
import { bindAsset } from './bind-assets.ts';
import { createFloodWatch } from './flood-watch.ts';

let kit: LinkKit;
let pole: number;
const minute = 60_000;

beforeEach(() => {
  kit = createLinkKit();
  const region = kit.region('Нижегородская область');
  pole = kit.asset({ code: '41208-P-52-1-1', regionId: region });
});

const stationsOf = (poleId: number, count: number, from = 1) =>
  Array.from({ length: count }, (_, at) =>
    kit.asset({ kind: 'station', code: `KA00${String(from + at).padStart(4, '0')}`, poleId }),
  );
const row = (id: number) => kit.desk.incidents.require(id);
/** An incident that a letter opened now, about that asset. */
function opens(assetId: number): number {
  return kit.db.transact(() => {
    const { incidentId } = kit.letter({ subject: 'Нет питания' });
    bindInIntake(incidentId, assetId);
    return incidentId;
  });
}
/** As intake binds what it found: by nobody. */
function bindInIntake(incidentId: number, assetId: number): void {
  bindAsset(kit.desk, { incidentId, assetId }, null);
}
const sounding = () => kit.desk.alarms.sounding().map(({ kind, incidentId }) => [kind, incidentId]);
const floods = () => kit.desk.floods.views().map(({ kind, title, total }) => [kind, title, total]);

describe('a crowd', () => {
  test('ten incidents about one asset are ten incidents, the eleventh makes them a flood with one more alarm', () => {
    const ids = Array.from({ length: 10 }, () => opens(pole));
    expect(floods()).toEqual([]);

    const eleventh = opens(pole);

    expect(floods()).toEqual([['asset', '41208-P-52-1-1', 11]]);
    expect([...ids, eleventh].map((id) => row(id).floodId)).toEqual(Array(11).fill(1));
    // Each alarm before the threshold stays somebody's to hear; the eleventh's own is the flood's.
    expect(sounding().filter(([kind]) => kind === 'new')).toHaveLength(10);
    expect(sounding().filter(([kind]) => kind === 'flood')).toEqual([['flood', eleventh]]);
  });

  test('whoever joins later is heard no more, keeps its own clock, and its history says why', () => {
    for (let count = 0; count < 11; count += 1) opens(pole);
    const before = sounding().length;

    const late = opens(pole);

    expect(sounding()).toHaveLength(before);
    expect(kit.desk.clocks.ofIncident(late)).toMatchObject({ endedAt: null });
    expect(kit.events(late)).toContain('incident.flood-joined');
    expect(floods()).toEqual([['asset', '41208-P-52-1-1', 12]]);
  });

  test('the eleventh at ten minutes to the millisecond is of the crowd, one later is not', () => {
    for (const [apart, found] of [
      [10 * minute, 1],
      [10 * minute + 1, 0],
    ] as const) {
      kit = createLinkKit();
      pole = kit.asset({ code: '41208-P-52-1-1' });
      for (let count = 0; count < 10; count += 1) opens(pole);
      kit.clock.jump(apart);
      opens(pole);
      expect(floods()).toHaveLength(found);
    }
  });

  test('what they share decides: stations of one pole are a line, assets of one region are a region', () => {
    for (const station of stationsOf(pole, 11)) opens(station);
    expect(floods()).toEqual([['line', '41208-P-52-1-1', 11]]);

    const region = row(1).floodId === null ? 0 : kit.desk.assets.require(pole).regionId;
    for (let count = 0; count < 11; count += 1) {
      opens(kit.asset({ code: `5000${count}-P-52-1`, regionId: region }));
    }
    expect(floods()).toEqual([
      ['region', 'Нижегородская область', 11],
      ['line', '41208-P-52-1-1', 11],
    ]);
  });

  test('letters of a whole night that come at once are no flood: their own times count', () => {
    for (let count = 0; count < 20; count += 1) {
      const { incidentId } = kit.letter({
        subject: `Нет питания ${count}`,
        sentAt: kit.clock.now() - count * 5 * minute,
      });
      bindInIntake(incidentId, pole);
    }
    expect(floods()).toEqual([]);
  });

  test('an old letter that comes late does not join what runs now', () => {
    for (let count = 0; count < 11; count += 1) opens(pole);
    const { incidentId } = kit.letter({ subject: 'Вчера', sentAt: kit.clock.now() - 24 * 60 * minute });
    bindInIntake(incidentId, pole);

    expect(row(incidentId).floodId).toBeNull();
  });

  test('whoever does not belong leaves, and may come back', () => {
    const ids = Array.from({ length: 11 }, () => opens(pole));
    const { undo } = leaveFlood(kit.desk, ids[0]!, kit.actor);
    expect(row(ids[0]!).floodId).toBeNull();

    kit.takeBack(undo, kit.actor);
    expect(row(ids[0]!).floodId).toBe(1);
  });
});

describe('the end of a flood', () => {
  test('comes when nothing has joined for ten minutes, and the next crowd is another flood', async () => {
    const watch = createFloodWatch(kit.desk, silentLogger);
    await watch.start(new AbortController().signal);
    for (let count = 0; count < 11; count += 1) opens(pole);

    await kit.clock.advance(10 * minute - 1);
    expect(kit.desk.floods.find(1)?.endedAt).toBeNull();
    await kit.clock.advance(1);
    expect(kit.desk.floods.find(1)?.endedAt).toBe(kit.clock.now());

    for (let count = 0; count < 11; count += 1) opens(pole);
    expect(kit.desk.floods.find(2)).toMatchObject({ endedAt: null });
    await watch.stop();
  });

  test('a flood that ran when the desk stopped ends when it starts again', async () => {
    for (let count = 0; count < 11; count += 1) opens(pole);
    kit.clock.jump(60 * minute);

    const watch = createFloodWatch(kit.desk, silentLogger);
    await watch.start(new AbortController().signal);
    await kit.clock.advance(1);

    expect(kit.desk.floods.find(1)?.endedAt).not.toBeNull();
    await watch.stop();
  });
});

describe('in the queue', () => {
  const queue = (unfolded: number[] | null, filter: Partial<QueueFilter> = {}) =>
    kit.stores.query.page({
      filter: queueFilter.parse(filter),
      sort: { key: 'urgency', descending: false },
      offset: 0,
      limit: 100,
      now: kit.clock.now(),
      unfolded,
    });

  test('a folded flood is one row of its most urgent incident, unfolded it is all of them, each with its clock', () => {
    const ids = Array.from({ length: 12 }, () => opens(pole));
    const { incidentId: other } = kit.letter({ subject: 'Другое' });

    expect(queue([]).total).toBe(2);
    expect(queue([]).rows.map(({ id }) => id)).toEqual([ids[0], other]);
    expect(queue([1]).rows.map(({ id }) => id)).toEqual([...ids, other]);
    expect(queue([1]).rows.every(({ clock }) => clock !== null)).toBe(true);
    expect(queue(null).total).toBe(13);
  });

  test('what the filter hides does not stand for the flood', () => {
    const ids = Array.from({ length: 12 }, () => opens(pole));
    kit.db.transact((revision) => {
      kit.desk.incidents.save({ ...row(ids[3]!), priority: 'high', assigneeId: null, revision });
      return undefined;
    });

    expect(queue([], { assigneeIds: [null] }).rows.map(({ id }) => id)).toEqual([ids[3]]);
  });
});
