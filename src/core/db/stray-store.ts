import type { StrayAnswer } from '../../shared/contract/notifications.ts';
import type { Db } from './open.ts';

type Candidate = StrayAnswer['candidates'][number];

/** Answers that belong to nothing the desk knows; the rows themselves are `reply-store.ts`. */
export type StrayStore = {
  /** Newest first, those before an id. */
  page(before: number | null, limit: number): number[];
  /** What it may be about: sent to the same person or address, newest first. */
  candidates(answerId: number): Candidate[];
  /** false: it has been placed or settled. */
  isStray(answerId: number): boolean;
  settle(answerId: number, at: number, by: number, revision: number): void;
};

const mostCandidates = 5;
const belongsToNothing = 'notification_id IS NULL AND call_id IS NULL AND settled_at IS NULL';

export function createStrayStore(db: Db): StrayStore {
  const page = db
    .prepare<[number, number], number>(
      `SELECT id FROM answer WHERE ${belongsToNothing} AND id < ? ORDER BY id DESC LIMIT ?`,
    )
    .pluck();
  const found = db
    .prepare<[number], number>(`SELECT id FROM answer WHERE id = ? AND ${belongsToNothing}`)
    .pluck();
  const settle = db.prepare<[object], void>(
    `UPDATE answer SET settled_at = :at, settled_by = :by, revision = :revision WHERE id = :id AND ${belongsToNothing}`,
  );
  const candidates = db.prepare<[object], Candidate>(
    `SELECT n.id, n.title, substr(n.text, 1, 160) AS text, n.state, n.created_at AS createdAt, i.code
     FROM answer a JOIN notification n ON n.id IN (
       SELECT id FROM (SELECT id FROM notification WHERE contact_id = a.contact_id ORDER BY created_at DESC LIMIT :most)
       UNION SELECT id FROM (SELECT id FROM notification WHERE person_id = a.person_id ORDER BY created_at DESC LIMIT :most)
       UNION SELECT notification_id FROM (SELECT notification_id FROM delivery d
         WHERE d.channel = a.channel AND d.address = a.address ORDER BY d.id DESC LIMIT :most))
     LEFT JOIN incident i ON i.id = n.incident_id
     WHERE a.id = :id ORDER BY n.created_at DESC, n.id DESC LIMIT :most`,
  );
  return {
    page: (before, limit) => page.all(before ?? Number.MAX_SAFE_INTEGER, limit),
    candidates: (id) => candidates.all({ id, most: mostCandidates }),
    isStray: (id) => found.get(id) !== undefined,
    settle: (id, at, by, revision) => void settle.run({ id, at, by, revision }),
  };
}
