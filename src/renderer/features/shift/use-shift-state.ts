import type { Rpc } from '../../lib/desk.ts';
import type { FeedKind } from '../../lib/feed.ts';
import { useServerData } from '../../lib/server-data.ts';

const kinds = ['handover', 'shift', 'person', 'account', 'telegram'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.shift.state({}, { signal });

/** Who comes next, what waits, how the channels are; `of` names what it follows when that is more than shifts. */
export function useShiftState(of: readonly FeedKind[] = kinds) {
  return useServerData(load, of);
}
