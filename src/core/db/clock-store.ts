import type { Db } from './open.ts';

export type ClockRecord = {
  readonly id: number;
  readonly incidentId: number;
  /** Key of its rule; `sla` is the incident's own. */
  readonly kind: string;
  readonly startedAt: number;
  readonly targetMs: number | null;
  readonly riskAt: number | null;
  readonly dueAt: number | null;
  readonly pausedAt: number | null;
  readonly remainingMs: number | null;
  readonly pauseReason: string | null;
  readonly endedAt: number | null;
  readonly endedBy: ClockEnd | null;
  /** The next moment at which it warns, and how many of its steps have been raised. */
  readonly warnAt: number | null;
  readonly warned: number;
  /** 0 or 1: the alarm of this deadline has been raised. */
  readonly riskRaised: number;
  readonly overdueRaised: number;
};

/** What ended a clock: a slip that is taken back runs on what it ended. */
export type ClockEnd = 'hand' | 'status' | 'closing' | 'dismissed' | 'merged';

export type PauseRecord = {
  readonly id: number;
  readonly clockId: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly reason: string;
  readonly actorId: number | null;
};

export type ClockStore = {
  insert(clock: Omit<ClockRecord, 'id'>): number;
  /** The incident's own clock, or another of its kinds. */
  ofIncident(incidentId: number, kind?: string): ClockRecord | undefined;
  /** In the order they began. */
  all(incidentId: number): ClockRecord[];
  /** Still running or paused, by id, after one that was seen: the way through all of them in portions. */
  openAfter(id: number, limit: number): ClockRecord[];
  save(clock: ClockRecord): void;
  /** With its pauses: as if it had never begun. */
  remove(id: number): void;
  pauses(clockId: number): PauseRecord[];
  beginPause(pause: Omit<PauseRecord, 'id' | 'endedAt'>): void;
  endPause(clockId: number, at: number): void;
  removePause(clockId: number, startedAt: number): void;
  /** As if it had not ended. */
  reopenPause(id: number): void;
  /** The nearest moment at which an alarm is due, or undefined. */
  nextAlarmAt(): number | undefined;
  /** Clocks whose warning, risk or deadline has come without its alarm, oldest moment first. */
  alarming(now: number, limit: number): ClockRecord[];
};

const columns = `id, incident_id AS incidentId, kind, started_at AS startedAt, target_ms AS targetMs, risk_at AS riskAt,
  due_at AS dueAt, paused_at AS pausedAt, remaining_ms AS remainingMs, pause_reason AS pauseReason, ended_at AS endedAt,
  ended_by AS endedBy, warn_at AS warnAt, warned, risk_raised AS riskRaised, overdue_raised AS overdueRaised`;

const riskOpen = 'ended_at IS NULL AND risk_at IS NOT NULL AND risk_raised = 0';
const warnOpen = 'ended_at IS NULL AND warn_at IS NOT NULL';
const dueOpen = 'ended_at IS NULL AND due_at IS NOT NULL AND overdue_raised = 0';

