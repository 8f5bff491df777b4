import type { RouteKind } from '../../shared/domain/route-kinds.ts';
import { toAppError } from '../../shared/errors.ts';
import type { RouteRecord, RouteStore } from '../db/route-store.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { Logger } from '../platform/logger.ts';
import { toRouteConfig } from './route-config.ts';
import type { RouteConfig, RouteDriver } from './route-driver.ts';

export type RouteAtWork = { readonly route: RouteRecord; readonly driver: RouteDriver };

/** One driver for every route that is switched on, made anew when the route is changed. */
export type RoutesAtWork = {
  /** undefined: it is gone, off, or cannot be set up as it stands. */
  find(routeId: number): RouteAtWork | undefined;
  all(): RouteAtWork[];
  close(): Promise<void>;
};

type Parts = {
  readonly routes: RouteStore;
  readonly secretBox: Pick<SecretBox, 'open'>;
  /** Throws where it cannot be made as it is set up. */
  readonly createDriver: (kind: RouteKind, config: RouteConfig) => RouteDriver;
  readonly log: Logger;
};

type Kept = RouteAtWork & { readonly revision: number };

export function createRoutesAtWork(parts: Parts): RoutesAtWork {
  const { routes, log } = parts;
  const kept = new Map<number, Kept>();
  const closing = new Set<Promise<unknown>>();

  function drop(id: number): void {
    const driver = kept.get(id)?.driver;
    kept.delete(id);
    if (!driver?.close) return;
    const end = driver
      .close()
      .catch((error: unknown) => log.warn({ err: toAppError(error), routeId: id }, 'route.not-closed'))
      .finally(() => closing.delete(end));
    closing.add(end);
  }

  function find(id: number): RouteAtWork | undefined {
    const route = routes.find(id);
    const before = kept.get(id);
    if (route && before && before.revision === route.revision) return before;
    if (before) drop(id);
    if (!route || route.enabled !== 1) return undefined;
    try {
      const made = {
        route,
        driver: parts.createDriver(route.kind, toRouteConfig(parts.secretBox, route)),
        revision: route.revision,
      };
      kept.set(id, made);
      return made;
    } catch (thrown) {
      log.warn({ err: toAppError(thrown), routeId: id }, 'route.not-set-up');
      return undefined;
    }
  }

  return {
    find,
    all: () => routes.all().flatMap(({ id }) => find(id) ?? []),
    async close() {
      for (const id of kept.keys()) drop(id);
      await Promise.all(closing);
    },
  };
}
