import { expect, test } from 'vitest';
import { keyFrom, nextPosition } from './item-form.ts';

test('a Russian name proposes a Latin key that is free', () => {
  expect(keyFrom('Ждём подтверждения', new Set())).toBe('zhdem-podtverzhdeniya');
  expect(keyFrom('Новый', new Set(['novyy', 'novyy-2']))).toBe('novyy-3');
  expect(keyFrom('!!!', new Set())).toBe('item');
});

test('a new item stands last', () => {
  expect(nextPosition([{ position: 4 }, { position: 9 }])).toBe(10);
  expect(nextPosition([])).toBe(0);
});