export function createClockStore(db: Db): ClockStore {
  const insert = db.prepare<[Omit<ClockRecord, 'id'>], void>(
    `INSERT INTO incident_clock (incident_id, kind, started_at, target_ms, risk_at, due_at, paused_at, remaining_ms,
       pause_reason, ended_at, ended_by, warn_at, warned, risk_raised, overdue_raised)
     VALUES (:incidentId, :kind, :startedAt, :targetMs, :riskAt, :dueAt, :pausedAt, :remainingMs, :pauseReason, :endedAt,
       :endedBy, :warnAt, :warned, :riskRaised, :overdueRaised)`,
  );
  const ofIncident = db.prepare<[number, string], ClockRecord>(
    `SELECT ${columns} FROM incident_clock WHERE incident_id = ? AND kind = ?`,
  );
  const all = db.prepare<[number], ClockRecord>(
    `SELECT ${columns} FROM incident_clock WHERE incident_id = ? ORDER BY id`,
  );
  const openAfter = db.prepare<[number, number], ClockRecord>(
    `SELECT ${columns} FROM incident_clock NOT INDEXED WHERE ended_at IS NULL AND id > ? ORDER BY id LIMIT ?`,
  );
  const save = db.prepare<[ClockRecord], void>(
    `UPDATE incident_clock SET started_at = :startedAt, target_ms = :targetMs, risk_at = :riskAt, due_at = :dueAt,
       paused_at = :pausedAt, remaining_ms = :remainingMs, pause_reason = :pauseReason, ended_at = :endedAt,
       ended_by = :endedBy, warn_at = :warnAt, warned = :warned, risk_raised = :riskRaised, overdue_raised = :overdueRaised WHERE id = :id`,
  );
  const pauses = db.prepare<[number], PauseRecord>(
    `SELECT id, clock_id AS clockId, started_at AS startedAt, ended_at AS endedAt, reason, actor_id AS actorId
     FROM clock_pause WHERE clock_id = ? ORDER BY started_at, id`,
  );
  const beginPause = db.prepare<[Omit<PauseRecord, 'id' | 'endedAt'>], void>(
    `INSERT INTO clock_pause (clock_id, started_at, ended_at, reason, actor_id)
     VALUES (:clockId, :startedAt, NULL, :reason, :actorId)`,
  );
  const endPause = db.prepare<[number, number], void>(
    'UPDATE clock_pause SET ended_at = max(started_at, ?) WHERE clock_id = ? AND ended_at IS NULL',
  );
  const remove = db.prepare<[number], void>('DELETE FROM incident_clock WHERE id = ?');
  const removePause = db.prepare<[number, number], void>(
    'DELETE FROM clock_pause WHERE clock_id = ? AND started_at = ?',
  );
  const reopenPause = db.prepare<[number], void>('UPDATE clock_pause SET ended_at = NULL WHERE id = ?');
  const nextRisk = db
    .prepare<[], number | null>(`SELECT min(risk_at) FROM incident_clock WHERE ${riskOpen}`)
    .pluck();
  const nextDue = db
    .prepare<[], number | null>(`SELECT min(due_at) FROM incident_clock WHERE ${dueOpen}`)
    .pluck();
  const nextWarning = db
    .prepare<[], number | null>(`SELECT min(warn_at) FROM incident_clock WHERE ${warnOpen}`)
    .pluck();
  const alarming = db.prepare<[{ now: number; limit: number }], ClockRecord>(
    `SELECT ${columns} FROM (
       SELECT *, risk_at AS moment FROM incident_clock WHERE ${riskOpen} AND risk_at <= :now
       UNION ALL SELECT *, warn_at FROM incident_clock WHERE ${warnOpen} AND warn_at <= :now
       UNION ALL SELECT *, due_at FROM incident_clock WHERE ${dueOpen} AND due_at < :now)
     GROUP BY id ORDER BY min(moment), id LIMIT :limit`,
  );
  return {
    insert: (clock) => Number(insert.run(clock).lastInsertRowid),
    ofIncident: (incidentId, kind = 'sla') => ofIncident.get(incidentId, kind),
    all: (incidentId) => all.all(incidentId),
    openAfter: (id, limit) => openAfter.all(id, limit),
    save: (clock) => void save.run(clock),
    remove: (id) => void remove.run(id),
    reopenPause: (id) => void reopenPause.run(id),
    removePause: (clockId, startedAt) => void removePause.run(clockId, startedAt),
    pauses: (clockId) => pauses.all(clockId),
    beginPause: (pause) => void beginPause.run(pause),
    endPause: (clockId, at) => void endPause.run(at, clockId),
    nextAlarmAt() {
      const risk = nextRisk.get() ?? undefined;
      const due = nextDue.get() ?? undefined;
      // Overdue begins the millisecond after the deadline.
      const warning = nextWarning.get() ?? undefined;
      const moments = [risk, warning, due === undefined ? undefined : due + 1].filter(
        (moment) => moment !== undefined,
      );
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    alarming: (now, limit) => alarming.all({ now, limit }),
  };
}
