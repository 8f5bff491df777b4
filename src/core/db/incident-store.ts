import { AppError } from '../../shared/errors.ts';
import type { IncidentChannel } from '../../shared/domain/channels.ts';
import type { Db } from './open.ts';

export type IncidentRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly number: number;
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly statusId: number;
  readonly typeId: number | null;
  readonly priority: 'normal' | 'high';
  readonly channel: IncidentChannel;
  readonly accountId: number | null;
  readonly registeredAt: number;
  readonly openedAt: number;
  readonly finishedAt: number | null;
  readonly dismissedAt: number | null;
  readonly assigneeId: number | null;
  readonly applicantName: string;
  readonly applicantAddress: string;
  readonly applicantPhone: string;
  readonly asset: string;
  /** Of the days before everybody read for himself: nothing follows from it. */
  readonly unread: number;
  readonly lateLetters: number;
  readonly messageCount: number;
  readonly lastMessageAt: number | null;
  /** Degrees; both or neither. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly subtypeId: number | null;
  readonly repairPriorityId: number | null;
  readonly postponedUntil: number | null;
  readonly autoCloseAt: number | null;
  /** Its letters live in another incident. */
  readonly mergedIntoId: number | null;
  readonly floodId: number | null;
  /** The clock the queue shows. */
  readonly clockId: number | null;
  /** Of a person's letter. */
  readonly lastInboundAt: number | null;
  readonly urgencyAt: number;
  /** Last change of what people decide. */
  readonly decidedRevision: number;
  readonly revision: number;
};

export type IncidentStore = {
  takeNumber(): number;
  /** After a restore: numbers given since the backup must not be given again. */
  raiseNumber(atLeast: number): void;
  lastNumber(): number;
  /** How far a code seen in a letter may raise the number; 0 unless the desk was restored. */
  numberCeiling(): number;
  setNumberCeiling(number: number): void;
  insert(record: Omit<IncidentRecord, 'id'>): number;
  find(id: number): IncidentRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): IncidentRecord;
  /** Throws `conflict` (reason `stale`) when somebody decided something since the revision the page acted on. */
  requireAt(id: number, expected: number): IncidentRecord;
  findByNumber(number: number): IncidentRecord | undefined;
  save(record: IncidentRecord): void;
  /** Unassigned, unfinished, oldest first. */
  waiting(): readonly { readonly id: number }[];
  waitingCount(): number;
  categories(id: number): number[];
  setCategories(id: number, categoryIds: readonly number[]): void;
  /** Ids whose row changed after `revision`, at most `limit`. */
  changedAfter(revision: number, limit: number): number[];
};

const incidentColumns = `i.id, i.uuid, i.number, i.code, i.title, i.description, i.status_id AS statusId, i.type_id AS typeId,
  i.priority, i.channel, i.account_id AS accountId, i.registered_at AS registeredAt, i.opened_at AS openedAt,
  i.finished_at AS finishedAt, i.dismissed_at AS dismissedAt, i.assignee_id AS assigneeId,
  i.applicant_name AS applicantName, i.applicant_address AS applicantAddress, i.applicant_phone AS applicantPhone,
  i.asset, i.unread, i.late_letters AS lateLetters, i.message_count AS messageCount, i.last_message_at AS lastMessageAt,
  i.latitude, i.longitude, i.subtype_id AS subtypeId, i.repair_priority_id AS repairPriorityId,
  i.postponed_until AS postponedUntil, i.auto_close_at AS autoCloseAt, i.merged_into_id AS mergedIntoId,
  i.flood_id AS floodId, i.clock_id AS clockId, i.last_inbound_at AS lastInboundAt, i.urgency_at AS urgencyAt, i.decided_revision AS decidedRevision, i.revision`;

