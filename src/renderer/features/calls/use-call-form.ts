import { useCallback, useEffect, useState } from 'react';
import type { AssetView } from '../../../shared/contract/assets.ts';
import type { Urgency } from '../../../shared/domain/reaching.ts';
import type { CallRequest } from '../../lib/call-request.ts';
import { useDesk } from '../../lib/desk.ts';

export type ChosenAsset = Pick<AssetView, 'id' | 'code' | 'kind' | 'region' | 'address'>;

export type CallForm = {
  readonly asset: ChosenAsset | null;
  readonly place: string;
  readonly description: string;
  readonly urgency: Urgency;
  readonly regionId: number | null;
  readonly skillId: number | null;
  readonly workKind: string;
  readonly passesOn: boolean;
  /** Chosen by a person; null leaves it to the desk. */
  readonly contactId: number | null;
};

/** What is known where the call was asked for stands in the form already; what was written meanwhile stays. */
export function useCallForm({ incident, assetId }: CallRequest) {
  const { rpc } = useDesk();
  const [form, setForm] = useState<CallForm>({
    asset: null,
    place: '',
    description: incident?.title ?? '',
    urgency: 'normal',
    regionId: null,
    skillId: null,
    workKind: '',
    passesOn: true,
    contactId: null,
  });
  const set = useCallback((part: Partial<CallForm>) => setForm((form) => ({ ...form, ...part })), []);

  const chooseAsset = useCallback(
    async (id: number, signal?: AbortSignal) => {
      // Without its region the technicians are only sorted worse.
      const asset = await rpc.assets.view({ id }, signal ? { signal } : {}).catch(() => undefined);
      if (asset && !signal?.aborted) set({ asset, regionId: asset.regionId });
    },
    [rpc, set],
  );

  const incidentId = incident?.id;
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const begin = async (): Promise<void> => {
      const bound = assetId ?? (await boundAsset());
      if (bound !== undefined) await chooseAsset(bound, signal);
    };
    async function boundAsset(): Promise<number | undefined> {
      if (incidentId === undefined) return undefined;
      const found = await rpc.assets.ofIncident({ incidentId }, { signal }).catch(() => undefined);
      return found?.assets.find(({ state }) => state === 'bound')?.assetId;
    }
    void begin();
    return () => stop.abort();
  }, [rpc, chooseAsset, assetId, incidentId]);

  return { form, set, chooseAsset };
}
