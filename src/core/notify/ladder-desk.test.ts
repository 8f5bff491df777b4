import { beforeEach, expect, test } from 'vitest';
import { createReachKit, type ReachKit } from '../../../test/support/reach-kit.ts';
import type { Ladder } from '../../shared/contract/ladders.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { ladderOwners, laddersOf, listGroups, saveGroup, saveLadder, saveLimit } from './ladder-desk.ts';
import { previewLadder } from './preview-ladder.ts';
import { saveRoute, setRouteEnabled } from './route-desk.ts';

let kit: ReachKit;
let pavel: Party;

beforeEach(() => {
  kit = createReachKit();
  pavel = {
    kind: 'contact',
    id: kit.addContact('Павлов', { email: 'p@crew.example', phone: '+7 900 555-01-12' }),
  };
});

const sms = { channel: 'sms', address: '', waitFor: 'delivered', waitSeconds: 120, retries: 1 } as const;
const mail = {
  channel: 'email',
  address: '',
  waitFor: 'acknowledged',
  waitSeconds: 300,
  retries: 0,
} as const;
const ladder = (part: Partial<Ladder> = {}): Ladder => ({
  urgency: 'critical',
  steps: [mail, sms],
  repeatMinutes: null,
  mostRounds: 1,
  next: null,
  ...part,
});
const save = (owner: Party | null, saved: Ladder) =>
  saveLadder(kit.reach.ladders, { owner, urgency: saved.urgency, ladder: saved }, kit.anna);
const preview = () => previewLadder(kit.reach.ladders, pavel, 'critical');

function addGateway(name = 'Шлюз'): number {
  const { id } = saveRoute(
    kit.reach.routes,
    {
      id: null,
      kind: 'smsaero',
      name,
      settings: { login: 'desk@towers.example', sender: 'T' },
      secrets: { apiKey: 'k' },
      proxy: '',
      timeoutMs: 15_000,
      perMinute: 60,
      price: 0,
      dailyLimit: null,
    },
    kit.anna,
  );
  setRouteEnabled(kit.reach.routes, { id, enabled: true }, kit.anna);
  return id;
}

test('whoever has no ladder of their own climbs everybody’s', () => {
  save(null, ladder());
  expect(laddersOf(kit.reach.ladders, pavel)).toEqual([]);
  expect(preview().steps.map(({ channel }) => channel)).toEqual(['email', 'sms']);

  save(pavel, ladder({ steps: [sms] }));
  expect(preview().steps.map(({ channel }) => channel)).toEqual(['sms']);
  expect(laddersOf(kit.reach.ladders, null)).toMatchObject([{ urgency: 'critical', steps: [mail, sms] }]);
});

test('an own ladder that is taken away leaves everybody’s', () => {
  save(null, ladder());
  save(pavel, ladder({ steps: [sms] }));
  saveLadder(kit.reach.ladders, { owner: pavel, urgency: 'critical', ladder: undefined }, kit.anna);
  expect(preview().steps).toHaveLength(2);
});

test('saving what is there already is no change, so there is nothing to take back', () => {
  expect(save(pavel, ladder()).undo).not.toBeNull();
  expect(save(pavel, ladder()).undo).toBeNull();
});

test('nobody is next after themselves, and the next one must be there', () => {
  expect(() => save(pavel, ladder({ next: { kind: 'contact', id: pavel.id } }))).toThrow(
    expect.objectContaining({ details: { reason: 'ladder-to-itself' } }),
  );
  expect(() => save(pavel, ladder({ next: { kind: 'group', id: 77 } }))).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
  expect(() => save({ kind: 'person', id: 999 }, ladder())).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
});

test('the preview says where each step would go, by what, and what would stop it', () => {
  save(
    null,
    ladder({ steps: [mail, sms], next: { kind: 'person', id: kit.anna }, repeatMinutes: 5, mostRounds: 3 }),
  );
  addGateway();
  addGateway('Запасной');

  expect(preview()).toMatchObject({
    name: 'Павлов',
    steps: [
      { channel: 'email', problem: 'no-route', route: null },
      {
        channel: 'sms',
        to: expect.stringContaining('900 555-01-12') as string,
        route: 'Шлюз',
        furtherRoutes: 1,
        problem: null,
        neverTold: false,
      },
    ],
    repeatMinutes: 5,
    mostRounds: 3,
    nextName: 'Орлова Анна',
    heldUntil: null,
  });
});

