import { AppError } from '../../shared/errors.ts';
import type { Reminder } from '../../shared/contract/workflow.ts';
import type { Db } from './open.ts';

export type ReminderRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly incidentId: number;
  readonly personId: number;
  readonly at: number;
  readonly text: string;
  readonly createdAt: number;
  /** When it sounded. */
  readonly raisedAt: number | null;
  readonly doneAt: number | null;
};

export type ReminderStore = {
  insert(record: Omit<ReminderRecord, 'id'>, revision: number): number;
  save(record: ReminderRecord, revision: number): void;
  /** Throws `not-found`. */
  require(id: number): ReminderRecord;
  /** Not done, nearest first, at most 200. */
  open(personId: number): Reminder[];
  /** The nearest that has not sounded, or undefined. */
  nextAt(): number | undefined;
  due(now: number, limit: number): ReminderRecord[];
};

const columns = `id, uuid, incident_id AS incidentId, person_id AS personId, at, text, created_at AS createdAt,
  raised_at AS raisedAt, done_at AS doneAt`;
const silent = 'done_at IS NULL AND raised_at IS NULL';

export function createReminderStore(db: Db): ReminderStore {
  const insert = db.prepare<[object], void>(
    `INSERT INTO reminder (uuid, incident_id, person_id, at, text, created_at, raised_at, done_at, revision)
     VALUES (:uuid, :incidentId, :personId, :at, :text, :createdAt, :raisedAt, :doneAt, :revision)`,
  );
  const save = db.prepare<[object], void>(
    `UPDATE reminder SET at = :at, text = :text, raised_at = :raisedAt, done_at = :doneAt, revision = :revision
     WHERE id = :id`,
  );
  const byId = db.prepare<[number], ReminderRecord>(`SELECT ${columns} FROM reminder WHERE id = ?`);
  const open = db.prepare<[number], Reminder>(
    `SELECT r.id, r.incident_id AS incidentId, i.code, i.title, r.at, r.text FROM reminder r
     JOIN incident i ON i.id = r.incident_id WHERE r.person_id = ? AND r.done_at IS NULL ORDER BY r.at, r.id LIMIT 200`,
  );
  const next = db.prepare<[], number | null>(`SELECT min(at) FROM reminder WHERE ${silent}`).pluck();
  const due = db.prepare<[number, number], ReminderRecord>(
    `SELECT ${columns} FROM reminder WHERE ${silent} AND at <= ? ORDER BY at, id LIMIT ?`,
  );
  return {
    insert: (record, revision) => Number(insert.run({ ...record, revision }).lastInsertRowid),
    save: (record, revision) => void save.run({ ...record, revision }),
    require(id) {
      const record = byId.get(id);
      if (!record) throw new AppError('not-found', { details: { reason: 'reminder', id } });
      return record;
    },
    open: (personId) => open.all(personId),
    nextAt: () => next.get() ?? undefined,
    due: (now, limit) => due.all(now, limit),
  };
}
