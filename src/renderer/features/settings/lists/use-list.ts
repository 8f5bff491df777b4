import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';

/** Items of one list in their order, as an array that is stable while the list is. */
export function useList<Key extends 'statuses' | 'types' | 'categories'>(key: Key) {
  const { reference } = useDesk();
  const items = useStore(reference, (state) => state[key]);
  return [...items.values()] as ItemOf<Key>[];
}

type ItemOf<Key extends 'statuses' | 'types' | 'categories'> =
  ReturnType<ReturnType<typeof useDesk>['reference']['getState']>[Key] extends ReadonlyMap<number, infer Item>
    ? Item
    : never;
