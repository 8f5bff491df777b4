import type { Db } from './open.ts';

/** Fields that name an item of another list by its key; in the table they hold its id. */
type Reference = { readonly column: string; readonly table: string };

type ListTable = {
  readonly table: string;
  readonly key: string;
  /** Its key is not a column but follows from all that is plain in it. */
  readonly composed?: boolean;
  readonly plain: readonly string[];
  /** 0 and 1 in the table. */
  readonly flags: readonly string[];
  /** JSON in the table. */
  readonly json: readonly string[];
  readonly references: Readonly<Record<string, Reference>>;
  /** JSON of ids in the table, keys in the file. */
  readonly referenceLists: Readonly<Record<string, Reference>>;
  /** Pairs in a table of their own. */
  readonly pairs?: {
    readonly field: string;
    readonly table: string;
    readonly own: string;
    readonly other: string;
    readonly otherTable: string;
  };
  /** How an item that is no longer in the file leaves. */
  readonly retired: 'inactive' | 'removed' | 'deleted';
};

const named = ['name', 'name_en', 'position'] as const;
const bare = {
  flags: ['active'],
  json: [],
  references: {},
  referenceLists: {},
  retired: 'inactive',
} as const;
const status = (column: string): Reference => ({ column, table: 'status' });

/** In an order in which each list comes after those it names. */
export const listTables = {
  statuses: {
    ...bare,
    table: 'status',
    key: 'key',
    plain: [...named, 'tone'],
    flags: ['active', 'finishes'],
    pairs: {
      field: 'next',
      table: 'status_transition',
      own: 'from_id',
      other: 'to_id',
      otherTable: 'status',
    },
  },
  subtypes: { ...bare, table: 'incident_subtype', key: 'key', plain: named },
  types: {
    ...bare,
    table: 'incident_type',
    key: 'key',
    plain: [...named, 'sla_minutes'],
    pairs: {
      field: 'subtypes',
      table: 'subtype_of_type',
      own: 'type_id',
      other: 'subtype_id',
      otherTable: 'incident_subtype',
    },
  },
  priorities: { ...bare, table: 'repair_priority', key: 'key', plain: [...named, 'target_minutes'] },
  categories: { ...bare, table: 'category', key: 'key', plain: named },
  calendars: {
    ...bare,
    table: 'calendar',
    key: 'key',
    plain: [...named, 'zone'],
    flags: ['active', 'around_the_clock', 'holidays'],
    json: ['week'],
  },
  days: {
    ...bare,
    table: 'calendar_day',
    key: 'day',
    plain: ['kind', 'name'],
    flags: [],
    retired: 'deleted',
  },
  clocks: {
    ...bare,
    table: 'clock_rule',
    key: 'key',
    plain: [...named, 'starts', 'target', 'target_minutes', 'escalate_minutes'],
    json: ['warn_percents'],
    references: {
      category: { column: 'category_id', table: 'category' },
      calendar: { column: 'calendar_id', table: 'calendar' },
    },
    referenceLists: { pause_statuses: status('pause_status_ids'), end_statuses: status('end_status_ids') },
  },
  templates: {
    ...bare,
    table: 'template',
    key: 'key',
    plain: [...named, 'subject', 'body', 'audience', 'thread', 'begins_work', 'begins_from'],
    flags: ['ends_works', 'arms_auto_close', 'automatic'],
    json: ['requires'],
    references: {
      during_status: status('during_status_id'),
      after_status: status('after_status_id'),
      failed_status: status('failed_status_id'),
    },
    retired: 'removed',
  },
  rules: {
    ...bare,
    table: 'ignore_rule',
    key: "(field || ':' || value)",
    composed: true,
    plain: ['field', 'value'],
  },
} as const satisfies Readonly<Record<string, ListTable>>;

export type ListName = keyof typeof listTables;
export type ListItem = Readonly<Record<string, unknown>>;

export const listNames = Object.keys(listTables) as ListName[];

export type ListsFileStore = {
  /** Every item as the file has it, with the name of its key under `key`; what has left is not among them. */
  items(list: ListName): ListItem[];
  /** By its key, without pairs: these may name items that come later. */
  save(list: ListName, item: ListItem, at: number, revision: number): void;
  savePairs(list: ListName, item: ListItem): void;
  retire(list: ListName, key: string, at: number, revision: number): void;
};

type Row = Readonly<Record<string, string | number | null>>;

