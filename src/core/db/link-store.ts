import type { LinkKind, LinkRow } from '../../shared/domain/link-kinds.ts';
import type { Db } from './open.ts';

export type LinkRecord = LinkRow & { readonly createdBy: number | null; readonly createdAt: number };

export type Blocker = {
  readonly id: number;
  readonly code: string;
  readonly why: 'subtask' | 'dependency';
};

export type LinkStore = {
  /** Rows from either side, oldest first. */
  all(incidentId: number): LinkRecord[];
  find(link: LinkRow): LinkRecord | undefined;
  insert(link: LinkRecord): void;
  remove(link: LinkRow): void;
  /** Whether `to` is reached from `from` along links of the kind, any number of them. */
  leadsTo(kind: LinkKind, from: number, to: number): boolean;
  /** Open subtasks and open incidents it depends on; one whose automatic closing is armed counts as closed. */
  blockers(incidentId: number): Blocker[];
};

const columns = 'from_id AS fromId, to_id AS toId, kind, created_by AS createdBy, created_at AS createdAt';
const stillOpen =
  'i.finished_at IS NULL AND i.dismissed_at IS NULL AND i.merged_into_id IS NULL AND i.auto_close_at IS NULL';

export function createLinkStore(db: Db): LinkStore {
  const all = db.prepare<[{ id: number }], LinkRecord>(
    `SELECT ${columns} FROM incident_link WHERE from_id = :id
     UNION ALL SELECT ${columns} FROM incident_link WHERE to_id = :id ORDER BY 5, 1, 2`,
  );
  const find = db.prepare<[LinkRow], LinkRecord>(
    `SELECT ${columns} FROM incident_link WHERE from_id = :fromId AND to_id = :toId AND kind = :kind`,
  );
  const insert = db.prepare<[LinkRecord], void>(
    `INSERT INTO incident_link (from_id, to_id, kind, created_by, created_at)
     VALUES (:fromId, :toId, :kind, :createdBy, :createdAt)`,
  );
  const remove = db.prepare<[LinkRow], void>(
    'DELETE FROM incident_link WHERE from_id = :fromId AND to_id = :toId AND kind = :kind',
  );
  const reaches = db
    .prepare<[{ kind: string; from: number; to: number }], number>(
      `WITH RECURSIVE reached (id) AS (
         VALUES (:from)
         UNION SELECT l.to_id FROM incident_link l JOIN reached r ON l.from_id = r.id WHERE l.kind = :kind)
       SELECT 1 FROM reached WHERE id = :to`,
    )
    .pluck();
  const blockers = db.prepare<[{ id: number }], Blocker>(
    `SELECT i.id, i.code, 'subtask' AS why FROM incident_link l JOIN incident i ON i.id = l.to_id
     WHERE l.from_id = :id AND l.kind = 'parent' AND ${stillOpen}
     UNION ALL
     SELECT i.id, i.code, 'dependency' AS why FROM incident_link l JOIN incident i ON i.id = l.from_id
     WHERE l.to_id = :id AND l.kind = 'blocks' AND ${stillOpen}
     ORDER BY 1`,
  );
  return {
    all: (id) => all.all({ id }),
    find: (link) => find.get(link),
    insert: (link) => void insert.run(link),
    remove: (link) => void remove.run(link),
    leadsTo: (kind, from, to) => reaches.get({ kind, from, to }) === 1,
    blockers: (id) => blockers.all({ id }),
  };
}
