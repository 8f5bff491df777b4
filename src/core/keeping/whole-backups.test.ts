import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import Database from 'better-sqlite3';
import { createCoreKit, startOfTest, type CoreKit } from '../../../test/support/core-kit.ts';
import { systemClock } from '../platform/clock.ts';
import { createDataDir, type DataDir } from '../platform/data-dir.ts';
import { bringSet, filePlaces } from './bring-set.ts';
import { checkSet } from './check-set.ts';
import { makeSet } from './make-set.ts';
import { pruneSets, setsToKeep } from './prune-sets.ts';
import { findSets, listSets, placesOf, type BackupSet } from './set-manifest.ts';

let folder: string;
let base: string;
let dirs: DataDir;
let kit: CoreKit;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-sets-'));
  base = join(folder, 'disk', 'pult-1');
  dirs = createDataDir(join(folder, 'data'));
  kit = createCoreKit(dirs.db);
});

afterEach(() => {
  kit.db.close();
  rmSync(folder, { recursive: true, force: true });
});

const dayMs = 86_400_000;
const never = new AbortController().signal;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** A file that the database counts on, as an attachment of a draft. */
function addFile(text: string): string {
  const sha256 = hashOf(text);
  const path = filePlaces(dirs).attachment(sha256);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const person = kit.addPerson(text);
  const attachments = JSON.stringify([{ sha256, size: text.length, fileName: 'a', mimeType: 'text/plain' }]);
  kit.db.connection
    .prepare(
      `INSERT INTO draft (uuid, person_id, mode, recipients, subject, body, attachments, updated_at, revision)
       VALUES (?, ?, 'new', '{}', '', '', ?, 1, 1)`,
    )
    .run(sha256, person, attachments);
  return sha256;
}

const make = (at = startOfTest, signal: AbortSignal = never, freeBytes?: () => Promise<number>) =>
  makeSet({
    db: kit.db,
    places: filePlaces(dirs),
    clock: { ...systemClock, now: () => at },
    base,
    about: { desk: 'd', codePrefix: 'PLT', pult: '0', reason: 'full', recovery: false },
    signal,
    onProgress: () => {},
    ...(freeBytes ? { freeBytes } : {}),
  });
const check = (set: BackupSet, deep = true) =>
  checkSet({ set: set.path, deep, clock: systemClock, signal: never });

test('holds the database and every file it names, each once for all backups, and brings them into an empty directory', async () => {
  const sha256 = addFile('first');
  await make();
  addFile('second');
  const set = await make(startOfTest + dayMs);

  expect(await check(set)).toEqual({ ok: true, reason: null, files: 2, missing: 0, damaged: 0 });
  const files = readdirSync(join(base, 'files'), { recursive: true, withFileTypes: true });
  expect(files.filter((one) => one.isFile())).toHaveLength(2);
  const fresh = createDataDir(join(folder, 'fresh'));
  const { file } = await bringSet(set.path, fresh, systemClock);
  expect(existsSync(file)).toBe(true);
  expect(existsSync(filePlaces(fresh).attachment(sha256))).toBe(true);
});

test('a file that was changed, and one that is gone, are found', async () => {
  const [changed, gone] = [addFile('first'), addFile('second')];
  const set = await make();
  const places = placesOf(base);
  rmSync(places.file(changed));
  writeFileSync(places.file(changed), 'other');
  expect(await check(set, false)).toMatchObject({ ok: true });
  rmSync(places.file(gone));

  expect(await check(set)).toEqual({
    ok: false,
    reason: 'backup-files-missing',
    files: 2,
    missing: 1,
    damaged: 1,
  });
});

test('a changed database is no backup any more, and is not restored', async () => {
  const set = await make();
  writeFileSync(join(set.path, 'pult.db'), 'nonsense');
  expect(await check(set)).toMatchObject({ ok: false, reason: 'backup-damaged' });
  await expect(bringSet(set.path, createDataDir(join(folder, 'fresh')), systemClock)).rejects.toMatchObject({
    details: { reason: 'backup-damaged' },
  });
});

