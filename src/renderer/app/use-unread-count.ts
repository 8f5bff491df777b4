import type { Rpc } from '../lib/desk.ts';
import { useServerData } from '../lib/server-data.ts';

const kinds = ['chat', 'telegram'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.chats.list({ limit: 1 }, { signal });

/** Messages nobody has marked read, beside the word "Chats" on every page. */
export function useUnreadCount(): number {
  return useServerData(load, kinds).data?.unread ?? 0;
}
