import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { createAddressStore } from './address-store.ts';
import { openDb } from './open.ts';

function createStore() {
  return createAddressStore(openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger }));
}

test('completion finds a person by the beginning of any word of the name or the address', () => {
  const store = createStore();
  store.remember({ name: 'Пётр Сидоров', address: 'p.sidorov@op.example' }, 1);
  store.remember({ name: '', address: 'noc@op.example' }, 1);

  for (const text of ['петр', 'СИДОР', 'sidorov', 'p.sid', 'петр сид', 'пётр op']) {
    expect(store.complete(text, 10)).toEqual([{ name: 'Пётр Сидоров', address: 'p.sidorov@op.example' }]);
  }
  expect(store.complete('доров', 10)).toEqual([]);
  expect(store.complete('%', 10)).toEqual([]);
  expect(store.complete(' ', 10)).toEqual([]);
});

test('the most used come first, and a letter without a name does not forget the name', () => {
  const store = createStore();
  store.remember({ name: 'Анна', address: 'anna@op.example' }, 1);
  store.remember({ name: 'Антон', address: 'Anton@op.example' }, 1);
  store.remember({ name: '', address: 'anton@op.example' }, 2);

  expect(store.complete('ан', 10).map(({ name }) => name)).toEqual(['Антон', 'Анна']);
});

test('what is not an address is not remembered', () => {
  const store = createStore();
  store.remember({ name: 'undisclosed-recipients', address: '' }, 1);

  expect(store.complete('undis', 10)).toEqual([]);
});
