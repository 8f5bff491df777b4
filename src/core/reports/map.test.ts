import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../test/support/asset-kit.ts';
import { readMapPoints } from '../../shared/domain/map-points.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { systemClock } from '../platform/clock.ts';
import { seedClocks } from '../settings/seed-clocks.ts';
import { mapIncidents, mapPoints } from './map.ts';

let kit: AssetKit;
beforeEach(() => {
  kit = createAssetKit();
  seedClocks({ db: kit.db, ...kit.stores });
});
afterEach(() => kit.end());

const open = () =>
  kit.open(
    {
      title: 'Нет питания',
      description: '',
      applicantName: '',
      applicantPhone: '',
      applicantAddress: '',
      asset: '',
      typeId: kit.stores.reference.types().find(({ slaMinutes }) => slaMinutes !== null)!.id,
      assigneeId: null,
    },
    kit.actor,
  );
const shown = () => mapIncidents(kit.stores.map, kit.clock.now());

test('assets with a place arrive within two metres of it, the others not at all', async () => {
  const pole = kit.add({ code: '41208-P-52-1-1', latitude: 56.296_504, longitude: 43.936_059 });
  kit.add({ code: '41209-P-52-1-1' });

  const bytes = await mapPoints(kit.stores.map, systemClock);

  const { ids, longitudes, latitudes, kinds } = readMapPoints(new Uint8Array(bytes).buffer);
  expect([[...ids], [...kinds]]).toEqual([[pole], [0]]);
  expect(latitudes[0]).toBeCloseTo(56.296_504, 4);
  expect(longitudes[0]).toBeCloseTo(43.936_059, 4);
});

test('an open incident stands where its asset is and wears its state; one without a place is counted', async () => {
  const pole = kit.add({ code: '41208-P-52-1-1', latitude: 56.3, longitude: 44 });
  const placed = open();
  open();
  bindAsset(kit.desk, { incidentId: placed, assetId: pole }, kit.actor);

  expect(shown()).toMatchObject({
    incidents: [{ id: placed, position: [44, 56.3], assetId: pole, state: 'calm' }],
    unplaced: 1,
  });

  await kit.clock.advance(30 * 86_400_000);

  expect(shown().incidents[0]!.state).toBe('overdue');
});
