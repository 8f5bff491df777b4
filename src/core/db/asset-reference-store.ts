import type { Db } from './open.ts';

export type RegionRecord = {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly macroregion: string;
  readonly repairEmail: string;
};

export type GroupRecord = {
  readonly id: number;
  readonly name: string;
  readonly domains: readonly string[];
  /** How long silence after the closing letter closes its incidents; null leaves it to the desk. */
  readonly autoCloseMinutes: number | null;
};

type GroupRow = Omit<GroupRecord, 'domains'> & { readonly domains: string };

/** Whose assets are, and where: short lists beside the long ones. */
export type AssetReferenceStore = {
  regions(): RegionRecord[];
  region(id: number): RegionRecord | undefined;
  operators(): { id: number; name: string; group: string }[];
  groups(): GroupRecord[];
  group(id: number): GroupRecord | undefined;
  insertGroup(group: Omit<GroupRecord, 'id'>, revision: number): number;
  updateGroup(group: GroupRecord, revision: number): void;
  setRepairEmail(regionId: number, email: string, revision: number): void;
  /** The row of that name, made when there is none. */
  ensureMacroregion(name: string, revision: number): number;
  /** Name and macroregion follow the source; the repair address is filled only where there is none. */
  ensureRegion(
    region: { key: string; name: string; macroregionId: number | null; repairEmail: string },
    revision: number,
  ): number;
  ensureGroup(name: string, revision: number): number;
  ensureOperator(name: string, groupId: number | null, revision: number): number;
  /** A contractor of that name in the directory, whatever its case. */
  contractor(name: string): number | undefined;
  contactExists(id: number): boolean;
};

const regionColumns = `r.id, r.key, r.name, coalesce(m.name, '') AS macroregion, r.repair_email AS repairEmail
  FROM region r LEFT JOIN macroregion m ON m.id = r.macroregion_id`;

export function createAssetReferenceStore(db: Db): AssetReferenceStore {
  const regions = db.prepare<[], RegionRecord>(`SELECT ${regionColumns} ORDER BY r.name, r.id`);
  const region = db.prepare<[number], RegionRecord>(`SELECT ${regionColumns} WHERE r.id = ?`);
  const operators = db.prepare<[], { id: number; name: string; group: string }>(
    `SELECT o.id, o.name, coalesce(g.name, '') AS "group" FROM operator o
     LEFT JOIN operator_group g ON g.id = o.group_id ORDER BY o.name, o.id`,
  );
  const groups = db.prepare<[], GroupRow>(
    'SELECT id, name, domains, auto_close_minutes AS autoCloseMinutes FROM operator_group ORDER BY name',
  );
  const group = db.prepare<[number], GroupRow>(
    'SELECT id, name, domains, auto_close_minutes AS autoCloseMinutes FROM operator_group WHERE id = ?',
  );
  const insertGroup = db
    .prepare<[object], number>(
      `INSERT INTO operator_group (name, domains, auto_close_minutes, revision)
       VALUES (:name, :domains, :autoCloseMinutes, :revision) RETURNING id`,
    )
    .pluck();
  const updateGroup = db.prepare<[object], void>(
    `UPDATE operator_group SET name = :name, domains = :domains, auto_close_minutes = :autoCloseMinutes,
       revision = :revision WHERE id = :id`,
  );
  const setRepairEmail = db.prepare<[string, number, number], void>(
    'UPDATE region SET repair_email = ?, revision = ? WHERE id = ?',
  );
  const toGroup = (row: GroupRow): GroupRecord => ({
    ...row,
    domains: JSON.parse(row.domains) as string[],
  });
  return {
    ...createEnsuring(db),
    regions: () => regions.all(),
    region: (id) => region.get(id),
    operators: () => operators.all(),
    groups: () => groups.all().map(toGroup),
    group(id) {
      const row = group.get(id);
      return row && toGroup(row);
    },
    insertGroup: ({ domains, ...group }, revision) =>
      Number(insertGroup.get({ ...group, domains: JSON.stringify(domains), revision })),
    updateGroup: ({ domains, ...group }, revision) =>
      void updateGroup.run({ ...group, domains: JSON.stringify(domains), revision }),
    setRepairEmail: (regionId, email, revision) => void setRepairEmail.run(email, revision, regionId),
  };
}

function createEnsuring(
  db: Db,
): Pick<
  AssetReferenceStore,
  'ensureMacroregion' | 'ensureRegion' | 'ensureGroup' | 'ensureOperator' | 'contractor' | 'contactExists'
> {
  const number = <P extends unknown[]>(sql: string) => db.prepare<P, number>(sql).pluck();
  const macroregion = number<[string]>('SELECT id FROM macroregion WHERE name = ?');
  const addMacroregion = number<[string, number]>(
    'INSERT INTO macroregion (name, revision) VALUES (?, ?) RETURNING id',
  );
  const group = number<[string]>('SELECT id FROM operator_group WHERE name = ?');
  const addGroup = number<[string, number]>(
    'INSERT INTO operator_group (name, revision) VALUES (?, ?) RETURNING id',
  );
  const operator = number<[string, number]>(
    'SELECT id FROM operator WHERE name = ? AND coalesce(group_id, 0) = ?',
  );
  const addOperator = number<[string, number | null, number]>(
    'INSERT INTO operator (name, group_id, revision) VALUES (?, ?, ?) RETURNING id',
  );
  const region = db.prepare<
    [string],
    { id: number; name: string; macroregionId: number | null; repairEmail: string }
  >(
    'SELECT id, name, macroregion_id AS macroregionId, repair_email AS repairEmail FROM region WHERE key = ?',
  );
  const addRegion = number<[object]>(
    `INSERT INTO region (key, name, macroregion_id, repair_email, revision)
     VALUES (:key, :name, :macroregionId, :repairEmail, :revision) RETURNING id`,
  );
  const updateRegion = db.prepare<[object], void>(
    `UPDATE region SET name = :name, macroregion_id = :macroregionId, repair_email = :repairEmail, revision = :revision
     WHERE id = :id`,
  );
  const contractors = db.prepare<[], { id: number; name: string }>(
    "SELECT id, name FROM contact WHERE kind = 'contractor' ORDER BY active DESC, id",
  );
  const contact = number<[number]>('SELECT 1 FROM contact WHERE id = ?');
  return {
    ensureMacroregion: (name, revision) =>
      Number(macroregion.get(name) ?? addMacroregion.get(name, revision)),
    ensureGroup: (name, revision) => Number(group.get(name) ?? addGroup.get(name, revision)),
    ensureOperator: (name, groupId, revision) =>
      Number(operator.get(name, groupId ?? 0) ?? addOperator.get(name, groupId, revision)),
    ensureRegion(wanted, revision) {
      const known = region.get(wanted.key);
      if (!known) {
        const name = wanted.name || wanted.key;
        return Number(addRegion.get({ ...wanted, name, revision }));
      }
      const next = {
        id: known.id,
        name: wanted.name || known.name,
        macroregionId: wanted.macroregionId ?? known.macroregionId,
        repairEmail: known.repairEmail || wanted.repairEmail,
      };
      const isSame =
        next.name === known.name &&
        next.macroregionId === known.macroregionId &&
        next.repairEmail === known.repairEmail;
      if (!isSame) updateRegion.run({ ...next, revision });
      return known.id;
    },
    contractor(name) {
      const folded = name.trim().toLowerCase();
      return contractors.all().find((candidate) => candidate.name.trim().toLowerCase() === folded)?.id;
    },
    contactExists: (id) => contact.get(id) !== undefined,
  };
}
