import { useMemo } from 'react';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import type { RowFlood } from './flood-chip.tsx';
import type { Queue } from './queue.ts';
import type { QueueState } from './queue-state.ts';

const kinds = ['flood'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.links.floods({}, { signal });

/** Of each row the flood it is in; the same object for the same flood, so that rows need not be drawn anew. */
export function useRowFloods(queue: Queue, { unfolded, filter }: Pick<QueueState, 'unfolded' | 'filter'>) {
  const { data } = useServerData(load, kinds);
  const byId = useMemo(
    () =>
      new Map<number, RowFlood>(
        (filter.scope === 'open' ? (data?.floods ?? []) : []).map((view) => [
          view.id,
          { view, isFolded: !unfolded.has(view.id), toggle: () => queue.fold(view.id) },
        ]),
      ),
    [data, unfolded, filter.scope, queue],
  );
  return {
    of: (row: IncidentRow | undefined) =>
      row === undefined || row.floodId === null ? undefined : byId.get(row.floodId),
  };
}
