import type { Rpc } from '../lib/desk.ts';
import { useServerData } from '../lib/server-data.ts';

const kinds = ['handover', 'shift'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.shift.state({}, { signal });

/** Hand-overs that wait to be taken, beside the word "Shift" on every page. */
export function useWaitingCount(): number {
  return useServerData(load, kinds).data?.waiting.length ?? 0;
}
