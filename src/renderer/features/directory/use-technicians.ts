import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';

const kinds = ['technician', 'call', 'contact'] as const;
const load = async (rpc: Rpc, signal: AbortSignal) => {
  const [list, { regions }] = await Promise.all([
    rpc.technicians.list({}, { signal }),
    rpc.assets.lists({}, { signal }),
  ]);
  return { ...list, regions };
};

/** What contacts of the kind "technician" are besides, with what they choose from. */
export function useTechnicians() {
  return useServerData(load, kinds).data;
}

export type Technicians = NonNullable<ReturnType<typeof useTechnicians>>;
