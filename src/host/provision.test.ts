import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProvision } from './provision.ts';

const account = {
  name: 'Диспетчерская',
  address: 'desk@tower.example',
  imap: { host: 'imap.tower.example', port: 993, security: 'tls' },
  smtp: { host: 'smtp.tower.example', port: 465, security: 'tls' },
};

function write(content: unknown, secret?: { text: string; mode: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'pult-provision-'));
  const path = join(folder, 'pult.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  if (secret) {
    writeFileSync(join(folder, 'password'), secret.text);
    chmodSync(join(folder, 'password'), secret.mode);
  }
  return path;
}

const read = (path: string, environment: Record<string, string> = {}) =>
  readProvision(path, { environment, checkMode: true });

test('people, accounts and settings come out finished', () => {
  const path = write({
    people: [{ name: 'Анна', roster: [{ weekdays: ['mon', 'sun'], starts: '20:00', ends: '08:00' }] }],
    accounts: [{ ...account, passwordEnv: 'DESK_PASSWORD', opensFrom: '2026-11-01T00:00:00+03:00' }],
    settings: { zone: 'Europe/Moscow', undoSeconds: 10 },
  });

  const { people, accounts, settings } = read(path, { DESK_PASSWORD: 'open sesame' });

  expect(people).toEqual([
    {
      name: 'Анна',
      role: 'dispatcher',
      email: '',
      phone: '',
      pin: undefined,
      roster: [{ weekdays: 0b1000001, startsMinute: 1200, endsMinute: 480, zone: undefined }],
    },
  ]);
  expect(accounts).toMatchObject([
    {
      settings: {
        address: 'desk@tower.example',
        userName: 'desk@tower.example',
        sentCopy: 'append',
        enabled: true,
      },
      password: 'open sesame',
      opensFrom: Date.UTC(2026, 9, 31, 21),
    },
  ]);
  expect(settings).toEqual({ zone: 'Europe/Moscow', undoSeconds: 10 });
});

test('a password file is read beside the configuration, without its line end', () => {
  const path = write(
    { accounts: [{ ...account, passwordFile: 'password' }] },
    { text: 'open sesame\n', mode: 0o600 },
  );

  expect(read(path).accounts[0]?.password).toBe('open sesame');
});

test("Telegram's key comes from a variable or a file, and a malformed one is refused unquoted", () => {
  const path = write({ telegram: { apiId: 12345, apiHashEnv: 'TELEGRAM_HASH' } });
  const hash = '0123456789abcdef0123456789abcdef';

  expect(read(path, { TELEGRAM_HASH: hash }).telegramApi).toEqual({ id: 12345, hash });
  expect(() => read(path, { TELEGRAM_HASH: 'sesame' })).toThrow(/32 characters/);
  expect(() => read(path, { TELEGRAM_HASH: 'sesame' })).not.toThrow(/sesame/);
  expect(() => read(write({ telegram: { apiId: 12345 } }))).toThrow(/apiHashEnv or apiHashFile/);
  expect(read(write({})).telegramApi).toBeUndefined();
});

test('a password file that others can read is refused, and its content is not quoted', () => {
  const path = write(
    { accounts: [{ ...account, passwordFile: 'password' }] },
    { text: 'sesame', mode: 0o640 },
  );

  expect(() => read(path)).toThrow(/chmod 600/);
  expect(() => read(path)).not.toThrow(/sesame/);
});

test.each([
  ['no secret at all', { accounts: [account] }, /either passwordEnv or passwordFile/],
  ['two secrets', { accounts: [{ ...account, passwordEnv: 'A', passwordFile: 'b' }] }, /either/],
  ['a variable that is not set', { accounts: [{ ...account, passwordEnv: 'NOWHERE' }] }, /NOWHERE/],
  ['a file that is not there', { accounts: [{ ...account, passwordFile: 'nowhere' }] }, /cannot be read/],
  ['a password in the open', { accounts: [{ ...account, password: 'sesame' }] }, /accounts\.0/],
  ['a word too many', { peoples: [] }, /peoples/],
  ['no JSON', '{', /is not JSON/],
])('a configuration with %s is refused with its reason', (_name, content, reason) => {
  expect(() => read(write(content))).toThrow(reason);
});
