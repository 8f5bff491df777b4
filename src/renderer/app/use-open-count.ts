import { useStore } from 'zustand';
import type { Rpc } from '../lib/desk.ts';
import { useServerData } from '../lib/server-data.ts';
import type { AppDesk } from './create-desk.ts';

const kinds = ['incident'] as const;
const none = async () => ({ open: 0 });
const loads = new Map<number, (rpc: Rpc, signal: AbortSignal) => Promise<{ open: number }>>();

/** Open incidents of the desk, beside the word "Queue" on every page. */
export function useOpenCount(desk: AppDesk): number {
  const personId = useStore(desk.session.store, (state) => state.person?.id);
  return useServerData(personId === undefined ? none : loadFor(personId), kinds).data?.open ?? 0;
}

/** useServerData asks anew for another function: one per person. */
function loadFor(personId: number) {
  const known = loads.get(personId);
  if (known) return known;
  const load = (rpc: Rpc, signal: AbortSignal) => rpc.incidents.counts({ personId }, { signal });
  loads.set(personId, load);
  return load;
}
