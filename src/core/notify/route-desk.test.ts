import { expect, test } from 'vitest';
import { createReachKit, type ReachKit } from '../../../test/support/reach-kit.ts';
import type { RouteSetup } from '../../shared/contract/routes.ts';
import { toRouteConfig } from './route-config.ts';
import { listRoutes, orderRoutes, removeRoute, saveRoute, setRouteEnabled, testRoute } from './route-desk.ts';
import type { RouteConfig, RouteDriver } from './route-driver.ts';
import { routeError } from './route-errors.ts';

const smsaero: RouteSetup = {
  kind: 'smsaero',
  name: 'СМС-шлюз',
  settings: {
    login: 'desk@towers.example',
    sender: 'TOWERS',
    baseUrls: 'https://gate.sms.example/v2/ https://spare.sms.example/v2/',
  },
  secrets: { apiKey: 'key-of-the-gateway' },
  proxy: '',
  timeoutMs: 15_000,
  perMinute: 60,
  price: 350,
  dailyLimit: 50_000,
};

const add = ({ reach, anna }: ReachKit, part: Partial<RouteSetup> = {}): number =>
  saveRoute(reach.routes, { ...smsaero, ...part, id: null }, anna).id;
const shown = ({ reach }: ReachKit, id: number) => listRoutes(reach.routes).find((route) => route.id === id);
const configOf = ({ reach }: ReachKit, id: number) =>
  toRouteConfig(reach.routes.secretBox, reach.routes.routes.require(id));

test('a secret is known by its name alone and is nowhere in the clear', () => {
  const kit = createReachKit();
  const id = add(kit);

  expect(shown(kit, id)).toMatchObject({ enabled: false, secretNames: ['apiKey'], missing: [] });
  expect(JSON.stringify(listRoutes(kit.reach.routes))).not.toContain('key-of-the-gateway');
  expect(kit.stores.routes.require(id).sealed).not.toContain('key-of-the-gateway');
  expect(
    kit.desk.journal
      .since(0)
      .map(({ payload }) => payload)
      .join(''),
  ).not.toContain('key-of-the-gateway');
  expect(configOf(kit, id).fields['apiKey']).toBe('key-of-the-gateway');
});

test('a secret that is not given again stays, and one that is emptied is forgotten', () => {
  const kit = createReachKit();
  const id = add(kit);

  saveRoute(kit.reach.routes, { ...smsaero, id, name: 'Шлюз', secrets: {} }, kit.anna);
  expect(configOf(kit, id).fields['apiKey']).toBe('key-of-the-gateway');

  setRouteEnabled(kit.reach.routes, { id, enabled: true }, kit.anna);
  saveRoute(kit.reach.routes, { ...smsaero, id, secrets: { apiKey: '' } }, kit.anna);
  expect(shown(kit, id)).toMatchObject({ secretNames: [], missing: ['apiKey'], enabled: false });
});

test('a secret is not shown to another host than it was given for', () => {
  const kit = createReachKit();
  const id = add(kit);

  const settings = {
    ...smsaero.settings,
    baseUrls: 'https://gate.sms.example/v2/ https://elsewhere.example/',
  };
  saveRoute(kit.reach.routes, { ...smsaero, id, settings, secrets: {} }, kit.anna);

  expect(shown(kit, id)?.secretNames).toEqual([]);
});

test('the password of a proxy is sealed, and comes to the driver within its address', () => {
  const kit = createReachKit();
  const proxy = 'http://desk@proxy.example:3128';
  const id = add(kit, { proxy, secrets: { apiKey: 'k', proxyPassword: 'p@ss' } });

  expect(configOf(kit, id).proxy).toBe('http://desk:p%40ss@proxy.example:3128/');
  expect(configOf(kit, id).fields).not.toHaveProperty('proxyPassword');
  expect(kit.stores.routes.require(id).proxy).toBe(proxy);
});

test('what lacks something cannot be switched on, and says what', () => {
  const kit = createReachKit();
  const id = add(kit, { secrets: {} });

  expect(shown(kit, id)?.missing).toEqual(['apiKey']);
  expect(() => setRouteEnabled(kit.reach.routes, { id, enabled: true }, kit.anna)).toThrow(
    expect.objectContaining({ details: { reason: 'route-not-set-up' } }),
  );
});

test('a new route is the last of its channel, and their order is whole or refused', () => {
  const kit = createReachKit();
  const [one, two, three] = [add(kit), add(kit, { name: 'Второй' }), add(kit, { name: 'Третий' })];
  const names = () => listRoutes(kit.reach.routes).map(({ name }) => name);

  orderRoutes(kit.reach.routes, { channel: 'sms', ids: [three, one, two] }, kit.anna);
  expect(names()).toEqual(['Третий', 'СМС-шлюз', 'Второй']);
  expect(() => orderRoutes(kit.reach.routes, { channel: 'sms', ids: [one, two] }, kit.anna)).toThrow(
    expect.objectContaining({ details: { reason: 'changed-since' } }),
  );
  expect(() => orderRoutes(kit.reach.routes, { channel: 'sms', ids: [one, one, two] }, kit.anna)).toThrow(
    expect.objectContaining({ details: { reason: 'changed-since' } }),
  );
});

