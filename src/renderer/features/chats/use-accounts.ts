import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';

const kinds = ['telegram', 'account'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.telegram.overview({}, { signal });
const none: readonly TelegramAccount[] = [];

/** The signed-in accounts; null until they are known. */
export function useAccounts(): readonly TelegramAccount[] | null {
  const { status, data } = useServerData(load, kinds);
  return data?.accounts ?? (status === 'failed' ? none : null);
}
