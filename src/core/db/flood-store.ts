import type { FloodView } from '../../shared/contract/links.ts';
import type { Db } from './open.ts';

export type FloodKind = FloodView['kind'];

export type FloodRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly kind: FloodKind;
  /** An asset for `asset`, its pole for `line`, a region for `region`. */
  readonly subjectId: number;
  readonly title: string;
  /** When the first of them was registered. */
  readonly startedAt: number;
  /** When the desk took the last one in. */
  readonly lastAt: number;
  readonly endedAt: number | null;
  readonly revision: number;
};

/** What an incident may share with others. */
export type FloodSubject = { readonly kind: FloodKind; readonly id: number; readonly title: string };

export type FloodMember = { readonly id: number; readonly registeredAt: number };

export type FloodStore = {
  /** Assets first, then lines, then regions. An asset that only came with a station is a line. */
  subjectsOf(incidentId: number): FloodSubject[];
  /** Incidents about it that are of no flood, registered between the two times, oldest first. */
  loose(subject: FloodSubject, from: number, to: number): FloodMember[];
  running(kind: FloodKind, subjectId: number): FloodRecord | undefined;
  insert(flood: Omit<FloodRecord, 'id'>): number;
  find(id: number): FloodRecord | undefined;
  save(flood: FloodRecord): void;
  /** Those nothing has joined since that moment. */
  quietSince(at: number): FloodRecord[];
  /** The longest quiet of those that run; undefined when none does. */
  oldestLastAt(): number | undefined;
  /** An alarm raised in this very transaction: the flood's own says it for all. */
  withdrawNew(incidentId: number, revision: number): void;
  view(id: number): FloodView | undefined;
  /** Running ones, and those that ended and have open incidents still; the newest first. */
  views(): FloodView[];
  /** Open ones first, then by age. */
  members(id: number): number[];
};

export function createFloodStore(db: Db): FloodStore {
  return { ...createCounting(db), ...createFloods(db), ...createViews(db) };
}

const boundAssets = `incident_asset b JOIN asset a ON a.id = b.asset_id LEFT JOIN asset p ON p.id = a.parent_id
  LEFT JOIN region r ON r.id = a.region_id`;

/** Whether a bound asset `b`/`a` of incident `i` is about the subject. */
const about: Readonly<Record<FloodKind, string>> = {
  asset: "b.asset_id = :subjectId AND b.found_by <> 'parent'",
  line: 'coalesce(a.parent_id, a.id) = :subjectId',
  region: 'a.region_id = :subjectId',
};

function createCounting(db: Db): Pick<FloodStore, 'subjectsOf' | 'loose' | 'withdrawNew'> {
  const subjects = db.prepare<[{ id: number }], FloodSubject>(
    `SELECT 'asset' AS kind, a.id, a.code AS title, 1 AS place FROM ${boundAssets}
     WHERE b.incident_id = :id AND b.state = 'bound' AND b.found_by <> 'parent'
     UNION SELECT 'line', coalesce(p.id, a.id), coalesce(p.code, a.code), 2 FROM ${boundAssets}
     WHERE b.incident_id = :id AND b.state = 'bound'
     UNION SELECT 'region', r.id, r.name, 3 FROM ${boundAssets}
     WHERE b.incident_id = :id AND b.state = 'bound' AND r.id IS NOT NULL
     ORDER BY place, 2`,
  );
  const loose = (kind: FloodKind) =>
    db.prepare<[{ subjectId: number; from: number; to: number }], FloodMember>(
      `SELECT i.id, i.registered_at AS registeredAt FROM incident i INDEXED BY incident_by_registration
       WHERE i.registered_at BETWEEN :from AND :to AND i.flood_id IS NULL AND i.dismissed_at IS NULL
         AND i.merged_into_id IS NULL AND EXISTS (
           SELECT 1 FROM incident_asset b JOIN asset a ON a.id = b.asset_id
           WHERE b.incident_id = i.id AND b.state = 'bound' AND ${about[kind]})
       ORDER BY i.registered_at, i.id`,
    );
  const looseOf = { asset: loose('asset'), line: loose('line'), region: loose('region') };
  const withdraw = db.prepare<[number, number], void>(
    "DELETE FROM alarm WHERE incident_id = ? AND kind = 'new' AND revision = ? AND acknowledged_at IS NULL",
  );
  return {
    subjectsOf: (id) => subjects.all({ id }),
    loose: ({ kind, id: subjectId }, from, to) => looseOf[kind].all({ subjectId, from, to }),
    withdrawNew: (incidentId, revision) => void withdraw.run(incidentId, revision),
  };
}

function createFloods(
  db: Db,
): Pick<FloodStore, 'running' | 'insert' | 'find' | 'save' | 'quietSince' | 'oldestLastAt'> {
  const columns = `id, uuid, kind, subject_id AS subjectId, title, started_at AS startedAt, last_at AS lastAt,
    ended_at AS endedAt, revision`;
  const running = db.prepare<[string, number], FloodRecord>(
    `SELECT ${columns} FROM flood WHERE kind = ? AND subject_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1`,
  );
  const insert = db.prepare<[Omit<FloodRecord, 'id'>], void>(
    `INSERT INTO flood (uuid, kind, subject_id, title, started_at, last_at, ended_at, revision)
     VALUES (:uuid, :kind, :subjectId, :title, :startedAt, :lastAt, :endedAt, :revision)`,
  );
  const find = db.prepare<[number], FloodRecord>(`SELECT ${columns} FROM flood WHERE id = ?`);
  const save = db.prepare<[FloodRecord], void>(
    `UPDATE flood SET started_at = :startedAt, last_at = :lastAt, ended_at = :endedAt, revision = :revision
     WHERE id = :id`,
  );
  const quiet = db.prepare<[number], FloodRecord>(
    `SELECT ${columns} FROM flood WHERE ended_at IS NULL AND last_at <= ? ORDER BY last_at`,
  );
  const oldest = db
    .prepare<[], number | null>('SELECT min(last_at) FROM flood WHERE ended_at IS NULL')
    .pluck();
  return {
    running: (kind, subjectId) => running.get(kind, subjectId),
    insert: (flood) => Number(insert.run(flood).lastInsertRowid),
    find: (id) => find.get(id),
    save: (flood) => void save.run(flood),
    quietSince: (at) => quiet.all(at),
    oldestLastAt: () => oldest.get() ?? undefined,
  };
}

function createViews(db: Db): Pick<FloodStore, 'view' | 'views' | 'members'> {
  const isOpen = 'i.finished_at IS NULL AND i.dismissed_at IS NULL';
  const viewSql = (
    condition: string,
  ) => `SELECT f.id, f.kind, f.title, f.started_at AS startedAt, f.ended_at AS endedAt,
      count(i.id) AS total, coalesce(sum(${isOpen}), 0) AS open
    FROM flood f LEFT JOIN incident i ON i.flood_id = f.id WHERE ${condition} GROUP BY f.id ORDER BY f.id DESC LIMIT 100`;
  const view = db.prepare<[number], FloodView>(viewSql('f.id = ?'));
  const views = db.prepare<[], FloodView>(
    viewSql(
      `f.ended_at IS NULL OR f.id IN (SELECT flood_id FROM incident i WHERE flood_id IS NOT NULL AND ${isOpen})`,
    ),
  );
  const members = db
    .prepare<[number], number>(
      `SELECT i.id FROM incident i WHERE i.flood_id = ? ORDER BY NOT (${isOpen}), i.registered_at, i.id`,
    )
    .pluck();
  return {
    view: (id) => view.get(id),
    views: () => views.all(),
    members: (id) => members.all(id),
  };
}
