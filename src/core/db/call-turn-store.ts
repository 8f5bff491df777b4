import type { CallClockView } from '../../shared/contract/calls.ts';
import type { CallClockKind, TurnOutcome } from '../../shared/domain/calls.ts';
import type { Db } from './open.ts';

export type CallTurnRecord = {
  readonly id: number;
  readonly callId: number;
  readonly contactId: number;
  /** JSON. */
  readonly why: string;
  readonly notificationId: number | null;
  readonly askedAt: number;
  readonly silentAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: TurnOutcome | null;
  readonly reason: string;
};

export type OverdueClock = { readonly callId: number; readonly kind: CallClockKind; readonly dueAt: number };

export type CallTurnStore = {
  insert(turn: Pick<CallTurnRecord, 'callId' | 'contactId' | 'why' | 'askedAt'>): CallTurnRecord;
  update(turn: CallTurnRecord): void;
  /** In the order they were asked. */
  all(callId: number): CallTurnRecord[];
  /** Of whom the call is with, or was last. */
  last(callId: number): CallTurnRecord | undefined;
  ofNotification(notificationId: number): CallTurnRecord | undefined;
  /** Those whose time to answer is over, oldest first. */
  silent(now: number, limit: number): CallTurnRecord[];
  clocks(callId: number): CallClockView[];
  setClock(callId: number, clock: CallClockView, raised: boolean): void;
  removeClock(callId: number, kind: CallClockKind): void;
  overdue(now: number, limit: number): OverdueClock[];
  markRaised(callId: number, kind: CallClockKind): void;
  /** When a turn or a clock falls due next. */
  nextDueAt(): number | undefined;
};

const columns = `id, call_id AS callId, contact_id AS contactId, why, notification_id AS notificationId,
  asked_at AS askedAt, silent_at AS silentAt, ended_at AS endedAt, outcome, reason`;

const blank = { notificationId: null, silentAt: null, endedAt: null, outcome: null, reason: '' } as const;

export function createCallTurnStore(db: Db): CallTurnStore {
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO call_turn (call_id, contact_id, why, asked_at) VALUES (:callId, :contactId, :why, :askedAt)
       RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    `UPDATE call_turn SET notification_id = :notificationId, silent_at = :silentAt, ended_at = :endedAt,
       outcome = :outcome, reason = :reason WHERE id = :id`,
  );
  const all = db.prepare<[number], CallTurnRecord>(
    `SELECT ${columns} FROM call_turn WHERE call_id = ? ORDER BY id`,
  );
  const last = db.prepare<[number], CallTurnRecord>(
    `SELECT ${columns} FROM call_turn WHERE call_id = ? ORDER BY id DESC LIMIT 1`,
  );
  const ofNotification = db.prepare<[number], CallTurnRecord>(
    `SELECT ${columns} FROM call_turn WHERE notification_id = ?`,
  );
  const silent = db.prepare<[number, number], CallTurnRecord>(
    `SELECT ${columns} FROM call_turn WHERE ended_at IS NULL AND silent_at IS NOT NULL AND silent_at <= ?
     ORDER BY silent_at, id LIMIT ?`,
  );
  const clocks = db.prepare<[number], CallClockView>(
    `SELECT kind, started_at AS startedAt, due_at AS dueAt, ended_at AS endedAt FROM call_clock
     WHERE call_id = ? ORDER BY started_at, due_at`,
  );
  const setClock = db.prepare<[object], void>(
    `INSERT INTO call_clock (call_id, kind, started_at, due_at, ended_at, raised)
     VALUES (:callId, :kind, :startedAt, :dueAt, :endedAt, :raised)
     ON CONFLICT (call_id, kind) DO UPDATE SET started_at = excluded.started_at, due_at = excluded.due_at,
       ended_at = excluded.ended_at, raised = excluded.raised`,
  );
  const removeClock = db.prepare<[number, string], void>(
    'DELETE FROM call_clock WHERE call_id = ? AND kind = ?',
  );
  const running = 'ended_at IS NULL AND raised = 0';
  const overdue = db.prepare<[number, number], OverdueClock>(
    `SELECT call_id AS callId, kind, due_at AS dueAt FROM call_clock WHERE ${running} AND due_at <= ?
     ORDER BY due_at, call_id LIMIT ?`,
  );
  const markRaised = db.prepare<[number, string], void>(
    'UPDATE call_clock SET raised = 1 WHERE call_id = ? AND kind = ?',
  );
  const nextDue = db
    .prepare<[], number | null>(
      `SELECT min(at) FROM (
         SELECT min(silent_at) AS at FROM call_turn WHERE ended_at IS NULL AND silent_at IS NOT NULL
         UNION ALL SELECT min(due_at) FROM call_clock WHERE ${running})`,
    )
    .pluck();
  return {
    insert: (turn) => ({ ...blank, ...turn, id: Number(insert.get(turn)) }),
    update: (turn) => void update.run(turn),
    all: (callId) => all.all(callId),
    last: (callId) => last.get(callId),
    ofNotification: (id) => ofNotification.get(id),
    silent: (now, limit) => silent.all(now, limit),
    clocks: (callId) => clocks.all(callId),
    setClock: (callId, clock, raised) => void setClock.run({ callId, ...clock, raised: raised ? 1 : 0 }),
    removeClock: (callId, kind) => void removeClock.run(callId, kind),
    overdue: (now, limit) => overdue.all(now, limit),
    markRaised: (callId, kind) => void markRaised.run(callId, kind),
    nextDueAt: () => nextDue.get() ?? undefined,
  };
}
