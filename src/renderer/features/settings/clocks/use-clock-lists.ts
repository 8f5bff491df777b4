import type { Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';

const kinds = ['reference'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.clocks.lists({}, { signal });

/** Rules, calendars and special days, kept fresh. */
export function useClockLists() {
  return useServerData(load, kinds);
}

export type ClockLists = NonNullable<ReturnType<typeof useClockLists>['data']>;