test('stopped in the middle there is nothing that looks whole, and the next one finds the files in place', async () => {
  for (let index = 0; index < 40; index += 1) addFile(`file ${index}`);
  const stop = new AbortController();
  const stopped = makeSet({
    db: kit.db,
    places: filePlaces(dirs),
    clock: systemClock,
    base,
    about: { desk: 'd', codePrefix: 'PLT', pult: '0', reason: 'full', recovery: false },
    signal: stop.signal,
    onProgress: ({ phase, done }) => {
      if (phase === 'files' && done > 10) stop.abort();
    },
  });
  await expect(stopped).rejects.toThrow();
  expect(await listSets(base)).toEqual([]);
  await expect(findSets(base)).rejects.toMatchObject({ details: { reason: 'backup-set' } });

  expect(await check(await make())).toMatchObject({ ok: true, files: 40 });
  expect(readdirSync(join(base, 'sets'))).toHaveLength(1);
});

test('a file that is missing in the desk does not stop the backup, and is told', async () => {
  const sha256 = addFile('first');
  rmSync(filePlaces(dirs).attachment(sha256));
  const set = await make();
  expect(set.files).toMatchObject({ count: 1, missing: 1 });
});

test('a full disk stops it before anything is written, with its reason', async () => {
  await expect(make(startOfTest, never, async () => 1000)).rejects.toMatchObject({
    details: { reason: 'backup-disk-full' },
  });
  expect(await listSets(base)).toEqual([]);
});

test('keeps one a day, then one a week, and always the newest two', () => {
  const at = (days: number) => ({
    ...({ name: `set-${days}`, reason: 'full' } as BackupSet),
    madeAt: startOfTest - days * dayMs,
  });
  const kept = setsToKeep([0, 1, 2, 3, 9, 16, 40].map(at), { keepDays: 3, keepWeeks: 3 }, startOfTest);
  expect([...kept].toSorted()).toEqual(['set-0', 'set-1', 'set-16', 'set-2', 'set-9']);
  expect([...setsToKeep([40, 50].map(at), { keepDays: 1, keepWeeks: 0 }, startOfTest)]).toHaveLength(2);
});

test('with the last backup that names a file the file goes too, and no other', async () => {
  const first = addFile('first');
  await make();
  kit.db.connection.exec('DELETE FROM draft');
  const second = addFile('second');
  await make(startOfTest + 20 * dayMs);
  await make(startOfTest + 21 * dayMs);
  const places = placesOf(base);
  expect(existsSync(places.file(first))).toBe(true);

  const clock = { ...systemClock, now: () => startOfTest + 21 * dayMs };
  const rule = { keepDays: 2, keepWeeks: 0 };
  expect(await pruneSets({ base, rule, clock, signal: never })).toBe(1);
  expect([existsSync(places.file(first)), existsSync(places.file(second))]).toEqual([false, true]);
});

/** Whoever holds the disk may write a database and a manifest that fit each other. */
async function forge(set: BackupSet, sql: string, manifest: object = {}): Promise<void> {
  const file = join(set.path, 'pult.db');
  const database = new Database(file);
  database.exec(sql);
  database.close();
  const sha256 = hashOfBytes(readFileSync(file));
  const known = JSON.parse(readFileSync(join(set.path, 'manifest.json'), 'utf8')) as object;
  const forged = { ...known, database: { bytes: statSync(file).size, sha256 }, ...manifest };
  writeFileSync(join(set.path, 'manifest.json'), JSON.stringify(forged));
}
const hashOfBytes = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('a backup whose files are named by paths is refused and writes nothing anywhere', async () => {
  addFile('first');
  const set = await make();
  const path = '00/../../../../outside';
  await forge(set, `UPDATE draft SET attachments = json_replace(attachments, '$[0].sha256', '${path}')`);
  const fresh = createDataDir(join(folder, 'fresh'));
  await expect(bringSet(set.path, fresh, systemClock)).rejects.toMatchObject({
    details: { reason: 'backup-damaged' },
  });
  expect(readdirSync(fresh.attachments)).toEqual([]);
});

