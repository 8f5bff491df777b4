import type { alarmKinds, AlarmView } from '../../shared/contract/incidents.ts';
import type { Db } from './open.ts';

export type AlarmKind = (typeof alarmKinds)[number];

export type AlarmStore = {
  /** One sounding alarm of a kind per incident: raising again changes nothing. */
  raise(incidentId: number, kind: AlarmKind, at: number, revision: number): void;
  /** Returns what was sounding, with the time of the oldest. */
  acknowledge(
    incidentId: number,
    by: number | null,
    at: number,
    revision: number,
  ): { kinds: AlarmKind[]; since: number } | undefined;
  /** The oldest 500. */
  sounding(): AlarmView[];
  soundingCount(): number;
  /** Every incident that sounds, however many. */
  soundingIncidents(): number[];
};

export function createAlarmStore(db: Db): AlarmStore {
  const exists = db
    .prepare<[number, string], number>(
      'SELECT 1 FROM alarm WHERE incident_id = ? AND kind = ? AND acknowledged_at IS NULL',
    )
    .pluck();
  const insert = db.prepare<[number, string, number, number], void>(
    'INSERT INTO alarm (incident_id, kind, raised_at, revision) VALUES (?, ?, ?, ?)',
  );
  const open = db.prepare<[number], { kind: AlarmKind; raisedAt: number }>(
    'SELECT kind, raised_at AS raisedAt FROM alarm WHERE incident_id = ? AND acknowledged_at IS NULL ORDER BY raised_at',
  );
  const acknowledge = db.prepare<[number, number | null, number, number], void>(
    'UPDATE alarm SET acknowledged_at = ?, acknowledged_by = ?, revision = ? WHERE incident_id = ? AND acknowledged_at IS NULL',
  );
  const sounding = db.prepare<[], AlarmView>(
    `SELECT a.id, a.incident_id AS incidentId, i.code, i.title, a.kind, a.raised_at AS raisedAt, i.assignee_id AS assigneeId
     FROM alarm a JOIN incident i ON i.id = a.incident_id WHERE a.acknowledged_at IS NULL ORDER BY a.raised_at LIMIT 500`,
  );
  const count = db.prepare<[], number>('SELECT count(*) FROM alarm WHERE acknowledged_at IS NULL').pluck();
  const incidents = db
    .prepare<[], number>('SELECT DISTINCT incident_id FROM alarm WHERE acknowledged_at IS NULL')
    .pluck();
  return {
    raise(incidentId, kind, at, revision) {
      if (exists.get(incidentId, kind) === undefined) insert.run(incidentId, kind, at, revision);
    },
    acknowledge(incidentId, by, at, revision) {
      const rows = open.all(incidentId);
      const [oldest] = rows;
      if (!oldest) return undefined;
      acknowledge.run(at, by, revision, incidentId);
      return { kinds: rows.map((row) => row.kind), since: oldest.raisedAt };
    },
    sounding: () => sounding.all(),
    soundingIncidents: () => incidents.all(),
    soundingCount: () => count.get() ?? 0,
  };
}
