import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../test/support/asset-kit.ts';
import { bindAsset, unbindAsset, assetsFound } from './bind-assets.ts';
import { edit } from './change-incident.ts';
import { undo } from './undo.ts';

let kit: AssetKit;
let incidentId: number;
let pole: number;
let station: number;

beforeEach(() => {
  kit = createAssetKit();
  pole = kit.add({ code: '41208-P-52-1-1' });
  station = kit.add({ kind: 'station', code: 'KA000412', poleId: pole });
  const blank = { description: '', applicantName: '', applicantPhone: '', applicantAddress: '' };
  incidentId = kit.open(
    { ...blank, title: 'Нет питания', asset: '', typeId: null, assigneeId: null },
    kit.actor,
  );
});
afterEach(() => kit.end());

const bind = (assetId: number) => bindAsset(kit.desk, { incidentId, assetId }, kit.actor).undo;
const unbind = (assetId: number) => unbindAsset(kit.desk, { incidentId, assetId }, kit.actor).undo;
const takeBack = (sequence: number | null) =>
  undo({ ...kit.desk, moveLetterBack: () => {} }, sequence!, kit.actor);
const bound = () =>
  kit.desk.incidentAssets.view(incidentId).map(({ code, state, foundBy }) => [code, state, foundBy]);
const words = () => kit.desk.incidents.require(incidentId).asset;
const found = (assetId: number, confidence = 95) => ({
  assetId,
  foundBy: 'subject' as const,
  confidence,
  evidence: { rule: 'code' as const, place: 'subject' as const, words: '41208-P-52-1-1' },
});
const lastEvent = () => kit.desk.journal.ofSubject('incident', incidentId).at(-1)?.kind;

describe('binding by hand', () => {
  test('a station brings its pole, the queue shows both and the search finds them; undo takes all of it back', () => {
    const sequence = bind(station);

    expect(bound()).toEqual([
      ['41208-P-52-1-1', 'bound', 'parent'],
      ['KA000412', 'bound', 'hand'],
    ]);
    expect(words()).toBe('41208-P-52-1-1 · KA000412');
    expect(kit.stores.search.incidents('"ka000412"', 1000, 10)).toEqual([incidentId]);
    expect(
      kit.assets.list(
        { text: '', kinds: [], regionIds: [], contractorIds: [], withOpenIncidents: true, gone: false },
        0,
        10,
      ).total,
    ).toBe(2);

    takeBack(sequence);

    expect([bound(), words()]).toEqual([[], '']);
    expect(kit.stores.search.incidents('"ka000412"', 1000, 10)).toEqual([]);
  });

  test('twice is once', () => {
    bind(pole);

    expect(bind(pole)).toBeNull();
  });

  test('a station taken off takes the pole it brought, unless another needs it; undo brings both back', () => {
    const other = kit.add({ kind: 'station', code: 'KA000413', poleId: pole });
    bind(station);
    bind(other);

    unbind(other);
    const withOne = bound().map(([code]) => code);
    const sequence = unbind(station);
    const withNone = [bound(), words()];
    takeBack(sequence);

    expect(withOne).toEqual(['41208-P-52-1-1', 'KA000412']);
    expect(withNone).toEqual([[], '']);
    expect(bound().map(([code]) => code)).toEqual(['41208-P-52-1-1', 'KA000412']);
  });

  test('undo is refused when somebody changed it since', () => {
    const sequence = bind(pole);
    unbind(pole);

    expect(() => takeBack(sequence)).toThrow(
      expect.objectContaining({ details: { reason: 'changed-since' } }),
    );
  });
});

describe('what was found in a letter', () => {
  test('is bound when sure and offered when not, with what speaks for it', () => {
    assetsFound(kit.desk, incidentId, {
      bind: [found(station)],
      offer: [found(kit.add({ code: '41208-P-77' }), 40)],
    });

    expect(bound()).toEqual([
      ['41208-P-52-1-1', 'bound', 'parent'],
      ['KA000412', 'bound', 'subject'],
      ['41208-P-77', 'suggested', 'subject'],
    ]);
    expect(kit.desk.incidentAssets.view(incidentId)[1]?.evidence).toMatchObject({
      rule: 'code',
      words: '41208-P-52-1-1',
    });
    expect(lastEvent()).toBe('incident.asset-suggested');
  });

  test('does not touch an incident that has assets, nor offer again what a person refused', () => {
    assetsFound(kit.desk, incidentId, { bind: [], offer: [found(pole, 40)] });
    unbind(pole);
    assetsFound(kit.desk, incidentId, { bind: [found(pole)], offer: [found(pole)] });
    const refused = bound();

    bind(station);
    assetsFound(kit.desk, incidentId, { bind: [], offer: [found(kit.add({ code: '41208-P-77' }))] });

    expect(refused).toEqual([]);
    expect(bound().map(([code]) => code)).toEqual(['41208-P-52-1-1', 'KA000412']);
  });

  test('leaves the words a person typed, and a person who binds replaces them', () => {
    const expected = kit.desk.incidents.require(incidentId).decidedRevision;
    edit(kit.desk, { id: incidentId, expected, asset: 'щит у дороги' }, kit.actor);

    assetsFound(kit.desk, incidentId, { bind: [found(pole)], offer: [] });
    const afterFinding = words();
    const sequence = bind(station);
    const afterBinding = words();
    takeBack(sequence);

    expect([afterFinding, afterBinding, words()]).toEqual([
      'щит у дороги',
      '41208-P-52-1-1 · KA000412',
      'щит у дороги',
    ]);
  });

  test('a suggestion a person takes keeps its evidence, and undone it is a suggestion again', () => {
    assetsFound(kit.desk, incidentId, { bind: [], offer: [found(pole, 40)] });

    const sequence = bind(pole);
    const taken = kit.desk.incidentAssets.view(incidentId)[0];
    takeBack(sequence);

    expect(taken).toMatchObject({ state: 'bound', foundBy: 'hand', evidence: { rule: 'code' } });
    expect(kit.desk.incidentAssets.view(incidentId)).toMatchObject([{ state: 'suggested', confidence: 40 }]);
  });
});
