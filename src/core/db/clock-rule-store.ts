import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type ClockRuleRecord = {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly nameEn: string;
  readonly starts: 'registered' | 'opened' | 'hand';
  readonly categoryId: number | null;
  readonly target: 'type' | 'repair-priority' | 'fixed';
  readonly targetMinutes: number | null;
  readonly calendarId: number;
  readonly pauseStatusIds: readonly number[];
  readonly endStatusIds: readonly number[];
  readonly warnPercents: readonly number[];
  readonly escalateMinutes: number | null;
  readonly position: number;
  readonly active: boolean;
};

export type ClockRuleStore = {
  /** By position. */
  all(): ClockRuleRecord[];
  find(key: string): ClockRuleRecord | undefined;
  /** Throws `not-found`. */
  require(key: string): ClockRuleRecord;
  save(rule: Omit<ClockRuleRecord, 'id'> & { readonly id: number | null }, revision: number): number;
  /** What a repair of this priority may take. */
  repairMinutes(priorityId: number): number | null;
};

type Row = Omit<ClockRuleRecord, 'pauseStatusIds' | 'endStatusIds' | 'warnPercents' | 'active'> & {
  readonly pauseStatusIds: string;
  readonly endStatusIds: string;
  readonly warnPercents: string;
  readonly active: number;
};

const columns = `id, key, name, name_en AS nameEn, starts, category_id AS categoryId, target, target_minutes AS targetMinutes,
  calendar_id AS calendarId, pause_status_ids AS pauseStatusIds, end_status_ids AS endStatusIds,
  warn_percents AS warnPercents, escalate_minutes AS escalateMinutes, position, active`;

export function createClockRuleStore(db: Db): ClockRuleStore {
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM clock_rule ORDER BY position, id`);
  const find = db.prepare<[string], Row>(`SELECT ${columns} FROM clock_rule WHERE key = ?`);
  const save = db
    .prepare<[object], number>(
      `INSERT INTO clock_rule (id, key, name, name_en, starts, category_id, target, target_minutes, calendar_id,
         pause_status_ids, end_status_ids, warn_percents, escalate_minutes, position, active, revision)
       VALUES (:id, :key, :name, :nameEn, :starts, :categoryId, :target, :targetMinutes, :calendarId, :pauseStatusIds,
         :endStatusIds, :warnPercents, :escalateMinutes, :position, :active, :revision)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, name_en = excluded.name_en,
         starts = excluded.starts, category_id = excluded.category_id, target = excluded.target,
         target_minutes = excluded.target_minutes, calendar_id = excluded.calendar_id,
         pause_status_ids = excluded.pause_status_ids, end_status_ids = excluded.end_status_ids,
         warn_percents = excluded.warn_percents, escalate_minutes = excluded.escalate_minutes,
         position = excluded.position, active = excluded.active, revision = excluded.revision RETURNING id`,
    )
    .pluck();
  const repair = db
    .prepare<[number], number>('SELECT target_minutes FROM repair_priority WHERE id = ?')
    .pluck();

  const get = (key: string) => {
    const row = find.get(key);
    return row && toRule(row);
  };
  return {
    all: () => all.all().map(toRule),
    find: get,
    require(key) {
      const rule = get(key);
      if (!rule) throw new AppError('not-found', { details: { reason: 'clock-rule' } });
      return rule;
    },
    save: (rule, revision) =>
      save.get({
        ...rule,
        pauseStatusIds: JSON.stringify(rule.pauseStatusIds),
        endStatusIds: JSON.stringify(rule.endStatusIds),
        warnPercents: JSON.stringify(rule.warnPercents),
        active: Number(rule.active),
        revision,
      }) ?? 0,
    repairMinutes: (priorityId) => repair.get(priorityId) ?? null,
  };
}

function toRule(row: Row): ClockRuleRecord {
  return {
    ...row,
    pauseStatusIds: JSON.parse(row.pauseStatusIds) as number[],
    endStatusIds: JSON.parse(row.endStatusIds) as number[],
    warnPercents: JSON.parse(row.warnPercents) as number[],
    active: row.active === 1,
  };
}
