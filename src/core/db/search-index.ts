import type { Db } from './open.ts';
import { createSearchStore, type IncidentWords } from './search-store.ts';

export type SearchIndexKind = 'message' | 'incident';

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

const shadows = ['data', 'idx', 'docsize'] as const;

export function createSearchIndex(db: Db): SearchIndex {
  const words = createSearchStore(db);
  const incident = db.prepare<[number], IncidentWords>(
    `SELECT code, title, asset, applicant_name AS applicantName, applicant_address AS applicantAddress,
       applicant_phone AS applicantPhone, description FROM incident WHERE id = ?`,
  );
  const indexRows: Readonly<Record<SearchIndexKind, (ids: readonly number[]) => void>> = {
    message(ids) {
      for (const { id, text } of words.indexedText(ids))
        words.indexMessage(id, { subject: '', people: [], text });
    },
    incident(ids) {
      for (const id of ids) {
        const row = incident.get(id);
        if (row) words.indexIncident(id, row);
      }
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
        .prepare<[number, number], number>(`SELECT id FROM ${kind} WHERE id > ? ORDER BY id LIMIT ?`)
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
      if (missing.length > 0) {
        db.transact(() => {
          indexRows[kind](missing);
        });
      }
      return { last, missing: missing.length };
    },
  };
}
