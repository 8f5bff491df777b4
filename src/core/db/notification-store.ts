import type { Ladder } from '../../shared/contract/ladders.ts';
import type { AnswerVerb, NotificationState, Party, Urgency } from '../../shared/domain/reaching.ts';
import type { StoredFile } from '../../shared/contract/common.ts';
import { AppError } from '../../shared/errors.ts';
import { createNotificationWordStore } from './notification-word-store.ts';
import type { Db } from './open.ts';

export type NotificationKind = 'composed' | 'call' | 'handover' | 'alarm' | 'chat' | 'check' | 'bundle';

/** The ladder as it stood when it began. */
export type ClimbedLadder = Omit<Ladder, 'urgency'> & {
  /** false: whoever asked decides who is next. */
  readonly passesOn: boolean;
};

export type NotificationRecord = {
  readonly id: number;
  readonly uuid: string;
  /** The one this was passed on from. */
  readonly previousId: number | null;
  /** The same for all that were passed on from one another. */
  readonly chain: string;
  readonly kind: NotificationKind;
  readonly incidentId: number | null;
  readonly callId: number | null;
  /** null: they have been deleted. */
  readonly party: Party | null;
  readonly urgency: Urgency;
  readonly title: string;
  readonly text: string;
  readonly code: string;
  readonly verbs: readonly AnswerVerb[];
  readonly state: NotificationState;
  readonly heldBy: 'quiet' | 'throttle' | null;
  readonly bundleId: number | null;
  readonly dueAt: number | null;
  readonly round: number;
  /** -1 before the first. */
  readonly step: number;
  readonly ladder: ClimbedLadder;
  readonly createdBy: number | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly revision: number;
};

export type NotificationStore = {
  insert(notification: Omit<NotificationRecord, 'id'>, files: readonly StoredFile[]): number;
  save(notification: NotificationRecord): void;
  find(id: number): NotificationRecord | undefined;
  /** Throws `not-found` (reason `notification`). */
  require(id: number): NotificationRecord;
  byCode(code: string): NotificationRecord | undefined;
  files(id: number): StoredFile[];
  /** Whose ladder must be looked at by now, oldest first. */
  due(now: number, limit: number): number[];
  nextDueAt(): number | undefined;
  ofChain(chain: string): NotificationRecord[];
  membersOf(bundleId: number): NotificationRecord[];
  /** Those who are told what sounds for an incident and have not said that they know. */
  unansweredAlarms(incidentId: number): number[];
  /** What is held back from somebody, oldest first. */
  heldOf(party: Party): NotificationRecord[];
  /** When those began that somebody got since; lines of a conversation do not count. */
  startsSince(party: Party, since: number): number[];
  /** Whose ladders go on. */
  open(): NotificationRecord[];
  counts(): { readonly waiting: number; readonly climbing: number };
};

type Row = Omit<NotificationRecord, 'party' | 'verbs' | 'ladder'> & {
  readonly contactId: number | null;
  readonly personId: number | null;
  readonly verbs: string;
  readonly ladder: string;
};

const columns = `id, uuid, previous_id AS previousId, chain, kind, incident_id AS incidentId, call_id AS callId,
  contact_id AS contactId, person_id AS personId, urgency, title, text, code, verbs, state, held_by AS heldBy,
  bundle_id AS bundleId, due_at AS dueAt, round, step, ladder, created_by AS createdBy, created_at AS createdAt,
  started_at AS startedAt, ended_at AS endedAt, acknowledged_at AS acknowledgedAt, acknowledged_by AS acknowledgedBy,
  revision`;

