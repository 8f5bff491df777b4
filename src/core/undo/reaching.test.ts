import { beforeEach, expect, test } from 'vitest';
import { createUndoKit, type UndoKit } from '../../../test/support/undo-kit.ts';
import type { RouteSetup } from '../../shared/contract/routes.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { addressStateOf, setAddressDead } from '../notify/address-check.ts';
import { groupFacts, laddersOf, limitOf, saveGroup, saveLadder, saveLimit } from '../notify/ladder-desk.ts';
import { listRoutes, orderRoutes, saveRoute, setRouteEnabled } from '../notify/route-desk.ts';

let kit: UndoKit;
let anna: number;
let igor: Party;

beforeEach(() => {
  kit = createUndoKit();
  anna = kit.addPerson('Орлова Анна');
  igor = { kind: 'person', id: kit.addPerson('Зуев Игорь') };
});

const setup: RouteSetup = {
  kind: 'smsaero',
  name: 'Шлюз',
  settings: { login: 'desk@towers.example', sender: 'TOWERS' },
  secrets: { apiKey: 'key' },
  proxy: '',
  timeoutMs: 15_000,
  perMinute: 60,
  price: 350,
  dailyLimit: 50_000,
};
const ladder = {
  urgency: 'urgent',
  steps: [{ channel: 'sms', address: '', waitFor: 'delivered', waitSeconds: 60, retries: 0 }],
  repeatMinutes: null,
  mostRounds: 1,
  next: null,
} as const;

const routes = () => kit.reach.routes;
const ladders = () => kit.reach.ladders;
const addRoute = (name = 'Шлюз') => saveRoute(routes(), { ...setup, name, id: null }, anna).id;
const shown = () => listRoutes(routes());

type Case = {
  readonly prepare?: () => void;
  readonly change: () => { readonly undo: number | null };
  readonly seen: () => unknown;
};

const cases: Readonly<Record<string, Case>> = {
  'how a route is set up': {
    prepare: () => void addRoute(),
    change: () =>
      saveRoute(
        routes(),
        {
          ...setup,
          id: shown()[0]!.id,
          name: 'Другой',
          settings: { login: 'night@towers.example' },
          secrets: {},
          dailyLimit: null,
        },
        anna,
      ),
    seen: shown,
  },
  'a route that was switched on': {
    prepare: () => void addRoute(),
    change: () => setRouteEnabled(routes(), { id: shown()[0]!.id, enabled: true }, anna),
    seen: shown,
  },
  'the order of routes': {
    prepare() {
      addRoute('Первый');
      addRoute('Второй');
    },
    change: () =>
      orderRoutes(
        routes(),
        {
          channel: 'sms',
          ids: shown()
            .map(({ id }) => id)
            .toReversed(),
        },
        anna,
      ),
    seen: () => shown().map(({ name }) => name),
  },
  'an own ladder': {
    change: () =>
      saveLadder(
        ladders(),
        { owner: igor, urgency: 'urgent', ladder: { ...ladder, steps: [...ladder.steps] } },
        anna,
      ),
    seen: () => laddersOf(ladders(), igor),
  },
  'quiet hours': {
    change: () =>
      saveLimit(
        ladders(),
        { owner: igor, limit: { quietFrom: 1320, quietTo: 420, zone: '', hourlyLimit: 4 } },
        anna,
      ),
    seen: () => limitOf(ladders(), igor),
  },
  'who is in a group': {
    prepare: () => void saveGroup(ladders(), { id: null, name: 'Ночь', active: true, members: [igor] }, anna),
    change: () => saveGroup(ladders(), { id: 1, name: 'Утро', active: true, members: [] }, anna),
    seen: () => groupFacts(ladders(), 1),
  },
  'an address that was said to be dead': {
    change: () =>
      setAddressDead(ladders(), { address: { kind: 'email', value: 'a@crew.example' }, dead: true }, anna),
    seen: () => addressStateOf(ladders(), { kind: 'email', value: 'a@crew.example' }),
  },
};

test.each(Object.entries(cases))('%s goes back, and can be put back', (_, { prepare, change, seen }) => {
  prepare?.();
  const before = seen();
  const { undo } = change();
  const after = seen();
  expect(after).not.toEqual(before);

  const back = kit.takeBack(undo, anna);
  expect(seen()).toEqual(before);
  kit.takeBack(back.undo, anna);
  expect(seen()).toEqual(after);
});

test('what somebody changed meanwhile is not thrown away', () => {
  const id = addRoute();
  const { undo } = saveRoute(routes(), { ...setup, id, name: 'Другой', secrets: {} }, anna);
  saveRoute(routes(), { ...setup, id, name: 'Третий', secrets: {} }, igor.id);
  expect(() => kit.takeBack(undo, anna)).toThrow(
    expect.objectContaining({ details: { reason: 'changed-since' } }),
  );
  const first = saveLadder(
    ladders(),
    { owner: igor, urgency: 'urgent', ladder: { ...ladder, steps: [...ladder.steps] } },
    anna,
  );
  saveLadder(ladders(), { owner: igor, urgency: 'urgent', ladder: undefined }, anna);
  expect(() => kit.takeBack(first.undo, anna)).toThrow(
    expect.objectContaining({ details: { reason: 'changed-since' } }),
  );
});

test('a new group is put out of use, because a ladder may lead to it already', () => {
  const { undo } = saveGroup(ladders(), { id: null, name: 'Ночь', active: true, members: [igor] }, anna);
  kit.takeBack(undo, anna);
  expect(groupFacts(ladders(), 1)).toMatchObject({ name: 'Ночь', active: false });
});

test('settings that are taken back do not lose the secret', () => {
  const id = addRoute();
  const { undo } = saveRoute(routes(), { ...setup, id, name: 'Другой', secrets: {} }, anna);
  kit.takeBack(undo, anna);
  expect(shown()).toMatchObject([{ name: 'Шлюз', secretNames: ['apiKey'] }]);
});
