import { expect, test } from 'vitest';
import { createCoreKit } from '../../../test/support/core-kit.ts';
import { queueFilter } from '../../shared/contract/incidents.ts';

test("a view of one's own is nobody else's to see, change or remove; a shared one is everybody's", () => {
  const kit = createCoreKit();
  const { saved } = kit.stores;
  const [anna, igor] = [kit.addPerson('Анна'), kit.addPerson('Игорь')];
  const query = { filter: queueFilter.parse({}), sort: { key: 'urgency', descending: false } } as const;
  const own = saved.save({ id: null, shared: false, name: 'Мои ночные', ...query }, anna, 1);
  const shared = saved.save({ id: null, shared: true, name: 'Москва', ...query }, anna, 1);

  expect(saved.list(igor).map(({ id }) => id)).toEqual([shared]);
  expect(() => saved.remove(own, igor)).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() => saved.save({ id: own, shared: true, name: 'Чужой', ...query }, igor, 2)).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );

  saved.remove(shared, igor);
  expect(saved.list(anna).map(({ name }) => name)).toEqual(['Мои ночные']);
});
