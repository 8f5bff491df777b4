import type { IgnoreRule } from '../../shared/contract/settings.ts';
import type { Db } from './open.ts';

export type RuleField = IgnoreRule['field'];

export type RuleStore = {
  all(): IgnoreRule[];
  active(): IgnoreRule[];
  find(id: number): IgnoreRule | undefined;
  /** The same field and value again is the same rule, switched on or off. */
  save(
    rule: Pick<IgnoreRule, 'field' | 'value' | 'active' | 'createdBy' | 'createdAt'>,
    revision: number,
  ): number;
  /** Throws SQLite's unique violation when another rule already says this. */
  update(id: number, rule: Pick<IgnoreRule, 'field' | 'value' | 'active'>, revision: number): void;
  remove(id: number): void;
  countHit(id: number): void;
};

type Row = Omit<IgnoreRule, 'active'> & { readonly active: number };

const columns = 'id, field, value, hits, active, created_by AS createdBy, created_at AS createdAt';

export function createRuleStore(db: Db): RuleStore {
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM ignore_rule ORDER BY field, value`);
  const active = db.prepare<[], Row>(`SELECT ${columns} FROM ignore_rule WHERE active = 1 ORDER BY id`);
  const find = db.prepare<[number], Row>(`SELECT ${columns} FROM ignore_rule WHERE id = ?`);
  const save = db
    .prepare<[object], number>(
      `INSERT INTO ignore_rule (field, value, active, created_by, created_at, revision)
       VALUES (:field, :value, :active, :createdBy, :createdAt, :revision)
       ON CONFLICT (field, value) DO UPDATE SET active = excluded.active, revision = excluded.revision RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    'UPDATE ignore_rule SET field = :field, value = :value, active = :active, revision = :revision WHERE id = :id',
  );
  const remove = db.prepare<[number], void>('DELETE FROM ignore_rule WHERE id = ?');
  const countHit = db.prepare<[number], void>('UPDATE ignore_rule SET hits = hits + 1 WHERE id = ?');
  return {
    all: () => all.all().map(toRule),
    active: () => active.all().map(toRule),
    find(id) {
      const row = find.get(id);
      return row && toRule(row);
    },
    save: (rule, revision) => Number(save.get({ ...rule, active: rule.active ? 1 : 0, revision })),
    update: (id, { field, value, active: on }, revision) =>
      void update.run({ id, field, value, active: on ? 1 : 0, revision }),
    remove: (id) => void remove.run(id),
    countHit: (id) => void countHit.run(id),
  };
}

function toRule(row: Row): IgnoreRule {
  return { ...row, active: row.active === 1 };
}
