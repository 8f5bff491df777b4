import type { Route, RouteSetup } from '../../shared/contract/routes.ts';
import type { HealthView } from '../../shared/contract/common.ts';
import { localDay, startOfDay } from '../../shared/domain/local-day.ts';
import type { ReachChannel } from '../../shared/domain/reaching.ts';
import { type RouteKind, routeKinds } from '../../shared/domain/route-kinds.ts';
import type { RouteField } from '../../shared/domain/route-kinds/route-kind-spec.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { DeliveryAttemptStore } from '../db/delivery-attempt-store.ts';
import type { Db } from '../db/open.ts';
import type { RouteRecord, RouteStore } from '../db/route-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { configFrom, proxyPassword, secretsOf } from './route-config.ts';
import type { RouteConfig, RouteDriver, RouteTest } from './route-driver.ts';
import { routeError } from './route-errors.ts';
import { type RouteFacts, changesOf, factsOf } from './route-facts.ts';

export type RouteDeskParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly routes: RouteStore;
  readonly attempts: Pick<DeliveryAttemptStore, 'spentSince' | 'trial'>;
  readonly secretBox: SecretBox;
  readonly createDriver: (kind: RouteKind, config: RouteConfig) => RouteDriver;
  /** The desk's: a day's money is counted by it. */
  readonly zone: () => string;
  readonly health: (routeId: number) => HealthView;
};

export type SaveRoute = RouteSetup & { readonly id: number | null };
type Fields = Readonly<Record<string, string>>;

/** `sequence` is null when it cannot be taken back: a secret is not kept. */
type Saved = { readonly id: number; readonly undo: number | null };

const longestTestMs = 45_000;
const off: HealthView = { state: 'off' };

export function listRoutes(parts: RouteDeskParts): Route[] {
  const { clock, routes, attempts, zone, health } = parts;
  const midnight = startOfDay(localDay(clock.now(), zone()), zone());
  return routes.all().map((route) => {
    const { uuid: _uuid, sealed: _sealed, createdAt: _createdAt, revision: _revision, ...shown } = route;
    const settings = JSON.parse(route.settings) as Fields;
    const secretNames = namesOf(parts, route);
    return {
      ...shown,
      settings,
      enabled: route.enabled === 1,
      secretNames,
      missing: missingOf(route.kind, settings, secretNames),
      spentToday: attempts.spentSince(route.id, midnight),
      health: route.enabled === 1 ? health(route.id) : off,
    };
  });
}

/**
 * A secret that is left out stays, as long as every address in the settings leads to the same host. Throws `not-found`
 * (reason `route`), `invalid-input` (reason `route-kind-fixed`).
 */
export function saveRoute(parts: RouteDeskParts, input: SaveRoute, actor: number): Saved {
  const { db, routes, clock, random, journal } = parts;
  return db.transact((revision) => {
    const before = input.id === null ? undefined : requireKind(routes.require(input.id), input.kind);
    const secrets = secretsFor(parts, before, input);
    const settings = onlyKnown(input.kind, input.settings);
    const missing = missingOf(input.kind, settings, Object.keys(secrets));
    const now = clock.now();
    const next: Omit<RouteRecord, 'id'> = {
      uuid: before?.uuid ?? uuidv7(now, random.bytes(10)),
      kind: input.kind,
      channel: routeKinds[input.kind].channel,
      name: input.name,
      position: before?.position ?? lastPosition(parts, routeKinds[input.kind].channel) + 1,
      // What lacks something would only fail.
      enabled: before?.enabled === 1 && missing.length === 0 ? 1 : 0,
      settings: JSON.stringify(settings),
      sealed: Object.keys(secrets).length === 0 ? null : parts.secretBox.seal(JSON.stringify(secrets)),
      proxy: input.proxy,
      timeoutMs: input.timeoutMs,
      perMinute: input.perMinute,
      price: input.price,
      dailyLimit: input.dailyLimit,
      createdAt: before?.createdAt ?? now,
      revision,
    };
    const id = before ? before.id : routes.insert(next);
    if (before) routes.save({ ...next, id });
    const { changes, unkept } = changesOf(before && factsOf(before), factsOf(next), input.kind);
    const secretsSet = Object.keys(input.secrets);
    const sequence = journal.append({
      kind: 'route.saved',
      subject: 'route',
      subjectId: id,
      actorId: actor,
      facts: {
        name: input.name,
        route: input.kind,
        isNew: before === undefined,
        changes,
        unkept: [...unkept, ...secretsSet],
      },
    });
    db.touch('route');
    const isUndoable =
      before !== undefined &&
      unkept.length === 0 &&
      secretsSet.length === 0 &&
      before.enabled === next.enabled;
    return { id, undo: isUndoable && Object.keys(changes).length > 0 ? sequence : null };
  });
}

