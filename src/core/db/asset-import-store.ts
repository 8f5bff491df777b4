import type { ImportRefusal, ImportRun } from '../../shared/contract/assets.ts';
import type { Db } from './open.ts';

export type AssetImportStore = {
  insert(run: Omit<ImportRun, 'id' | 'sourceName'>, revision: number): number;
  update(run: ImportRun, revision: number): void;
  find(id: number): ImportRun | undefined;
  /** Newest first. */
  recent(limit: number): ImportRun[];
  lastOf(sourceId: number): ImportRun | undefined;
  /** The last run that took everything: what the next one is compared with. */
  lastDone(sourceId: number): ImportRun | undefined;
  /** A crash left them: nobody is running them. Returns how many there were. */
  failRunning(endedAt: number, error: string, revision: number): number;
  addRefusals(runId: number, refusals: readonly ImportRefusal[]): void;
  refusals(runId: number, offset: number, limit: number): { total: number; refusals: ImportRefusal[] };
  /** Keeps the newest runs of a source; their refusals go with the rest. */
  prune(sourceId: number, keep: number): void;
};

const columns = `r.id, r.source_id AS sourceId, s.name AS sourceName, r.started_at AS startedAt, r.ended_at AS endedAt,
  r.actor_id AS actorId, r.state, r.guard, r.guard_of AS guardOf, r.rows_read AS rows, r.rows_total AS rowsTotal,
  r.added, r.changed, r.gone, r.refused, r.error
  FROM asset_import r JOIN asset_source s ON s.id = r.source_id`;

export function createAssetImportStore(db: Db): AssetImportStore {
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO asset_import (source_id, started_at, ended_at, actor_id, state, guard, guard_of, rows_read, rows_total,
         added, changed, gone, refused, error, revision)
       VALUES (:sourceId, :startedAt, :endedAt, :actorId, :state, :guard, :guardOf, :rows, :rowsTotal, :added, :changed,
         :gone, :refused, :error, :revision) RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    `UPDATE asset_import SET ended_at = :endedAt, state = :state, guard = :guard, guard_of = :guardOf,
       rows_read = :rows, rows_total = :rowsTotal, added = :added, changed = :changed, gone = :gone,
       refused = :refused, error = :error, revision = :revision WHERE id = :id`,
  );
  const byId = db.prepare<[number], ImportRun>(`SELECT ${columns} WHERE r.id = ?`);
  const recent = db.prepare<[number], ImportRun>(`SELECT ${columns} ORDER BY r.id DESC LIMIT ?`);
  const lastOf = db.prepare<[number], ImportRun>(
    `SELECT ${columns} WHERE r.source_id = ? ORDER BY r.id DESC LIMIT 1`,
  );
  const lastDone = db.prepare<[number], ImportRun>(
    `SELECT ${columns} WHERE r.source_id = ? AND r.state = 'done' ORDER BY r.id DESC LIMIT 1`,
  );
  const failRunning = db.prepare<[number, string, number], void>(
    "UPDATE asset_import SET state = 'failed', ended_at = ?, error = ?, revision = ? WHERE state = 'running'",
  );
  const addRefusal = db.prepare<[object], void>(
    `INSERT OR IGNORE INTO asset_import_refusal (import_id, row, field, reason, value)
     VALUES (:runId, :row, :field, :reason, :value)`,
  );
  const refusals = db.prepare<[number, number, number], ImportRefusal>(
    `SELECT row, field, reason, value FROM asset_import_refusal WHERE import_id = ? ORDER BY row, field LIMIT ? OFFSET ?`,
  );
  const countRefusals = db
    .prepare<[number], number>('SELECT count(*) FROM asset_import_refusal WHERE import_id = ?')
    .pluck();
  const prune = db.prepare<[number, number, number], void>(
    `DELETE FROM asset_import WHERE source_id = ? AND state <> 'running' AND id <= (
       SELECT id FROM asset_import WHERE source_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );
  return {
    insert: (run, revision) => Number(insert.get({ ...run, revision })),
    update: (run, revision) => void update.run({ ...run, revision }),
    find: (id) => byId.get(id),
    recent: (limit) => recent.all(limit),
    lastOf: (sourceId) => lastOf.get(sourceId),
    lastDone: (sourceId) => lastDone.get(sourceId),
    failRunning: (endedAt, error, revision) => failRunning.run(endedAt, error, revision).changes,
    addRefusals(runId, given) {
      for (const refusal of given) addRefusal.run({ ...refusal, runId });
    },
    refusals: (runId, offset, limit) => ({
      total: countRefusals.get(runId) ?? 0,
      refusals: refusals.all(runId, limit, offset),
    }),
    prune: (sourceId, keep) => void prune.run(sourceId, sourceId, keep),
  };
}
