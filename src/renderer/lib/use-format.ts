import { useStore } from 'zustand';
import { useDesk } from './desk.ts';
import { formatFor, type Format } from './format.ts';

export function useFormat(): Format {
  const { preferences, shell } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const zone = useStore(shell, (state) => state.zone);
  return formatFor(language, zone);
}
