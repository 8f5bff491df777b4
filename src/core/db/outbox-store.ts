import type { OutboxRow } from '../../shared/contract/letters.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type OutboxState = OutboxRow['state'];
export type SentCopy = 'waiting' | 'found' | 'appended' | 'provider' | 'failed';

export type OutboxRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly accountId: number;
  readonly messageId: number;
  readonly state: OutboxState;
  readonly notBefore: number;
  readonly leaseUntil: number | null;
  /** Set before the first byte of the letter goes to the server: after a crash it decides queued or unknown. */
  readonly wroteAt: number | null;
  readonly attempts: number;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly sentCopy: SentCopy;
  /** JSON of LetterEffect. */
  readonly effect: string;
  readonly createdBy: number | null;
  readonly createdAt: number;
  readonly acceptedAt: number | null;
  readonly revision: number;
};

export type AttemptOutcome = 'accepted' | 'refused' | 'retry' | 'unknown';

export type AttemptRecord = {
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: AttemptOutcome | null;
  readonly code: string | null;
  readonly detail: string | null;
};

export type OutboxStore = {
  insert(record: Omit<OutboxRecord, 'id'>): number;
  find(id: number): OutboxRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): OutboxRecord;
  ofMessage(messageId: number): OutboxRecord | undefined;
  save(record: OutboxRecord): void;
  /** The oldest that is queued and due. */
  firstDue(accountId: number, now: number): OutboxRecord | undefined;
  /** When each account with anything queued has something due. */
  nextDue(): { readonly accountId: number; readonly at: number }[];
  inState(state: OutboxState): OutboxRecord[];
  awaitingCopy(): OutboxRecord[];
  /** For the screen; `all` adds what has left, the newest 200. */
  rows(all: boolean): OutboxRow[];
  counts(): { readonly waiting: number; readonly unknown: number; readonly failed: number };
  beginAttempt(outboxId: number, at: number): number;
  /** The attempt that has not ended: the one a crash interrupted. */
  openAttempt(outboxId: number): number | undefined;
  endAttempt(id: number, end: Omit<AttemptRecord, 'startedAt'>): void;
  attempts(outboxId: number): AttemptRecord[];
  /** Who last answered the incident by a letter that was not taken back, and when. */
  lastAnswer(incidentId: number): { readonly by: number | null; readonly at: number } | undefined;
};

const columns = `id, uuid, account_id AS accountId, message_id AS messageId, state, not_before AS notBefore,
  lease_until AS leaseUntil, wrote_at AS wroteAt, attempts, error_code AS errorCode, error_detail AS errorDetail,
  sent_copy AS sentCopy, effect, created_by AS createdBy, created_at AS createdAt, accepted_at AS acceptedAt, revision`;

const rowColumns = `o.id, o.message_id AS messageId, c.incident_id AS incidentId, coalesce(i.code, '') AS code,
  o.account_id AS accountId, m.subject, o.state, o.not_before AS notBefore, o.created_at AS createdAt,
  o.created_by AS createdBy, o.attempts, o.error_code AS errorCode, o.error_detail AS errorDetail,
  (SELECT json_group_array(json_object('name', r.name, 'address', r.address)) FROM message_recipient r
   WHERE r.message_id = m.id AND r.kind = 'to') AS recipients`;
const joined = `outbox o JOIN message m ON m.id = o.message_id JOIN conversation c ON c.id = m.conversation_id
  LEFT JOIN incident i ON i.id = c.incident_id`;

type JoinedRow = Omit<OutboxRow, 'to'> & { readonly recipients: string };