export function createNotificationStore(db: Db): NotificationStore {
  const words = createNotificationWordStore(db);
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO notification (uuid, previous_id, chain, kind, incident_id, call_id, contact_id, person_id, urgency,
         title, text, code, verbs, state, held_by, bundle_id, due_at, round, step, ladder, created_by, created_at,
         started_at, ended_at, acknowledged_at, acknowledged_by, revision)
       VALUES (:uuid, :previousId, :chain, :kind, :incidentId, :callId, :contactId, :personId, :urgency, :title, :text,
         :code, :verbs, :state, :heldBy, :bundleId, :dueAt, :round, :step, :ladder, :createdBy, :createdAt, :startedAt,
         :endedAt, :acknowledgedAt, :acknowledgedBy, :revision) RETURNING id`,
    )
    .pluck();
  const save = db.prepare<[object], void>(
    `UPDATE notification SET state = :state, held_by = :heldBy, bundle_id = :bundleId, due_at = :dueAt, round = :round,
       step = :step, started_at = :startedAt, ended_at = :endedAt, acknowledged_at = :acknowledgedAt,
       acknowledged_by = :acknowledgedBy, revision = :revision WHERE id = :id`,
  );
  const addFile = db.prepare<[object], void>(
    `INSERT INTO notification_file (notification_id, position, sha256, file_name, mime_type, size)
     VALUES (:id, :position, :sha256, :fileName, :mimeType, :size)`,
  );
  const files = db.prepare<[number], StoredFile>(
    `SELECT sha256, file_name AS fileName, mime_type AS mimeType, size FROM notification_file
     WHERE notification_id = ? ORDER BY position`,
  );
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM notification WHERE id = ?`);
  const byCode = db.prepare<[string], Row>(`SELECT ${columns} FROM notification WHERE code = ?`);
  const ofChain = db.prepare<[string], Row>(
    `SELECT ${columns} FROM notification WHERE chain = ? ORDER BY id`,
  );
  const members = db.prepare<[number], Row>(
    `SELECT ${columns} FROM notification WHERE bundle_id = ? ORDER BY id`,
  );
  const open = db.prepare<[], Row>(
    `SELECT ${columns} FROM notification WHERE state IN ('waiting', 'climbing') ORDER BY id`,
  );
  const unanswered = db
    .prepare<[number], number>(
      `SELECT id FROM notification WHERE incident_id = ? AND kind = 'alarm' AND acknowledged_at IS NULL
         AND state <> 'cancelled' ORDER BY id`,
    )
    .pluck();
  const find = (id: number) => {
    const row = byId.get(id);
    return row && toRecord(row);
  };
  return {
    insert(notification, attached) {
      const id = Number(insert.get(toRow(notification)));
      for (const [position, file] of attached.entries()) addFile.run({ ...file, id, position });
      words.index([id]);
      return id;
    },
    save: (notification) => void save.run({ ...toRow(notification), id: notification.id }),
    find,
    require(id) {
      const notification = find(id);
      if (!notification) throw new AppError('not-found', { details: { reason: 'notification', id } });
      return notification;
    },
    byCode(code) {
      const row = byCode.get(code);
      return row && toRecord(row);
    },
    files: (id) => files.all(id),
    ofChain: (chain) => ofChain.all(chain).map(toRecord),
    membersOf: (bundleId) => members.all(bundleId).map(toRecord),
    unansweredAlarms: (incidentId) => unanswered.all(incidentId),
    open: () => open.all().map(toRecord),
    ...createWatched(db),
  };
}

type Watched = Pick<NotificationStore, 'due' | 'nextDueAt' | 'heldOf' | 'startsSince' | 'counts'>;

function createWatched(db: Db): Watched {
  const due = db
    .prepare<[number, number], number>(
      'SELECT id FROM notification WHERE due_at <= ? ORDER BY due_at, id LIMIT ?',
    )
    .pluck();
  const nextDue = db
    .prepare<[], number | null>('SELECT min(due_at) FROM notification WHERE due_at IS NOT NULL')
    .pluck();
  const counts = db.prepare<[], { waiting: number; climbing: number }>(
    `SELECT coalesce(sum(state = 'waiting'), 0) AS waiting, coalesce(sum(state = 'climbing'), 0) AS climbing
     FROM notification WHERE state IN ('waiting', 'climbing')`,
  );
  const of = (column: 'contact_id' | 'person_id') => ({
    held: db.prepare<[number], Row>(
      `SELECT ${columns} FROM notification WHERE ${column} = ? AND state = 'waiting' AND held_by IS NOT NULL ORDER BY id`,
    ),
    starts: db
      .prepare<[number, number], number>(
        `SELECT started_at FROM notification
         WHERE ${column} = ? AND started_at > ? AND kind NOT IN ('chat', 'check') ORDER BY started_at`,
      )
      .pluck(),
  });
  const by = { contact: of('contact_id'), person: of('person_id') } as const;
  return {
    due: (now, limit) => due.all(now, limit),
    nextDueAt: () => nextDue.get() ?? undefined,
    heldOf: (party) => by[party.kind].held.all(party.id).map(toRecord),
    startsSince: (party, since) => by[party.kind].starts.all(party.id, since),
    counts: () => counts.get() ?? { waiting: 0, climbing: 0 },
  };
}

function toRow({ party, verbs, ladder, ...rest }: Omit<NotificationRecord, 'id'>) {
  return {
    ...rest,
    contactId: party?.kind === 'contact' ? party.id : null,
    personId: party?.kind === 'person' ? party.id : null,
    verbs: JSON.stringify(verbs),
    ladder: JSON.stringify(ladder),
  };
}

function toRecord({ contactId, personId, verbs, ladder, ...rest }: Row): NotificationRecord {
  return {
    ...rest,
    party: partyOf(contactId, personId),
    verbs: JSON.parse(verbs) as AnswerVerb[],
    ladder: JSON.parse(ladder) as ClimbedLadder,
  };
}

function partyOf(contactId: number | null, personId: number | null): Party | null {
  if (contactId !== null) return { kind: 'contact', id: contactId };
  return personId === null ? null : { kind: 'person', id: personId };
}