test('what was spent since midnight of the desk stands beside the limit', () => {
  const kit = createReachKit();
  const id = add(kit);
  const asked: [number, number][] = [];
  const attempts = {
    trial() {},
    spentSince(routeId: number, since: number) {
      asked.push([routeId, since]);
      return 4200;
    },
  };

  const [route] = listRoutes({ ...kit.reach.routes, attempts });

  expect(route).toMatchObject({ spentToday: 4200, dailyLimit: 50_000 });
  // Midnight in Moscow, 05:30 UTC of that day.
  expect(asked).toEqual([[id, Date.UTC(2026, 2, 3, 21, 0, 0)]]);
});

test('a removed route is gone with its secrets', () => {
  const kit = createReachKit();
  const id = add(kit);
  removeRoute(kit.reach.routes, id, kit.anna);
  expect(listRoutes(kit.reach.routes)).toEqual([]);
  expect(kit.stores.secrets.all()).toEqual([]);
});

test('a sealed route is sealed again when the key of the desk changes', () => {
  const kit = createReachKit();
  const id = add(kit);
  const [value] = kit.stores.secrets.all();
  expect(value).toMatchObject({ place: 'route', id });
  kit.db.transact((revision) => kit.stores.secrets.replace({ ...value!, sealed: 'other' }, revision));
  expect(kit.stores.routes.require(id).sealed).toBe('other');
});

test.each([
  ['a field of it', { settings: { ...smsaero.settings, login: 'night@towers.example' }, secrets: {} }],
  ['its limit and name', { dailyLimit: null, name: 'Ночной', perMinute: 5, secrets: {} }],
] as const)('%s can be taken back', (_, part) => {
  const kit = createReachKit();
  const id = add(kit);
  expect(saveRoute(kit.reach.routes, { ...smsaero, ...part, id }, kit.anna).undo).not.toBeNull();
});

test('what was saved as it was is no change', () => {
  const kit = createReachKit();
  const id = add(kit);
  expect(saveRoute(kit.reach.routes, { ...smsaero, id, secrets: {} }, kit.anna).undo).toBeNull();
});

test('neither a secret nor where a route leads can be taken back: the journal keeps no keys', () => {
  const kit = createReachKit();
  const id = add(kit);
  const settings = { ...smsaero.settings, baseUrls: 'https://gate.sms.example/?key=hidden-in-it' };

  expect(saveRoute(kit.reach.routes, { ...smsaero, id, secrets: { apiKey: 'n' } }, kit.anna).undo).toBeNull();
  expect(saveRoute(kit.reach.routes, { ...smsaero, id, settings, secrets: {} }, kit.anna).undo).toBeNull();
  expect(
    kit.desk.journal
      .since(0)
      .map(({ payload }) => payload)
      .join(''),
  ).not.toContain('hidden-in-it');
});

type Tried = { readonly config: RouteConfig; closed: boolean };

function withDriver(testRun: (signal: AbortSignal) => Promise<{ facts: Record<string, string> }>) {
  const tried: Tried[] = [];
  const kit = createReachKit({
    createDriver(_kind, config) {
      const one: Tried = { config, closed: false };
      tried.push(one);
      const driver: RouteDriver = {
        receipts: [],
        isIdempotent: false,
        send: () => Promise.reject(new Error('not sent in this test')),
        test: testRun,
        close() {
          one.closed = true;
          return Promise.resolve();
        },
      };
      return driver;
    },
  });
  return { kit, tried };
}

const never = new AbortController().signal;

test('a test asks with what the form says and with the secrets that are kept', async () => {
  const { kit, tried } = withDriver(() => Promise.resolve({ facts: { balance: '120.50' } }));
  const id = add(kit);

  const form = { ...smsaero, id, name: 'Не сохранён', secrets: {} };
  expect(await testRoute(kit.reach.routes, form, never)).toEqual({ facts: { balance: '120.50' } });

  expect(tried).toMatchObject([{ config: { fields: { apiKey: 'key-of-the-gateway' } }, closed: true }]);
  expect(shown(kit, id)?.name).toBe('СМС-шлюз');
});

test('a test of what lacks a field asks nobody', async () => {
  const { kit, tried } = withDriver(() => Promise.resolve({ facts: {} }));
  await expect(
    testRoute(kit.reach.routes, { ...smsaero, id: null, secrets: {} }, never),
  ).rejects.toMatchObject({ details: { reason: 'route-not-set-up' } });
  expect(tried).toEqual([]);
});

test('what went wrong comes back as it is, and the connection is closed', async () => {
  const { kit, tried } = withDriver(() =>
    Promise.reject(routeError('route-login-refused', { certainty: 'not-sent', raw: 'no auth' })),
  );
  await expect(testRoute(kit.reach.routes, { ...smsaero, id: null }, never)).rejects.toMatchObject({
    details: { reason: 'route-login-refused', raw: 'no auth' },
  });
  expect(tried[0]?.closed).toBe(true);
});

test('a service that says nothing ends the test by a time-out', async () => {
  const { kit, tried } = withDriver(
    (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('hung up')), { once: true });
      }),
  );
  const outcome = expect(testRoute(kit.reach.routes, { ...smsaero, id: null }, never)).rejects.toMatchObject({
    details: { reason: 'route-timeout' },
  });
  await kit.clock.advance(60_000);
  await outcome;
  expect(tried[0]?.closed).toBe(true);
});
