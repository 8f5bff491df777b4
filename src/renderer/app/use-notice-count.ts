import type { Rpc } from '../lib/desk.ts';
import { useServerData } from '../lib/server-data.ts';

const kinds = ['notification', 'alarm'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.notifications.counts({}, { signal });

/** What of notifications waits for a person: outcomes nobody knows, answers that belong to nothing, alarms. */
export function useNoticeCount(): { readonly count: number; readonly alert: boolean } {
  const { data } = useServerData(load, kinds);
  const waiting = data ? data.unknown + data.answers + data.alarms : 0;
  return { count: waiting, alert: waiting > 0 };
}
