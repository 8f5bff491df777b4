import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AppError } from '../shared/errors.ts';
import type { Keyring } from './keyring.ts';
import { createKeyring } from './keyring.ts';
import { createSecretBox } from './secret-box.ts';
import { readSecretKeys } from './secret-keys.ts';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'pult-secret-')), 'desk');

function createMemoryKeyring(): Keyring & { readonly entries: Map<string, string>; locked: boolean } {
  const entries = new Map<string, string>();
  return {
    entries,
    locked: false,
    async read(account) {
      return this.locked ? undefined : (entries.get(account) ?? null);
    },
    async write(account, text) {
      entries.set(account, text);
      return true;
    },
  };
}

test('a password sealed today is opened after a restart, and is not in the file', async () => {
  const dataDir = fresh();
  const sealed = createSecretBox(await readSecretKeys(dataDir, undefined)).seal('пароль 42');

  const box = createSecretBox(await readSecretKeys(dataDir, undefined));

  expect(box.kind).toBe('file');
  expect(box.open(sealed)).toBe('пароль 42');
  expect(sealed).toMatch(/^v1\.f\./);
  expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('utf8')).not.toContain('пароль');
});

test('the key file is closed to others, also after somebody copied it carelessly', async () => {
  const dataDir = fresh();
  await readSecretKeys(dataDir, undefined);
  const path = join(dataDir, 'secret.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);

  chmodSync(path, 0o644);
  await readSecretKeys(dataDir, undefined);

  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a key that is away for now is told from a secret that is damaged', async () => {
  const dataDir = fresh();
  const keyring = createMemoryKeyring();
  const sealed = createSecretBox(await readSecretKeys(dataDir, keyring)).seal('пароль 42');
  const failure = async (text: string) => {
    const box = createSecretBox(await readSecretKeys(dataDir, keyring));
    try {
      return box.open(text);
    } catch (error) {
      return (error as AppError).details;
    }
  };

  keyring.locked = true;
  expect(await failure(sealed)).toEqual({ reason: 'secret-unreadable', keyAway: true });
  keyring.locked = false;
  expect(await failure(`${sealed.slice(0, -4)}AAAA`)).toEqual({ reason: 'secret-unreadable' });
  expect(await failure('hello')).toEqual({ reason: 'secret-unreadable' });
  expect(await failure(sealed)).toBe('пароль 42');
});

test('with a keyring the key is nowhere beside the data', async () => {
  const dataDir = fresh();
  const keyring = createMemoryKeyring();

  const box = createSecretBox(await readSecretKeys(dataDir, keyring));

  expect(box.kind).toBe('keyring');
  expect(keyring.entries.size).toBe(1);
  expect(readFileSync(join(dataDir, 'secret.json'), 'utf8')).not.toContain([...keyring.entries.values()][0]);
});

test('a keyring that is locked today hides what it sealed and gives it back tomorrow', async () => {
  const dataDir = fresh();
  const keyring = createMemoryKeyring();
  const before = createSecretBox(await readSecretKeys(dataDir, keyring)).seal('one');

  keyring.locked = true;
  const today = createSecretBox(await readSecretKeys(dataDir, keyring));
  expect(today.kind).toBe('file');
  expect(() => today.open(before)).toThrow(
    expect.objectContaining({ code: 'denied', reason: 'secret-unreadable' }),
  );
  const meanwhile = today.seal('two');

  keyring.locked = false;
  const tomorrow = createSecretBox(await readSecretKeys(dataDir, keyring));
  expect([tomorrow.open(before), tomorrow.open(meanwhile)]).toEqual(['one', 'two']);
});

test.each([
  [
    'a letter changed',
    (sealed: string) => sealed.replace(/.(?=.{10}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
  ],
  ['another origin', (sealed: string) => sealed.replace('v1.f', 'v1.k')],
  ['half of it', (sealed: string) => sealed.slice(0, 20)],
  ['something else', () => 'plain text'],
])('%s is refused, never opened wrongly', async (_name, spoil) => {
  const box = createSecretBox(await readSecretKeys(fresh(), undefined));

  expect(() => box.open(spoil(box.seal('secret')))).toThrow(
    expect.objectContaining({ reason: 'secret-unreadable' }),
  );
});

test('a damaged key file is never replaced', async () => {
  const dataDir = fresh();
  await readSecretKeys(dataDir, undefined);
  writeFileSync(join(dataDir, 'secret.json'), '{"id"');

  await expect(readSecretKeys(dataDir, undefined)).rejects.toMatchObject({ reason: 'secret-unreadable' });
  expect(readFileSync(join(dataDir, 'secret.json'), 'utf8')).toBe('{"id"');
});

test('a machine without a lasting keyring says so in time', async () => {
  const keyring = createKeyring('nowhere:library');

  await expect(keyring.read('desk-test')).resolves.toBeUndefined();
  await expect(keyring.write('desk-test', 'x')).resolves.toBe(false);
});
