import { useMemo } from 'react';
import type { RouteKind } from '../../../../shared/domain/route-kinds.ts';
import type { Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';
import type { Option } from '../../../ui/select.tsx';

const kinds = ['account', 'telegram'] as const;

/** The accounts of the desk that a route can go by: mailboxes, or accounts of Telegram. */
export function useAccountOptions(kind: RouteKind, isAsked: boolean): readonly Option[] {
  const load = useMemo(() => {
    const isTelegram = kind === 'telegram';
    return async (rpc: Rpc, signal: AbortSignal): Promise<readonly Option[]> => {
      if (!isAsked) return [];
      if (isTelegram) {
        const { accounts } = await rpc.telegram.overview({}, { signal });
        return accounts.map(({ id, name }) => ({ value: String(id), label: name }));
      }
      const { accounts } = await rpc.accounts.list({}, { signal });
      return accounts.map(({ id, address }) => ({ value: String(id), label: address }));
    };
  }, [kind, isAsked]);
  return useServerData(load, kinds).data ?? [];
}
