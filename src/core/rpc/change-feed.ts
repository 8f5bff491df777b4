import { feedKinds } from '../../shared/contract/session.ts';
import type { IncidentStore } from '../db/incident-store.ts';
import type { Committed, Db, FeedKind } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';

export type FeedEvent = {
  revision: number;
  reset: boolean;
  kinds: FeedKind[];
  incidentIds: number[];
  chatIds: number[];
};

type Parts = {
  readonly db: Db;
  readonly incidents: IncidentStore;
  readonly clock: Clock;
  /** Chats whose row changed after a revision, at most `limit`. */
  readonly changedChats: (revision: number, limit: number) => number[];
};

/** At most ten events a second: a page redraws no faster, and a catch-up must not drown it. */
const pauseMs = 100;
const mostIncidents = 500;
const mostChats = 500;

/** First what changed since the page last looked, from the tables themselves; then every commit, coalesced. */
export async function* changeFeed(
  { db, incidents, clock, changedChats }: Parts,
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
    yield missed({ db, incidents, changedChats }, since);
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

function missed({ db, incidents, changedChats }: Omit<Parts, 'clock'>, since: number): FeedEvent {
  const revision = db.revision();
  if (since < Math.max(1, db.revisionFloor()) || since > revision)
    return { revision, reset: true, kinds: [...feedKinds], incidentIds: [], chatIds: [] };
  if (since === revision) return { revision, reset: false, kinds: [], incidentIds: [], chatIds: [] };
  const incidentIds = incidents.changedAfter(since, mostIncidents + 1);
  const chatIds = changedChats(since, mostChats + 1);
  if (incidentIds.length > mostIncidents || chatIds.length > mostChats)
    return { revision, reset: true, kinds: [...feedKinds], incidentIds: [], chatIds: [] };
  return { revision, reset: false, kinds: [...feedKinds], incidentIds, chatIds };
}

function fold(changes: readonly Committed[]): FeedEvent {
  const kinds = new Set<FeedKind>();
  const incidentIds = new Set<number>();
  const chatIds = new Set<number>();
  let revision = 0;
  for (const change of changes) {
    revision = Math.max(revision, change.revision);
    for (const kind of change.kinds) kinds.add(kind);
    for (const id of change.incidentIds) incidentIds.add(id);
    for (const id of change.chatIds) chatIds.add(id);
  }
  const reset = incidentIds.size > mostIncidents || chatIds.size > mostChats;
  return {
    revision,
    reset,
    kinds: [...kinds],
    incidentIds: reset ? [] : [...incidentIds],
    chatIds: reset ? [] : [...chatIds],
  };
}