export function createIncidentStore(db: Db): IncidentStore {
  const insert = db.prepare<[Omit<IncidentRecord, 'id'>], void>(
    `INSERT INTO incident (uuid, number, code, title, description, status_id, type_id, priority, channel, account_id,
       registered_at, opened_at, finished_at, dismissed_at, assignee_id, applicant_name, applicant_address,
       applicant_phone, asset, unread, late_letters, message_count, last_message_at, latitude, longitude,
       subtype_id, repair_priority_id, postponed_until, auto_close_at, merged_into_id, flood_id, clock_id,
       last_inbound_at, urgency_at, decided_revision, revision)
     VALUES (:uuid, :number, :code, :title, :description, :statusId, :typeId, :priority, :channel, :accountId,
       :registeredAt, :openedAt, :finishedAt, :dismissedAt, :assigneeId, :applicantName, :applicantAddress,
       :applicantPhone, :asset, :unread, :lateLetters, :messageCount, :lastMessageAt, :latitude, :longitude,
       :subtypeId, :repairPriorityId, :postponedUntil, :autoCloseAt, :mergedIntoId, :floodId, :clockId,
       :lastInboundAt, :urgencyAt, :decidedRevision, :revision)`,
  );
  const byId = db.prepare<[number], IncidentRecord>(
    `SELECT ${incidentColumns} FROM incident i WHERE i.id = ?`,
  );
  const byNumber = db.prepare<[number], IncidentRecord>(
    `SELECT ${incidentColumns} FROM incident i WHERE i.number = ?`,
  );
  const save = db.prepare<[IncidentRecord], void>(
    `UPDATE incident SET title = :title, description = :description, status_id = :statusId, type_id = :typeId,
       priority = :priority, registered_at = :registeredAt, finished_at = :finishedAt, dismissed_at = :dismissedAt,
       assignee_id = :assigneeId, applicant_name = :applicantName, applicant_address = :applicantAddress,
       applicant_phone = :applicantPhone, asset = :asset, unread = :unread, late_letters = :lateLetters,
       message_count = :messageCount, last_message_at = :lastMessageAt, latitude = :latitude,
       longitude = :longitude, subtype_id = :subtypeId, repair_priority_id = :repairPriorityId,
       postponed_until = :postponedUntil, auto_close_at = :autoCloseAt, merged_into_id = :mergedIntoId,
       flood_id = :floodId, clock_id = :clockId, last_inbound_at = :lastInboundAt, urgency_at = :urgencyAt,
       decided_revision = :decidedRevision, revision = :revision
     WHERE id = :id`,
  );
  const waitingCount = db
    .prepare<[], number>(
      `SELECT count(*) FROM incident WHERE assignee_id IS NULL AND finished_at IS NULL AND dismissed_at IS NULL`,
    )
    .pluck();
  const waiting = db.prepare<[], { id: number }>(
    `SELECT id FROM incident WHERE assignee_id IS NULL AND finished_at IS NULL AND dismissed_at IS NULL
     ORDER BY registered_at, id`,
  );
  const categories = db
    .prepare<[number], number>(
      'SELECT category_id FROM incident_category WHERE incident_id = ? ORDER BY category_id',
    )
    .pluck();
  const clearCategories = db.prepare<[number], void>('DELETE FROM incident_category WHERE incident_id = ?');
  const addCategory = db.prepare<[number, number], void>(
    'INSERT INTO incident_category (incident_id, category_id) VALUES (?, ?)',
  );
  const changedAfter = db
    .prepare<[number, number], number>('SELECT id FROM incident WHERE revision > ? ORDER BY revision LIMIT ?')
    .pluck();

  function require(id: number): IncidentRecord {
    const record = byId.get(id);
    if (!record)
      throw new AppError('not-found', { message: 'No such incident', details: { reason: 'incident', id } });
    return record;
  }

  return {
    ...createNumbers(db),
    insert: (record) => Number(insert.run(record).lastInsertRowid),
    find: (id) => byId.get(id),
    require,
    requireAt(id, expected) {
      const record = require(id);
      if (record.decidedRevision > expected) {
        throw new AppError('conflict', {
          message: 'The incident changed meanwhile',
          details: { reason: 'stale', id, revision: record.revision },
        });
      }
      return record;
    },
    findByNumber: (number) => byNumber.get(number),
    save: (record) => void save.run(record),
    waiting: () => waiting.all(),
    waitingCount: () => waitingCount.get() ?? 0,
    categories: (id) => categories.all(id),
    setCategories(id, categoryIds) {
      clearCategories.run(id);
      for (const categoryId of categoryIds) addCategory.run(id, categoryId);
    },
    changedAfter: (revision, limit) => changedAfter.all(revision, limit),
  };
}

type Numbers = Pick<
  IncidentStore,
  'takeNumber' | 'raiseNumber' | 'lastNumber' | 'numberCeiling' | 'setNumberCeiling'
>;

function createNumbers(db: Db): Numbers {
  const takeNumber = db
    .prepare<[], number>(
      "UPDATE counter SET value = value + 1 WHERE name = 'incident-number' RETURNING value",
    )
    .pluck();
  const lastNumber = db
    .prepare<[], number>("SELECT value FROM counter WHERE name = 'incident-number'")
    .pluck();
  const raiseNumber = db.prepare<[number], void>(
    "UPDATE counter SET value = max(value, ?) WHERE name = 'incident-number'",
  );
  const ceiling = db
    .prepare<[], number>("SELECT value FROM counter WHERE name = 'incident-number-ceiling'")
    .pluck();
  const setCeiling = db.prepare<[number], void>(
    `INSERT INTO counter (name, value) VALUES ('incident-number-ceiling', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  return {
    takeNumber: () => takeNumber.get() ?? 0,
    raiseNumber: (atLeast) => void raiseNumber.run(atLeast),
    lastNumber: () => lastNumber.get() ?? 0,
    numberCeiling: () => ceiling.get() ?? 0,
    setNumberCeiling: (number) => void setCeiling.run(number),
  };
}
