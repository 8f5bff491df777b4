import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openDb, type Db } from '../../src/core/db/open.ts';
import { createSettingStore } from '../../src/core/db/setting-store.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createFakeClock } from './fake-clock.ts';

export type DeskFile = {
  readonly file: string;
  readonly backups: string;
  open(): Db;
  /** Writes a note into the database and closes it, as a desk that was stopped leaves it. */
  note(text: string): void;
  /** What is noted in a database file. */
  noted(file?: string): unknown;
  remove(): void;
};

/** A real database file with room for backups beside it. */
export function createDeskFile(): DeskFile {
  const folder = mkdtempSync(join(tmpdir(), 'pult-db-'));
  const file = join(folder, 'pult.db');
  const open = () => openDb({ file, clock: createFakeClock(), log: silentLogger });
  return {
    file,
    backups: join(folder, 'backups'),
    open,
    note(text) {
      const db = open();
      writeNote(db, text);
      db.close();
    },
    noted(path = file) {
      const database = new Database(path, { readonly: true });
      try {
        const read = database.prepare<[], string>("SELECT value FROM setting WHERE key = 'note'").pluck();
        return JSON.parse(read.get() ?? 'null') as unknown;
      } finally {
        database.close();
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function writeNote(db: Db, text: string): void {
  db.transact((revision) => createSettingStore(db).set('note', text, revision));
}
