import { useMemo } from 'react';
import type { z } from 'zod';
import type { PultContract } from '../../../../shared/contract/index.ts';
import type { Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';

export type Life = z.infer<PultContract['workflow']['ofIncident']['output']>;

/** Another incident's end frees this one; a bound station changes the promised time; a list what is missing. */
const kinds = ['incident', 'asset', 'reference', 'setting'] as const;

/** What the card knows of the incident's life beside its row; undefined until it is here. */
export function useLife(id: number): { readonly life: Life | undefined; readonly reload: () => void } {
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.workflow.ofIncident({ id }, { signal }),
    [id],
  );
  const { data, reload } = useServerData(load, kinds);
  return { life: data, reload };
}
