import { useEffect, useMemo } from 'react';
import type { z } from 'zod';
import { useStore } from 'zustand';
import type { linksContract } from '../../../../shared/contract/links.ts';
import { useDesk } from '../../../lib/desk.ts';
import type { Feed } from '../../../lib/feed.ts';
import { createServerData, type ServerDataState } from '../../../lib/server-data.ts';

export type LinksOf = z.infer<(typeof linksContract)['ofIncident']['output']>;
type Similar = z.infer<(typeof linksContract)['similar']['output']>;

const kinds = ['incident', 'message', 'flood', 'asset'] as const;

/** All that ties the incident to others, kept in step with it and with each of them. */
export function useLinkData(incidentId: number) {
  const { rpc, feed } = useDesk();
  const source = useMemo(() => {
    const seen = new Set([incidentId]);
    return createServerData<LinksOf>({
      async load(signal) {
        const data = await rpc.links.ofIncident({ incidentId }, { signal });
        for (const { id } of [...data.links, ...data.merged, ...(data.end ? [data.end] : [])]) seen.add(id);
        return data;
      },
      feed: only(feed, (id) => seen.has(id)),
      kinds,
    });
  }, [rpc, feed, incidentId]);
  useEffect(() => source.start(), [source]);
  return useStore(source.store);
}

/** Asked for while its tab is open, and again when the incident itself changes. */
export function useSimilar(incidentId: number): ServerDataState<Similar> & { readonly reload: () => void } {
  const { rpc, feed } = useDesk();
  const source = useMemo(
    () =>
      createServerData<Similar>({
        load: (signal) => rpc.links.similar({ incidentId }, { signal }),
        feed: only(feed, (id) => id === incidentId),
        kinds,
      }),
    [rpc, feed, incidentId],
  );
  useEffect(() => source.start(), [source]);
  return { ...useStore(source.store), reload: source.reload };
}

function only(feed: Feed, isOurs: (id: number) => boolean): Pick<Feed, 'on'> {
  return {
    on: (listener) =>
      feed.on((change) => {
        if (change.reset || [...change.incidentIds].some(isOurs)) listener(change);
      }),
  };
}
