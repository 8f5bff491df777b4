import { isCallOpen } from '../../shared/domain/calls.ts';
import type { Rpc } from '../lib/desk.ts';
import { useServerData } from '../lib/server-data.ts';

const kinds = ['call', 'alarm'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.calls.board({}, { signal });

/** Calls that are open, beside the word "Calls" on every page; an alarm while one of them sounds. */
export function useCallCount(): { readonly count: number; readonly alert: boolean } {
  const calls = useServerData(load, kinds).data?.calls ?? [];
  return {
    count: calls.filter(({ state }) => isCallOpen(state)).length,
    alert: calls.some(({ sounding }) => sounding),
  };
}
