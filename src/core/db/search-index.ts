import { indexText } from '../../shared/domain/search-text.ts';
import { createNotificationWordStore } from './notification-word-store.ts';
import type { Db } from './open.ts';
import { createSearchStore, type IncidentWords } from './search-store.ts';

export type SearchIndexKind = 'message' | 'incident' | 'chat' | 'notification';

/** The index as a whole: whether it can be trusted, and making it anew. The rows themselves are `search-store.ts`. */
export type SearchIndex = {
  /** Pages that are not whole, or an index that cannot be asked. */
  isDamaged(kind: SearchIndexKind): boolean;
  /** Throws the index away and begins an empty one; `fill` brings the words back. */
  reset(kind: SearchIndexKind): void;
  /**
   * Indexes what is missing among the next `limit` rows after `after`. Returns how many were missing and the last row
   * looked at, or undefined at the end.
   */
  fill(
    kind: SearchIndexKind,
    after: number,
    limit: number,
  ): { readonly last: number; readonly missing: number } | undefined;
};

/** The rows each index is of; its own table is named after the kind. */
const tables: Readonly<Record<SearchIndexKind, string>> = {
  message: 'message',
  incident: 'incident',
  chat: 'chat_message',
  notification: 'notification',
};

const shadows = ['data', 'idx', 'docsize'] as const;

export function createSearchIndex(db: Db): SearchIndex {
  const words = createSearchStore(db);
  const incident = db.prepare<[number], IncidentWords>(
    `SELECT code, title, asset, applicant_name AS applicantName, applicant_address AS applicantAddress,
       applicant_phone AS applicantPhone, description FROM incident WHERE id = ?`,
  );
  const notifications = createNotificationWordStore(db);
  const indexChat = createChatFiller(db);
  /** Each returns how many of the rows had words. */
  const indexRows: Readonly<Record<SearchIndexKind, (ids: readonly number[]) => number>> = {
    chat: indexChat,
    notification(ids) {
      notifications.index(ids);
      return ids.length;
    },
    message(ids) {
      for (const { id, text } of words.indexedText(ids))
        words.indexMessage(id, { subject: '', people: [], text });
      return ids.length;
    },
    incident(ids) {
      for (const id of ids) {
        const row = incident.get(id);
        if (row) words.indexIncident(id, row);
      }
      return ids.length;
    },
  };
  return {
    isDamaged(kind) {
      try {
        db.connection.prepare(`SELECT rowid FROM ${kind}_word WHERE ${kind}_word MATCH '"1"*' LIMIT 1`).get();
      } catch {
        // FTS5 says "malformed" in more ways than one; whatever it is, it cannot be searched.
        return true;
      }
      return shadows.some(
        (part) => db.connection.pragma(`quick_check(${kind}_word_${part})`, { simple: true }) !== 'ok',
      );
    },
    reset(kind) {
      const table = `${kind}_word`;
      db.transact(() => {
        const sql = db.connection
          .prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?')
          .pluck()
          .get(table);
        if (sql === undefined) throw new Error(`No table ${table}`);
        db.connection.exec(`DROP TABLE ${table}; ${sql}`);
      });
    },
    fill(kind, after, limit) {
      const ids = db.connection
        .prepare<[number, number], number>(`SELECT id FROM ${tables[kind]} WHERE id > ? ORDER BY id LIMIT ?`)
        .pluck()
        .all(after, limit);
      const last = ids.at(-1);
      if (last === undefined) return undefined;
      const missing = db.connection
        .prepare<[string], number>(
          `SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM ${kind}_word_docsize)`,
        )
        .pluck()
        .all(JSON.stringify(ids));
      return {
        last,
        missing: missing.length === 0 ? 0 : db.transact(() => indexRows[kind](missing)),
      };
    },
  };
}

/** A photo without words has nothing to be found by, and no row in the index either. */
function createChatFiller(db: Db): (ids: readonly number[]) => number {
  const rows = db.prepare<[string], { id: number; text: string }>(
    `SELECT m.id, m.text || ' ' || coalesce(m.extra ->> 'text', '') || ' ' || coalesce(m.extra ->> 'title', '') || ' '
       || coalesce(m.extra ->> 'name', '') || ' ' || coalesce(m.extra ->> 'phone', '') || ' ' || coalesce(
         (SELECT group_concat(f.file_name, ' ') FROM chat_file f WHERE f.chat_message_id = m.id), '') AS text
     FROM json_each(?) wanted CROSS JOIN chat_message m ON m.id = wanted.value`,
  );
  const insert = db.prepare<[number, string], void>('INSERT INTO chat_word (rowid, text) VALUES (?, ?)');
  return (ids) => {
    const worded = rows.all(JSON.stringify(ids)).flatMap(({ id, text }) => {
      const words = indexText([text]);
      return words === '' ? [] : [{ id, words }];
    });
    db.beforeCommit(() => {
      for (const { id, words } of worded) insert.run(id, words);
    });
    return worded.length;
  };
}
