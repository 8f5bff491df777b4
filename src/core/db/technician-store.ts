import type { Availability, Skill } from '../../shared/contract/technicians.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

/** A contact of the kind 'technician'; whoever has no row of their own yet stands with what a new one begins with. */
export type TechnicianRecord = {
  readonly contactId: number;
  readonly name: string;
  readonly organisation: string;
  readonly phone: string;
  readonly active: boolean;
  readonly availability: Availability;
  /** Until when that holds; null is until somebody says otherwise. */
  readonly availableUntil: number | null;
  readonly mostCalls: number;
  readonly skillIds: readonly number[];
  /** Empty is everywhere. */
  readonly regionIds: readonly number[];
  /** Calls that are with them and not ended. */
  readonly load: number;
  /** When a call was put to them last. */
  readonly lastAskedAt: number | null;
};

export type TechnicianFields = Pick<
  TechnicianRecord,
  'availability' | 'availableUntil' | 'mostCalls' | 'skillIds' | 'regionIds'
>;

export type TechnicianStore = {
  /** Those who still work first, then by name. */
  all(): TechnicianRecord[];
  find(contactId: number): TechnicianRecord | undefined;
  /** Throws `not-found`. */
  require(contactId: number): TechnicianRecord;
  save(contactId: number, fields: TechnicianFields, revision: number): void;
  skills(): Skill[];
  insertSkill(skill: Omit<Skill, 'id'> & { readonly position: number }, revision: number): number;
  updateSkill(skill: Omit<Skill, 'key'>, revision: number): void;
};

type Row = Omit<TechnicianRecord, 'active' | 'skillIds' | 'regionIds'> & {
  readonly active: number;
  readonly skillIds: string;
  readonly regionIds: string;
};

const columns = `c.id AS contactId, c.name, c.organisation, c.phone, c.active,
  coalesce(t.availability, 'available') AS availability, t.available_until AS availableUntil,
  coalesce(t.most_calls, 2) AS mostCalls,
  (SELECT json_group_array(skill_id) FROM technician_skill WHERE contact_id = c.id) AS skillIds,
  (SELECT json_group_array(region_id) FROM technician_region WHERE contact_id = c.id) AS regionIds,
  (SELECT count(*) FROM call WHERE contact_id = c.id
     AND state IN ('pending', 'accepted', 'on-the-way', 'in-progress')) AS load,
  (SELECT max(asked_at) FROM call_turn WHERE contact_id = c.id) AS lastAskedAt`;
const from = `FROM contact c LEFT JOIN technician t ON t.contact_id = c.id WHERE c.kind = 'technician'`;

export function createTechnicianStore(db: Db): TechnicianStore {
  const all = db.prepare<[], Row>(`SELECT ${columns} ${from} ORDER BY c.active DESC, c.name, c.id`);
  const byId = db.prepare<[number], Row>(`SELECT ${columns} ${from} AND c.id = ?`);
  const save = db.prepare<[object], void>(
    `INSERT INTO technician (contact_id, availability, available_until, most_calls, revision)
     VALUES (:contactId, :availability, :availableUntil, :mostCalls, :revision)
     ON CONFLICT (contact_id) DO UPDATE SET availability = :availability, available_until = :availableUntil,
       most_calls = :mostCalls, revision = :revision`,
  );
  const clearSkills = db.prepare<[number], void>('DELETE FROM technician_skill WHERE contact_id = ?');
  const addSkill = db.prepare<[number, number], void>(
    'INSERT OR IGNORE INTO technician_skill (contact_id, skill_id) VALUES (?, ?)',
  );
  const clearRegions = db.prepare<[number], void>('DELETE FROM technician_region WHERE contact_id = ?');
  const addRegion = db.prepare<[number, number], void>(
    'INSERT OR IGNORE INTO technician_region (contact_id, region_id) VALUES (?, ?)',
  );
  const skills = db.prepare<[], Omit<Skill, 'active'> & { readonly active: number }>(
    'SELECT id, key, name, name_en AS nameEn, active FROM skill ORDER BY position, id',
  );
  const insertSkill = db.prepare<[object], void>(
    `INSERT INTO skill (key, name, name_en, position, active, revision)
     VALUES (:key, :name, :nameEn, :position, :active, :revision)`,
  );
  const updateSkill = db.prepare<[object], void>(
    'UPDATE skill SET name = :name, name_en = :nameEn, active = :active, revision = :revision WHERE id = :id',
  );
  const find = (contactId: number): TechnicianRecord | undefined => {
    const row = byId.get(contactId);
    return row && toTechnician(row);
  };
  return {
    all: () => all.all().map(toTechnician),
    find,
    require(contactId) {
      const technician = find(contactId);
      if (!technician) throw new AppError('not-found', { details: { reason: 'technician', id: contactId } });
      return technician;
    },
    save(contactId, { skillIds, regionIds, ...fields }, revision) {
      save.run({ ...fields, contactId, revision });
      clearSkills.run(contactId);
      for (const skillId of skillIds) addSkill.run(contactId, skillId);
      clearRegions.run(contactId);
      for (const regionId of regionIds) addRegion.run(contactId, regionId);
    },
    skills: () => skills.all().map((skill) => ({ ...skill, active: skill.active === 1 })),
    insertSkill: (skill, revision) =>
      Number(insertSkill.run({ ...skill, active: skill.active ? 1 : 0, revision }).lastInsertRowid),
    updateSkill: (skill, revision) =>
      void updateSkill.run({ ...skill, active: skill.active ? 1 : 0, revision }),
  };
}

function toTechnician(row: Row): TechnicianRecord {
  return {
    ...row,
    active: row.active === 1,
    skillIds: JSON.parse(row.skillIds) as number[],
    regionIds: JSON.parse(row.regionIds) as number[],
  };
}
