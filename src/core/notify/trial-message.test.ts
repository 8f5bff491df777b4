import { beforeEach, expect, test } from 'vitest';
import { createReachKit, type ReachKit } from '../../../test/support/reach-kit.ts';
import { type RouteDeskParts, type SaveRoute, saveRoute } from './route-desk.ts';
import type { Dispatch } from './route-driver.ts';
import { sendTrial } from './trial-message.ts';

const gateway: SaveRoute = {
  id: null,
  kind: 'smsaero',
  name: 'СМС-шлюз',
  settings: { login: 'desk@towers.example', sender: 'TOWERS' },
  secrets: { apiKey: 'key-of-the-gateway' },
  proxy: '',
  timeoutMs: 15_000,
  perMinute: 60,
  price: 350,
  dailyLimit: 1000,
};

let kit: ReachKit;
let sent: Dispatch[];
let routes: RouteDeskParts;

beforeEach(() => {
  kit = createReachKit();
  sent = [];
  routes = {
    ...kit.reach.routes,
    createDriver: () => ({
      receipts: ['accepted'],
      isIdempotent: false,
      test: async () => ({ facts: {} }),
      async send(dispatch, { wrote }) {
        wrote();
        sent.push(dispatch);
        return { status: 'accepted', raw: 'queued #7', providerId: '7' };
      },
    }),
  };
});

const trial = (part: Partial<SaveRoute> = {}) =>
  sendTrial(
    routes,
    { ...gateway, ...part, address: '+7 900 555-01-12' },
    kit.anna,
    new AbortController().signal,
  );
const told = () => kit.desk.journal.since(0).filter(({ kind }) => kind === 'route.trial-sent');

test('a trial message goes to the address that was given, asks for nothing and is journalled', async () => {
  expect(await trial()).toEqual({ raw: 'queued #7' });

  expect(sent).toMatchObject([{ address: '+7 900 555-01-12', verbs: [], files: [] }]);
  expect(told().map(({ actorId }) => actorId)).toEqual([kit.anna]);
});

test('a trial message does not leave when the money of the day would not do', async () => {
  await expect(trial({ dailyLimit: 300 })).rejects.toMatchObject({ details: { reason: 'money-limit' } });

  expect(sent).toEqual([]);
  expect(told()).toEqual([]);
});

test('trial messages are paid out of the same money as all others', async () => {
  const { id } = saveRoute(routes, gateway, kit.anna);

  await trial({ id });
  await trial({ id });

  await expect(trial({ id })).rejects.toMatchObject({ details: { reason: 'money-limit' } });
  expect(sent).toHaveLength(2);
});
