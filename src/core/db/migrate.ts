import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { migrations, type Migration } from './migrations.ts';

/** The version the data has; 0 for an empty database. */
export function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

export const newestVersion = migrations.at(-1)?.version ?? 0;

/**
 * Brings the schema to `upTo`, each step in a transaction of its own together with its number, so that a crash
 * between two steps leaves a database some version of Pult understands.
 * Throws `conflict` (reason `database-newer`) when a newer Pult wrote this database: guessing would lose data.
 */
export function migrate(
  database: Database,
  upTo: number = newestVersion,
  steps: readonly Migration[] = migrations,
): void {
  const from = schemaVersion(database);
  if (from > (steps.at(-1)?.version ?? 0)) {
    throw new AppError('conflict', {
      message: 'The database was written by a newer version',
      details: { reason: 'database-newer', version: from },
    });
  }
  for (const step of steps) {
    if (step.version > from && step.version <= upTo) apply(database, step);
  }
}

function apply(database: Database, step: Migration): void {
  // A table rebuild must not cascade; SQLite ignores this pragma inside a transaction.
  database.pragma('foreign_keys = OFF');
  // A step may widen a CHECK in the schema's text, which SQLite otherwise defends; every other statement keeps the guard.
  database.unsafeMode(true);
  try {
    database.transaction(() => {
      database.exec(step.sql);
      const violations = database.pragma('foreign_key_check') as unknown[];
      if (violations.length > 0) {
        throw new Error(`Migration ${step.version} breaks ${violations.length} foreign keys`);
      }
      database.pragma(`user_version = ${step.version}`);
    })();
  } finally {
    database.pragma('writable_schema = RESET');
    database.unsafeMode(false);
    database.pragma('foreign_keys = ON');
  }
}
