import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Backup } from '../../shared/contract/settings.ts';
import { AppError } from '../../shared/errors.ts';
import { newestVersion, schemaVersion } from './migrate.ts';

export type BackupReason = Backup['reason'];
type SetReason = 'full' | 'move';

/** Measured on 846 MB: 2000 pages a step take 1.8 s with at most 39 ms of a stalled loop. */
const pagesPerStep = 2000;
const namePattern = /^pult-(\d{8}T\d{6})-(hourly|migration|hand|stop)\.db$/;

const setPattern = /^pult-(\d{8}T\d{6})-(full|move)$/;

/** `pult-20260304T051240-full`, UTC: the folder of a whole backup. */
export function setName(at: number, reason: SetReason): string {
  return backupName(at, reason).slice(0, -'.db'.length);
}

/** `pult-20260304T051240-hourly.db`, UTC. */
function backupName(at: number, reason: BackupReason | SetReason): string {
  const stamp = new Date(at).toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');
  return `pult-${stamp}-${reason}.db`;
}

/** A second copy within a second takes the next one: no backup ever takes the place of another. */
async function freeName(directory: string, at: number, reason: BackupReason): Promise<string> {
  const taken = new Set(await readdir(directory));
  let name = backupName(at, reason);
  for (let laterAt = at + 1000; taken.has(name); laterAt += 1000) name = backupName(laterAt, reason);
  return name;
}

/** When a backup or a whole set was made, by its name; undefined for a name that is none of ours. */
export function backupTime(name: string): number | undefined {
  const stamp = (namePattern.exec(name) ?? setPattern.exec(name))?.[1];
  return stamp === undefined ? undefined : timeOf(stamp);
}

function timeOf(stamp: string): number {
  const [year, month, day] = [stamp.slice(0, 4), stamp.slice(4, 6), stamp.slice(6, 8)];
  const [hour, minute, second] = [stamp.slice(9, 11), stamp.slice(11, 13), stamp.slice(13, 15)];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Copies the database while it works, checks the copy, and only then gives it its name. Returns the name. */
export async function makeBackup(
  source: Database.Database,
  directory: string,
  at: number,
  reason: BackupReason,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const name = await freeName(directory, at, reason);
  const unchecked = join(directory, `${name}.part`);
  await removeUnfinished(directory);
  try {
    await source.backup(unchecked, { progress: () => pagesPerStep });
    checkDatabase(unchecked);
    await rename(unchecked, join(directory, name));
  } catch (failure) {
    await rm(unchecked, { force: true });
    throw failure;
  } finally {
    await removeSideFiles(unchecked);
  }
  return name;
}

/** The same for a whole backup: to a file of the caller's choice, checked; its own folder says when it is whole. */
export async function copyDatabase(source: Database.Database, file: string): Promise<void> {
  await source.backup(file, { progress: () => pagesPerStep });
  checkDatabase(file);
  await removeSideFiles(file);
}

/** Copies a crash or a full disk left half made. */
async function removeUnfinished(directory: string): Promise<void> {
  const names = await readdir(directory);
  const unfinished = names.filter((name) => /^pult-.*\.db\.part/.test(name));
  await Promise.all(unfinished.map((name) => rm(join(directory, name), { force: true })));
}

/** Newest first. */
export async function listBackups(directory: string): Promise<Backup[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  const found = await Promise.all(
    names.map(async (name) => {
      const match = namePattern.exec(name);
      if (!match) return [];
      const { size } = await stat(join(directory, name)).catch(() => ({ size: 0 }));
      return [
        { name, at: timeOf(match[1] ?? ''), bytes: size, reason: match[2] as BackupReason, ok: size > 0 },
      ];
    }),
  );
  return found.flat().toSorted((a, b) => b.at - a.at);
}

/** Keeps every backup of the last day, then one a day for two weeks, and always the newest three. */
export async function pruneBackups(directory: string, now: number): Promise<void> {
  const dayMs = 86_400_000;
  const backups = await listBackups(directory);
  const kept = new Set(backups.slice(0, 3).map((backup) => backup.name));
  const days = new Set<number>();
  for (const { name, at } of backups) {
    const day = Math.floor(at / dayMs);
    if (now - at < dayMs || (now - at < 14 * dayMs && !days.has(day))) kept.add(name);
    days.add(day);
  }
  await Promise.all(
    backups.filter(({ name }) => !kept.has(name)).map(({ name }) => rm(join(directory, name))),
  );
}

/** Throws `not-found`, or `conflict` (reasons `backup-damaged`, `database-newer`). */
export function checkBackup(directory: string, name: string): string {
  if (!namePattern.test(name)) throw new AppError('not-found', { details: { reason: 'backup' } });
  const file = join(directory, name);
  checkDatabase(file);
  return file;
}

function checkDatabase(file: string): void {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { fileMustExist: true });
    const damaged = damagedTable(database);
    if (damaged !== undefined) throw new Error(`Table ${damaged} is damaged`);
    const version = schemaVersion(database);
    if (version === 0) throw new Error('The file holds no desk');
    if (version > newestVersion) {
      throw new AppError('conflict', { details: { reason: 'database-newer' } });
    }
    // A copy taken in WAL mode would leave side files beside it each time it is looked at.
    database.pragma('journal_mode = DELETE');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('conflict', {
      message: 'Backup is damaged',
      details: { reason: 'backup-damaged' },
      cause,
    });
  } finally {
    database?.close();
  }
}

/**
 * The first table that is not whole, or undefined. Without the search index, which can be made anew: to walk it takes
 * as long as all else, and the desk stands still meanwhile. Constraints are passed over: a damaged page breaks the
 * table's own order, and asking two million texts whether they are JSON takes half of the time (1.5 of 3.2 s at
 * 2.1 GB). Throws when the file is no database at all.
 */
export function damagedTable(database: Database.Database): string | undefined {
  database.pragma('ignore_check_constraints = ON');
  const tables = database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
       AND name NOT LIKE 'message\\_word\\_%' ESCAPE '\\' AND name NOT LIKE 'incident\\_word\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all();
  return tables.find((table) => database.pragma(`quick_check("${table}")`, { simple: true }) !== 'ok');
}

async function removeSideFiles(file: string): Promise<void> {
  await Promise.all(['-wal', '-shm', '-journal'].map((suffix) => rm(`${file}${suffix}`, { force: true })));
}
