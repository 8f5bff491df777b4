import type { Db } from './open.ts';

export type JournalRow = {
  readonly sequence: number;
  readonly uuid: string;
  readonly at: number;
  readonly workstation: string;
  readonly actorId: number | null;
  readonly subjectKind: string;
  readonly subjectId: number;
  readonly kind: string;
  /** Canonical JSON, exactly as hashed. */
  readonly payload: string;
  readonly previousHash: string;
  readonly hash: string;
};

export type JournalStore = {
  last(): { readonly sequence: number; readonly hash: string } | undefined;
  insert(row: JournalRow): void;
  /** Of the newest entry ever written, kept apart from the entries; 0 where an older version kept none. */
  written(): number;
  find(sequence: number): JournalRow | undefined;
  ofSubject(subjectKind: string, subjectId: number): JournalRow[];
  /** Of a span of time, half open; null means up to now. */
  between(
    subjectKind: string,
    subjectId: number,
    span: { readonly from: number; readonly before: number | null },
  ): JournalRow[];
  /** Entries after `sequence`, oldest first. */
  page(sequence: number, limit: number): JournalRow[];
};

const columns = `sequence, uuid, at, workstation, actor_id AS actorId, subject_kind AS subjectKind,
  subject_id AS subjectId, kind, payload, previous_hash AS previousHash, hash`;

export function createJournalStore(db: Db): JournalStore {
  const last = db.prepare<[], { sequence: number; hash: string }>(
    'SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1',
  );
  const insert = db.prepare<[JournalRow], void>(
    `INSERT INTO journal (sequence, uuid, at, workstation, actor_id, subject_kind, subject_id, kind, payload, previous_hash, hash)
     VALUES (:sequence, :uuid, :at, :workstation, :actorId, :subjectKind, :subjectId, :kind, :payload, :previousHash, :hash)`,
  );
  const count = db.prepare<[number], void>(
    `INSERT INTO counter (name, value) VALUES ('journal-sequence', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  const written = db.prepare<[], number>("SELECT value FROM counter WHERE name = 'journal-sequence'").pluck();
  const find = db.prepare<[number], JournalRow>(`SELECT ${columns} FROM journal WHERE sequence = ?`);
  const ofSubject = db.prepare<[string, number], JournalRow>(
    `SELECT ${columns} FROM journal WHERE subject_kind = ? AND subject_id = ? ORDER BY sequence`,
  );
  const between = db.prepare<[string, number, number, number], JournalRow>(
    `SELECT ${columns} FROM journal WHERE subject_kind = ? AND subject_id = ? AND at >= ? AND at < ? ORDER BY sequence`,
  );
  const page = db.prepare<[number, number], JournalRow>(
    `SELECT ${columns} FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  );
  return {
    last: () => last.get(),
    insert(row) {
      insert.run(row);
      count.run(row.sequence);
    },
    written: () => written.get() ?? 0,
    find: (sequence) => find.get(sequence),
    ofSubject: (kind, id) => ofSubject.all(kind, id),
    between: (kind, id, { from, before }) => between.all(kind, id, from, before ?? Number.MAX_SAFE_INTEGER),
    page: (sequence, limit) => page.all(sequence, limit),
  };
}
