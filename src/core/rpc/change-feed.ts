import { feedKinds } from '../../shared/contract/session.ts';
import type { IncidentStore } from '../db/incident-store.ts';
import type { Committed, Db, FeedKind } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';

export type FeedEvent = { revision: number; reset: boolean; kinds: FeedKind[]; incidentIds: number[] };

type Parts = { readonly db: Db; readonly incidents: IncidentStore; readonly clock: Clock };

/** At most ten events a second: a page redraws no faster, and a catch-up must not drown it. */
const pauseMs = 100;
const mostIncidents = 500;

/** First what changed since the page last looked, from the tables themselves; then every commit, coalesced. */
export async function* changeFeed(
  { db, incidents, clock }: Parts,
  since: number,
  signal: AbortSignal,
): AsyncIterable<FeedEvent> {
  const changes: Committed[] = [];
  let wake: () => void = () => {};
  const unfollow = db.onCommit((change) => {
    changes.push(change);
    wake();
  });
  // One for the whole stream: one for each wait would pile up over a quiet night.
  const end = () => wake();
  signal.addEventListener('abort', end, { once: true });
  try {
    yield missed({ db, incidents }, since);
    while (!signal.aborted) {
      if (changes.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      yield fold(changes.splice(0));
      await clock.sleep(pauseMs, signal).catch(() => {
        // The page stopped listening: the loop's condition ends it.
      });
    }
  } finally {
    signal.removeEventListener('abort', end);
    unfollow();
  }
}

function missed({ db, incidents }: Pick<Parts, 'db' | 'incidents'>, since: number): FeedEvent {
  const revision = db.revision();
  if (since < Math.max(1, db.revisionFloor()) || since > revision)
    return { revision, reset: true, kinds: [...feedKinds], incidentIds: [] };
  if (since === revision) return { revision, reset: false, kinds: [], incidentIds: [] };
  const incidentIds = incidents.changedAfter(since, mostIncidents + 1);
  const reset = incidentIds.length > mostIncidents;
  return { revision, reset, kinds: [...feedKinds], incidentIds: reset ? [] : incidentIds };
}

function fold(changes: readonly Committed[]): FeedEvent {
  const kinds = new Set<FeedKind>();
  const incidentIds = new Set<number>();
  let revision = 0;
  for (const change of changes) {
    revision = Math.max(revision, change.revision);
    for (const kind of change.kinds) kinds.add(kind);
    for (const id of change.incidentIds) incidentIds.add(id);
  }
  const reset = incidentIds.size > mostIncidents;
  return { revision, reset, kinds: [...kinds], incidentIds: reset ? [] : [...incidentIds] };
}
