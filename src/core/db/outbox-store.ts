import type { OutboxRow } from '../../shared/contract/letters.ts';
import type { MessageChannel } from '../../shared/domain/channels.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type OutboxState = OutboxRow['state'];
export type SentCopy = 'waiting' | 'found' | 'appended' | 'provider' | 'failed';

export type OutboxRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly channel: MessageChannel;
  /** Of the channel: a mailbox or a Telegram account. */
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

/** Messages of one lane leave one after another; of a mailbox all, of Telegram those of one chat. */
export type OutboxLane = {
  readonly channel: MessageChannel;
  readonly accountId: number;
  readonly chatId: number | null;
};

export type OutboxStore = {
  insert(record: Omit<OutboxRecord, 'id'>): number;
  find(id: number): OutboxRecord | undefined;
  /** Throws `not-found`. */
  require(id: number): OutboxRecord;
  ofMessage(messageId: number): OutboxRecord | undefined;
  save(record: OutboxRecord): void;
  /** What leaves next: of a mailbox the oldest that is due, of a chat the oldest or nothing. */
  firstDue(lane: OutboxLane, now: number): OutboxRecord | undefined;
  /** When each lane with anything queued has something due. */
  nextDue(): (OutboxLane & { readonly at: number })[];
  inState(state: 'queued' | 'sending' | 'unknown' | 'failed'): OutboxRecord[];
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

const columns = `id, uuid, channel, coalesce(account_id, telegram_account_id) AS accountId, message_id AS messageId,
  state, not_before AS notBefore, lease_until AS leaseUntil, wrote_at AS wroteAt, attempts, error_code AS errorCode,
  error_detail AS errorDetail, sent_copy AS sentCopy, effect, created_by AS createdBy, created_at AS createdAt,
  accepted_at AS acceptedAt, revision`;

const rowColumns = `o.id, o.message_id AS messageId, c.incident_id AS incidentId, coalesce(i.code, '') AS code,
  o.channel, coalesce(o.account_id, o.telegram_account_id) AS accountId,
  CASE o.channel WHEN 'mail' THEN m.subject ELSE substr(m.text, 1, 200) END AS subject, o.state, o.not_before AS notBefore, o.created_at AS createdAt,
  o.created_by AS createdBy, o.attempts, o.error_code AS errorCode, o.error_detail AS errorDetail,
  (SELECT json_group_array(json_object('name', r.name, 'address', r.address)) FROM message_recipient r
   WHERE r.message_id = m.id AND r.kind = 'to') AS recipients,
  (SELECT json_object('id', t.id, 'title', t.title) FROM chat_message w JOIN chat t ON t.id = w.chat_id
   WHERE w.message_id = m.id LIMIT 1) AS chat`;
const joined = `outbox o JOIN message m ON m.id = o.message_id JOIN conversation c ON c.id = m.conversation_id
  LEFT JOIN incident i ON i.id = c.incident_id`;

type JoinedRow = Omit<OutboxRow, 'to' | 'chat'> & {
  readonly recipients: string;
  readonly chat: string | null;
};

export function createOutboxStore(db: Db): OutboxStore {
  const insert = db.prepare<[Omit<OutboxRecord, 'id'>], void>(
    `INSERT INTO outbox (uuid, channel, account_id, telegram_account_id, message_id, state, not_before, lease_until, wrote_at, attempts,
       error_code, error_detail, sent_copy, effect, created_by, created_at, accepted_at, revision)
     VALUES (:uuid, :channel, iif(:channel = 'mail', :accountId, NULL), iif(:channel = 'telegram', :accountId, NULL), :messageId, :state, :notBefore, :leaseUntil, :wroteAt, :attempts, :errorCode,
       :errorDetail, :sentCopy, :effect, :createdBy, :createdAt, :acceptedAt, :revision)`,
  );
  const byId = db.prepare<[number], OutboxRecord>(`SELECT ${columns} FROM outbox WHERE id = ?`);
  const byMessage = db.prepare<[number], OutboxRecord>(`SELECT ${columns} FROM outbox WHERE message_id = ?`);
  const save = db.prepare<[OutboxRecord], void>(
    `UPDATE outbox SET state = :state, not_before = :notBefore, lease_until = :leaseUntil, wrote_at = :wroteAt,
       attempts = :attempts, error_code = :errorCode, error_detail = :errorDetail, sent_copy = :sentCopy,
       effect = :effect, accepted_at = :acceptedAt, revision = :revision WHERE id = :id`,
  );
  const inState = db.prepare<[string], OutboxRecord>(
    // Named twice: so the index of those that have not left is used, and years of those that have are not read.
    `SELECT ${columns} FROM outbox WHERE state = ? AND state IN ('queued', 'sending', 'unknown', 'failed') ORDER BY id`,
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
  const toRow = ({ recipients, chat, ...row }: JoinedRow): OutboxRow => ({
    ...row,
    chat: chat === null ? null : (JSON.parse(chat) as OutboxRow['chat']),
    to: JSON.parse(recipients) as OutboxRow['to'],
  });
  return {
    ...createQueue(db),
    insert: (record) => Number(insert.run(record).lastInsertRowid),
    find: (id) => byId.get(id),
    require(id) {
      const record = byId.get(id);
      if (!record) throw new AppError('not-found', { details: { reason: 'outbox', id } });
      return record;
    },
    ofMessage: (messageId) => byMessage.get(messageId),
    save: (record) => void save.run(record),
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

function createQueue(db: Db): Pick<OutboxStore, 'firstDue' | 'nextDue'> {
  const firstOfAccount = db.prepare<[number, number], OutboxRecord>(
    `SELECT ${columns} FROM outbox WHERE state = 'queued' AND not_before <= ? AND account_id = ? ORDER BY id LIMIT 1`,
  );
  const firstOfChat = db.prepare<[number, number], OutboxRecord>(
    `SELECT ${columns} FROM outbox INDEXED BY outbox_due WHERE state = 'queued' AND telegram_account_id = ? AND EXISTS (
       SELECT 1 FROM chat_message c WHERE c.message_id = outbox.message_id AND c.chat_id = ?) ORDER BY id LIMIT 1`,
  );
  const accountsDue = db.prepare<[], OutboxLane & { at: number }>(
    `SELECT channel, account_id AS accountId, NULL AS chatId, min(not_before) AS at FROM outbox
     WHERE state = 'queued' AND channel = 'mail' GROUP BY account_id`,
  );
  // The first of each chat: a younger message waits for it, whatever its own time. SQLite gives the other columns of
  // the row that holds the minimum (https://www.sqlite.org/lang_select.html#bareagg).
  const chatsDue = db.prepare<[], OutboxLane & { at: number; first: number }>(
    `SELECT o.channel, o.telegram_account_id AS accountId, c.chat_id AS chatId, o.not_before AS at, min(o.id) AS first
     FROM outbox o INDEXED BY outbox_due CROSS JOIN chat_message c ON c.message_id = o.message_id
     WHERE o.state = 'queued' AND o.channel = 'telegram' GROUP BY o.telegram_account_id, c.chat_id`,
  );
  return {
    firstDue({ accountId, chatId }, now) {
      if (chatId === null) return firstOfAccount.get(now, accountId);
      const first = firstOfChat.get(accountId, chatId);
      return first && first.notBefore <= now ? first : undefined;
    },
    nextDue: () => [
      ...accountsDue.all(),
      ...chatsDue.all().map(({ channel, accountId, chatId, at }) => ({ channel, accountId, chatId, at })),
    ],
  };
}
