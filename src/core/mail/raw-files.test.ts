import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { createRawFiles } from './raw-files.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const bytes = (text: string) => Buffer.from(text);
const hourMs = 3_600_000;
const always = new AbortController().signal;

async function setUp() {
  const root = mkdtempSync(join(tmpdir(), 'pult-raw-'));
  const dirs = { raw: join(root, 'raw'), tmp: join(root, 'tmp') };
  let names = 0;
  const make = () => createRawFiles({ dirs, clock: systemClock, uniqueName: () => String((names += 1)) });
  const files = make();
  await files.prepare();
  return { files, dirs, make };
}

test('letters are found under their hash, in the order given, and nothing else is left', async () => {
  const { files, dirs } = await setUp();

  const stored = await files.write(['one', 'two', 'one'].map(bytes));

  expect(stored.map((file) => file.sha256)).toEqual([sha256('one'), sha256('two'), sha256('one')]);
  expect(readFileSync(files.path(sha256('two')), 'utf8')).toBe('two');
  expect(readdirSync(dirs.tmp)).toEqual([]);
});

test('a letter in pieces is the same letter', async () => {
  const { files } = await setUp();
  async function* pieces() {
    yield await Promise.resolve(bytes('on'));
    yield bytes('e');
  }

  expect(await files.writeStream(pieces())).toEqual({ sha256: sha256('one'), size: 3 });
  expect(readFileSync(files.path(sha256('one')), 'utf8')).toBe('one');
});

test('a stream that breaks leaves nothing behind', async () => {
  const { files, dirs } = await setUp();
  async function* broken() {
    yield await Promise.resolve(bytes('half'));
    throw new Error('line cut');
  }

  await expect(files.writeStream(broken())).rejects.toThrow('line cut');
  expect(readdirSync(dirs.tmp)).toEqual([]);
});

test('a sweep takes letters no row knows, and neither young ones nor one that was fetched again meanwhile', async () => {
  const { files, make } = await setUp();
  await files.write(['known', 'orphan', 'young', 'again'].map(bytes));
  const old = (Date.now() - hourMs) / 1000;
  for (const name of ['known', 'orphan', 'again']) utimesSync(files.path(sha256(name)), old, old);
  const afterCrash = make();
  await afterCrash.write([bytes('again')]);

  const removed = await afterCrash.sweep((hash) => hash === sha256('known'), hourMs / 2, always);

  expect(removed).toBe(1);
  const left = ['known', 'orphan', 'young', 'again'].filter((name) => existsSync(files.path(sha256(name))));
  expect(left).toEqual(['known', 'young', 'again']);
});

test('a sweep ends when the desk stops', async () => {
  const { files } = await setUp();
  await files.write([bytes('letter')]);

  const swept = files.sweep(() => false, 0, AbortSignal.abort());

  await expect(swept).rejects.toThrow();
  expect(existsSync(files.path(sha256('letter')))).toBe(true);
});
