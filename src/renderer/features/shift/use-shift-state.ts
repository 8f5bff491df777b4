import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';

const kinds = ['handover', 'shift', 'person', 'account', 'telegram'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.shift.state({}, { signal });

/** Who comes next, what waits, how the channels are; follows the feed. */
export function useShiftState() {
  return useServerData(load, kinds);
}
