import type { Category, IncidentType, Status } from '../../shared/contract/settings.ts';
import { AppError } from '../../shared/errors.ts';
import { createClosingLists, type ClosingLists } from './closing-lists-store.ts';
import type { Db } from './open.ts';
import { createTemplateStore, type TemplateStore } from './template-store.ts';

type Row<T> = Omit<T, 'active' | 'finishes' | 'nextIds'> & {
  readonly active: number;
  readonly finishes: number;
};

export type ReferenceStore = TemplateStore &
  ClosingLists & {
    statuses(): Status[];
    types(): IncidentType[];
    categories(): Category[];
    /** Throws `not-found`. */
    status(id: number): Status;
    statusByKey(key: string): Status;
    type(id: number): IncidentType;
    saveStatus(status: Omit<Status, 'id'> & { readonly id: number | null }, revision: number): number;
    saveType(type: Omit<IncidentType, 'id'> & { readonly id: number | null }, revision: number): number;
    saveCategory(category: Omit<Category, 'id'> & { readonly id: number | null }, revision: number): number;
  };

const transitions = 'SELECT from_id AS fromId, to_id AS toId FROM status_transition';
const statusColumns = 'id, key, name, name_en AS nameEn, tone, finishes, position, active';
const typeColumns = 'id, key, name, name_en AS nameEn, sla_minutes AS slaMinutes, position, active';
const categoryColumns = 'id, key, name, name_en AS nameEn, position, active';

export function createReferenceStore(db: Db): ReferenceStore {
  const selectStatuses = db.prepare<[], Row<Status>>(
    `SELECT ${statusColumns} FROM status ORDER BY position, id`,
  );
  const selectTransitions = db.prepare<[], { fromId: number; toId: number }>(transitions);
  const selectTypes = db.prepare<[], Row<IncidentType>>(
    `SELECT ${typeColumns} FROM incident_type ORDER BY position, id`,
  );
  const selectCategories = db.prepare<[], Row<Category>>(
    `SELECT ${categoryColumns} FROM category ORDER BY position, id`,
  );

  const upsertStatus = db
    .prepare<[object], number>(
      `INSERT INTO status (id, key, name, name_en, tone, finishes, position, active, revision)
       VALUES (:id, :key, :name, :nameEn, :tone, :finishes, :position, :active, :revision)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, name_en = excluded.name_en,
         tone = excluded.tone, finishes = excluded.finishes, position = excluded.position, active = excluded.active,
         revision = excluded.revision RETURNING id`,
    )
    .pluck();
  const clearTransitions = db.prepare<[number], void>('DELETE FROM status_transition WHERE from_id = ?');
  const addTransition = db.prepare<[number, number], void>(
    'INSERT OR IGNORE INTO status_transition (from_id, to_id) VALUES (?, ?)',
  );
  const upsertType = db
    .prepare<[object], number>(
      `INSERT INTO incident_type (id, key, name, name_en, sla_minutes, position, active, revision)
       VALUES (:id, :key, :name, :nameEn, :slaMinutes, :position, :active, :revision)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, name_en = excluded.name_en,
         sla_minutes = excluded.sla_minutes, position = excluded.position, active = excluded.active,
         revision = excluded.revision RETURNING id`,
    )
    .pluck();
  const upsertCategory = db
    .prepare<[object], number>(
      `INSERT INTO category (id, key, name, name_en, position, active, revision)
       VALUES (:id, :key, :name, :nameEn, :position, :active, :revision)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, name_en = excluded.name_en,
         position = excluded.position, active = excluded.active, revision = excluded.revision RETURNING id`,
    )
    .pluck();

  function statuses(): Status[] {
    const next = Map.groupBy(selectTransitions.all(), (row) => row.fromId);
    return selectStatuses.all().map((row) => ({
      ...row,
      finishes: row.finishes === 1,
      active: row.active === 1,
      nextIds: (next.get(row.id) ?? []).map((transition) => transition.toId),
    }));
  }

  const types = () => selectTypes.all().map((row) => ({ ...row, active: row.active === 1 }));

  return {
    ...createTemplateStore(db),
    ...createClosingLists(db),
    statuses,
    types,
    categories: () => selectCategories.all().map((row) => ({ ...row, active: row.active === 1 })),
    status: (id) =>
      found(
        statuses().find((row) => row.id === id),
        'status',
      ),
    statusByKey: (key) =>
      found(
        statuses().find((row) => row.key === key),
        'status',
      ),
    type: (id) =>
      found(
        types().find((row) => row.id === id),
        'type',
      ),
    saveStatus(status, revision) {
      const { nextIds, ...row } = status;
      const id =
        upsertStatus.get({ ...row, finishes: Number(row.finishes), active: Number(row.active), revision }) ??
        0;
      clearTransitions.run(id);
      for (const nextId of nextIds) addTransition.run(id, nextId);
      return id;
    },
    saveType: (type, revision) => upsertType.get({ ...type, active: Number(type.active), revision }) ?? 0,
    saveCategory: (category, revision) =>
      upsertCategory.get({ ...category, active: Number(category.active), revision }) ?? 0,
  };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined)
    throw new AppError('not-found', { message: `No such ${what}`, details: { reason: what } });
  return value;
}
