import { expect, test } from 'vitest';
import { rank } from './rank.ts';

const items = [{ label: 'Ещё действия' }, { label: 'Тёмное оформление' }, { label: 'Назначить' }];

test('what begins with the typed word comes before what contains it', () => {
  const found = rank([{ label: 'Переназначить' }, { label: 'Назначить' }], 'назн');

  expect(found.map(({ label }) => label)).toEqual(['Назначить', 'Переназначить']);
});

test('ё and case do not matter', () => {
  expect(rank(items, 'ТЕМ')).toEqual([items[1]]);
});

test('every typed word must be there', () => {
  expect(rank(items, 'ещё назначить')).toEqual([]);
  expect(rank(items, '')).toEqual(items);
});
