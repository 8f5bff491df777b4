import { useEffect, useState } from 'react';
import type { KeepingWork } from '../../../../shared/contract/keeping.ts';
import { useDesk } from '../../../lib/desk.ts';

/** The long work under way, whoever began it; null when there is none. */
export function useWork(): KeepingWork | null {
  const { rpc } = useDesk();
  const [work, setWork] = useState<KeepingWork | null>(null);
  useEffect(() => {
    const listening = new AbortController();
    rpc.keeping.work({}, (event) => setWork(event.work), { signal: listening.signal });
    return () => listening.abort();
  }, [rpc]);
  return work;
}
