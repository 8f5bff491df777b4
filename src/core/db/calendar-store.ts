import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type CalendarRecord = {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly nameEn: string;
  /** Empty takes the zone of the incident's region, else the desk's. */
  readonly zone: string;
  readonly aroundTheClock: boolean;
  /** Seven lists of [fromMinute, toMinute) from Monday; `toMinute` may pass 1440 into the next day. */
  readonly week: readonly (readonly (readonly [number, number])[])[];
  readonly holidays: boolean;
  readonly position: number;
  readonly active: boolean;
};

export type CalendarDayRecord = {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly kind: 'off' | 'short' | 'work';
  readonly name: string;
};

export type RegionZone = { readonly id: number; readonly name: string; readonly zone: string };

export type CalendarStore = {
  /** By position. */
  all(): CalendarRecord[];
  /** Throws `not-found`. */
  require(id: number): CalendarRecord;
  save(calendar: Omit<CalendarRecord, 'id'> & { readonly id: number | null }, revision: number): number;
  days(): CalendarDayRecord[];
  day(day: string): CalendarDayRecord | undefined;
  saveDay(day: CalendarDayRecord, revision: number): void;
  /** Back to what its weekday says. */
  removeDay(day: string): void;
  /** Changes whenever a calendar or a day does: what was worked out from them is then old. */
  version(): string;
  /** Regions that have a zone of their own. */
  regionZones(): RegionZone[];
  /** Every region, to be edited. */
  regions(): RegionZone[];
  setRegionZone(id: number, zone: string, revision: number): void;
  /** Of the region of the incident's bound assets that has one; undefined when none does. */
  zoneOfIncident(incidentId: number): string | undefined;
};

type Row = Omit<CalendarRecord, 'aroundTheClock' | 'week' | 'holidays' | 'active'> & {
  readonly aroundTheClock: number;
  readonly week: string;
  readonly holidays: number;
  readonly active: number;
};

const columns = `id, key, name, name_en AS nameEn, zone, around_the_clock AS aroundTheClock, week, holidays, position, active`;

export function createCalendarStore(db: Db): CalendarStore {
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM calendar ORDER BY position, id`);
  const find = db.prepare<[number], Row>(`SELECT ${columns} FROM calendar WHERE id = ?`);
  const save = db
    .prepare<[object], number>(
      `INSERT INTO calendar (id, key, name, name_en, zone, around_the_clock, week, holidays, position, active, revision)
       VALUES (:id, :key, :name, :nameEn, :zone, :aroundTheClock, :week, :holidays, :position, :active, :revision)
       ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, name_en = excluded.name_en,
         zone = excluded.zone, around_the_clock = excluded.around_the_clock, week = excluded.week,
         holidays = excluded.holidays, position = excluded.position, active = excluded.active,
         revision = excluded.revision RETURNING id`,
    )
    .pluck();
  const days = db.prepare<[], CalendarDayRecord>('SELECT day, kind, name FROM calendar_day ORDER BY day');
  const day = db.prepare<[string], CalendarDayRecord>(
    'SELECT day, kind, name FROM calendar_day WHERE day = ?',
  );
  const saveDay = db.prepare<[object], void>(
    `INSERT INTO calendar_day (day, kind, name, revision) VALUES (:day, :kind, :name, :revision)
     ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name = excluded.name, revision = excluded.revision`,
  );
  const removeDay = db.prepare<[string], void>('DELETE FROM calendar_day WHERE day = ?');
  const version = db
    .prepare<[], string>(
      `SELECT (SELECT max(revision) || ':' || count(*) FROM calendar) || '/' ||
         (SELECT coalesce(max(revision), 0) || ':' || count(*) FROM calendar_day)`,
    )
    .pluck();
  const zoneOfIncident = db
    .prepare<[number], string>(
      `SELECT r.zone FROM incident_asset l JOIN asset a ON a.id = l.asset_id JOIN region r ON r.id = a.region_id
       WHERE l.incident_id = ? AND l.state = 'bound' AND r.zone <> '' ORDER BY l.asset_id LIMIT 1`,
    )
    .pluck();
  const regions = db.prepare<[], RegionZone>('SELECT id, name, zone FROM region ORDER BY id');
  const setRegionZone = db.prepare<[string, number, number], void>(
    'UPDATE region SET zone = ?, revision = ? WHERE id = ?',
  );
  return {
    regions: () => regions.all(),
    regionZones: () => regions.all().filter(({ zone }) => zone !== ''),
    setRegionZone: (id, zone, revision) => void setRegionZone.run(zone, revision, id),
    all: () => all.all().map(toCalendar),
    require(id) {
      const row = find.get(id);
      if (!row) throw new AppError('not-found', { details: { reason: 'calendar' } });
      return toCalendar(row);
    },
    save: (calendar, revision) =>
      save.get({
        ...calendar,
        aroundTheClock: Number(calendar.aroundTheClock),
        week: JSON.stringify(calendar.week),
        holidays: Number(calendar.holidays),
        active: Number(calendar.active),
        revision,
      }) ?? 0,
    days: () => days.all(),
    day: (key) => day.get(key),
    saveDay: (row, revision) => void saveDay.run({ ...row, revision }),
    removeDay: (key) => void removeDay.run(key),
    version: () => version.get() ?? '',
    zoneOfIncident: (incidentId) => zoneOfIncident.get(incidentId),
  };
}

function toCalendar(row: Row): CalendarRecord {
  return {
    ...row,
    aroundTheClock: row.aroundTheClock === 1,
    week: JSON.parse(row.week) as CalendarRecord['week'],
    holidays: row.holidays === 1,
    active: row.active === 1,
  };
}
