import type { Db } from './open.ts';

/** What reports count of an incident; one that was set aside or merged into another is not counted. */
export type FactRow = {
  readonly id: number;
  readonly registeredAt: number;
  readonly finishedAt: number | null;
  readonly isAside: number;
  readonly assigneeId: number | null;
  readonly typeId: number | null;
};

export type ClockFactRow = {
  readonly incidentId: number;
  readonly kind: string;
  readonly startedAt: number;
  readonly targetMs: number | null;
  readonly dueAt: number | null;
  readonly pausedAt: number | null;
  readonly endedAt: number | null;
  readonly pausedMs: number;
};

export type PlaceRow = {
  readonly assetId: number;
  readonly regionId: number | null;
  readonly contractorId: number | null;
  /** JSON of ids. */
  readonly groupIds: string;
};

export type AlarmRow = { readonly id: number; readonly incidentId: number; readonly raisedAt: number };
export type LetterRow = {
  readonly id: number;
  readonly receivedAt: number;
  readonly direction: 'in' | 'out';
};
export type LetterCount = {
  readonly quarter: number;
  readonly lettersIn: number;
  readonly lettersOut: number;
};
export type DutyRow = {
  readonly personId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
};
export type NamedRow = { readonly id: number; readonly name: string };

export type ReportStore = {
  /** Incidents after an id, ascending. */
  facts(afterId: number, limit: number): FactRow[];
  factsOf(ids: readonly number[]): FactRow[];
  changedAfter(revision: number): number[];
  clocks(incidentIds: readonly number[]): ClockFactRow[];
  /** Bound assets, poles first. */
  assets(incidentIds: readonly number[]): { readonly incidentId: number; readonly assetId: number }[];
  places(assetIds: readonly number[]): PlaceRow[];
  alarms(afterId: number, limit: number): AlarmRow[];
  newestLetter(): number;
  /** Letters up to an id in a span, by quarters of an hour since the epoch: every zone's hour is made of whole ones. */
  letterCounts(upToId: number, from: number, before: number): LetterCount[];
  letterSpan(): { readonly first: number; readonly last: number } | undefined;
  letters(afterId: number, limit: number): LetterRow[];
  duty(from: number, before: number): DutyRow[];
  clockNames(): { readonly key: string; readonly name: string; readonly nameEn: string }[];
  names(): {
    readonly region: NamedRow[];
    readonly macroregion: NamedRow[];
    readonly person: NamedRow[];
    readonly contractor: NamedRow[];
    readonly type: NamedRow[];
    readonly group: NamedRow[];
  };
  /** Which macroregion each region belongs to. */
  macroregions(): { readonly regionId: number; readonly macroregionId: number | null }[];
  assetNames(ids: readonly number[]): { readonly id: number; readonly code: string; readonly kind: string }[];
  codes(incidentIds: readonly number[]): { readonly id: number; readonly code: string }[];
};

const factColumns = `id, registered_at AS registeredAt, finished_at AS finishedAt,
  dismissed_at IS NOT NULL OR merged_into_id IS NOT NULL AS isAside, assignee_id AS assigneeId, type_id AS typeId`;
const wanted = 'SELECT value FROM json_each(?)';

export function createReportStore(db: Db): ReportStore {
  return { ...factStatements(db), ...placeStatements(db), ...streamStatements(db), ...nameStatements(db) };
}

