import type { Db } from './open.ts';

export type StoredName = {
  readonly id: number;
  readonly kind: 'raw' | 'attachment';
  readonly sha256: string;
  readonly size: number;
};

export type RetentionStore = {
  /**
   * Incidents closed before that moment which nothing open counts on, after `afterId`, that still hold files of these
   * kinds.
   */
  closedBefore(before: number, kinds: KindsOf, afterId: number, limit: number): number[];
  filesOf(incidentId: number): StoredName[];
  /** Whether a row outside of what may go counts on the file. */
  isNeeded(file: StoredName, before: number): boolean;
  /** Whether any row at all counts on it. */
  isNamed(kind: StoredName['kind'], sha256: string): boolean;
  /** Inside a transaction: the row stays and says when its file went. */
  expire(file: StoredName, at: number): void;
};

export type KindsOf = { readonly attachments: boolean; readonly letters: boolean };

const closedAt = 'max(coalesce(i.finished_at, 0), coalesce(i.dismissed_at, 0))';

/** `i` is closed, stands for itself, and nobody is about to answer out of it. */
const mayGo = `${closedAt} BETWEEN 1 AND :before - 1 AND i.merged_into_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM incident other WHERE other.merged_into_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM incident_link l WHERE l.from_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM incident_link l WHERE l.to_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.incident_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM conversation oc JOIN message om ON om.conversation_id = oc.id
    JOIN outbox o ON o.message_id = om.id
    WHERE oc.incident_id = i.id AND o.state IN ('queued', 'sending', 'unknown', 'failed'))`;

const letters = `conversation c JOIN message m ON m.conversation_id = c.id`;

export function createRetentionStore(db: Db): RetentionStore {
  const closed = db
    .prepare<[object], number>(
      `SELECT i.id FROM incident i WHERE i.id > :afterId AND ${mayGo} AND EXISTS (
         SELECT 1 FROM ${letters} WHERE c.incident_id = i.id AND (
           (:attachments = 1 AND EXISTS (
             SELECT 1 FROM attachment a WHERE a.message_id = m.id AND a.expired_at IS NULL))
           OR (:letters = 1 AND EXISTS (
             SELECT 1 FROM raw_message w WHERE w.message_id = m.id AND w.expired_at IS NULL))))
       ORDER BY i.id LIMIT :limit`,
    )
    .pluck();
  const files = db.prepare<[object], StoredName>(
    `SELECT a.id, 'attachment' AS kind, a.sha256, a.size FROM ${letters} JOIN attachment a ON a.message_id = m.id
     WHERE c.incident_id = :id AND a.expired_at IS NULL
     UNION ALL
     SELECT w.id, 'raw', w.sha256, w.size FROM ${letters} JOIN raw_message w ON w.message_id = m.id
     WHERE c.incident_id = :id AND w.expired_at IS NULL`,
  );
  const expire = {
    attachment: db.prepare<[object], void>('UPDATE attachment SET expired_at = :at WHERE id = :id'),
    raw: db.prepare<[object], void>('UPDATE raw_message SET expired_at = :at WHERE id = :id'),
  };
  return {
    closedBefore: (before, kinds, afterId, limit) =>
      closed.all({
        before,
        afterId,
        limit,
        attachments: kinds.attachments ? 1 : 0,
        letters: kinds.letters ? 1 : 0,
      }),
    filesOf: (id) => files.all({ id }),
    ...countedOn(db),
    expire: ({ id, kind }, at) => void expire[kind].run({ id, at }),
  };
}

function countedOn(db: Db): Pick<RetentionStore, 'isNeeded' | 'isNamed'> {
  const elsewhere = `SELECT 1 FROM chat_file WHERE sha256 = :sha256
    UNION ALL SELECT 1 FROM notification_file WHERE sha256 = :sha256
    UNION ALL SELECT 1 FROM answer_file WHERE sha256 = :sha256
    UNION ALL SELECT 1 FROM call_file WHERE sha256 = :sha256
    UNION ALL SELECT 1 FROM draft, json_each(draft.attachments) one
      WHERE json_extract(one.value, '$.sha256') = :sha256`;
  const attachmentNamed = db.prepare<[object], number>(
    `SELECT 1 FROM attachment WHERE sha256 = :sha256 AND expired_at IS NULL UNION ALL ${elsewhere} LIMIT 1`,
  );
  const rawNamed = db.prepare<[object], number>(
    'SELECT 1 FROM raw_message WHERE sha256 = :sha256 AND expired_at IS NULL LIMIT 1',
  );
  const stays = `LEFT JOIN message m ON m.id = f.message_id LEFT JOIN conversation c ON c.id = m.conversation_id
    LEFT JOIN incident i ON i.id = c.incident_id
    WHERE f.sha256 = :sha256 AND f.expired_at IS NULL AND (i.id IS NULL OR NOT (${mayGo}))`;
  const attachmentNeeded = db.prepare<[object], number>(
    `SELECT 1 FROM attachment f ${stays} UNION ALL ${elsewhere} LIMIT 1`,
  );
  const rawNeeded = db.prepare<[object], number>(`SELECT 1 FROM raw_message f ${stays} LIMIT 1`);
  return {
    isNeeded: ({ kind, sha256 }, before) =>
      (kind === 'raw' ? rawNeeded : attachmentNeeded).get({ sha256, before }) !== undefined,
    isNamed: (kind, sha256) => (kind === 'raw' ? rawNamed : attachmentNamed).get({ sha256 }) !== undefined,
  };
}
