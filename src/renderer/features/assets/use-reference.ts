import type { z } from 'zod';
import type { PultContract } from '../../../shared/contract/index.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import type { Option } from '../../ui/select.tsx';

export type AssetLists = z.infer<PultContract['assets']['lists']['output']>;

const assetKinds = ['asset'] as const;
const contactKinds = ['contact'] as const;
const loadLists = (rpc: Rpc, signal: AbortSignal) => rpc.assets.lists({}, { signal });
const loadContacts = (rpc: Rpc, signal: AbortSignal) => rpc.directory.list({ text: '' }, { signal });

export function useAssetLists() {
  return useServerData(loadLists, assetKinds);
}

/** Regions, operators and contractors as choices. Whoever left stays readable where they were chosen. */
export function useAssetOptions(): {
  readonly regions: readonly Option[];
  readonly operators: readonly Option[];
  readonly contractors: readonly Option[];
} {
  const lists = useAssetLists().data;
  const contacts = useServerData(loadContacts, contactKinds).data?.contacts ?? [];
  return {
    regions: (lists?.regions ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
    operators: (lists?.operators ?? []).map(({ id, name, group }) => ({
      value: String(id),
      label: group === '' || group === name ? name : `${name} · ${group}`,
    })),
    contractors: contacts
      .filter(({ kind }) => kind === 'contractor')
      .map(({ id, name }) => ({ value: String(id), label: name })),
  };
}
