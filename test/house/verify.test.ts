import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../support/core-kit.ts';

let folder: string;
let kit: CoreKit;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-verify-test-'));
  kit = createCoreKit(join(folder, 'pult.db'));
  kit.addPerson('Орлова', false);
  for (let id = 1; id <= 8; id += 1) append(id);
});

afterEach(() => {
  if (kit.db.connection.open) kit.db.close();
  rmSync(folder, { recursive: true, force: true });
});

const append = (subjectId: number) =>
  kit.db.transact(() =>
    kit.desk.journal.append({
      kind: 'setting.saved',
      subject: 'setting',
      subjectId,
      actorId: null,
      facts: { keys: ['zone'] },
    }),
  );

const program = join(import.meta.dirname, '../../tools/verify.ts');
const verify = (path = folder, ...args: readonly string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    execFile(process.execPath, [program, path, ...args], (failure, out, errors) =>
      resolve({ code: failure ? Number(failure.code) : 0, out: out + errors }),
    );
  });

const tamper = (sql: string) => {
  kit.db.close();
  const database = new Database(join(folder, 'pult.db'));
  database.exec(sql);
  database.close();
};

const backUp = async (name: string) => {
  mkdirSync(join(folder, 'backups'), { recursive: true });
  await kit.db.connection.backup(join(folder, 'backups', name));
};

test('a journal nobody touched is right, while the desk works on it', async () => {
  const { code, out } = await verify();

  expect(code).toBe(0);
  expect(out).toContain('ok    chain: 9 entries');
  append(9);
  expect((await verify()).out).toContain('ok    chain: 10 entries');
});

test.each([
  [
    'a byte of any entry',
    `UPDATE journal SET payload = replace(payload, 'zone', 'zona') WHERE sequence = 4`,
    'entry 4: it does not say what was written',
  ],
  [
    'an entry in the middle that is gone',
    'DELETE FROM journal WHERE sequence = 4',
    'entry 5: the entries before it are missing',
  ],
  [
    'two entries that changed places',
    `UPDATE journal SET sequence = -4 WHERE sequence = 4;
    UPDATE journal SET sequence = 4 WHERE sequence = 5; UPDATE journal SET sequence = 5 WHERE sequence = -4`,
    'entry 4: it does not follow the entry before it',
  ],
  ['the last entry that is gone', 'DELETE FROM journal WHERE sequence = 9', 'entries 9 to 9 are gone'],
])('%s is found and named', async (_, sql, words) => {
  tamper(sql);

  const { code, out } = await verify();

  expect(code).toBe(1);
  expect(out).toContain(words);
});

test('a journal cut together with its counter is found by the head of a backup', async () => {
  await backUp('pult-20260304T060000-hourly.db');
  tamper(`DELETE FROM journal WHERE sequence > 6;
    UPDATE counter SET value = 6 WHERE name = 'journal-sequence'`);

  const { code, out } = await verify();

  expect(code).toBe(1);
  expect(out).toContain('entry 9 is not the one of pult-20260304T060000-hourly.db');
});

test('what a restore left behind by a person is no forgery', async () => {
  await backUp('pult-20260304T060000-hourly.db');
  await kit.clock.advance(60_000);
  kit.db.connection.exec(`DELETE FROM journal WHERE sequence > 6;
    UPDATE counter SET value = 6 WHERE name = 'journal-sequence'`);
  kit.db.transact(() =>
    kit.desk.journal.append({
      kind: 'desk.restored',
      subject: 'desk',
      subjectId: 0,
      actorId: null,
      facts: { backup: 'older', unknownLetters: 0, codeCounter: 1 },
    }),
  );

  expect((await verify()).code).toBe(0);
});

test('a head that was kept shows a journal written anew from some entry on', async () => {
  const head = /head (\S+)/.exec((await verify()).out)?.[1] ?? '';
  expect((await verify(folder, '--head', head)).code).toBe(0);
  kit.db.connection.exec(`DELETE FROM journal WHERE sequence > 8;
    UPDATE counter SET value = 8 WHERE name = 'journal-sequence'`);
  append(99);

  const { code, out } = await verify(folder, '--head', head);

  expect(code).toBe(1);
  expect(out).toContain('ok    chain');
  expect(out).toContain('WRONG kept head: entry 9 is another one, or gone');
});

test('a backup is verified like the desk, also where nothing can be written', async () => {
  await backUp('pult-20260304T060000-hand.db');
  const elsewhere = join(folder, 'elsewhere');
  cpSync(join(folder, 'backups'), elsewhere, { recursive: true });
  chmodSync(elsewhere, 0o500);

  const { code, out } = await verify(join(elsewhere, 'pult-20260304T060000-hand.db'));

  chmodSync(elsewhere, 0o700);
  expect([code, out]).toEqual([0, expect.stringContaining('9 entries')]);
});

test('with --files every letter the database names is there byte for byte, or is named', async () => {
  const bytes = 'Subject: a\r\n\r\nb';
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = join(folder, 'raw', sha256.slice(0, 2), `${sha256}.eml`);
  const accountId = kit.addAccount();
  kit.db.transact((revision) => {
    const folderId = kit.stores.raw.insertFolder({
      accountId,
      role: 'inbox',
      path: 'INBOX',
      uidvalidity: '1',
      lastUid: 1,
    });
    kit.stores.raw.insert({
      accountId,
      folderId,
      uidvalidity: '1',
      uid: 1,
      sha256,
      size: bytes.length,
      receivedAt: 1,
      storedAt: 1,
      state: 'stored',
      reason: null,
      detail: null,
      revision,
    });
  });

  expect((await verify(folder, '--files')).out).toContain(`WRONG raw letters: ${sha256} is missing`);
  kit.db.connection.exec('UPDATE raw_message SET expired_at = 1');
  expect((await verify(folder, '--files')).code).toBe(0);
  kit.db.connection.exec('UPDATE raw_message SET expired_at = NULL');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${bytes}!`);
  expect((await verify(folder, '--files')).out).toContain(`${sha256} is not what was stored`);
  writeFileSync(file, bytes);
  expect(await verify(folder, '--files')).toMatchObject({
    code: 0,
    out: expect.stringContaining('ok    raw letters: 1 as stored'),
  });
});

test('what is no data directory is said, with another code than a forgery', async () => {
  expect(await verify(join(folder, 'nowhere'))).toMatchObject({
    code: 2,
    out: expect.stringContaining('There is no'),
  });
});
