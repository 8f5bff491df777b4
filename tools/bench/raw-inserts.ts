import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { indexText } from '../../src/shared/domain/search-text.ts';
import { createTexts } from './telegram-world.ts';

/** As many as the desk takes into one transaction at most. */
const perTransaction = 100;

/** The ceiling: rows a second with their words by bare statements, into tables and indexes as the desk has them. */
export function measureRawInserts(deskDatabase: string, count: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'pult-bench-raw-'));
  const database = new Database(join(folder, 'raw.db'));
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('cache_size = -32000');
    database.pragma('wal_autocheckpoint = 8000');
    for (const sql of schemaOf(deskDatabase)) database.exec(sql);
    return insertAll(database, count);
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function schemaOf(deskDatabase: string): readonly string[] {
  const desk = new Database(deskDatabase, { readonly: true });
  try {
    return desk
      .prepare<[], string>(
        `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN ('chat_message', 'chat_word')
         ORDER BY type = 'index'`,
      )
      .pluck()
      .all();
  } finally {
    desk.close();
  }
}

function insertAll(database: Database.Database, count: number): number {
  // Nothing here has a chat or an incident to belong to.
  database.pragma('foreign_keys = OFF');
  const insert = database.prepare(
    `INSERT INTO chat_message (chat_id, server_id, position, direction, sender_name, text, sent_at, announced, revision)
     VALUES (1, :id, :id, 'in', 'Техник', :text, 0, 1, 1)`,
  );
  const index = database.prepare('INSERT INTO chat_word (rowid, text) VALUES (?, ?)');
  const texts = Array.from({ length: count }, createTexts('Потолок'));
  const startedAt = performance.now();
  for (let from = 0; from < count; from += perTransaction) {
    database.exec('BEGIN IMMEDIATE');
    const some = texts.slice(from, from + perTransaction);
    for (const [offset, text] of some.entries()) insert.run({ id: from + offset + 1, text });
    for (const [offset, text] of some.entries()) index.run(from + offset + 1, indexText([text]));
    database.exec('COMMIT');
  }
  return count / ((performance.now() - startedAt) / 1000);
}