test('a manifest that lies, or is a thing of gigabytes, is no backup', async () => {
  const set = await make();
  await forge(set, 'SELECT 1', { madeAt: 8.64e15 + 1 });
  expect(await listSets(base)).toEqual([]);
  writeFileSync(join(set.path, 'manifest.json'), ' '.repeat(200_000));
  expect(await listSets(base)).toEqual([]);
});

test('of a changed file, a link and a folder in a backup nothing comes into the desk, and the rest does', async () => {
  const [changed, linked, folded, good] = ['1', '2', '3', '4'].map(addFile);
  const set = await make();
  const places = placesOf(base);
  for (const sha256 of [changed, linked, folded]) rmSync(places.file(sha256 ?? ''));
  writeFileSync(places.file(changed ?? ''), 'other');
  symlinkSync('/etc/hostname', places.file(linked ?? ''));
  mkdirSync(places.file(folded ?? ''));
  const fresh = createDataDir(join(folder, 'fresh'));
  await bringSet(set.path, fresh, systemClock);
  const there = [changed, linked, folded, good].map((sha256) =>
    existsSync(filePlaces(fresh).attachment(sha256 ?? '')),
  );
  expect(there).toEqual([false, false, false, true]);
  const left = readdirSync(fresh.attachments, { recursive: true, withFileTypes: true });
  expect(left.filter((one) => one.isFile())).toHaveLength(1);
});

test('a restore stops with its reason before the disk of the desk is full', async () => {
  addFile('first');
  const set = await make();
  const fresh = createDataDir(join(folder, 'fresh'));
  const options = { freeBytes: async () => 100_000_000 };
  await expect(bringSet(set.path, fresh, systemClock, options)).rejects.toMatchObject({
    code: 'unavailable',
    details: { reason: 'restore-disk-full' },
  });
});

test('a disk pulled out in the middle ends the backup, and no path is made in its place', async () => {
  for (let index = 0; index < 40; index += 1) addFile(`file ${index}`);
  const pulled = makeSet({
    db: kit.db,
    places: filePlaces(dirs),
    clock: systemClock,
    base,
    about: { desk: 'd', codePrefix: 'PLT', pult: '0', reason: 'full', recovery: false },
    signal: never,
    onProgress: ({ phase, done }) => {
      if (phase === 'files' && done > 10) rmSync(join(folder, 'disk'), { recursive: true, force: true });
    },
  });
  await expect(pulled).rejects.toThrow();
  expect(existsSync(join(folder, 'disk'))).toBe(false);
});

test('files another desk swept away meanwhile are told as missing', async () => {
  for (let index = 0; index < 40; index += 1) addFile(`file ${index}`);
  const set = await makeSet({
    db: kit.db,
    places: filePlaces(dirs),
    clock: systemClock,
    base,
    about: { desk: 'd', codePrefix: 'PLT', pult: '0', reason: 'full', recovery: false },
    signal: never,
    onProgress: ({ phase, done, total }) => {
      if (phase !== 'files' || done !== total) return;
      rmSync(join(base, 'files'), { recursive: true, force: true });
    },
  });
  expect(set.files).toMatchObject({ count: 40, missing: 40 });
});

test('with the clock set back the backup just made stays, though it looks the oldest', async () => {
  await make(startOfTest);
  await make(startOfTest + 60_000);
  const { name } = await make(startOfTest - 3_600_000);
  const clock = { ...systemClock, now: () => startOfTest - 3_600_000 };
  const rule = { keepDays: 1, keepWeeks: 0 };
  await pruneSets({ base, rule, clock, signal: never, made: name });
  expect((await listSets(base)).map((set) => set.name)).toContain(name);
});
