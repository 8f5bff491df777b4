import type { RouteRecord } from '../db/route-store.ts';
import type { SecretBox } from '../platform/capabilities.ts';
import type { RouteConfig } from './route-driver.ts';

/** A field that every route has besides those of its kind: the password of its proxy. */
export const proxyPassword = 'proxyPassword';

type Fields = Readonly<Record<string, string>>;

/** Throws `denied` (reason `secret-unreadable`) when they were sealed by another key. */
export function secretsOf(box: Pick<SecretBox, 'open'>, { sealed }: Pick<RouteRecord, 'sealed'>): Fields {
  return sealed === null ? {} : (JSON.parse(box.open(sealed)) as Fields);
}

/** What a driver is made of: fields and secrets together, the proxy with its password. */
export function toRouteConfig(box: Pick<SecretBox, 'open'>, route: RouteRecord): RouteConfig {
  return configFrom(route, JSON.parse(route.settings) as Fields, secretsOf(box, route));
}

export function configFrom(
  { id, name, proxy, timeoutMs }: Pick<RouteRecord, 'id' | 'name' | 'proxy' | 'timeoutMs'>,
  settings: Fields,
  { [proxyPassword]: password = '', ...secrets }: Fields,
): RouteConfig {
  const fields = { ...settings, ...secrets };
  return { routeId: id, name, fields, proxy: withPassword(proxy, password), timeoutMs };
}

function withPassword(proxy: string, password: string): string {
  if (password === '' || !URL.canParse(proxy)) return proxy;
  const url = new URL(proxy);
  url.password = encodeURIComponent(password);
  return url.href;
}
