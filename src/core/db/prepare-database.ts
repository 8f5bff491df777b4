import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { checkBackup, listBackups, makeBackup } from './backup.ts';
import { newestVersion, schemaVersion } from './migrate.ts';

type Parts = {
  readonly file: string;
  readonly backups: string;
  readonly now: number;
  /** A backup a person chose to go back to, from the screen before this start. */
  readonly restoreFrom: string | undefined;
};

/** What happened to the database before it was opened, to be told on the screen. */
export type Prepared = {
  readonly restored: { readonly name: string; readonly why: 'chosen' | 'damaged' } | undefined;
  readonly unclean: boolean;
  /** The damaged database, moved aside and kept. */
  readonly setAside: string | undefined;
};

/**
 * Everything between finding the file and trusting it: a chosen restore, a check of the base tables after an unclean
 * stop (0.13 s at 744 MB; the whole check walks the search index and takes seconds), the last good backup when one
 * fails, and a copy before a migration. Throws `conflict` (reasons `database-newer`, `database-damaged`).
 */
export async function prepareDatabase({ file, backups, now, restoreFrom }: Parts): Promise<Prepared> {
  const unclean = (await sizeOf(`${file}-wal`)) > 0;
  if (restoreFrom !== undefined) {
    const setAside = await replaceWith(file, checkBackup(backups, restoreFrom), now);
    return { restored: { name: restoreFrom, why: 'chosen' }, unclean: false, setAside };
  }
  if ((await sizeOf(file)) === 0) return { restored: undefined, unclean: false, setAside: undefined };
  if (unclean && !isSound(file)) {
    const last = (await listBackups(backups)).find((backup) => backup.ok);
    if (!last) throw new AppError('conflict', { details: { reason: 'database-damaged' } });
    const setAside = await replaceWith(file, checkBackup(backups, last.name), now);
    return { restored: { name: last.name, why: 'damaged' }, unclean, setAside };
  }
  await backUpBeforeMigrating(file, backups, now);
  return { restored: undefined, unclean, setAside: undefined };
}

async function backUpBeforeMigrating(file: string, backups: string, now: number): Promise<void> {
  const database = new Database(file);
  try {
    const version = schemaVersion(database);
    if (version > newestVersion) {
      throw new AppError('conflict', { details: { reason: 'database-newer', version, newestVersion } });
    }
    if (version > 0 && version < newestVersion) await makeBackup(database, backups, now, 'migration');
  } finally {
    database.close();
  }
}

const baseTables = [
  'incident',
  'incident_clock',
  'message',
  'raw_message',
  'journal',
  'outbox',
  'draft',
  'person',
  'account',
];

function isSound(file: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    const present = new Set(
      database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(),
    );
    return baseTables
      .filter((table) => present.has(table))
      .every((table) => database?.pragma(`quick_check(${table})`, { simple: true }) === 'ok');
  } catch {
    // Not a database any more: as damaged as it gets.
    return false;
  } finally {
    database?.close();
  }
}

/** The old file is kept beside, so that nothing is lost by a wrong choice either. */
async function replaceWith(file: string, backup: string, now: number): Promise<string | undefined> {
  const aside = `${file}.${now}.aside`;
  const existed = (await sizeOf(file)) > 0;
  const incoming = `${file}.incoming`;
  await copyFile(backup, incoming);
  await syncFile(incoming);
  if (existed) {
    // The log holds commits the file does not: without it the copy aside would be older than what was lost.
    const database = openQuietly(file);
    database?.pragma('wal_checkpoint(TRUNCATE)');
    database?.close();
    await rename(file, aside);
  }
  await rm(`${file}-wal`, { force: true });
  await rm(`${file}-shm`, { force: true });
  await rename(incoming, file);
  return existed ? aside : undefined;
}

function openQuietly(file: string): Database.Database | undefined {
  try {
    return new Database(file);
  } catch {
    // A damaged file is set aside as it is.
    return undefined;
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

/** Where the screen leaves the name of a chosen backup for the next start. */
export function restoreRequestFile(dataDir: string): string {
  return join(dataDir, 'restore-request.json');
}
