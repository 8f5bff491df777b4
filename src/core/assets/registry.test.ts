import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetKit, blankAsset, createAssetKit } from '../../../test/support/asset-kit.ts';

let kit: AssetKit;

beforeEach(() => {
  kit = createAssetKit();
});
afterEach(() => kit.end());

const refusal = (reason: string) => expect.objectContaining({ details: expect.objectContaining({ reason }) });
const journal = (id: number) =>
  kit.desk.journal.ofSubject('asset', id).map(({ payload }) => JSON.parse(payload) as { changes: unknown });

test('an asset entered by hand is found by code, alias and any piece of them, in any spelling', () => {
  const id = kit.add({ code: '41208-P-52-1-1', name: 'Сосновка', aliases: ['Лесная горка'] });
  const ids = (text: string) => kit.assets.complete({ text, poleId: null }).assets.map((asset) => asset.id);

  for (const text of ['41208', '41208–р–52', '08-p-52', 'лесная', 'горк', 'сосновка'])
    expect(ids(text), text).toEqual([id]);
  expect(ids('берёзовка')).toEqual([]);
});

test('a wrong code is answered with the nearest valid ones', () => {
  kit.add({ code: '41208-P-52-1-1' });
  kit.add({ code: '77310-P-10-3-1' });
  const near = (text: string) => {
    const { assets, nearest } = kit.assets.complete({ text, poleId: null });
    return [nearest, ...assets.map(({ code }) => code)];
  };

  expect(near('41280-P-52-1-1')).toEqual([true, '41208-P-52-1-1']);
  expect(near('4120-P-52-1-1')).toEqual([true, '41208-P-52-1-1']);
  expect(near('41208-P-52-1-9-7')).toEqual([true, '41208-P-52-1-1']);
  expect(near('99999-X')).toEqual([false]);
});

test('on a pole only its own stations are offered', () => {
  const pole = kit.add({ code: '41208-P-52-1-1' });
  const station = kit.add({ kind: 'station', code: 'KA000412', poleId: pole });
  kit.add({ kind: 'station', code: 'KA000413' });

  expect(kit.assets.complete({ text: 'ка0004', poleId: pole }).assets.map(({ id }) => id)).toEqual([station]);
});

test('the same code twice, a code of signs alone and a station on a station are refused', () => {
  const pole = kit.add({ code: 'A-1' });
  const station = kit.add({ kind: 'station', code: 'B-1', poleId: pole });

  expect(() => kit.add({ code: 'а–1' })).toThrow(refusal('code-taken'));
  expect(() => kit.add({ kind: 'station', code: 'В-1', poleId: pole })).toThrow(refusal('code-taken'));
  expect(kit.add({ kind: 'station', code: 'B-1', poleId: kit.add({ code: 'A-2' }) })).not.toBe(station);
  expect(() => kit.add({ code: '--' })).toThrow(refusal('code-empty'));
  expect(() => kit.add({ kind: 'station', code: 'B-2', poleId: station })).toThrow(refusal('pole-wrong'));
  expect(() => kit.add({ code: 'C-1', poleId: pole })).toThrow(refusal('pole-wrong'));
  expect(() => kit.add({ code: 'C-1', regionId: 7 })).toThrow(refusal('region'));
  expect(() => kit.add({ code: 'C-1', contractorId: 7 })).toThrow(refusal('contact'));
});

test('a change is written down with what was before', () => {
  const id = kit.add({ code: 'A-1', name: 'Было' });

  kit.assets.save({ ...blankAsset, id, code: 'A-2', name: 'Стало', aliases: ['Горка'] }, kit.actor);

  expect(journal(id).at(-1)?.changes).toEqual({
    code: { from: 'A-1', to: 'A-2' },
    name: { from: 'Было', to: 'Стало' },
    aliases: { from: [], to: ['Горка'] },
  });
  expect(kit.assets.complete({ text: 'A-1', poleId: null }).nearest).toBe(true);
});

test('an asset of a source gives up its own addresses when they are emptied', async () => {
  const lines = ['Шифр;E-mail', 'A-1;source@x.example'];
  await kit.load(lines);
  const { id } = kit.assets.complete({ text: 'A-1', poleId: null }).assets[0]!;
  const save = (emails: string[]) => kit.assets.save({ ...blankAsset, id, code: 'A-1', emails }, kit.actor);

  save(['own@x.example']);
  await kit.load(lines);
  const own = kit.assets.view(id).emails;
  save([]);
  await kit.load(lines);

  expect([own, kit.assets.view(id).emails, kit.assets.view(id).ownContacts]).toEqual([
    ['own@x.example'],
    ['source@x.example'],
    false,
  ]);
});

test('groups have domains however they are typed, regions a repair address', async () => {
  await kit.load(['Шифр;Регион;Название региона;Макрорегион', 'A-1;NN;Нижегородская;Поволжье']);
  const [region] = kit.assets.lists().regions;
  const id = kit.assets.saveGroup(
    { name: 'Запад', domains: ['NOC@Tele-op.example', '.tele-op.example', ''] },
    kit.actor,
  );

  kit.assets.saveRegion({ id: region!.id, repairEmail: 'rvr@x.example' }, kit.actor);

  expect(kit.assets.lists()).toMatchObject({
    regions: [{ key: 'NN', name: 'Нижегородская', macroregion: 'Поволжье', repairEmail: 'rvr@x.example' }],
    groups: [{ id, name: 'Запад', domains: ['tele-op.example'] }],
    total: 1,
  });
  expect(() => kit.assets.saveGroup({ name: 'Запад', domains: [] }, kit.actor)).toThrow(
    refusal('group-taken'),
  );
  expect(() => kit.assets.saveGroup({ id: 99, name: 'Юг', domains: [] }, kit.actor)).toThrow(
    refusal('operator-group'),
  );
});
