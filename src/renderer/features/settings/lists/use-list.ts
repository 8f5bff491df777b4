import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';

type Key = 'statuses' | 'types' | 'categories' | 'subtypes' | 'repairPriorities';

/** Items of one list in their order, as an array that is stable while the list is. */
export function useList<K extends Key>(key: K) {
  const { reference } = useDesk();
  const items = useStore(reference, (state) => state[key]);
  return [...items.values()] as ItemOf<K>[];
}

type ItemOf<K extends Key> =
  ReturnType<ReturnType<typeof useDesk>['reference']['getState']>[K] extends ReadonlyMap<number, infer Item>
    ? Item
    : never;
