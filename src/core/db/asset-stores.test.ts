import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldCode } from '../../shared/domain/asset-code.ts';
import { type AssetKit, blankAsset, createAssetKit } from '../../../test/support/asset-kit.ts';
import { createAssetIndexStore } from './asset-index-store.ts';

let kit: AssetKit;
const size = 5000;

beforeAll(async () => {
  kit = createAssetKit();
  const code = (at: number) => `${10_000 + at}-P-${10 + (at % 60)}-${at % 7}`;
  const region = (at: number) => `R${at % 20}`;
  await kit.load(
    ['Шифр;Имя;Регион', ...Array.from({ length: size }, (_, at) => `${code(at)};Пункт ${at};${region(at)}`)],
    { sourceName: 'Опоры' },
  );
  await kit.load(
    [
      'Шифр опоры;Имя БС;Оператор;Группа операторов',
      ...Array.from(
        { length: size },
        (_, at) => `${code(at)};KA${String(at).padStart(6, '0')};ООО ${at % 3};Группа ${at % 3}`,
      ),
    ],
    { sourceName: 'Станции' },
  );
}, 60_000);
afterAll(() => kit.end());

const base = { text: '', kinds: [], regionIds: [], contractorIds: [], withOpenIncidents: false, gone: false };
const plan = (sql: string, ...parameters: unknown[]) =>
  kit.db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map(({ detail }) => detail)
    .join('\n');

test('the list is counted and paged by code from one index', () => {
  const { total, rows } = kit.assets.list({ ...base, kinds: ['pole'] }, 4999, 10);

  expect([total, rows.length, rows[0]?.code.slice(0, 5)]).toEqual([size, 1, '14999']);
  const where = 'a.gone_at IS NULL AND a.kind IN (SELECT value FROM json_each(?)) AND a.region_id IN (1, 2)';
  expect(plan(`SELECT count(*) FROM asset a INDEXED BY asset_by_code WHERE ${where}`, '["pole"]')).toContain(
    'COVERING INDEX asset_by_code',
  );
});

test('a piece of a code, of a name or of both narrows the list', () => {
  const codes = (text: string) => kit.assets.list({ ...base, text }, 0, 5).rows.map(({ code }) => code);

  expect(codes('ка0041')).toEqual(['KA004100', 'KA004101', 'KA004102', 'KA004103', 'KA004104']);
  expect(codes('пункт 4321')).toEqual(['14321-P-11-2']);
  expect(codes('4321-P')).toEqual(['14321-P-11-2']);
  expect(codes('"; DROP TABLE asset; --')).toEqual([]);
  expect(kit.assets.list({ ...base, text: 'пункт' }, 0, 1).total).toBe(2000);
});

test('finding asks keys and beginnings of keys by index', () => {
  const index = createAssetIndexStore(kit.db);

  expect(index.byKey('KA412')).toMatchObject([
    {
      code: 'KA000412',
      kind: 'station',
      origin: 'number',
      operatorGroupIds: [expect.any(Number)],
      poleId: expect.any(Number),
    },
  ]);
  expect(index.polesByStart('14321-P-', 3)).toMatchObject([
    { code: '14321-P-11-2', kind: 'pole', poleId: null },
  ]);
  expect(index.polesByStart('KA', 3)).toEqual([]);
  expect(index.polesByStart('', 3)).toEqual([]);
  expect(
    plan('SELECT asset_id FROM asset_key WHERE key >= ? AND key < ? ORDER BY key LIMIT 3', 'a', 'b'),
  ).toContain('SEARCH asset_key USING PRIMARY KEY');
  expect(
    plan(
      'SELECT id FROM asset WHERE coalesce(source_id, 0) = ? AND kind = ? AND external_id = ?',
      1,
      'pole',
      'x',
    ),
  ).toContain('asset_by_source');
});

test('a word that begins an alias is told from one that does not, from an index of aliases alone', () => {
  const index = createAssetIndexStore(kit.db);
  const id = kit.add({ code: 'Z-1', aliases: ['Лесная дача', 'Мельница'] });

  expect(['лесная', 'мельница', 'лес', 'дача', ''].map((word) => index.startsAlias(foldCode(word)))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(
    plan("SELECT 1 FROM asset_key INDEXED BY asset_key_alias WHERE origin = 'alias' AND key = ?", 'x'),
  ).toContain('asset_key_alias (key=?)');
  kit.assets.save({ ...blankAsset, id, code: 'Z-1' }, kit.actor);
});

test('a group is known by the domain of the sender and every domain below it, and by no other', () => {
  const id = kit.assets.saveGroup({ name: 'Запад', domains: ['west.example'] }, kit.actor);
  const index = createAssetIndexStore(kit.db);

  expect(
    ['west.example', 'noc.west.example', 'fakewest.example', 'west.example.evil.example', ''].map(
      index.groupsByDomain,
    ),
  ).toEqual([[id], [id], [], [], []]);
});
