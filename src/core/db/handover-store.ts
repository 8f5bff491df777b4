import type { HandoverTo } from '../../shared/contract/shift.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type HandoverRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly shiftId: number | null;
  readonly fromPersonId: number;
  readonly toKind: HandoverTo['kind'];
  readonly toPersonId: number | null;
  /** JSON, as it was signed. */
  readonly document: string;
  readonly signedAt: number;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: number | null;
  readonly alarmAt: number | null;
  readonly soundingAt: number | null;
  readonly revision: number;
};

/** A record without its text. */
export type HandoverHead = Omit<HandoverRecord, 'document'> & {
  readonly items: number;
  readonly remarks: number;
};

export type HandoverSearch = {
  /** Folded words, each of which must stand in the document. */
  readonly words: readonly string[];
  readonly personId: number | null;
  readonly from: number | null;
  readonly before: number | null;
  readonly limit: number;
};

export type HandoverStore = {
  insert(
    row: Omit<HandoverRecord, 'id' | 'acknowledgedAt' | 'acknowledgedBy' | 'soundingAt'> & { words: string },
  ): number;
  /** Throws `not-found` (reason `handover`). */
  require(id: number): HandoverRecord;
  /** Nobody has taken them yet; oldest first. */
  waiting(): HandoverHead[];
  list(search: HandoverSearch): HandoverHead[];
  acknowledge(id: number, by: number, at: number, revision: number): void;
  /** Those of which the lead must be told by now. */
  late(now: number): HandoverHead[];
  nextAlarmAt(): number | undefined;
  sound(id: number, since: number, revision: number): void;
  hush(id: number, revision: number): void;
  sounding(): { readonly id: number; readonly fromPersonId: number; readonly since: number }[];
  remark(handoverId: number, personId: number, at: number, text: string): void;
  remarks(handoverId: number): { readonly personId: number; readonly at: number; readonly text: string }[];
};

const head = `h.id, h.uuid, h.shift_id AS shiftId, h.from_person_id AS fromPersonId, h.to_kind AS toKind,
  h.to_person_id AS toPersonId, h.signed_at AS signedAt, h.acknowledged_at AS acknowledgedAt,
  h.acknowledged_by AS acknowledgedBy, h.alarm_at AS alarmAt, h.sounding_at AS soundingAt, h.revision`;
const counted = `${head}, json_array_length(h.document, '$.items') AS items,
  (SELECT count(*) FROM handover_remark r WHERE r.handover_id = h.id) AS remarks`;
/** More words than this narrow nothing further. */
const mostWords = 6;

export function createHandoverStore(db: Db): HandoverStore {
  const insert = db.prepare<[object], void>(
    `INSERT INTO handover (uuid, shift_id, from_person_id, to_kind, to_person_id, document, words, signed_at, alarm_at, revision)
     VALUES (:uuid, :shiftId, :fromPersonId, :toKind, :toPersonId, :document, :words, :signedAt, :alarmAt, :revision)`,
  );
  const byId = db.prepare<[number], HandoverRecord>(
    `SELECT ${head}, h.document FROM handover h WHERE h.id = ?`,
  );
  const waiting = db.prepare<[], HandoverHead>(
    `SELECT ${counted} FROM handover h WHERE h.acknowledged_at IS NULL ORDER BY h.signed_at, h.id`,
  );
  const list = db.prepare<[object], HandoverHead>(
    `SELECT ${counted} FROM handover h
     WHERE h.signed_at >= :from AND h.signed_at < :before
       AND (:personId = 0 OR h.from_person_id = :personId OR h.to_person_id = :personId OR h.acknowledged_by = :personId)
       ${Array.from({ length: mostWords }, (_, index) => `AND instr(h.words, :word${index}) > 0`).join(' ')}
     ORDER BY h.signed_at DESC, h.id DESC LIMIT :limit`,
  );
  const acknowledge = db.prepare<[number, number, number, number], void>(
    `UPDATE handover SET acknowledged_at = ?, acknowledged_by = ?, alarm_at = NULL, sounding_at = NULL, revision = ? WHERE id = ?`,
  );
  const late = db.prepare<[number], HandoverHead>(
    `SELECT ${counted} FROM handover h WHERE h.acknowledged_at IS NULL AND h.alarm_at <= ? ORDER BY h.alarm_at, h.id`,
  );
  const nextAlarm = db
    .prepare<[], number | null>('SELECT min(alarm_at) FROM handover WHERE acknowledged_at IS NULL')
    .pluck();
  const sound = db.prepare<[number, number, number], void>(
    'UPDATE handover SET alarm_at = NULL, sounding_at = ?, revision = ? WHERE id = ?',
  );
  const hush = db.prepare<[number, number], void>(
    'UPDATE handover SET sounding_at = NULL, revision = ? WHERE id = ?',
  );
  const sounding = db.prepare<[], { id: number; fromPersonId: number; since: number }>(
    `SELECT id, from_person_id AS fromPersonId, sounding_at AS since FROM handover
     WHERE acknowledged_at IS NULL AND sounding_at IS NOT NULL ORDER BY sounding_at, id`,
  );
  const remark = db.prepare<[number, number, number, string], void>(
    'INSERT INTO handover_remark (handover_id, person_id, at, text) VALUES (?, ?, ?, ?)',
  );
  const remarks = db.prepare<[number], { personId: number; at: number; text: string }>(
    'SELECT person_id AS personId, at, text FROM handover_remark WHERE handover_id = ? ORDER BY at, id',
  );
  return {
    insert: (row) => Number(insert.run(row).lastInsertRowid),
    require(id) {
      const row = byId.get(id);
      if (!row) throw new AppError('not-found', { details: { reason: 'handover', id } });
      return row;
    },
    waiting: () => waiting.all(),
    list({ words, personId, from, before, limit }) {
      // An empty word stands in every text.
      const named = Array.from({ length: mostWords }, (_, index) => [`word${index}`, words[index] ?? '']);
      return list.all({
        ...Object.fromEntries(named),
        personId: personId ?? 0,
        from: from ?? Number.MIN_SAFE_INTEGER,
        before: before ?? Number.MAX_SAFE_INTEGER,
        limit,
      });
    },
    acknowledge: (id, by, at, revision) => void acknowledge.run(at, by, revision, id),
    late: (now) => late.all(now),
    nextAlarmAt: () => nextAlarm.get() ?? undefined,
    sound: (id, since, revision) => void sound.run(since, revision, id),
    hush: (id, revision) => void hush.run(revision, id),
    sounding: () => sounding.all(),
    remark: (handoverId, personId, at, text) => void remark.run(handoverId, personId, at, text),
    remarks: (handoverId) => remarks.all(handoverId),
  };
}
