import type { OnCallOverride, OnCallRule } from '../../shared/contract/technicians.ts';
import type { Db } from './open.ts';

export type OnCallStore = {
  rules(): OnCallRule[];
  setRules(contactId: number, rules: readonly Omit<OnCallRule, 'contactId'>[], revision: number): void;
  /** That touch the span, in the order in which they were made: a later one is stronger. */
  overridesBetween(from: number, to: number): OnCallOverride[];
  ofSwap(swap: string): OnCallOverride[];
  findOverride(id: number): OnCallOverride | undefined;
  /** With an id where one that was removed is put back into its place among the others. */
  insertOverride(
    override: Omit<OnCallOverride, 'id'> & { readonly id?: number | undefined },
    revision: number,
  ): number;
  removeOverride(id: number): void;
};

type Row = Omit<OnCallOverride, 'onDuty'> & { readonly onDuty: number };

const columns = `id, contact_id AS contactId, on_duty AS onDuty, from_at AS fromAt, to_at AS toAt,
  instead_of_id AS insteadOfId, swap, reason, created_by AS createdBy, created_at AS createdAt`;

export function createOnCallStore(db: Db): OnCallStore {
  const rules = db.prepare<[], OnCallRule>(
    `SELECT contact_id AS contactId, weekdays, starts_minute AS startsMinute, ends_minute AS endsMinute, zone
     FROM on_call_rule ORDER BY contact_id, id`,
  );
  const clearRules = db.prepare<[number], void>('DELETE FROM on_call_rule WHERE contact_id = ?');
  const addRule = db.prepare<[object], void>(
    `INSERT INTO on_call_rule (contact_id, weekdays, starts_minute, ends_minute, zone, revision)
     VALUES (:contactId, :weekdays, :startsMinute, :endsMinute, :zone, :revision)`,
  );
  const between = db.prepare<[number, number], Row>(
    `SELECT ${columns} FROM on_call_override WHERE to_at > ? AND from_at < ? ORDER BY id`,
  );
  const ofSwap = db.prepare<[string], Row>(
    `SELECT ${columns} FROM on_call_override WHERE swap = ? ORDER BY id`,
  );
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM on_call_override WHERE id = ?`);
  const insert = db.prepare<[object], void>(
    `INSERT INTO on_call_override
       (id, contact_id, on_duty, from_at, to_at, instead_of_id, swap, reason, created_by, created_at, revision)
     VALUES (:id, :contactId, :onDuty, :fromAt, :toAt, :insteadOfId, :swap, :reason, :createdBy, :createdAt, :revision)`,
  );
  const remove = db.prepare<[number], void>('DELETE FROM on_call_override WHERE id = ?');
  return {
    rules: () => rules.all(),
    setRules(contactId, list, revision) {
      clearRules.run(contactId);
      for (const rule of list) addRule.run({ ...rule, contactId, revision });
    },
    overridesBetween: (from, to) => between.all(from, to).map(toOverride),
    ofSwap: (swap) => ofSwap.all(swap).map(toOverride),
    findOverride(id) {
      const row = byId.get(id);
      return row && toOverride(row);
    },
    insertOverride: (override, revision) =>
      Number(
        insert.run({
          ...override,
          id: override.id ?? null,
          onDuty: override.onDuty ? 1 : 0,
          revision,
        }).lastInsertRowid,
      ),
    removeOverride: (id) => void remove.run(id),
  };
}

function toOverride(row: Row): OnCallOverride {
  return { ...row, onDuty: row.onDuty === 1 };
}