/** Lists by keys instead of ids, for a file that another desk may read. */
export function createListsFileStore(db: Db): ListsFileStore {
  const tableOf = (list: ListName): ListTable => listTables[list];
  const idOf = (table: string, key: unknown) =>
    db.prepare<[unknown], number>(`SELECT id FROM ${table} WHERE key = ?`).pluck().get(key) ?? null;
  const keysOf = (table: string) =>
    new Map(
      db
        .prepare<[], { id: number; key: string }>(`SELECT id, key FROM ${table}`)
        .all()
        .map(({ id, key }) => [id, key]),
    );

  function items(list: ListName): ListItem[] {
    const table = tableOf(list);
    const order = table.plain.includes('position') ? 'position, key' : table.key;
    const where = table.retired === 'removed' ? ' WHERE removed_at IS NULL' : '';
    const rows = db
      .prepare<[], Row>(`SELECT *, ${table.key} AS item_key FROM ${table.table}${where} ORDER BY ${order}`)
      .all();
    return rows.map((row) => toItem(table, row));
  }

  function toItem(table: ListTable, row: Row): ListItem {
    const { pairs } = table;
    return {
      key: row['item_key'],
      ...pick(table.plain, (column) => row[column]),
      ...pick(table.flags, (column) => row[column] === 1),
      ...pick(table.json, (column) => JSON.parse(String(row[column])) as unknown),
      ...mapValues(table.references, ({ column, table: other }) => {
        const id = row[column];
        return id === null ? null : (keysOf(other).get(Number(id)) ?? null);
      }),
      ...mapValues(table.referenceLists, ({ column, table: other }) => {
        const known = keysOf(other);
        const ids = JSON.parse(String(row[column])) as number[];
        return ids.flatMap((id) => known.get(id) ?? []).toSorted();
      }),
      ...(pairs
        ? {
            [pairs.field]: db
              .prepare<[unknown], string>(
                `SELECT other.key FROM ${pairs.table} pair JOIN ${pairs.otherTable} other ON other.id = pair.${pairs.other}
                 WHERE pair.${pairs.own} = ? ORDER BY other.key`,
              )
              .pluck()
              .all(row['id']),
          }
        : {}),
    };
  }

  return {
    items,
    save(list, item, at, revision) {
      const table = tableOf(list);
      const values: Record<string, unknown> = {
        ...(table.composed ? { created_at: at } : { [table.key]: item['key'] }),
        ...pick(table.plain, (column) => item[column]),
        ...pick(table.flags, (column) => (item[column] === true ? 1 : 0)),
        ...pick(table.json, (column) => JSON.stringify(item[column])),
        revision,
      };
      for (const [field, { column, table: other }] of Object.entries(table.references)) {
        values[column] = item[field] === null ? null : idOf(other, item[field]);
      }
      for (const [field, { column, table: other }] of Object.entries(table.referenceLists)) {
        const keys = item[field] as readonly string[];
        values[column] = JSON.stringify(keys.flatMap((key) => idOf(other, key) ?? []));
      }
      if (table.retired === 'removed') values['removed_at'] = null;
      const columns = Object.keys(values);
      const known = table.composed ? table.plain : [table.key];
      const set = columns
        .filter((column) => !known.includes(column) && column !== 'created_at')
        .map((column) => `${column} = :${column}`);
      db.prepare<[object], void>(
        `INSERT INTO ${table.table} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})
         ON CONFLICT (${known.join(', ')}) DO UPDATE SET ${set.join(', ')}`,
      ).run(values);
    },
    savePairs(list, item) {
      const { pairs, table } = tableOf(list);
      if (!pairs) return;
      const own = idOf(table, item['key']);
      db.prepare<[unknown], void>(`DELETE FROM ${pairs.table} WHERE ${pairs.own} = ?`).run(own);
      const add = db.prepare<[unknown, unknown], void>(
        `INSERT OR IGNORE INTO ${pairs.table} (${pairs.own}, ${pairs.other}) VALUES (?, ?)`,
      );
      for (const key of item[pairs.field] as readonly string[]) add.run(own, idOf(pairs.otherTable, key));
    },
    retire(list, key, at, revision) {
      const table = tableOf(list);
      const sql = {
        inactive: `UPDATE ${table.table} SET active = 0, revision = :revision WHERE ${table.key} = :key`,
        removed: `UPDATE ${table.table} SET removed_at = :at, revision = :revision WHERE key = :key`,
        deleted: `DELETE FROM ${table.table} WHERE ${table.key} = :key`,
      };
      db.prepare<[object], void>(sql[table.retired]).run({ key, at, revision });
    },
  };
}

function pick<T>(columns: readonly string[], value: (column: string) => T): Record<string, T> {
  return Object.fromEntries(columns.map((column) => [column, value(column)]));
}

function mapValues<T>(
  of: Readonly<Record<string, Reference>>,
  value: (reference: Reference) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(of).map(([field, reference]) => [field, value(reference)]));
}
