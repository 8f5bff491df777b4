import { AppError } from '../../shared/errors.ts';
import type { RosterRule } from '../../shared/contract/session.ts';
import type { FurtherAddress } from '../../shared/contract/common.ts';
import { createFurtherAddressStore } from './further-address-store.ts';
import type { Db } from './open.ts';

export type PersonRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly role: 'dispatcher' | 'lead';
  readonly email: string;
  readonly phone: string;
  readonly pinHash: string | null;
  /** 0 or 1. */
  readonly active: number;
  readonly createdAt: number;
  readonly revision: number;
};

export type ShiftRecord = {
  readonly id: number;
  readonly personId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly source: 'hand' | 'roster';
  readonly plannedEndAt: number | null;
  /** 1: whoever left keeps what is in hand, by their own choice. */
  readonly kept: number;
  readonly revision: number;
};

/** What assignment weighs: unfinished incidents in hand, and when the last one was given. */
export type LoadRow = { readonly personId: number; readonly load: number; readonly lastAssignedAt: number };

export type PersonStore = {
  insert(person: Omit<PersonRecord, 'id'>): number;
  save(person: PersonRecord): void;
  find(id: number): PersonRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): PersonRecord;
  all(): PersonRecord[];
  /** Besides the first e-mail and telephone, in the order they are tried. */
  addresses(id: number): FurtherAddress[];
  setAddresses(id: number, addresses: readonly FurtherAddress[]): void;
  rules(): RosterRule[];
  setRules(personId: number, rules: readonly Omit<RosterRule, 'id' | 'personId'>[], revision: number): void;
  openShift(personId: number): ShiftRecord | undefined;
  openShifts(): ShiftRecord[];
  lastShift(personId: number): ShiftRecord | undefined;
  startShift(shift: Omit<ShiftRecord, 'id' | 'endedAt' | 'kept'>): void;
  endShift(id: number, at: number, kept: boolean, revision: number): void;
  /** Of active people on duty. */
  loads(): LoadRow[];
  /** Of everybody who has anything in hand. */
  allLoads(): { readonly personId: number; readonly load: number }[];
  insertKey(hash: string, personId: number, at: number): void;
  personOfKey(hash: string): number | undefined;
  removeKey(hash: string): void;
  /** Signs a person out everywhere. */
  removeKeysOf(personId: number): void;
};

const columns = `id, uuid, name, role, email, phone, pin_hash AS pinHash, active, created_at AS createdAt, revision`;
const shiftColumns = `id, person_id AS personId, started_at AS startedAt, ended_at AS endedAt, source,
  planned_end_at AS plannedEndAt, kept, revision`;

