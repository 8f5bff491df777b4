import type { TechnicianParts } from '../../src/core/calls/technicians.ts';
import type { TechnicianFields } from '../../src/core/db/technician-store.ts';
import { createCoreKit, type CoreKit } from './core-kit.ts';

export type TechnicianKit = CoreKit & {
  readonly parts: TechnicianParts;
  /** A dispatcher on duty. */
  readonly anna: number;
  region(name: string): number;
  skill(name: string): number;
  addContact(name: string, kind: string, active?: boolean): number;
  /** Available, everywhere, two calls at most, unless told otherwise. */
  add(name: string, fields?: Partial<TechnicianFields> & { readonly active?: boolean }): number;
  /** Every day by Moscow. */
  plan(contactId: number, hours: { readonly startsMinute: number; readonly endsMinute: number }): void;
  /** A call put to them now. */
  call(contactId: number, state?: string): number;
};

export function createTechnicianKit(): TechnicianKit {
  const kit = createCoreKit();
  const { db, stores, desk, clock } = kit;
  const parts = { ...desk, technicians: stores.technicians, onCall: stores.onCall };
  let made = 0;
  const insert = (sql: string, row: object): number => {
    made += 1;
    return Number(db.prepare<[object], void>(sql).run({ ...row, made }).lastInsertRowid);
  };
  const addContact = (name: string, kind: string, active = true): number =>
    insert(
      `INSERT INTO contact (uuid, kind, name, active, created_at, revision)
       VALUES ('contact-' || :made, :kind, :name, :active, :made, 1)`,
      { kind, name, active: active ? 1 : 0 },
    );
  return {
    ...kit,
    parts,
    anna: kit.addPerson('Анна'),
    region: (name) =>
      insert(`INSERT INTO region (key, name, revision) VALUES ('region-' || :made, :name, 1)`, { name }),
    skill: (name) =>
      db.transact((revision) => {
        made += 1;
        const skill = { key: `skill-${made}`, name, nameEn: name, active: true, position: made };
        return stores.technicians.insertSkill(skill, revision);
      }),
    addContact,
    add(name, { active = true, ...fields } = {}) {
      const contactId = addContact(name, 'technician', active);
      const blank = { availability: 'available', availableUntil: null, mostCalls: 2 } as const;
      db.transact((revision) =>
        stores.technicians.save(contactId, { ...blank, skillIds: [], regionIds: [], ...fields }, revision),
      );
      return contactId;
    },
    plan(contactId, hours) {
      const rule = { ...hours, weekdays: 127, zone: 'Europe/Moscow' };
      db.transact((revision) => stores.onCall.setRules(contactId, [rule], revision));
    },
    call(contactId, state = 'pending') {
      const callId = insert(
        `INSERT INTO call (uuid, number, description, urgency, state, contact_id, created_at, revision)
         VALUES ('call-' || :made, :made, 'Нет питания', 'normal', :state, :contactId, :at, 1)`,
        { state, contactId, at: clock.now() },
      );
      insert(`INSERT INTO call_turn (call_id, contact_id, asked_at) VALUES (:callId, :contactId, :at)`, {
        callId,
        contactId,
        at: clock.now(),
      });
      return callId;
    },
  };
}
