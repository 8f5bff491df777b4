import { z } from 'zod';
import { reachChannels } from '../domain/reaching.ts';
import { routeKindNames } from '../domain/route-kinds.ts';
import { command, query, task } from '../rpc/define.ts';
import { done, empty, health, id, savedItem, undoable } from './common.ts';

const routeKind = z.enum(routeKindNames);

/** Fields of a kind by name, as text; a switch is '1' or ''. */
const fields = z.record(z.string().max(60), z.string().max(20_000));

export const routeSetup = z.strictObject({
  kind: routeKind,
  name: z.string().trim().min(1).max(120),
  settings: fields,
  /** One that is left out stays as it was, '' forgets it. */
  secrets: fields,
  /** http://, https:// or socks5://; '' goes straight. Its password is the secret `proxyPassword`. */
  proxy: z.string().trim().max(500),
  timeoutMs: z.int().min(1000).max(300_000),
  perMinute: z.int().min(1).max(60_000),
  /** Hundredths of the currency: what one segment is expected to cost, and what may be spent in a local day. */
  price: z.int().min(0).max(10_000_000),
  dailyLimit: z.int().min(0).max(1_000_000_000).nullable(),
});
export type RouteSetup = z.infer<typeof routeSetup>;

export const route = routeSetup.omit({ secrets: true }).extend({
  id,
  channel: z.enum(reachChannels),
  /** Among the routes of its channel: the first is tried first. */
  position: z.int(),
  enabled: z.boolean(),
  /** Names of the secrets there are; what they are never leaves core. */
  secretNames: z.array(z.string()),
  /** Required fields that are still empty: it cannot be switched on before. */
  missing: z.array(z.string()),
  /** Hundredths, since the local midnight. */
  spentToday: z.int(),
  health,
});
export type Route = z.infer<typeof route>;

/** Ways a channel is sent by. */
export const routesContract = {
  /** By channel, then in the order they are tried. */
  list: query(empty, z.object({ routes: z.array(route) })),
  /** A new one stands last of its channel and is off. `undo` is null when a secret was changed: it is not kept. */
  save: command(routeSetup.extend({ id: id.nullable() }), savedItem),
  setEnabled: command(z.strictObject({ id, enabled: z.boolean() }), undoable),
  /** All routes of the channel, in their new order. */
  order: command(
    z.strictObject({ channel: z.enum(reachChannels), ids: z.array(id).min(1).max(100) }),
    undoable,
  ),
  /** Its secrets are gone with it, so it cannot be taken back; what was sent by it stays. */
  remove: command(z.strictObject({ id }), done),
  /** Asks the service as the form stands, saved or not; of a saved one the secrets that were left out are its own. */
  test: task(
    routeSetup.extend({ id: id.nullable() }),
    z.object({ facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
  /** One message to this address by the form as it stands; `raw` is what the service said to it. */
  trial: task(
    routeSetup.extend({ id: id.nullable(), address: z.string().trim().min(1).max(320) }),
    z.object({ raw: z.string() }),
  ),
} as const;