/** Throws `conflict` (reason `route-not-set-up`) while something it needs is missing. */
export function setRouteEnabled(
  parts: RouteDeskParts,
  { id, enabled }: { readonly id: number; readonly enabled: boolean },
  actor: number,
): { readonly undo: number | null } {
  return parts.db.transact((revision) => {
    const route = parts.routes.require(id);
    if ((route.enabled === 1) === enabled) return { undo: null };
    const settings = JSON.parse(route.settings) as Fields;
    if (enabled && missingOf(route.kind, settings, namesOf(parts, route)).length > 0) {
      throw new AppError('conflict', { details: { reason: 'route-not-set-up' } });
    }
    parts.routes.save({ ...route, enabled: enabled ? 1 : 0, revision });
    parts.db.touch('route');
    return {
      undo: parts.journal.append({
        kind: 'route.enabled-set',
        subject: 'route',
        subjectId: id,
        actorId: actor,
        facts: { name: route.name, enabled },
      }),
    };
  });
}

/** Throws `conflict` (reason `changed-since`) unless exactly the routes of the channel are named. */
export function orderRoutes(
  { db, routes, journal }: RouteDeskParts,
  { channel, ids }: { readonly channel: ReachChannel; readonly ids: readonly number[] },
  actor: number,
): { readonly undo: number | null } {
  return db.transact((revision) => {
    const before = orderOf({ routes }, channel);
    const isWhole = ids.length === before.length && before.every((id) => ids.includes(id));
    if (!isWhole) throw new AppError('conflict', { details: { reason: 'changed-since' } });
    if (before.every((id, at) => id === ids[at])) return { undo: null };
    for (const [position, id] of ids.entries()) routes.save({ ...routes.require(id), position, revision });
    db.touch('route');
    return {
      undo: journal.append({
        kind: 'route.order-set',
        subject: 'route',
        subjectId: 0,
        actorId: actor,
        facts: { channel, from: before, to: ids },
      }),
    };
  });
}

export function orderOf({ routes }: Pick<RouteDeskParts, 'routes'>, channel: ReachChannel): number[] {
  return routes
    .all()
    .filter((route) => route.channel === channel)
    .map(({ id }) => id);
}

export function removeRoute({ db, routes, journal }: RouteDeskParts, id: number, actor: number): void {
  db.transact(() => {
    const { name, kind } = routes.require(id);
    routes.remove(id);
    journal.append({
      kind: 'route.removed',
      subject: 'route',
      subjectId: id,
      actorId: actor,
      facts: { name, route: kind },
    });
    db.touch('route');
  });
}

/** Asks the service as the form stands. Throws what the driver throws; `timeout` after three quarters of a minute. */
export function testRoute(parts: RouteDeskParts, input: SaveRoute, signal: AbortSignal): Promise<RouteTest> {
  return withDriver(parts, input, signal, (driver, rest) => driver.test(rest));
}

