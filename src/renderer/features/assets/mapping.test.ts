import { expect, test } from 'vitest';
import type { ImportMapping } from '../../../shared/contract/assets.ts';
import { carryColumns, withColumn } from './mapping.ts';

const mapping: ImportMapping = {
  kind: 'pole',
  columns: { code: '×èôð', name: 'name' },
  encoding: 'windows-1251',
  separator: ';',
  complete: true,
  listPath: '',
};

test('columns keep their places when another encoding gives them other names', () => {
  expect(carryColumns(mapping, ['×èôð', 'name'], ['Шифр', 'name']).columns).toEqual({
    code: 'Шифр',
    name: 'name',
  });
});

test('a column that another separator has taken apart is let go', () => {
  expect(carryColumns(mapping, ['×èôð', 'name'], ['×èôð;name']).columns).toEqual({});
});

test('a field without a column is not in the mapping at all', () => {
  expect(withColumn(mapping, 'name', null).columns).toEqual({ code: '×èôð' });
});
