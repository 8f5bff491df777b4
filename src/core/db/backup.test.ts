import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeskFile, type DeskFile, writeNote } from '../../../test/support/desk-file.ts';
import { checkBackup, listBackups, makeBackup, pruneBackups } from './backup.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 2, 20, 12, 0, 0);

let desk: DeskFile;

beforeEach(() => {
  desk = createDeskFile();
});

afterEach(() => desk.remove());

describe('a backup', () => {
  test('made while the desk writes is whole and holds all that was committed before', async () => {
    const db = desk.open();
    writeNote(db, 'before');
    let isWriting = true;
    const writing = (async () => {
      for (let turn = 0; isWriting; turn += 1) {
        db.transact(() => db.touch('setting'));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();

    const name = await makeBackup(db.connection, desk.backups, now, 'hourly');
    isWriting = false;
    await writing;
    db.close();

    expect(desk.noted(checkBackup(desk.backups, name))).toBe('before');
    expect(readdirSync(desk.backups)).toEqual([name]);
  });

  test('that could not be finished leaves nothing that looks like one, now or at the next', async () => {
    const db = desk.open();
    mkdirSync(desk.backups);
    writeFileSync(join(desk.backups, 'pult-20260320T110000-hourly.db.part'), 'cut short by a full disk');
    writeFileSync(join(desk.backups, 'pult-20260320T110000-hourly.db.part-journal'), '');

    expect(await listBackups(desk.backups)).toEqual([]);
    const name = await makeBackup(db.connection, desk.backups, now, 'hand');
    db.close();

    expect(readdirSync(desk.backups)).toEqual([name]);
  });

  test.each([
    ['empty', ''],
    ['not a database', 'no database'],
  ])('that is %s is refused', (_, bytes) => {
    mkdirSync(desk.backups);
    const name = 'pult-20260320T110000-hourly.db';
    writeFileSync(join(desk.backups, name), bytes);

    expect(() => checkBackup(desk.backups, name)).toThrow(
      expect.objectContaining({ details: { reason: 'backup-damaged' } }),
    );
  });
});

test('a second copy within the same second does not take the place of the first', async () => {
  const db = desk.open();
  const first = await makeBackup(db.connection, desk.backups, now, 'hand');
  const second = await makeBackup(db.connection, desk.backups, now + 10, 'hand');
  db.close();

  expect((await listBackups(desk.backups)).map(({ name }) => name)).toEqual([second, first]);
});

test('keeps a day of backups, then one a day for two weeks, and always the newest three', async () => {
  mkdirSync(desk.backups);
  const nameOf = (at: number) =>
    `pult-${new Date(at).toISOString().replaceAll(/[-:]|\.\d+Z$/g, '')}-hourly.db`;
  for (let age = 0; age < 20 * day; age += 6 * hour)
    writeFileSync(join(desk.backups, nameOf(now - age)), 'x');

  await pruneBackups(desk.backups, now);

  const ages = (await listBackups(desk.backups)).map(({ at }) => (now - at) / day);
  expect(ages.filter((age) => age < 1)).toEqual([0, 0.25, 0.5, 0.75]);
  expect(Math.max(...ages)).toBeLessThan(14);
  expect(new Set(ages.filter((age) => age >= 1).map((age) => Math.ceil(age))).size).toBe(
    ages.filter((age) => age >= 1).length,
  );

  await pruneBackups(desk.backups, now + 365 * day);
  expect((await listBackups(desk.backups)).length).toBe(3);
});