/** With a driver made as the form stands, for three quarters of a minute. */
export async function withDriver<Result>(
  parts: RouteDeskParts,
  input: SaveRoute,
  signal: AbortSignal,
  work: (driver: RouteDriver, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { routes, clock, createDriver } = parts;
  const saved = input.id === null ? undefined : requireKind(routes.require(input.id), input.kind);
  const secrets = secretsFor(parts, saved, input);
  const settings = onlyKnown(input.kind, input.settings);
  if (missingOf(input.kind, settings, Object.keys(secrets)).length > 0) {
    throw new AppError('conflict', { details: { reason: 'route-not-set-up' } });
  }
  const { name, proxy, timeoutMs } = input;
  const driver = createDriver(
    input.kind,
    configFrom({ id: saved?.id ?? 0, name, proxy, timeoutMs }, settings, secrets),
  );
  const rest = new AbortController();
  const deadline = new AbortController();
  const late = routeError('route-timeout', { certainty: 'not-sent' });
  clock.sleep(longestTestMs, rest.signal).then(
    () => deadline.abort(late),
    () => undefined,
  );
  try {
    return await work(driver, AbortSignal.any([signal, deadline.signal]));
  } catch (thrown) {
    throw deadline.signal.aborted ? late : thrown;
  } finally {
    rest.abort();
    await driver.close?.();
  }
}

/** Puts a route back to what it was before a change that the journal has kept whole. */
export function takeBackRoute(parts: RouteDeskParts, id: number, facts: RouteFacts, actor: number): void {
  const { kind } = parts.routes.require(id);
  saveRoute(parts, { ...facts, id, kind, secrets: {} }, actor);
}

function requireKind(route: RouteRecord, kind: RouteKind): RouteRecord {
  if (route.kind === kind) return route;
  throw new AppError('invalid-input', { details: { reason: 'route-kind-fixed' } });
}

function lastPosition({ routes }: RouteDeskParts, channel: ReachChannel): number {
  const own = routes.all().filter((route) => route.channel === channel);
  return Math.max(-1, ...own.map(({ position }) => position));
}

function fieldsOf(kind: RouteKind): readonly RouteField[] {
  return routeKinds[kind].fields;
}

/** An older page may know fields that are no more; a secret must never come to lie among the settings. */
function onlyKnown(kind: RouteKind, settings: Fields): Fields {
  const known = fieldsOf(kind).filter(({ secret }) => !secret);
  return Object.fromEntries(
    known.flatMap(({ name }) => {
      const value = settings[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

function missingOf(kind: RouteKind, settings: Fields, secretNames: readonly string[]): string[] {
  return fieldsOf(kind)
    .filter(({ required }) => required)
    .filter(({ name, secret }) => (secret ? !secretNames.includes(name) : !settings[name]))
    .map(({ name }) => name);
}

function namesOf({ secretBox }: RouteDeskParts, route: RouteRecord): string[] {
  try {
    return Object.keys(secretsOf(secretBox, route));
  } catch {
    // Sealed by a key that is away: to the page it is as if they had to be given again.
    return [];
  }
}

/** Those that are kept, and those that were given; '' forgets one. */
function secretsFor(parts: RouteDeskParts, before: RouteRecord | undefined, input: SaveRoute): Fields {
  const known = new Set([
    proxyPassword,
    ...fieldsOf(input.kind).flatMap(({ name, secret }) => (secret ? [name] : [])),
  ]);
  // Whatever is given anew need not be read: its key may be gone.
  const isWhole = [...known].every((name) => name === proxyPassword || Object.hasOwn(input.secrets, name));
  const kept = before && !(isWhole && input.proxy === '') ? keptSecrets(parts, before, input) : {};
  const all = { ...kept, ...input.secrets };
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== '' && known.has(name)));
}

/** Whoever changes where a route leads must know its secret: it is not shown to another host than it was given for. */
function keptSecrets({ secretBox }: RouteDeskParts, before: RouteRecord, input: SaveRoute): Fields {
  if (before.sealed === null) return {};
  const { [proxyPassword]: ofProxy, ...own } = secretsOf(secretBox, before);
  const was = JSON.parse(before.settings) as Fields;
  const leads = fieldsOf(input.kind).filter(({ name, as }) => as === 'url' || /url|host|account/i.test(name));
  const isSame = leads.every(({ name }) => hostOf(was[name]) === hostOf(input.settings[name]));
  const proxyStays = ofProxy !== undefined && hostOf(before.proxy) === hostOf(input.proxy);
  return { ...(isSame ? own : {}), ...(proxyStays ? { [proxyPassword]: ofProxy } : {}) };
}

/** Several addresses may stand in one field; what is no address counts as it is written. */
function hostOf(text: string | undefined = ''): string {
  const addresses = text.trim().split(/[\s,]+/);
  return addresses
    .map((address) =>
      /^[a-z][a-z0-9+.-]*:\/\//i.test(address) && URL.canParse(address) ? new URL(address).host : address,
    )
    .join(' ');
}
