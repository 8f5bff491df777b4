import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeskFile, type DeskFile, writeNote } from '../../../test/support/desk-file.ts';
import { makeBackup } from './backup.ts';
import { newestVersion } from './migrate.ts';
import { prepareDatabase, type Prepared } from './prepare-database.ts';

const now = Date.UTC(2026, 2, 4, 12, 0, 0);
const hour = 3_600_000;

let desk: DeskFile;

beforeEach(() => {
  desk = createDeskFile();
});

afterEach(() => desk.remove());

const prepare = (restoreFrom?: string): Promise<Prepared> =>
  prepareDatabase({ file: desk.file, backups: desk.backups, now, restoreFrom });
const backUp = async (text: string, at: number): Promise<string> => {
  desk.note(text);
  const db = desk.open();
  const name = await makeBackup(db.connection, desk.backups, at, 'hourly');
  db.close();
  return name;
};
/** As kill -9 leaves it: commits in the log that the file does not have. */
const killed = (text: string) => {
  const db = desk.open();
  writeNote(db, text);
  const copy = `${desk.file}.copy`;
  copyFileSync(desk.file, copy);
  copyFileSync(`${desk.file}-wal`, `${copy}-wal`);
  db.close();
  renameSync(copy, desk.file);
  renameSync(`${copy}-wal`, `${desk.file}-wal`);
};
/** Noise from that page on; the header says how many pages there are, so that only a look inside tells. */
const spoil = (file: string, page = 1) => {
  const head = readFileSync(file).subarray(0, page * 4096);
  writeFileSync(file, Buffer.concat([head, Buffer.alloc(statSync(file).size - head.length, 0xff)]));
};

describe('a start', () => {
  test('without a database begins with an empty one', async () => {
    expect(await prepare()).toEqual({ restored: undefined, unclean: false, setAside: undefined });
  });

  test('after a clean stop touches nothing', async () => {
    desk.note('whole');

    expect(await prepare()).toEqual({ restored: undefined, unclean: false, setAside: undefined });
    expect(desk.noted()).toBe('whole');
  });

  test('after kill -9 keeps what was committed and says that the stop was unclean', async () => {
    desk.note('before');
    killed('last words');

    expect(await prepare()).toMatchObject({ unclean: true, restored: undefined });
    expect(desk.noted()).toBe('last words');
  });

  test('copies the database before its schema changes', async () => {
    desk.note('old');
    const database = new Database(desk.file);
    database.pragma(`user_version = ${newestVersion - 1}`);
    database.close();

    await prepare();

    const [name] = readdirSync(desk.backups);
    expect(name).toBe('pult-20260304T120000-migration.db');
    expect(desk.noted(join(desk.backups, name!))).toBe('old');
  });

  test('refuses what a newer version wrote, and leaves it as it is', async () => {
    desk.note('of the future');
    const database = new Database(desk.file);
    database.pragma(`user_version = ${newestVersion + 1}`);
    database.close();

    await expect(prepare()).rejects.toMatchObject({ details: { reason: 'database-newer' } });
    expect(desk.noted()).toBe('of the future');
  });
});

describe('a chosen backup', () => {
  test('takes the place of the database, which is kept aside with its last words', async () => {
    const name = await backUp('backed up', now - hour);
    killed('later');

    const { restored, setAside } = await prepare(name);

    expect(restored).toEqual({ name, why: 'chosen' });
    expect([desk.noted(), desk.noted(setAside!)]).toEqual(['backed up', 'later']);
  });

  test('that is damaged is refused before anything is changed', async () => {
    const name = await backUp('backed up', now - hour);
    spoil(join(desk.backups, name));
    desk.note('now');

    await expect(prepare(name)).rejects.toMatchObject({ details: { reason: 'backup-damaged' } });
    expect(desk.noted()).toBe('now');
  });

  test.each(['../pult.db', 'pult.db', 'pult-20260304T100000-hourly.db/../../x'])(
    'named %s is none',
    async (name) => {
      desk.note('now');

      await expect(prepare(name)).rejects.toMatchObject({ code: 'not-found' });
    },
  );
});

describe('a damaged database', () => {
  test.each([
    ['in its tables', () => spoil(desk.file)],
    ['from its first byte', () => spoil(desk.file, 0)],
  ])('%s gives way to the last backup and is kept aside', async (_, harm) => {
    const name = await backUp('an hour ago', now - hour);
    killed('gone');
    harm();

    const { restored, setAside, unclean } = await prepare();

    expect([restored, unclean]).toEqual([{ name, why: 'damaged' }, true]);
    expect(desk.noted()).toBe('an hour ago');
    expect(existsSync(setAside!)).toBe(true);
    expect(existsSync(`${desk.file}-wal`)).toBe(false);
  });

  test('gives way to the last backup that is itself whole', async () => {
    const older = await backUp('two hours ago', now - 2 * hour);
    const newer = await backUp('an hour ago', now - hour);
    spoil(join(desk.backups, newer));
    killed('gone');
    spoil(desk.file);

    expect((await prepare()).restored).toEqual({ name: older, why: 'damaged' });
    expect(desk.noted()).toBe('two hours ago');
  });

  test('without a backup stops the start rather than beginning empty', async () => {
    desk.note('all there is');
    spoil(desk.file, 0);
    const { size } = statSync(desk.file);

    await expect(prepare()).rejects.toMatchObject({ details: { reason: 'database-damaged' } });
    expect(statSync(desk.file).size).toBe(size);
  });
});

describe('a restore killed half way', () => {
  test('is finished by the next start instead of beginning empty', async () => {
    const name = await backUp('backed up', now - hour);
    copyFileSync(join(desk.backups, name), `${desk.file}.incoming`);
    renameSync(desk.file, `${desk.file}.1.aside`);
    writeFileSync(`${desk.file}-wal`, 'a log of the old file');

    await prepare();

    expect(desk.noted()).toBe('backed up');
    expect(existsSync(`${desk.file}-wal`)).toBe(false);
  });

  test('is forgotten while the old database still stands', async () => {
    desk.note('now');
    writeFileSync(`${desk.file}.incoming`, 'half a copy');

    await prepare();

    expect(desk.noted()).toBe('now');
    expect(existsSync(`${desk.file}.incoming`)).toBe(false);
  });
});
