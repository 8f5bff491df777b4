import { copyFile, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { checkBackup, damagedTable, listBackups, makeBackup } from './backup.ts';
import { newestVersion, schemaVersion } from './migrate.ts';

type Parts = {
  readonly file: string;
  readonly backups: string;
  readonly now: number;
  /** A backup a person chose to go back to, from the screen before this start: of the folder of backups, or a whole one. */
  readonly restoreFrom: string | { readonly name: string; readonly file: string } | undefined;
};

/** What happened to the database before it was opened, to be told on the screen. */
export type Prepared = {
  readonly restored: { readonly name: string; readonly why: 'chosen' | 'damaged' } | undefined;
  readonly unclean: boolean;
  /** The damaged database, moved aside and kept. */
  readonly setAside?: string | undefined;
};

/**
 * Everything between finding the file and trusting it: a chosen restore, a check of the base tables after an unclean
 * stop (1.7 s at 2.1 GB; the whole check walks the search index too and takes seconds more), the last good backup when one
 * fails, and a copy before a migration. Throws `conflict` (reasons `database-newer`, `database-damaged`).
 */
export async function prepareDatabase({ file, backups, now, restoreFrom }: Parts): Promise<Prepared> {
  await finishReplacing(file);
  const unclean = (await sizeOf(`${file}-wal`)) > 0;
  if (restoreFrom !== undefined) {
    const chosen =
      typeof restoreFrom === 'string'
        ? { name: restoreFrom, file: checkBackup(backups, restoreFrom) }
        : restoreFrom;
    return putBack(file, chosen.file, { name: chosen.name, why: 'chosen' }, now);
  }
  if ((await sizeOf(file)) === 0) return { restored: undefined, unclean: false, setAside: undefined };
  if (!isReadable(file) || (unclean && !isSound(file))) {
    const name = await lastGood(backups);
    return { ...(await putBack(file, join(backups, name), { name, why: 'damaged' }, now)), unclean };
  }
  const interrupted = await readMark(file);
  if (interrupted) return { ...interrupted, unclean: false };
  await backUpBeforeMigrating(file, backups, now);
  return { restored: undefined, unclean, setAside: undefined };
}

type Restored = NonNullable<Prepared['restored']>;

const restoredMark = z.object({
  restored: z.object({ name: z.string(), why: z.enum(['chosen', 'damaged']) }),
  setAside: z.string().optional(),
});

/**
 * The mark beside the database says that it is one of yesterday until the desk has drawn the consequences: killed
 * between the two, the next start draws them. Without it what waited in the backup would be sent again.
 */
async function putBack(file: string, backup: string, restored: Restored, now: number): Promise<Prepared> {
  const setAside = (await sizeOf(file)) > 0 ? `${file}.${now}.aside` : undefined;
  await markRestored(file, restored, setAside);
  try {
    await replaceWith(file, backup, setAside);
  } catch (failure) {
    // What stands there is the desk's own still.
    await forgetRestored(file);
    throw failure;
  }
  return { restored, unclean: false, setAside };
}

/** Before the other database is put in its place. */
async function markRestored(file: string, restored: Restored, setAside?: string): Promise<void> {
  const mark = await open(markOf(file), 'w', 0o600);
  try {
    await mark.writeFile(JSON.stringify({ restored, setAside }));
    await mark.sync();
  } finally {
    await mark.close();
  }
  await syncFolder(dirname(file));
}

/** The consequences are in the database: from now on it is the desk's own. */
export async function forgetRestored(file: string): Promise<void> {
  await rm(markOf(file), { force: true });
}

function markOf(file: string): string {
  return `${file}.restored`;
}

async function readMark(file: string): Promise<z.infer<typeof restoredMark> | undefined> {
  const text = await readFile(markOf(file), 'utf8').catch(() => '');
  try {
    return restoredMark.parse(JSON.parse(text));
  } catch {
    // No restore was under way, or it had not come to the database yet.
    return undefined;
  }
}

async function lastGood(backups: string): Promise<string> {
  for (const { name } of await listBackups(backups)) {
    try {
      checkBackup(backups, name);
      return name;
    } catch {
      // Damaged as well, or of a newer version: the one before it may do.
    }
  }
  throw new AppError('conflict', {
    message: 'The database is damaged and no backup is sound; nothing was changed',
    details: { reason: 'database-damaged' },
  });
}

async function backUpBeforeMigrating(file: string, backups: string, now: number): Promise<void> {
  const database = new Database(file);
  try {
    const version = schemaVersion(database);
    if (version > newestVersion) {
      throw new AppError('conflict', {
        message: 'The database was written by a newer Pult; update the program, nothing was changed',
        details: { reason: 'database-newer', version, newestVersion },
      });
    }
    if (version > 0 && version < newestVersion) await makeBackup(database, backups, now, 'migration');
  } finally {
    database.close();
  }
}

/** Cheap enough for every start: a file whose first pages are gone is no database. */
function isReadable(file: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    schemaVersion(database);
    return true;
  } catch {
    // Whatever else stands in the way will say so when it is opened.
    return false;
  } finally {
    database?.close();
  }
}

function isSound(file: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    return schemaVersion(database) > 0 && damagedTable(database) === undefined;
  } catch {
    // Not a database any more: as damaged as it gets.
    return false;
  } finally {
    database?.close();
  }
}

/** The old file is kept beside, so that nothing is lost by a wrong choice either. */
async function replaceWith(file: string, backup: string, aside: string | undefined): Promise<void> {
  const incoming = `${file}.incoming`;
  await copyFile(backup, incoming);
  await syncFile(incoming);
  if (aside !== undefined) {
    foldLog(file);
    await rename(file, aside);
  }
  await putIncoming(file);
}

/** A log of the old file beside the new one would be played into it: it goes first. */
async function putIncoming(file: string): Promise<void> {
  await rm(`${file}-wal`, { force: true });
  await rm(`${file}-shm`, { force: true });
  await rename(`${file}.incoming`, file);
  await syncFolder(dirname(file));
}

/**
 * Killed between setting the old file aside and putting the new one in its place: without this the desk would start
 * empty. Where the old file still stands, the copy beside it may be half written and is thrown away.
 */
async function finishReplacing(file: string): Promise<void> {
  const incoming = `${file}.incoming`;
  if ((await sizeOf(incoming)) === 0) return;
  if ((await sizeOf(file)) === 0 && isSound(incoming)) await putIncoming(file);
  else await rm(incoming, { force: true });
}

/** The log holds commits the file does not: without it the copy aside would be older than what was lost. */
function foldLog(file: string): void {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // Too damaged for that: it is set aside as it is.
  } finally {
    database?.close();
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

/** Windows cannot open a folder for that, and does not need it. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Not every file system can; the rename itself has been done.
  } finally {
    await handle?.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

const restoreRequest = z.object({ name: z.string().optional(), set: z.string().optional() });

/** undefined without a request, and for one cut short by a crash before the restart it was for. */
export function readRestoreRequest(text: string): z.infer<typeof restoreRequest> | undefined {
  try {
    return restoreRequest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Where the screen leaves the name of a chosen backup, or the path of a whole one, for the next start. */
export function restoreRequestFile(dataDir: string): string {
  return join(dataDir, 'restore-request.json');
}
