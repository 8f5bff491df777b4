import { useStore } from 'zustand';
import { emptySlot, type Slot } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';

export function useSlot(composer: ComposerStore, slotKey: string): Slot {
  return useStore(composer.state, ({ slots }) => slots.get(slotKey) ?? emptySlot);
}
