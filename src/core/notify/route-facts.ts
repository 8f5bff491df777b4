import type { RouteSetup } from '../../shared/contract/routes.ts';
import { type RouteKind, routeKinds } from '../../shared/domain/route-kinds.ts';
import type { RouteField } from '../../shared/domain/route-kinds/route-kind-spec.ts';
import type { RouteRecord } from '../db/route-store.ts';

/** How a route is set up, but for its secrets. */
export type RouteFacts = Omit<RouteSetup, 'kind' | 'secrets'>;

type Changes = Record<string, { readonly from: unknown; readonly to: unknown }>;

export function factsOf(route: Omit<RouteRecord, 'id'>): RouteFacts {
  const { name, settings, proxy, timeoutMs, perMinute, price, dailyLimit } = route;
  const fields = JSON.parse(settings) as Record<string, string>;
  return { name, settings: fields, proxy, timeoutMs, perMinute, price, dailyLimit };
}

/**
 * What differs, settings as `settings.<name>`. Keys are often put into addresses and templates, and the journal leaves
 * the desk with an export: of those it keeps only that they changed.
 */
export function changesOf(
  before: RouteFacts | undefined,
  after: RouteFacts,
  kind: RouteKind,
): { readonly changes: Changes; readonly unkept: readonly string[] } {
  const from = before ? flat(before) : {};
  const to = flat(after);
  const differing = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (key) => (from[key] ?? '') !== (to[key] ?? ''),
  );
  const isKept = (key: string): boolean => key !== 'proxy' && !unkeptFields(kind).has(key);
  return {
    changes: Object.fromEntries(
      differing.filter(isKept).map((key) => [key, { from: from[key] ?? null, to: to[key] ?? null }]),
    ),
    unkept: differing.filter((key) => !isKept(key)),
  };
}

/** Undefined where the route is no longer as the change left it. */
export function factsBefore(current: RouteFacts, changes: Changes): RouteFacts | undefined {
  const now = flat(current);
  if (!Object.entries(changes).every(([key, { to }]) => (now[key] ?? null) === to)) return undefined;
  const { settings, ...rest } = current;
  const next: Record<string, unknown> = { ...rest };
  const fields: Record<string, string> = { ...settings };
  for (const [key, { from }] of Object.entries(changes)) {
    if (key.startsWith(prefix)) fields[key.slice(prefix.length)] = typeof from === 'string' ? from : '';
    else next[key] = from;
  }
  return { ...(next as Omit<RouteFacts, 'settings'>), settings: fields };
}

const prefix = 'settings.';

function flat({ settings, ...rest }: RouteFacts): Record<string, unknown> {
  const fields = Object.entries(settings).map(([name, value]) => [prefix + name, value] as const);
  return { ...rest, ...Object.fromEntries(fields) };
}

function unkeptFields(kind: RouteKind): ReadonlySet<string> {
  const fields: readonly RouteField[] = routeKinds[kind].fields;
  return new Set(
    fields.flatMap(({ name, as }) =>
      as === 'url' || as === 'long-text' || /url/i.test(name) ? [prefix + name] : [],
    ),
  );
}
