import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { damagedTable } from './backup.ts';
import { newestVersion, schemaVersion } from './migrate.ts';

export type NamedFile = { readonly kind: 'raw' | 'attachment'; readonly sha256: string };

/** The database of a whole backup, only read: it says which files belong to it. */
export type SetDatabase = {
  /** Files whose hash begins with these two digits, each once. */
  filesOf(prefix: string): NamedFile[];
  /** Bytes as the rows say: what a letter that was too large takes on the disk may be less. */
  count(): { readonly files: number; readonly bytes: number };
  readonly schema: number;
  close(): void;
};

/** Every place where a row counts on a file. What has been removed by its time counts on none. */
const raw = 'SELECT sha256, size FROM raw_message WHERE expired_at IS NULL';
const attached = 'SELECT sha256, size FROM attachment WHERE expired_at IS NULL';
const chatted = 'SELECT sha256, size FROM chat_file WHERE sha256 IS NOT NULL';
const told = `SELECT sha256, size FROM notification_file UNION ALL SELECT sha256, size FROM answer_file
  UNION ALL SELECT sha256, size FROM call_file`;
/** A backup of a version before these tables names nothing in them. */
const toldSince = 14;
const nothing = 'SELECT NULL AS sha256, 0 AS size WHERE 0';
const drafted = `SELECT json_extract(one.value, '$.sha256') AS sha256, json_extract(one.value, '$.size') AS size
  FROM draft, json_each(draft.attachments) one`;
/** It becomes a part of a path: a backup may come from anywhere. */
const hash = /^[0-9a-f]{64}$/;
const range = 'sha256 >= :from AND sha256 < :before';

/** Throws `conflict` (reasons `backup-damaged`, `database-newer`). `thorough` reads every page. */
export function openSetDatabase(file: string, thorough: boolean): SetDatabase {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const schema = schemaVersion(database);
    if (schema > newestVersion) throw new AppError('conflict', { details: { reason: 'database-newer' } });
    if (schema === 0 || (thorough && damagedTable(database) !== undefined)) throw new Error('Damaged');
    return { ...statements(database, schema >= toldSince ? told : nothing), schema };
  } catch (cause) {
    database?.close();
    if (cause instanceof AppError) throw cause;
    throw new AppError('conflict', {
      message: 'Backup is damaged',
      details: { reason: 'backup-damaged' },
      cause,
    });
  }
}

function statements(database: Database.Database, spoken: string): Omit<SetDatabase, 'schema'> {
  const letters = database
    .prepare<[object], string>(`SELECT DISTINCT sha256 FROM (${raw} AND ${range})`)
    .pluck();
  const files = database
    .prepare<[object], string>(
      `SELECT sha256 FROM (${attached} AND ${range}) UNION SELECT sha256 FROM (${chatted} AND ${range})
       UNION SELECT sha256 FROM (${drafted}) WHERE ${range}
       UNION SELECT sha256 FROM (${spoken}) WHERE ${range}`,
    )
    .pluck();
  const count = database.prepare<[], { files: number; bytes: number | null }>(
    `SELECT count(*) AS files, sum(size) AS bytes FROM (
       SELECT 1 AS letter, sha256, max(size) AS size FROM (${raw}) GROUP BY sha256
       UNION ALL
       SELECT 0, sha256, max(size) FROM (${attached} UNION ALL ${chatted} UNION ALL ${drafted} UNION ALL ${spoken}) GROUP BY sha256)`,
  );
  return {
    filesOf(prefix) {
      // `g` comes after every hexadecimal digit.
      const span = { from: prefix, before: `${prefix}g` };
      const found = [
        ...letters.all(span).map((sha256) => ({ kind: 'raw' as const, sha256 })),
        ...files.all(span).map((sha256) => ({ kind: 'attachment' as const, sha256 })),
      ];
      if (found.every(({ sha256 }) => hash.test(sha256))) return found;
      throw new AppError('conflict', {
        message: 'A file of the backup is named by something that is no hash',
        details: { reason: 'backup-damaged' },
      });
    },
    count() {
      const { files: found = 0, bytes } = count.get() ?? {};
      return { files: found, bytes: bytes ?? 0 };
    },
    close: () => database.close(),
  };
}
