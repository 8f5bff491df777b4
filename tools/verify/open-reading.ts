import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';

export type Reading = { readonly database: Database.Database; close(): void };

/** The database of a data directory, or the file that is named. */
export function databaseFile(path: string): string {
  if (!existsSync(path)) throw new Error(`There is no ${path}`);
  const file = statSync(path).isDirectory() ? join(path, 'pult.db') : path;
  if (!existsSync(file)) throw new Error(`There is no database in ${path}`);
  return file;
}

/**
 * Never writes. A database in WAL mode on a medium that cannot be written has no place for its shared memory: it is
 * read from a copy then.
 */
export function openReading(file: string): Reading {
  try {
    return open(file, () => undefined);
  } catch (failure) {
    if (!isUnwritable(failure)) throw failure;
    const folder = mkdtempSync(join(tmpdir(), 'pult-verify-'));
    const copy = join(folder, basename(file));
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    return open(copy, () => rmSync(folder, { recursive: true, force: true }));
  }
}

function open(file: string, clean: () => void): Reading {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    // One moment of a desk that goes on writing.
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (failure) {
    database.close();
    throw failure;
  }
  return {
    database,
    close() {
      database.close();
      clean();
    },
  };
}

function isUnwritable(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return /^SQLITE_(CANTOPEN|READONLY)/.test(code);
}

/** The folder of a data directory's database; of a backup the directory it was made from. */
export function dataFolder(file: string): string {
  const folder = dirname(file);
  return basename(folder) === 'backups' ? dirname(folder) : folder;
}
