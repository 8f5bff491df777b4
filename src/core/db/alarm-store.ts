import type { alarmKinds, AlarmView } from '../../shared/contract/incidents.ts';
import type { Db } from './open.ts';

export type AlarmKind = (typeof alarmKinds)[number];

/** An alarm nobody has acknowledged in its time. */
export type Unheeded = {
  readonly id: number;
  readonly incidentId: number;
  readonly kind: AlarmKind;
  readonly raisedAt: number;
  readonly escalatesAt: number;
};

export type AlarmStore = {
  /** One sounding alarm of a kind per incident and person: raising again changes nothing, and is false. Without a person it is everybody's. */
  raise(incidentId: number, kind: AlarmKind, at: number, revision: number, personId?: number): boolean;
  /** Everybody's, the acknowledging person's own, and what the lead was told because nobody did. Returns what was sounding, with the time of the oldest. */
  acknowledge(
    incidentId: number,
    by: number | null,
    at: number,
    revision: number,
  ): { kinds: AlarmKind[]; since: number } | undefined;
  /** One kind of one person's: what it was about is done. */
  silence(incidentId: number, kind: AlarmKind, personId: number, at: number, revision: number): void;
  /** The oldest 500: everybody's and one person's own, or everything when no person is named. */
  sounding(personId?: number | null): AlarmView[];
  soundingCount(): number;
  /** Every incident that sounds for the person, however many. */
  soundingIncidents(personId: number | null): number[];
  /** The shift lead is told at this moment, unless somebody acknowledges; for what was raised just now, not before. */
  escalateAt(incidentId: number, kind: AlarmKind, raisedAt: number, at: number): void;
  /** Those whose time to be acknowledged is over, oldest first. */
  unheeded(now: number, limit: number): Unheeded[];
  nextEscalationAt(): number | undefined;
  /** The shift lead has been told: it is not told again. */
  settleEscalation(id: number, revision: number): void;
};

export function createAlarmStore(db: Db): AlarmStore {
  const exists = db
    .prepare<[number, string, number | null], number>(
      'SELECT 1 FROM alarm WHERE incident_id = ? AND kind = ? AND person_id IS ? AND acknowledged_at IS NULL',
    )
    .pluck();
  const insert = db.prepare<[number, string, number | null, number, number], void>(
    'INSERT INTO alarm (incident_id, kind, person_id, raised_at, revision) VALUES (?, ?, ?, ?, ?)',
  );
  const open = db.prepare<[number, number | null], { kind: AlarmKind; raisedAt: number }>(
    `SELECT kind, raised_at AS raisedAt FROM alarm
     WHERE incident_id = ? AND acknowledged_at IS NULL
       AND (person_id IS NULL OR person_id = ? OR kind = 'escalated') ORDER BY raised_at`,
  );
  const acknowledge = db.prepare<[object], void>(
    `UPDATE alarm SET acknowledged_at = :at, acknowledged_by = :by, revision = :revision
     WHERE incident_id = :incidentId AND acknowledged_at IS NULL
       AND (person_id IS NULL OR person_id = :by OR kind = 'escalated')`,
  );
  const silence = db.prepare<[object], void>(
    `UPDATE alarm SET acknowledged_at = :at, acknowledged_by = :personId, revision = :revision
     WHERE incident_id = :incidentId AND kind = :kind AND person_id = :personId AND acknowledged_at IS NULL`,
  );
  // Of several that sound at once the nearest is told first; done with, the next one shows.
  const remindersText = `(SELECT r.text FROM reminder r WHERE r.incident_id = a.incident_id AND r.person_id = a.person_id
       AND r.raised_at IS NOT NULL AND r.done_at IS NULL ORDER BY r.at, r.id LIMIT 1)`;
  const soundingSql = (whose: string) =>
    `SELECT a.id, a.incident_id AS incidentId, i.code, i.title, a.kind, a.raised_at AS raisedAt, i.assignee_id AS assigneeId,
       CASE a.kind WHEN 'reminder' THEN coalesce(${remindersText}, '') ELSE '' END AS words
     FROM alarm a JOIN incident i ON i.id = a.incident_id WHERE a.acknowledged_at IS NULL ${whose}
     ORDER BY a.raised_at LIMIT 500`;
  const sounding = db.prepare<[], AlarmView>(soundingSql(''));
  const soundingFor = db.prepare<[number | null], AlarmView>(
    soundingSql('AND (a.person_id IS NULL OR a.person_id = ?)'),
  );
  const count = db.prepare<[], number>('SELECT count(*) FROM alarm WHERE acknowledged_at IS NULL').pluck();
  const incidents = db
    .prepare<[number | null], number>(
      `SELECT DISTINCT incident_id FROM alarm INDEXED BY alarm_sounding
       WHERE acknowledged_at IS NULL AND (person_id IS NULL OR person_id = ?)`,
    )
    .pluck();
  const escalating = 'acknowledged_at IS NULL AND escalates_at IS NOT NULL';
  const unheeded = db.prepare<[number, number], Unheeded>(
    `SELECT id, incident_id AS incidentId, kind, raised_at AS raisedAt, escalates_at AS escalatesAt FROM alarm
     WHERE ${escalating} AND escalates_at <= ? ORDER BY escalates_at, id LIMIT ?`,
  );
  const nextEscalation = db
    .prepare<[], number | null>(`SELECT min(escalates_at) FROM alarm WHERE ${escalating}`)
    .pluck();
  const arm = db.prepare<[number, number, string, number], void>(
    `UPDATE alarm SET escalates_at = ?
     WHERE incident_id = ? AND kind = ? AND raised_at = ? AND person_id IS NULL AND acknowledged_at IS NULL`,
  );
  const settle = db.prepare<[number, number], void>(
    'UPDATE alarm SET escalates_at = NULL, revision = ? WHERE id = ?',
  );
  return {
    raise(incidentId, kind, at, revision, personId) {
      const whose = personId ?? null;
      if (exists.get(incidentId, kind, whose) !== undefined) return false;
      insert.run(incidentId, kind, whose, at, revision);
      return true;
    },
    acknowledge(incidentId, by, at, revision) {
      const rows = open.all(incidentId, by);
      const [oldest] = rows;
      if (!oldest) return undefined;
      acknowledge.run({ incidentId, at, by, revision });
      return { kinds: rows.map((row) => row.kind), since: oldest.raisedAt };
    },
    silence: (incidentId, kind, personId, at, revision) =>
      void silence.run({ incidentId, kind, personId, at, revision }),
    sounding: (personId) => (personId === undefined ? sounding.all() : soundingFor.all(personId)),
    soundingIncidents: (personId) => incidents.all(personId),
    soundingCount: () => count.get() ?? 0,
    escalateAt: (incidentId, kind, raisedAt, at) => void arm.run(at, incidentId, kind, raisedAt),
    unheeded: (now, limit) => unheeded.all(now, limit),
    nextEscalationAt: () => nextEscalation.get() ?? undefined,
    settleEscalation: (id, revision) => void settle.run(revision, id),
  };
}
