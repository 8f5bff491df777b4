import { useMemo } from 'react';
import type { Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';

const kinds = ['incident', 'reference'] as const;

/** An incident's clocks and what may be begun, kept fresh. */
export function useClocks(incidentId: number) {
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.clocks.ofIncident({ incidentId }, { signal }),
    [incidentId],
  );
  return useServerData(load, kinds).data;
}

/** How each deadline of an incident came about, kept fresh. */
export function useWhy(incidentId: number) {
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.clocks.why({ incidentId }, { signal }),
    [incidentId],
  );
  return useServerData(load, kinds);
}
