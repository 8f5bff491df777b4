import { useMemo, useState } from 'react';
import type { Suggestion } from '../../../shared/contract/technicians.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';

const kinds = ['technician', 'call', 'contact'] as const;

/** Whom to call, kept fresh; while others are asked for, the last ones stay on the screen. */
export function useSuggestions(asked: {
  readonly regionId: number | null;
  readonly skillId: number | null;
  readonly exclude: readonly number[];
}) {
  const wanted = JSON.stringify(asked);
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) =>
      rpc.technicians.suggest(JSON.parse(wanted) as { regionId: number | null; skillId: number | null }, {
        signal,
      }),
    [wanted],
  );
  const { data, error, reload } = useServerData(load, kinds);
  const [kept, setKept] = useState(data);
  if (data && data !== kept) setKept(data);
  const suggestions: readonly Suggestion[] | undefined = (data ?? kept)?.suggestions;
  return { suggestions, error, reload };
}