export function createOutboxStore(db: Db): OutboxStore {
  const insert = db.prepare<[Omit<OutboxRecord, 'id'>], void>(
    `INSERT INTO outbox (uuid, channel, account_id, message_id, state, not_before, lease_until, wrote_at, attempts,
       error_code, error_detail, sent_copy, effect, created_by, created_at, accepted_at, revision)
     VALUES (:uuid, 'mail', :accountId, :messageId, :state, :notBefore, :leaseUntil, :wroteAt, :attempts, :errorCode,
       :errorDetail, :sentCopy, :effect, :createdBy, :createdAt, :acceptedAt, :revision)`,
  );
  const byId = db.prepare<[number], OutboxRecord>(`SELECT ${columns} FROM outbox WHERE id = ?`);
  const byMessage = db.prepare<[number], OutboxRecord>(`SELECT ${columns} FROM outbox WHERE message_id = ?`);
  const save = db.prepare<[OutboxRecord], void>(
    `UPDATE outbox SET state = :state, not_before = :notBefore, lease_until = :leaseUntil, wrote_at = :wroteAt,
       attempts = :attempts, error_code = :errorCode, error_detail = :errorDetail, sent_copy = :sentCopy,
       effect = :effect, accepted_at = :acceptedAt, revision = :revision WHERE id = :id`,
  );
  const firstDue = db.prepare<[number, number], OutboxRecord>(
    `SELECT ${columns} FROM outbox WHERE state = 'queued' AND not_before <= ? AND account_id = ? ORDER BY id LIMIT 1`,
  );
  const nextDue = db.prepare<[], { accountId: number; at: number }>(
    "SELECT account_id AS accountId, min(not_before) AS at FROM outbox WHERE state = 'queued' GROUP BY account_id",
  );
  const inState = db.prepare<[string], OutboxRecord>(
    `SELECT ${columns} FROM outbox WHERE state = ? ORDER BY id`,
  );
  const awaitingCopy = db.prepare<[], OutboxRecord>(
    `SELECT ${columns} FROM outbox WHERE state = 'accepted' AND sent_copy = 'waiting' ORDER BY id LIMIT 100`,
  );
  const openRows = db.prepare<[], JoinedRow>(
    `SELECT ${rowColumns} FROM ${joined} WHERE o.state IN ('queued', 'sending', 'unknown', 'failed') ORDER BY o.id DESC`,
  );
  const allRows = db.prepare<[], JoinedRow>(
    `SELECT ${rowColumns} FROM ${joined} WHERE o.state <> 'cancelled' ORDER BY o.id DESC LIMIT 200`,
  );
  const counts = db.prepare<[], { waiting: number; unknown: number; failed: number }>(
    `SELECT coalesce(sum(state IN ('queued', 'sending')), 0) AS waiting, coalesce(sum(state = 'unknown'), 0) AS unknown,
       coalesce(sum(state = 'failed'), 0) AS failed
     FROM outbox WHERE state IN ('queued', 'sending', 'unknown', 'failed')`,
  );
  const beginAttempt = db.prepare<[number, number], void>(
    'INSERT INTO attempt (outbox_id, started_at) VALUES (?, ?)',
  );
  const openAttempt = db
    .prepare<[number], number>(
      'SELECT id FROM attempt WHERE outbox_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1',
    )
    .pluck();
  const endAttempt = db.prepare<[object], void>(
    'UPDATE attempt SET ended_at = :endedAt, outcome = :outcome, code = :code, detail = :detail WHERE id = :id',
  );
  const attempts = db.prepare<[number], AttemptRecord>(
    'SELECT started_at AS startedAt, ended_at AS endedAt, outcome, code, detail FROM attempt WHERE outbox_id = ? ORDER BY id',
  );
  const lastAnswer = db.prepare<[number], { by: number | null; at: number }>(
    `SELECT o.created_by AS by, o.created_at AS at FROM conversation c JOIN message m ON m.conversation_id = c.id
     JOIN outbox o ON o.message_id = m.id WHERE c.incident_id = ? AND o.state <> 'cancelled' ORDER BY o.id DESC LIMIT 1`,
  );
  const toRow = ({ recipients, ...row }: JoinedRow): OutboxRow => ({
    ...row,
    to: JSON.parse(recipients) as OutboxRow['to'],
  });
  return {
    insert: (record) => Number(insert.run(record).lastInsertRowid),
    find: (id) => byId.get(id),
    require(id) {
      const record = byId.get(id);
      if (!record) throw new AppError('not-found', { details: { reason: 'outbox', id } });
      return record;
    },
    ofMessage: (messageId) => byMessage.get(messageId),
    save: (record) => void save.run(record),
    firstDue: (accountId, now) => firstDue.get(now, accountId),
    nextDue: () => nextDue.all(),
    inState: (state) => inState.all(state),
    awaitingCopy: () => awaitingCopy.all(),
    rows: (all) => (all ? allRows : openRows).all().map(toRow),
    counts: () => counts.get() ?? { waiting: 0, unknown: 0, failed: 0 },
    beginAttempt: (outboxId, at) => Number(beginAttempt.run(outboxId, at).lastInsertRowid),
    openAttempt: (outboxId) => openAttempt.get(outboxId),
    endAttempt: (id, end) => void endAttempt.run({ id, ...end }),
    attempts: (outboxId) => attempts.all(outboxId),
    lastAnswer: (incidentId) => lastAnswer.get(incidentId),
  };
}
