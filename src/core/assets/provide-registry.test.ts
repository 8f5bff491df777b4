import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../test/support/asset-kit.ts';
import type { ProvisionedRegistry } from './provide-registry.ts';

let kit: AssetKit;

beforeEach(() => {
  kit = createAssetKit();
});

afterEach(() => kit.end());

const place = {
  region: 'NN',
  regionName: 'Нижегородская область',
  macroregion: 'Поволжье',
  repairEmail: 'rvr@remont.example',
  address: 'дер. Сосновка',
  latitude: 56.8,
  longitude: 44.1,
  contractor: 'Бригада Север',
} as const;

const registry: ProvisionedRegistry = {
  name: 'Учебный реестр',
  assets: [
    {
      ...place,
      kind: 'pole',
      code: '41208-P-52-1-1',
      pole: '',
      operators: [],
      emails: ['avr@sever.example'],
    },
    {
      ...place,
      kind: 'station',
      code: 'KA0412',
      pole: '41208-P-52-1-1',
      operators: [{ name: 'Волна, Поволжье', group: 'Волна' }],
      emails: [],
    },
  ],
  groups: [{ name: 'Волна', domains: ['volna.example'] }],
};

test('a desk that begins with a registry knows poles, stations, who rents and who repairs', () => {
  kit.assets.provide(registry);

  const [pole] = kit.assets.complete({ text: '41208', poleId: null }).assets;
  const [station] = kit.assets.complete({ text: 'KA0412', poleId: null }).assets;
  expect(kit.assets.view(pole!.id)).toMatchObject({
    region: 'Нижегородская область',
    contractor: 'Бригада Север',
    emails: ['avr@sever.example'],
  });
  expect(kit.assets.view(station!.id)).toMatchObject({ pole: { code: '41208-P-52-1-1' } });
  expect(kit.assets.lists().groups).toMatchObject([{ name: 'Волна', domains: ['volna.example'] }]);
});

test('a desk that has a registry keeps it as it is', () => {
  kit.add({ code: 'A-1' });

  kit.assets.provide(registry);

  expect(kit.assets.lists().total).toBe(1);
});