function factStatements(db: Db) {
  const page = db.prepare<[number, number], FactRow>(
    `SELECT ${factColumns} FROM incident WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const some = db.prepare<[string], FactRow>(`SELECT ${factColumns} FROM incident WHERE id IN (${wanted})`);
  const changed = db.prepare<[number], number>('SELECT id FROM incident WHERE revision > ?').pluck();
  const clocks = db.prepare<[string], ClockFactRow>(
    `SELECT c.incident_id AS incidentId, c.kind, c.started_at AS startedAt, c.target_ms AS targetMs, c.due_at AS dueAt,
       c.paused_at AS pausedAt, c.ended_at AS endedAt,
       (SELECT coalesce(sum(coalesce(p.ended_at, c.ended_at, p.started_at) - p.started_at), 0)
        FROM clock_pause p WHERE p.clock_id = c.id) AS pausedMs
     FROM incident_clock c WHERE c.incident_id IN (${wanted}) ORDER BY c.id`,
  );
  return {
    facts: (afterId: number, limit: number) => page.all(afterId, limit),
    factsOf: (ids: readonly number[]) => some.all(JSON.stringify(ids)),
    changedAfter: (revision: number) => changed.all(revision),
    clocks: (incidentIds: readonly number[]) => clocks.all(JSON.stringify(incidentIds)),
  };
}

function placeStatements(db: Db) {
  const assets = db.prepare<[string], { incidentId: number; assetId: number }>(
    `SELECT b.incident_id AS incidentId, b.asset_id AS assetId FROM incident_asset b JOIN asset a ON a.id = b.asset_id
     WHERE b.incident_id IN (${wanted}) AND b.state = 'bound' ORDER BY b.incident_id, a.kind <> 'pole', a.id`,
  );
  const places = db.prepare<[string], PlaceRow>(
    `SELECT a.id AS assetId, a.region_id AS regionId, a.contractor_id AS contractorId,
       (SELECT json_group_array(DISTINCT o.group_id) FROM asset_operator ao JOIN operator o ON o.id = ao.operator_id
        WHERE ao.asset_id = a.id AND o.group_id IS NOT NULL) AS groupIds
     FROM asset a WHERE a.id IN (${wanted})`,
  );
  const named = db.prepare<[string], { id: number; code: string; kind: string }>(
    `SELECT id, code, kind FROM asset WHERE id IN (${wanted})`,
  );
  const macroregions = db.prepare<[], { regionId: number; macroregionId: number | null }>(
    'SELECT id AS regionId, macroregion_id AS macroregionId FROM region',
  );
  return {
    assets: (incidentIds: readonly number[]) => assets.all(JSON.stringify(incidentIds)),
    places: (assetIds: readonly number[]) => places.all(JSON.stringify(assetIds)),
    assetNames: (ids: readonly number[]) => named.all(JSON.stringify(ids)),
    macroregions: () => macroregions.all(),
  };
}

/** What only ever grows: it is read once and then from where reading stopped. */
function streamStatements(db: Db) {
  const alarms = db.prepare<[number, number], AlarmRow>(
    'SELECT id, incident_id AS incidentId, raised_at AS raisedAt FROM alarm WHERE id > ? ORDER BY id LIMIT ?',
  );
  const newest = db.prepare<[], number | null>('SELECT max(id) FROM message').pluck();
  const span = db.prepare<[], { first: number | null; last: number | null }>(
    `SELECT (SELECT received_at FROM message ORDER BY received_at LIMIT 1) AS first,
       (SELECT received_at FROM message ORDER BY received_at DESC LIMIT 1) AS last`,
  );
  const counts = db.prepare<[{ upToId: number; from: number; before: number }], LetterCount>(
    `SELECT received_at / 900000 AS quarter, sum(direction = 'in') AS lettersIn, sum(direction = 'out') AS lettersOut
     FROM message INDEXED BY message_by_time
     WHERE received_at >= :from AND received_at < :before AND id <= :upToId GROUP BY 1`,
  );
  const letters = db.prepare<[number, number], LetterRow>(
    'SELECT id, received_at AS receivedAt, direction FROM message WHERE id > ? ORDER BY id LIMIT ?',
  );
  const duty = db.prepare<[{ from: number; before: number }], DutyRow>(
    `SELECT person_id AS personId, started_at AS startedAt, ended_at AS endedAt FROM shift
     WHERE started_at < :before AND (ended_at IS NULL OR ended_at > :from) ORDER BY started_at`,
  );
  return {
    alarms: (afterId: number, limit: number) => alarms.all(afterId, limit),
    newestLetter: () => newest.get() ?? 0,
    letterSpan() {
      const { first = null, last = null } = span.get() ?? {};
      return first === null || last === null ? undefined : { first, last };
    },
    letterCounts: (upToId: number, from: number, before: number) => counts.all({ upToId, from, before }),
    letters: (afterId: number, limit: number) => letters.all(afterId, limit),
    duty: (from: number, before: number) => duty.all({ from, before }),
  };
}

function nameStatements(db: Db) {
  const list = (sql: string) => db.prepare<[], NamedRow>(sql);
  const region = list('SELECT id, name FROM region ORDER BY name');
  const macroregion = list('SELECT id, name FROM macroregion ORDER BY name');
  const person = list('SELECT id, name FROM person ORDER BY name');
  const contractor = list(
    `SELECT id, name FROM contact WHERE id IN (SELECT DISTINCT contractor_id FROM asset WHERE contractor_id IS NOT NULL)
     ORDER BY name`,
  );
  const type = list('SELECT id, name FROM incident_type ORDER BY position');
  const group = list('SELECT id, name FROM operator_group ORDER BY name');
  const clocks = db.prepare<[], { key: string; name: string; nameEn: string }>(
    'SELECT key, name, name_en AS nameEn FROM clock_rule ORDER BY position, id',
  );
  const codes = db.prepare<[string], NamedRow & { code: string }>(
    `SELECT id, code FROM incident WHERE id IN (${wanted}) ORDER BY registered_at DESC`,
  );
  return {
    names: () => ({
      region: region.all(),
      macroregion: macroregion.all(),
      person: person.all(),
      contractor: contractor.all(),
      type: type.all(),
      group: group.all(),
    }),
    clockNames: () => clocks.all(),
    codes: (incidentIds: readonly number[]) => codes.all(JSON.stringify(incidentIds)),
  };
}