export function createPersonStore(db: Db): PersonStore {
  const insert = db.prepare<[Omit<PersonRecord, 'id'>], void>(
    `INSERT INTO person (uuid, name, role, email, phone, pin_hash, active, created_at, revision)
     VALUES (:uuid, :name, :role, :email, :phone, :pinHash, :active, :createdAt, :revision)`,
  );
  const save = db.prepare<[PersonRecord], void>(
    `UPDATE person SET name = :name, role = :role, email = :email, phone = :phone, pin_hash = :pinHash, active = :active,
       revision = :revision WHERE id = :id`,
  );
  const byId = db.prepare<[number], PersonRecord>(`SELECT ${columns} FROM person WHERE id = ?`);
  const all = db.prepare<[], PersonRecord>(`SELECT ${columns} FROM person ORDER BY active DESC, name`);
  const further = createFurtherAddressStore(db);
  const rules = db.prepare<[], RosterRule>(
    `SELECT id, person_id AS personId, weekdays, starts_minute AS startsMinute, ends_minute AS endsMinute, zone
     FROM roster_rule ORDER BY person_id, id`,
  );
  const clearRules = db.prepare<[number], void>('DELETE FROM roster_rule WHERE person_id = ?');
  const addRule = db.prepare<[Omit<RosterRule, 'id'> & { revision: number }], void>(
    `INSERT INTO roster_rule (person_id, weekdays, starts_minute, ends_minute, zone, revision)
     VALUES (:personId, :weekdays, :startsMinute, :endsMinute, :zone, :revision)`,
  );
  const openShift = db.prepare<[number], ShiftRecord>(
    `SELECT ${shiftColumns} FROM shift WHERE person_id = ? AND ended_at IS NULL`,
  );
  const openShifts = db.prepare<[], ShiftRecord>(
    `SELECT ${shiftColumns} FROM shift WHERE ended_at IS NULL ORDER BY started_at, id`,
  );
  const lastShift = db.prepare<[number], ShiftRecord>(
    `SELECT ${shiftColumns} FROM shift WHERE person_id = ? ORDER BY started_at DESC, id DESC LIMIT 1`,
  );
  const startShift = db.prepare<[Omit<ShiftRecord, 'id' | 'endedAt' | 'kept'>], void>(
    `INSERT INTO shift (person_id, started_at, source, planned_end_at, revision)
     VALUES (:personId, :startedAt, :source, :plannedEndAt, :revision)`,
  );
  const endShift = db.prepare<[number, number, number, number], void>(
    'UPDATE shift SET ended_at = max(started_at, ?), kept = ?, revision = ? WHERE id = ?',
  );
  const loads = db.prepare<[], LoadRow>(
    `SELECT s.person_id AS personId, count(i.id) AS load, coalesce(max(i.opened_at), 0) AS lastAssignedAt
     FROM shift s JOIN person p ON p.id = s.person_id AND p.active = 1
     LEFT JOIN incident i ON i.assignee_id = s.person_id AND i.finished_at IS NULL AND i.dismissed_at IS NULL
     WHERE s.ended_at IS NULL GROUP BY s.person_id`,
  );
  const allLoads = db.prepare<[], { personId: number; load: number }>(
    `SELECT assignee_id AS personId, count(*) AS load FROM incident
     WHERE finished_at IS NULL AND dismissed_at IS NULL AND assignee_id IS NOT NULL GROUP BY assignee_id`,
  );
  const insertKey = db.prepare<[string, number, number], void>(
    'INSERT INTO session_key (hash, person_id, created_at) VALUES (?, ?, ?)',
  );
  const personOfKey = db
    .prepare<[string], number>('SELECT person_id FROM session_key WHERE hash = ?')
    .pluck();
  const removeKey = db.prepare<[string], void>('DELETE FROM session_key WHERE hash = ?');
  const removeKeysOf = db.prepare<[number], void>('DELETE FROM session_key WHERE person_id = ?');
  return {
    insert: (person) => Number(insert.run(person).lastInsertRowid),
    save: (person) => void save.run(person),
    find: (id) => byId.get(id),
    require(id) {
      const person = byId.get(id);
      if (!person)
        throw new AppError('not-found', { message: 'No such person', details: { reason: 'person', id } });
      return person;
    },
    all: () => all.all(),
    addresses: (id) => further.of('person', id),
    setAddresses: (id, addresses) => further.set('person', id, addresses),
    rules: () => rules.all(),
    setRules(personId, list, revision) {
      clearRules.run(personId);
      for (const rule of list) addRule.run({ ...rule, personId, revision });
    },
    openShift: (personId) => openShift.get(personId),
    openShifts: () => openShifts.all(),
    lastShift: (personId) => lastShift.get(personId),
    startShift: (shift) => void startShift.run(shift),
    endShift: (id, at, kept, revision) => void endShift.run(at, kept ? 1 : 0, revision, id),
    loads: () => loads.all(),
    allLoads: () => allLoads.all(),
    insertKey: (hash, personId, at) => void insertKey.run(hash, personId, at),
    personOfKey: (hash) => personOfKey.get(hash),
    removeKey: (hash) => void removeKey.run(hash),
    removeKeysOf: (personId) => void removeKeysOf.run(personId),
  };
}
