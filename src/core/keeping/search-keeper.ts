import type { SearchIndex, SearchIndexKind } from '../db/search-index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Health, Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';

export type SearchKeeper = Service & {
  /** The last stop was unclean: the index is to be looked at once the desk has started. */
  checkOnStart(): void;
};

type Parts = { readonly index: SearchIndex; readonly clock: Clock; readonly log: Logger };

/** Long enough that the first screen is drawn and the mail connected. */
const firstLookMs = 20_000;
const betweenMs = 20;
const rowsAtOnce = 200;
const foreverMs = 3_600_000;

/**
 * After an unclean stop the search index is checked behind the running desk and made anew where it is damaged, a few
 * hundred rows at a time: the base tables were checked before the start, and nobody waits for the index.
 */
export function createSearchKeeper({ index, clock, log }: Parts): SearchKeeper {
  let left: SearchIndexKind[] = [];
  let isFirst = true;
  let at: { kind: SearchIndexKind; after: number; missing: number } | undefined;

  function begin(kind: SearchIndexKind): void {
    const isDamaged = index.isDamaged(kind);
    if (isDamaged) index.reset(kind);
    log.info({ kind, damaged: isDamaged }, 'search.index-checked');
    at = { kind, after: 0, missing: 0 };
  }

  const loop = createWatchLoop({
    name: 'search',
    clock,
    log,
    look() {
      if (isFirst) {
        isFirst = false;
        return left.length > 0 ? firstLookMs : foreverMs;
      }
      const [kind] = left;
      if (kind === undefined) return foreverMs;
      if (!at) {
        begin(kind);
        return betweenMs;
      }
      const step = index.fill(kind, at.after, rowsAtOnce);
      if (step) {
        at = { kind, after: step.last, missing: at.missing + step.missing };
        return betweenMs;
      }
      if (at.missing > 0) log.warn({ kind, rows: at.missing }, 'search.index-mended');
      at = undefined;
      left = left.slice(1);
      return betweenMs;
    },
  });

  return {
    name: 'search',
    checkOnStart() {
      left = ['message', 'incident', 'chat', 'notification'];
    },
    async start() {
      isFirst = true;
      loop.start();
    },
    stop: loop.stop,
    health(): Health {
      const health = loop.health();
      if (health.state !== 'ok' || left.length === 0) return health;
      return at && at.missing > 0 ? { state: 'degraded', reason: 'search-index-rebuilt' } : health;
    },
  };
}
