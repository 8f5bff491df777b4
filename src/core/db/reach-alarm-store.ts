import type { Db } from './open.ts';

export type ReachAlarmKind =
  | 'not-reached'
  | 'unknown'
  | 'declined'
  | 'nobody-left'
  | 'call-overdue'
  | 'call-answer';

export type ReachAlarmAbout = {
  readonly notificationId: number | null;
  readonly callId: number | null;
  readonly incidentId: number | null;
};

export type ReachAlarm = ReachAlarmAbout & {
  readonly id: number;
  readonly kind: ReachAlarmKind;
  readonly raisedAt: number;
  /** Code of the incident or number of the call, then whom it is about. */
  readonly code: string;
  readonly number: number | null;
  readonly name: string;
};

export type ReachAlarmStore = {
  /** One sounding alarm of a kind per notification or call: raising again changes nothing. */
  raise(kind: ReachAlarmKind, about: ReachAlarmAbout, at: number, revision: number): void;
  /** Returns when each that fell silent was raised. */
  acknowledge(ids: readonly number[], by: number | null, at: number, revision: number): number[];
  /** The oldest 200. */
  sounding(): ReachAlarm[];
  soundingOfChain(chain: string): number[];
  soundingOfCall(callId: number): number[];
  soundingOf(notificationId: number, kind: ReachAlarmKind): number[];
  soundingCount(): number;
};

export function createReachAlarmStore(db: Db): ReachAlarmStore {
  const exists = db
    .prepare<[object], number>(
      `SELECT 1 FROM reach_alarm WHERE acknowledged_at IS NULL AND kind = :kind
         AND notification_id IS :notificationId AND call_id IS :callId AND incident_id IS :incidentId`,
    )
    .pluck();
  const insert = db.prepare<[object], void>(
    `INSERT INTO reach_alarm (kind, notification_id, call_id, incident_id, raised_at, revision)
     VALUES (:kind, :notificationId, :callId, :incidentId, :at, :revision)`,
  );
  const acknowledge = db
    .prepare<[object], number>(
      `UPDATE reach_alarm SET acknowledged_at = :at, acknowledged_by = :by, revision = :revision
       WHERE id = :id AND acknowledged_at IS NULL RETURNING raised_at`,
    )
    .pluck();
  const sounding = db.prepare<[], ReachAlarm>(
    `SELECT a.id, a.kind, a.notification_id AS notificationId, a.call_id AS callId,
       coalesce(a.incident_id, c.incident_id, n.incident_id) AS incidentId, a.raised_at AS raisedAt,
       coalesce(i.code, '') AS code, c.number, coalesce(k.name, p.name, '') AS name
     FROM reach_alarm a LEFT JOIN notification n ON n.id = a.notification_id LEFT JOIN call c ON c.id = a.call_id
     LEFT JOIN incident i ON i.id = coalesce(a.incident_id, c.incident_id, n.incident_id)
     LEFT JOIN contact k ON k.id = coalesce(n.contact_id, c.contact_id) LEFT JOIN person p ON p.id = n.person_id
     WHERE a.acknowledged_at IS NULL ORDER BY a.raised_at, a.id LIMIT 200`,
  );
  const ofChain = db
    .prepare<[string], number>(
      `SELECT a.id FROM notification n JOIN reach_alarm a ON a.notification_id = n.id
       WHERE n.chain = ? AND a.acknowledged_at IS NULL`,
    )
    .pluck();
  const ofCall = db
    .prepare<[number], number>('SELECT id FROM reach_alarm WHERE call_id = ? AND acknowledged_at IS NULL')
    .pluck();
  const ofNotification = db
    .prepare<[number, string], number>(
      'SELECT id FROM reach_alarm WHERE notification_id = ? AND kind = ? AND acknowledged_at IS NULL',
    )
    .pluck();
  const count = db
    .prepare<[], number>('SELECT count(*) FROM reach_alarm WHERE acknowledged_at IS NULL')
    .pluck();
  return {
    raise(kind, about, at, revision) {
      if (exists.get({ kind, ...about }) === undefined) insert.run({ kind, ...about, at, revision });
    },
    acknowledge: (ids, by, at, revision) =>
      ids.map((id) => acknowledge.get({ id, by, at, revision })).filter((since) => since !== undefined),
    sounding: () => sounding.all(),
    soundingOfChain: (chain) => ofChain.all(chain),
    soundingOfCall: (callId) => ofCall.all(callId),
    soundingOf: (notificationId, kind) => ofNotification.all(notificationId, kind),
    soundingCount: () => count.get() ?? 0,
  };
}
