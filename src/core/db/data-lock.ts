import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';

export type DataLock = {
  /** Idempotent. */
  release(): void;
};

/**
 * The one writer of a data directory. The kernel frees it when the process dies, however it dies, which no file with a
 * process number does. Taken already: `conflict` with reason `data-dir-in-use`.
 */
export function takeDataLock(path: string): DataLock {
  const connection = new Database(path, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new AppError('conflict', {
        message: 'Another Pult works on this data directory',
        details: { reason: 'data-dir-in-use' },
        cause: error,
      });
    }
    throw error;
  }
  return {
    release() {
      if (!connection.open) return;
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}