test('a wait that no way of the channel can end is told beforehand', () => {
  save(null, ladder({ steps: [{ ...sms, waitFor: 'acknowledged' }] }));
  addGateway();
  expect(preview().steps).toMatchObject([{ neverTold: true }]);
});

test('a dead address and one that is missing are told apart', () => {
  save(null, ladder({ steps: [sms] }));
  addGateway();
  kit.db.transact((revision) =>
    kit.stores.addressStates.markDead(
      { kind: 'phone', value: '89005550112', at: kit.clock.now(), because: 'absent subscriber' },
      revision,
    ),
  );
  expect(preview().steps).toMatchObject([{ problem: 'dead-address' }]);
  pavel = { kind: 'contact', id: kit.addContact('Без телефона') };
  expect(preview().steps).toMatchObject([{ problem: 'no-address' }]);
});

test('quiet hours hold back all but critical ones, and the preview says until when', () => {
  save(null, ladder({ urgency: 'normal' }));
  const limit = { quietFrom: 8 * 60, quietTo: 10 * 60, zone: '', hourlyLimit: 4 };
  saveLimit(kit.reach.ladders, { owner: pavel, limit }, kit.anna);

  // It is 08:30 in Moscow.
  expect(previewLadder(kit.reach.ladders, pavel, 'normal').heldUntil).toBe(Date.UTC(2026, 2, 4, 7));
  expect(preview().heldUntil).toBeNull();
});

test.each([
  [{ quietFrom: 60, quietTo: null, zone: '', hourlyLimit: null }, 'quiet-half'],
  [{ quietFrom: null, quietTo: null, zone: 'Луна/Кратер', hourlyLimit: null }, 'zone-unknown'],
])('limits that mean nothing are refused: %o', (limit, reason) => {
  expect(() => saveLimit(kit.reach.ladders, { owner: pavel, limit }, kit.anna)).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ reason }) as object }),
  );
});

test('whoever stands in a group twice stands where they stood first', () => {
  const anna: Party = { kind: 'person', id: kit.anna };
  const { id } = saveGroup(
    kit.reach.ladders,
    { id: null, name: 'Ночь', active: true, members: [pavel, anna, pavel] },
    kit.anna,
  );
  expect(listGroups(kit.reach.ladders)).toEqual([
    {
      id,
      name: 'Ночь',
      active: true,
      members: [
        { ...pavel, name: 'Павлов' },
        { ...anna, name: 'Орлова Анна' },
      ],
    },
  ]);
});

test('somebody is found by pieces of the name, the firm or any address, however it is cased', () => {
  const { parties } = kit.reach;
  kit.addContact('Сидоров', { email: 'night@crew.example' });
  const names = (text: string, limit = 10) => parties.find(text, limit).map(({ name }) => name);

  expect(names('ПАВ')).toEqual(['Павлов']);
  expect(names('crew')).toEqual(['Павлов', 'Сидоров']);
  expect(names('night сид')).toEqual(['Сидоров']);
  expect(names('', 2)).toEqual(['Орлова Анна', 'Павлов']);
  expect(names('нет такого')).toEqual([]);
});

test('whoever has a ladder of their own is named with its urgencies, and no longer when it is taken away', () => {
  expect(ladderOwners(kit.reach.ladders)).toEqual([]);
  save(pavel, ladder());
  save(pavel, ladder({ urgency: 'normal' }));

  expect(ladderOwners(kit.reach.ladders)).toEqual([
    { ...pavel, name: 'Павлов', urgencies: ['normal', 'critical'] },
  ]);
  for (const urgency of ['normal', 'critical'] as const) {
    saveLadder(kit.reach.ladders, { owner: pavel, urgency, ladder: undefined }, kit.anna);
  }
  expect(ladderOwners(kit.reach.ladders)).toEqual([]);
});
