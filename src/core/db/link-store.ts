import type { LinkRow } from '../../shared/domain/link-kinds.ts';
import type { Db } from './open.ts';

export type LinkRecord = LinkRow & { readonly createdBy: number | null; readonly createdAt: number };

export type Blocker = {
  readonly id: number;
  readonly code: string;
  readonly why: 'subtask' | 'dependency';
};

/** An incident as other incidents' pages name it. */
export type NamedRecord = {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly statusId: number;
  readonly finishedAt: number | null;
  readonly dismissedAt: number | null;
  readonly mergedIntoId: number | null;
  readonly revision: number;
};

export type LinkStore = {
  /** Rows from either side, oldest first. */
  all(incidentId: number): LinkRecord[];
  find(link: LinkRow): LinkRecord | undefined;
  insert(link: LinkRecord): void;
  remove(link: LinkRow): void;
  /** Whether the first cannot be closed before the other, through any number of subtasks and blockers. */
  waitsFor(id: number, otherId: number): boolean;
  /** Open subtasks and open incidents it depends on; one whose automatic closing is armed counts as closed. */
  blockers(incidentId: number): Blocker[];
  /** In the order of the ids. */
  named(ids: readonly number[]): NamedRecord[];
  /** By the beginning of the code's number, the newest first. */
  byNumber(from: number, to: number, limit: number): number[];
  /** A person said they are not alike. */
  areUnlike(id: number, otherId: number): boolean;
  setUnlike(id: number, otherId: number): void;
};

const columns = 'from_id AS fromId, to_id AS toId, kind, created_by AS createdBy, created_at AS createdAt';
const stillOpen =
  'i.finished_at IS NULL AND i.dismissed_at IS NULL AND i.merged_into_id IS NULL AND i.auto_close_at IS NULL';

export function createLinkStore(db: Db): LinkStore {
  return { ...createRows(db), ...createGraph(db), ...createNames(db) };
}

function createRows(
  db: Db,
): Pick<LinkStore, 'all' | 'find' | 'insert' | 'remove' | 'areUnlike' | 'setUnlike'> {
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
  const unlike = db
    .prepare<[number, number], number>('SELECT 1 FROM unlike WHERE from_id = ? AND to_id = ?')
    .pluck();
  const addUnlike = db.prepare<[number, number], void>(
    'INSERT OR IGNORE INTO unlike (from_id, to_id) VALUES (?, ?)',
  );
  return {
    all: (id) => all.all({ id }),
    find: (link) => find.get(link),
    insert: (link) => void insert.run(link),
    remove: ({ fromId, toId, kind }) => void remove.run({ fromId, toId, kind }),
    areUnlike: (id, otherId) => unlike.get(Math.min(id, otherId), Math.max(id, otherId)) === 1,
    setUnlike: (id, otherId) => void addUnlike.run(Math.min(id, otherId), Math.max(id, otherId)),
  };
}

function createGraph(db: Db): Pick<LinkStore, 'waitsFor' | 'blockers'> {
  const waits = db
    .prepare<[{ id: number; otherId: number }], number>(
      `WITH RECURSIVE earlier (id) AS (
         VALUES (:id)
         UNION SELECT iif(l.kind = 'parent', l.to_id, l.from_id) FROM earlier e JOIN incident_link l
           ON (l.kind = 'parent' AND l.from_id = e.id) OR (l.kind = 'blocks' AND l.to_id = e.id))
       SELECT 1 FROM earlier WHERE id = :otherId`,
    )
    .pluck();
  const blockers = db.prepare<[{ id: number }], Blocker>(
    // What was merged goes on in the one it went into.
    `WITH RECURSIVE awaited (id, why) AS (
       SELECT to_id, 'subtask' FROM incident_link WHERE from_id = :id AND kind = 'parent'
       UNION SELECT from_id, 'dependency' FROM incident_link WHERE to_id = :id AND kind = 'blocks'
       UNION SELECT m.merged_into_id, w.why FROM awaited w JOIN incident m ON m.id = w.id
       WHERE m.merged_into_id IS NOT NULL)
     SELECT i.id, i.code, w.why FROM awaited w JOIN incident i ON i.id = w.id
     WHERE i.id <> :id AND ${stillOpen} ORDER BY 1`,
  );
  return {
    waitsFor: (id, otherId) => waits.get({ id, otherId }) === 1,
    blockers: (id) => blockers.all({ id }),
  };
}

function createNames(db: Db): Pick<LinkStore, 'named' | 'byNumber'> {
  const named = db.prepare<[string], NamedRecord>(
    `SELECT i.id, i.code, i.title, i.status_id AS statusId, i.finished_at AS finishedAt, i.dismissed_at AS dismissedAt,
       i.merged_into_id AS mergedIntoId, i.revision
     FROM json_each(?) wanted JOIN incident i ON i.id = wanted.value ORDER BY wanted.key`,
  );
  const byNumber = db
    .prepare<[number, number, number], number>(
      'SELECT id FROM incident WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT ?',
    )
    .pluck();
  return {
    named: (ids) => named.all(JSON.stringify(ids)),
    byNumber: (from, to, limit) => byNumber.all(from, to, limit),
  };
}
