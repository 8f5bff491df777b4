import { toAppError } from '../../shared/errors.ts';
import { createBackoff } from '../platform/backoff.ts';
import type { Health, Service } from '../platform/service.ts';
import { createInbox, type InboxParts } from './inbox.ts';
import type { RouteAtWork } from './routes-at-work.ts';

const backoff = { firstMs: 1000, factor: 2, maxMs: 60_000 } as const;
/** Whoever listened so long was well. */
const steadyMs = 60_000;

type Listening = RouteAtWork & { readonly ending: AbortController; readonly work: Promise<void> };

/** Hears by every route that can hear, for as long as it is switched on. */
export function createListenRoutes(parts: InboxParts): Service {
  const { db, clock, random, log } = parts;
  const listening = new Map<number, Listening>();
  const leaving = new Set<Promise<void>>();
  let stopping = new AbortController();
  let isRunning = false;
  let unfollow: () => void = () => {};

  async function listen({ route, driver }: RouteAtWork, signal: AbortSignal): Promise<void> {
    const waits = createBackoff(backoff, random);
    while (!signal.aborted) {
      const startedAt = clock.elapsed();
      try {
        await driver.listen?.(createInbox(parts, route), signal);
      } catch (thrown) {
        if (!signal.aborted)
          log.warn({ err: toAppError(thrown), routeId: route.id }, 'route.listening-ended');
      }
      if (clock.elapsed() - startedAt > steadyMs) waits.reset();
      await clock.sleep(waits.next(), signal).catch(() => undefined);
    }
  }

  /** Routes that were changed are heard anew; those that are gone no more. */
  function follow(): void {
    if (!isRunning) return;
    const wanted = parts.atWork.all().filter(({ driver }) => driver.listen !== undefined);
    for (const [id, { driver, ending, work }] of listening) {
      if (wanted.some((candidate) => candidate.driver === driver)) continue;
      ending.abort();
      listening.delete(id);
      const gone = work.finally(() => leaving.delete(gone));
      leaving.add(gone);
    }
    for (const atWork of wanted) {
      if (listening.has(atWork.route.id)) continue;
      const ending = new AbortController();
      const work = listen(atWork, AbortSignal.any([stopping.signal, ending.signal]));
      listening.set(atWork.route.id, { ...atWork, ending, work });
    }
  }

  return {
    name: 'notify-listen',
    async start() {
      stopping = new AbortController();
      isRunning = true;
      unfollow = db.onCommit(({ kinds }) => {
        if (kinds.has('route')) follow();
      });
      follow();
    },
    async stop() {
      isRunning = false;
      unfollow();
      stopping.abort();
      await Promise.all([...[...listening.values()].map(({ work }) => work), ...leaving]);
      listening.clear();
    },
    health(): Health {
      const worst = [...listening.values()]
        .map(({ driver }) => driver.health?.() ?? ({ state: 'ok' } as const))
        .find(({ state }) => state === 'degraded' || state === 'needs-attention');
      return worst ?? { state: isRunning ? 'ok' : 'off' };
    },
  };
}
