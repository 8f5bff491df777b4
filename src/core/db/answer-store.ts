import type { answerParts } from '../../shared/contract/links.ts';
import type { Db } from './open.ts';

export type AnswerBatch = {
  readonly id: number;
  readonly uuid: string;
  readonly floodId: number | null;
  readonly text: string;
  readonly createdBy: number;
  readonly createdAt: number;
  readonly takenBackAt: number | null;
};

export type AnswerPart = {
  readonly batchId: number;
  readonly incidentId: number;
  readonly state: (typeof answerParts)[number];
  readonly reason: string | null;
  readonly outboxIds: readonly number[];
};

export type AnswerStore = {
  insert(batch: Omit<AnswerBatch, 'id' | 'takenBackAt'>, incidentIds: readonly number[]): number;
  find(id: number): AnswerBatch | undefined;
  setTakenBack(id: number, at: number): void;
  parts(batchId: number): (AnswerPart & { readonly code: string })[];
  save(part: AnswerPart): void;
  /** The oldest incident that waits for its answer, of any batch. */
  nextWaiting(): { readonly batchId: number; readonly incidentId: number } | undefined;
  latestOfFlood(floodId: number): number | undefined;
  /** None of those that wait is written any more. */
  skipWaiting(reason: string): void;
};

type PartRow = Omit<AnswerPart, 'outboxIds'> & { readonly outboxIds: string; readonly code: string };

export function createAnswerStore(db: Db): AnswerStore {
  const insert = db.prepare<[Omit<AnswerBatch, 'id' | 'takenBackAt'>], void>(
    `INSERT INTO answer_batch (uuid, flood_id, text, created_by, created_at)
     VALUES (:uuid, :floodId, :text, :createdBy, :createdAt)`,
  );
  const insertPart = db.prepare<[number, number], void>(
    "INSERT OR IGNORE INTO answer_batch_part (batch_id, incident_id, state) VALUES (?, ?, 'waiting')",
  );
  const find = db.prepare<[number], AnswerBatch>(
    `SELECT id, uuid, flood_id AS floodId, text, created_by AS createdBy, created_at AS createdAt,
       taken_back_at AS takenBackAt FROM answer_batch WHERE id = ?`,
  );
  const setTakenBack = db.prepare<[number, number], void>(
    'UPDATE answer_batch SET taken_back_at = ? WHERE id = ?',
  );
  const parts = db.prepare<[number], PartRow>(
    `SELECT p.batch_id AS batchId, p.incident_id AS incidentId, p.state, p.reason, p.outbox_ids AS outboxIds, i.code
     FROM answer_batch_part p JOIN incident i ON i.id = p.incident_id WHERE p.batch_id = ? ORDER BY p.incident_id`,
  );
  const save = db.prepare<[object], void>(
    `UPDATE answer_batch_part SET state = :state, reason = :reason, outbox_ids = :outboxIds
     WHERE batch_id = :batchId AND incident_id = :incidentId`,
  );
  const waiting = db.prepare<[], { batchId: number; incidentId: number }>(
    `SELECT batch_id AS batchId, incident_id AS incidentId FROM answer_batch_part
     WHERE state = 'waiting' ORDER BY batch_id, incident_id LIMIT 1`,
  );
  const latest = db
    .prepare<[number], number>('SELECT id FROM answer_batch WHERE flood_id = ? ORDER BY id DESC LIMIT 1')
    .pluck();
  const skipWaiting = db.prepare<[string], void>(
    "UPDATE answer_batch_part SET state = 'skipped', reason = ? WHERE state = 'waiting'",
  );
  return {
    insert(batch, incidentIds) {
      const id = Number(insert.run(batch).lastInsertRowid);
      for (const incidentId of incidentIds) insertPart.run(id, incidentId);
      return id;
    },
    find: (id) => find.get(id),
    setTakenBack: (id, at) => void setTakenBack.run(at, id),
    parts: (batchId) =>
      parts.all(batchId).map((row) => ({ ...row, outboxIds: JSON.parse(row.outboxIds) as number[] })),
    save: ({ outboxIds, ...part }) => void save.run({ ...part, outboxIds: JSON.stringify(outboxIds) }),
    nextWaiting: () => waiting.get(),
    latestOfFlood: (floodId) => latest.get(floodId),
    skipWaiting: (reason) => void skipWaiting.run(reason),
  };
}
