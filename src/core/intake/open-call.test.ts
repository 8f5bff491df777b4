import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AssetKit, createAssetKit } from '../../../test/support/asset-kit.ts';
import { silentLogger } from '../platform/logger.ts';
import { createOpenCall, type OpenCall } from './open-call.ts';

let kit: AssetKit;
let pole: number;
let other: number;

beforeEach(() => {
  kit = createAssetKit();
  pole = kit.add({ code: '41208-P-52-1-1' });
  other = kit.add({ code: '18620-P-77-4' });
});

afterEach(() => kit.end());

const call: OpenCall = {
  title: 'Нет питания на опоре',
  description: '',
  applicantName: 'Лисин',
  applicantPhone: '',
  applicantAddress: '',
  asset: '',
  typeId: null,
  assigneeId: null,
  assetId: null,
};

const open = (part: Partial<OpenCall>) =>
  createOpenCall({ ...kit.desk, log: silentLogger })({ ...call, ...part }, kit.actor).id;
const assetsOf = (incidentId: number) =>
  kit.desk.incidentAssets.all(incidentId).map(({ assetId, state, foundBy }) => ({ assetId, state, foundBy }));

test('the object a caller names is bound, wherever it was written down', () => {
  expect(assetsOf(open({ title: 'Пожар у 41208-P-52-1-1' }))).toEqual([
    { assetId: pole, state: 'bound', foundBy: 'subject' },
  ]);
  expect(assetsOf(open({ asset: '41208–Р–52–1–1' }))).toEqual([
    { assetId: pole, state: 'bound', foundBy: 'body' },
  ]);
  expect(assetsOf(open({ description: 'Звонят второй раз, это 18620-P-77-4' }))).toEqual([
    { assetId: other, state: 'bound', foundBy: 'body' },
  ]);
});

test('the object that was chosen is the one, whatever the words name', () => {
  const incidentId = open({ title: 'Щит у 41208-P-52-1-1', assetId: other });

  expect(assetsOf(incidentId)).toEqual([{ assetId: other, state: 'bound', foundBy: 'hand' }]);
  expect(kit.desk.incidents.require(incidentId).asset).toBe('18620-P-77-4');
});

test('an object that is not there opens nothing', () => {
  const before = kit.desk.incidents.lastNumber();

  expect(() => open({ assetId: 999 })).toThrow(expect.objectContaining({ code: 'not-found' }));

  expect(kit.desk.incidents.lastNumber()).toBe(before);
});
