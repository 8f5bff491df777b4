import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { findSecrets, findSecretsIn, phoneSecrets, toSecret } from './find-secrets.ts';

const key = randomBytes(256);
const secrets = [
  { name: 'key', bytes: key },
  toSecret('password', 'осень-1999-пароль'),
  toSecret('code', '7391846205'),
  ...phoneSecrets('phone', '+79035550142'),
];

const folder = mkdtempSync(join(tmpdir(), 'pult-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plant = (bytes: Buffer | string) => {
  writeFileSync(join(folder, 'planted'), bytes);
  return [...new Set(findSecrets(folder, secrets).map(({ secret }) => secret))];
};

const noise = randomBytes(50_000);
const amid = (bytes: Buffer | string) => Buffer.concat([noise, Buffer.from(bytes), noise]);

test('noise hides nothing', () => {
  expect(plant(noise)).toEqual([]);
});

describe('a key is found', () => {
  test.each<[string, Buffer | string]>([
    ['as it is', amid(key)],
    ['in hex', amid(key.toString('hex'))],
    ['in upper hex', amid(key.toString('hex').toUpperCase())],
    ['in base64', amid(`"${key.toString('base64')}"`)],
    ['in base64url, behind other bytes', amid(Buffer.concat([Buffer.from('1'), key]).toString('base64url'))],
    ['in base64, behind two other bytes', amid(Buffer.concat([Buffer.from('12'), key]).toString('base64'))],
    ['cut in two', Buffer.concat([key.subarray(0, 128), noise, key.subarray(128)])],
    ['packed by gzip', gzipSync(amid(key))],
    ['packed by zstd, amid other bytes', amid(zstdCompressSync(key))],
    ['packed in what is packed', gzipSync(gzipSync(key))],
    ['in an archive', amid(toZipEntry('backup.sqlite', key))],
  ])('%s', (_, bytes) => {
    expect(plant(bytes)).toEqual(['key']);
  });
});

test.each(['+79035550142', '8 (903) 555-01-42', '+7 903 555 01 42', '9035550142', '555-01-42'])(
  'a phone is found as %s',
  (spelling) => {
    expect(plant(amid(spelling))).toEqual(['phone']);
  },
);

test('passwords and codes are found in a database, deleted ones too', () => {
  const file = join(folder, 'planted.sqlite');
  const db = new Database(file);
  db.exec('CREATE TABLE note (text TEXT)');
  db.prepare('INSERT INTO note VALUES (?)').run('пароль осень-1999-пароль, код 7391846205');
  db.exec('DELETE FROM note');
  db.close();

  const found = findSecrets(folder, secrets).filter(({ where }) => where === 'planted.sqlite');
  expect(found.map(({ secret }) => secret)).toEqual(['password', 'code']);
});

test('the name of a file and a terminal count too', () => {
  writeFileSync(join(folder, 'code-7391846205.txt'), '');

  expect(findSecrets(folder, secrets)).toContainEqual({ where: 'code-7391846205.txt', secret: 'code' });
  expect(findSecretsIn('terminal', 'said 7391846205', secrets)).toEqual([
    { where: 'terminal', secret: 'code' },
  ]);
});

function toZipEntry(name: string, bytes: Buffer): Buffer {
  const body = deflateRawSync(bytes);
  const head = Buffer.alloc(30);
  head.write('PK\x03\x04', 'latin1');
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(body.length, 18);
  head.writeUInt32LE(bytes.length, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), body]);
}
