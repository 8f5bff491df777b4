import type { RepairPriority, Subtype } from '../../shared/contract/settings.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

type New<T> = Omit<T, 'id'> & { readonly id: number | null };
type Row<T> = Omit<T, 'active' | 'typeIds'> & { readonly active: number };

/** What an incident must name before it is closed. */
export type ClosingLists = {
  subtypes(): Subtype[];
  repairPriorities(): RepairPriority[];
  /** Throws `not-found`. */
  subtype(id: number): Subtype;
  repairPriority(id: number): RepairPriority;
  saveSubtype(subtype: New<Subtype>, revision: number): number;
  saveRepairPriority(priority: New<RepairPriority>, revision: number): number;
};

export function createClosingLists(db: Db): ClosingLists {
  const selectSubtypes = db.prepare<[], Row<Subtype>>(
    'SELECT id, key, name, name_en AS nameEn, position, active FROM incident_subtype ORDER BY position, id',
  );
  const selectTypes = db.prepare<[], { typeId: number; subtypeId: number }>(
    'SELECT type_id AS typeId, subtype_id AS subtypeId FROM subtype_of_type ORDER BY type_id',
  );
  const selectPriorities = db.prepare<[], Row<RepairPriority>>(
    `SELECT id, key, name, name_en AS nameEn, target_minutes AS targetMinutes, position, active FROM repair_priority
     ORDER BY position, id`,
  );
  const upsertSubtype = db
    .prepare<[object], number>(
      `INSERT INTO incident_subtype (id, key, name, name_en, position, active, revision)
       VALUES (:id, :key, :name, :nameEn, :position, :active, :revision)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, name_en = excluded.name_en,
         position = excluded.position, active = excluded.active, revision = excluded.revision RETURNING id`,
    )
    .pluck();
  const clearTypes = db.prepare<[number], void>('DELETE FROM subtype_of_type WHERE subtype_id = ?');
  const addType = db.prepare<[number, number], void>(
    'INSERT OR IGNORE INTO subtype_of_type (type_id, subtype_id) VALUES (?, ?)',
  );
  const upsertPriority = db
    .prepare<[object], number>(
      `INSERT INTO repair_priority (id, key, name, name_en, target_minutes, position, active, revision)
       VALUES (:id, :key, :name, :nameEn, :targetMinutes, :position, :active, :revision)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, name_en = excluded.name_en,
         target_minutes = excluded.target_minutes, position = excluded.position, active = excluded.active,
         revision = excluded.revision RETURNING id`,
    )
    .pluck();

  function subtypes(): Subtype[] {
    const types = Map.groupBy(selectTypes.all(), ({ subtypeId }) => subtypeId);
    return selectSubtypes.all().map((row) => ({
      ...row,
      active: row.active === 1,
      typeIds: (types.get(row.id) ?? []).map(({ typeId }) => typeId),
    }));
  }

  const repairPriorities = () => selectPriorities.all().map((row) => ({ ...row, active: row.active === 1 }));

  return {
    subtypes,
    repairPriorities,
    subtype: (id) => found(subtypes(), id, 'subtype'),
    repairPriority: (id) => found(repairPriorities(), id, 'repair-priority'),
    saveSubtype({ typeIds, ...row }, revision) {
      const id = upsertSubtype.get({ ...row, active: Number(row.active), revision }) ?? 0;
      clearTypes.run(id);
      for (const typeId of typeIds) addType.run(typeId, id);
      return id;
    },
    saveRepairPriority: (row, revision) =>
      upsertPriority.get({ ...row, active: Number(row.active), revision }) ?? 0,
  };
}

function found<T extends { readonly id: number }>(rows: readonly T[], id: number, what: string): T {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw new AppError('not-found', { message: `No such ${what}`, details: { reason: what } });
  return row;
}
