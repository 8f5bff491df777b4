import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createAccountStore } from '../db/account-store.ts';
import { openDb } from '../db/open.ts';
import { silentLogger } from '../platform/logger.ts';
import { createLoginBudget } from './login-budget.ts';
import { loginLimits, type LoginLimits } from './mail-timing.ts';

const minute = 60_000;

function setUp(limits: Partial<LoginLimits> = {}) {
  const clock = createFakeClock();
  const db = openDb({ file: ':memory:', clock, log: silentLogger });
  const accounts = createAccountStore(db);
  const accountId = db.transact((revision) =>
    accounts.insert({ ...account, opensFrom: clock.now(), revision }),
  );
  const make = () => createLoginBudget({ accountId, accounts, clock, limits: { ...loginLimits, ...limits } });
  const waitOf = (role: 'inbox' | 'sent' = 'inbox') => Math.max(0, make().allowedAt(role) - clock.now());
  return { clock, make, waitOf };
}

const account = {
  uuid: 'u',
  name: 'Desk',
  address: 'desk@towers.example',
  displayName: '',
  preset: 'custom',
  imapHost: 'localhost',
  imapPort: 143,
  imapSecurity: 'none',
  smtpHost: 'localhost',
  smtpPort: 25,
  smtpSecurity: 'none',
  userName: 'desk',
  auth: 'password',
  sealedPassword: '',
  caCertificate: null,
  sentCopy: 'append',
  sentPath: null,
  signature: '',
  enabled: 1,
  createdAt: 0,
} as const;

test('twenty useful logins an hour and no more, also after a restart', async () => {
  const { clock, make, waitOf } = setUp();
  for (let login = 0; login < 20; login += 1) {
    expect(waitOf()).toBe(0);
    make().begin().useful();
    await clock.advance(minute);
  }

  expect(waitOf()).toBe(40 * minute);
  await clock.advance(40 * minute);
  expect(waitOf()).toBe(0);
});

test('sessions that bring nothing are spread over the hour, six at most', async () => {
  const { clock, make, waitOf } = setUp();
  const startedAt = clock.now();
  const at: number[] = [];
  for (let login = 0; login < 8; login += 1) {
    await clock.advance(waitOf());
    at.push(Math.round((clock.now() - startedAt) / 1000));
    make().begin();
  }

  expect(at.slice(0, 7)).toEqual([0, 2, 22, 142, 622, 1822, 3600]);
  for (const [index, second] of at.entries()) {
    const inHour = at.filter((other) => other > second - 3600 && other <= second).length;
    expect(inHour, `login ${index}`).toBeLessThanOrEqual(6);
  }
});

test('Sent leaves the last logins to Inbox', async () => {
  const { clock, make, waitOf } = setUp();
  for (let login = 0; login < 12; login += 1) make().begin().useful();
  await clock.advance(1000);

  expect(waitOf('inbox')).toBe(0);
  expect(waitOf('sent')).toBeGreaterThan(0);
});

test('a connection that never reached the login costs nothing', () => {
  const { make, waitOf } = setUp();
  for (let login = 0; login < 50; login += 1) make().begin().neverHappened();

  expect(waitOf()).toBe(0);
});

test('a clock set back does not lock the mailbox for longer', () => {
  const { clock, make, waitOf } = setUp();
  for (let login = 0; login < 6; login += 1) make().begin();

  clock.jump(-24 * 60 * minute);

  expect(waitOf()).toBe(0);
});
