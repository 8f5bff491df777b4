import { beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { openDb, type Db } from './open.ts';
import { createTelegramStore, type SeenPeer, type TelegramStore } from './telegram-store.ts';

let db: Db;
let store: TelegramStore;
let account: number;

const add = (userId: string) =>
  store.insertAccount({
    uuid: `uuid-${userId}`,
    userId,
    name: 'Пульт',
    username: null,
    phoneMask: '',
    signedInAt: 1,
    revision: 1,
  });
const master: SeenPeer = {
  id: 'u5',
  kind: 'user',
  accessHash: '77',
  title: 'Мастер',
  username: 'master',
  phone: '79990000000',
  isSelf: false,
  isContact: true,
  isService: false,
  canSend: true,
  isMin: false,
};

beforeEach(() => {
  db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
  store = createTelegramStore(db);
  account = add('u1');
});

test('somebody seen in passing takes no good access hash away, only the name is newer', () => {
  store.savePeer(account, master);
  store.savePeer(account, {
    ...master,
    isMin: true,
    accessHash: '1',
    title: 'Мастер участка',
    phone: null,
    username: null,
  });

  const { isMin: _, ...known } = master;
  expect(store.peer(account, 'u5')).toEqual({ ...known, title: 'Мастер участка' });
});

test('somebody known from passing alone cannot be addressed until met', () => {
  store.savePeer(account, { ...master, isMin: true, accessHash: '1' });
  expect(store.peer(account, 'u5')?.accessHash).toBeNull();
  store.savePeer(account, master);

  expect(store.peer(account, 'u5')?.accessHash).toBe('77');
});

test("no account's own number is stored, whoever of the desk sees it and whenever it joins", () => {
  store.savePeer(account, { ...master, id: 'u1', isSelf: true });
  store.savePeer(account, { ...master, id: 'u2' });
  add('u2');
  store.savePeer(account, { ...master, id: 'u3' });
  add('u3');
  store.savePeer(account, { ...master, id: 'u3' });

  expect(['u1', 'u2', 'u3'].map((id) => store.peer(account, id)?.phone)).toEqual([null, null, null]);
});

test('a position is kept per account, moves, and can be forgotten', () => {
  const state = { pts: 5, qts: 0, date: 1_772_000_000, seq: 2 };
  store.saveUpdateState(account, state);
  store.saveUpdateState(account, { ...state, pts: 6 });
  expect(store.updateState(account)).toEqual({ ...state, pts: 6 });
  store.forgetUpdateState(account);

  expect(store.updateState(account)).toBeUndefined();
});

test('a removed account is found by its person and comes back whole', () => {
  store.removeAccount(account, 5, 2);
  expect([store.accounts(), store.account(account)]).toEqual([[], undefined]);
  const known = store.accountByUser('u1');
  store.signInAccount({
    id: account,
    name: 'Новое имя',
    username: 'n',
    phoneMask: 'm',
    signedInAt: 9,
    revision: 3,
  });

  expect(known).toMatchObject({ id: account, removedAt: 5 });
  expect(store.accounts()).toMatchObject([
    { id: account, name: 'Новое имя', state: 'signed-in', removedAt: null },
  ]);
});
