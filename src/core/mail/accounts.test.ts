import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import type { AccountSettings } from '../../shared/contract/letters.ts';
import { createAccountStore } from '../db/account-store.ts';
import { openDb } from '../db/open.ts';
import { createRawStore } from '../db/raw-store.ts';
import { createJournal } from '../journal/journal.ts';
import { silentLogger } from '../platform/logger.ts';
import { systemRandom } from '../platform/random.ts';
import { createAccounts } from './accounts.ts';

const settings: AccountSettings = {
  preset: 'custom',
  name: 'Desk',
  address: 'desk@towers.example',
  displayName: '',
  imap: { host: 'imap.towers.example', port: 993, security: 'tls' },
  smtp: { host: 'smtp.towers.example', port: 465, security: 'tls' },
  userName: 'desk',
  auth: 'password',
  caCertificate: null,
  sentCopy: 'append',
  sentPath: null,
  signature: '',
  enabled: true,
};

function setUp() {
  const clock = createFakeClock();
  const db = openDb({ file: ':memory:', clock, log: silentLogger });
  const store = createAccountStore(db);
  const raw = createRawStore(db);
  const journal = createJournal({ db, clock, random: systemRandom, workstation: 'test' });
  const secretBox = {
    kind: 'memory' as const,
    seal: (plain: string) => [...plain].toReversed().join(''),
    open: (sealed: string) => [...sealed].toReversed().join(''),
  };
  const accounts = createAccounts({
    db,
    accounts: store,
    raw,
    journal,
    secretBox,
    clock,
    random: systemRandom,
    tokens: { keep: () => undefined, forget: () => undefined },
  });
  const save = (
    changes: Partial<AccountSettings> = {},
    id: number | null = null,
    password: string | null = 'secret',
  ) => accounts.save({ id, settings: { ...settings, ...changes }, password, opensFrom: null }, null);
  const kinds = () => journal.ofSubject('account', 1).map(({ kind }) => kind);
  return { clock, db, store, raw, accounts, save, kinds };
}

test('a new account opens incidents from now on, keeps its password sealed and shows it to nobody', () => {
  const { clock, store, accounts, save, kinds } = setUp();

  const { id } = save();

  const [account] = accounts.list().accounts;
  expect(account).toEqual({ ...settings, id, opensFrom: clock.now(), haltedReason: null });
  expect(JSON.stringify(account)).not.toContain('secret');
  expect(store.find(id)?.sealedPassword).toBe('terces');
  expect(accounts.password(id)).toBe('secret');
  expect(kinds()).toEqual(['account.saved']);
});

test('an account is not made without a password, twice, or where passwords are not taken', () => {
  const { save } = setUp();

  expect(() => save({}, null, null)).toThrow(expect.objectContaining({ reason: 'password-missing' }));
  expect(() => save({ preset: 'exchange-online' })).toThrow(
    expect.objectContaining({ reason: 'sign-in-required' }),
  );
  save();
  expect(() => save({ address: 'DESK@towers.example' })).toThrow(
    expect.objectContaining({ code: 'conflict', reason: 'account-exists' }),
  );
});

test('a change keeps the password and lets a halted account try again', () => {
  const { accounts, save, kinds } = setUp();
  const { id } = save();
  accounts.halt(id, 'password-refused');
  expect(accounts.list().accounts[0]?.haltedReason).toBe('password-refused');

  save({ signature: 'Dispatch' }, id, null);

  expect(accounts.list().accounts[0]).toMatchObject({ signature: 'Dispatch', haltedReason: null });
  expect(accounts.password(id)).toBe('secret');
  expect(kinds()).toEqual(['account.saved', 'account.halted', 'account.saved', 'account.resumed']);
});

test('"check mail now" on a halted account is a try, on any other nothing', () => {
  const { accounts, save, kinds } = setUp();
  const { id } = save();
  accounts.resume(id, null);
  accounts.halt(id, 'password-refused');

  accounts.resume(id, null);

  expect(accounts.list().accounts[0]?.haltedReason).toBeNull();
  expect(kinds()).toEqual(['account.saved', 'account.halted', 'account.resumed']);
});

test('on another server the folders count as unknown, with another signature they do not', () => {
  const { raw, save } = setUp();
  const { id } = save();
  raw.insertFolder({ accountId: id, role: 'inbox', path: 'INBOX', uidvalidity: '7', lastUid: 5 });

  save({ signature: 'Dispatch' }, id, null);
  expect(raw.folder(id, 'inbox')?.uidvalidity).toBe('7');
  save({ imap: { ...settings.imap, host: 'mail.towers.example' } }, id, null);

  expect(raw.folder(id, 'inbox')?.uidvalidity).toBe('');
});

test('a removed account is gone from the list, its password with it, and its address is free again', () => {
  const { db, accounts, save } = setUp();
  const { id } = save();

  accounts.remove(id, null);

  expect(accounts.list().accounts).toEqual([]);
  expect(db.prepare<[], { sealed: string }>('SELECT sealed_password AS sealed FROM account').get()).toEqual({
    sealed: '',
  });
  expect(save().id).not.toBe(id);
  expect(() => accounts.remove(id, null)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('every provider in the wizard demands encryption', () => {
  const { accounts } = setUp();

  for (const { imap, smtp } of accounts.list().presets) {
    expect([imap.security, smtp.security]).not.toContain('none');
  }
});
