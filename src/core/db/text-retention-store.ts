import { createNotificationWordStore } from './notification-word-store.ts';
import type { Db } from './open.ts';
import type { StoredName } from './retention-store.ts';
import { createSearchStore, type IncidentWords } from './search-store.ts';

/** What of an incident still has words; a raw letter has them all. */
export type TextCounts = { readonly letters: number; readonly notes: number };

export type TextRetentionStore = {
  /** Incidents closed before that moment which nobody is about to need, after `afterId`, that still have words. */
  closedBefore(before: number, afterId: number, limit: number): number[];
  counts(incidentId: number): TextCounts;
  raws(incidentId: number): StoredName[];
  /** Inside a transaction: words of letters and notes go, and with them what the search knew of them. */
  expire(incidentId: number, at: number, revision: number): void;
};

const closedAt = (incident: string) =>
  `max(coalesce(${incident}.finished_at, 0), coalesce(${incident}.dismissed_at, 0))`;
const isOpen = (incident: string) => `${incident}.finished_at IS NULL AND ${incident}.dismissed_at IS NULL`;

/** An incident that is linked or merged is read together with the other one: it stays while that one is open. */
const mayGo = `${closedAt('i')} BETWEEN 1 AND :before - 1 AND i.postponed_until IS NULL
  AND NOT EXISTS (SELECT 1 FROM favourite f WHERE f.incident_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.incident_id = i.id AND r.done_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM incident o WHERE o.id = i.merged_into_id AND ${isOpen('o')})
  AND NOT EXISTS (SELECT 1 FROM incident o WHERE o.merged_into_id = i.id AND ${isOpen('o')})
  AND NOT EXISTS (SELECT 1 FROM incident_link l JOIN incident o ON o.id = l.to_id WHERE l.from_id = i.id AND ${isOpen('o')})
  AND NOT EXISTS (SELECT 1 FROM incident_link l JOIN incident o ON o.id = l.from_id WHERE l.to_id = i.id AND ${isOpen('o')})
  AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.incident_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM conversation oc JOIN message om ON om.conversation_id = oc.id
    JOIN outbox o ON o.message_id = om.id
    WHERE oc.incident_id = i.id AND o.state IN ('queued', 'sending', 'unknown', 'failed'))
  AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.incident_id = i.id AND n.state IN ('waiting', 'climbing'))
  AND NOT EXISTS (SELECT 1 FROM call k WHERE k.incident_id = i.id
    AND k.state IN ('pending', 'accepted', 'on-the-way', 'in-progress'))`;

const told = 'SELECT id FROM notification WHERE incident_id = :id';
const called = 'SELECT id FROM call WHERE incident_id = :id';
const letters = 'conversation c JOIN message m ON m.conversation_id = c.id';

export function createTextRetentionStore(db: Db): TextRetentionStore {
  const closed = db
    .prepare<[object], number>(
      `SELECT i.id FROM incident i WHERE i.id > :afterId AND ${mayGo} AND (
         EXISTS (SELECT 1 FROM ${letters} WHERE c.incident_id = i.id AND (m.text_expired_at IS NULL OR EXISTS (
           SELECT 1 FROM raw_message w WHERE w.message_id = m.id AND w.expired_at IS NULL)))
         OR EXISTS (SELECT 1 FROM incident_note n WHERE n.incident_id = i.id AND n.text_expired_at IS NULL)
         OR EXISTS (SELECT 1 FROM note_draft d WHERE d.incident_id = i.id)
         OR EXISTS (SELECT 1 FROM notification n WHERE n.incident_id = i.id AND n.text <> '')
         OR EXISTS (SELECT 1 FROM call k WHERE k.incident_id = i.id AND k.description <> ''))
       ORDER BY i.id LIMIT :limit`,
    )
    .pluck();
  const counts = db.prepare<[object], TextCounts>(
    `SELECT (SELECT count(*) FROM ${letters} WHERE c.incident_id = :id AND m.text_expired_at IS NULL) AS letters,
       (SELECT count(*) FROM incident_note n WHERE n.incident_id = :id AND n.text_expired_at IS NULL) AS notes`,
  );
  const raws = db.prepare<[object], StoredName>(
    `SELECT w.id, 'raw' AS kind, w.sha256, w.size FROM ${letters} JOIN raw_message w ON w.message_id = m.id
     WHERE c.incident_id = :id AND w.expired_at IS NULL`,
  );
  return {
    closedBefore: (before, afterId, limit) => closed.all({ before, afterId, limit }),
    counts: (id) => counts.get({ id }) ?? { letters: 0, notes: 0 },
    raws: (id) => raws.all({ id }),
    expire: createExpire(db),
  };
}

function createExpire(db: Db): TextRetentionStore['expire'] {
  const search = createSearchStore(db);
  const notificationWords = createNotificationWordStore(db);
  const worded = db
    .prepare<[object], number>(
      `SELECT m.id FROM ${letters} WHERE c.incident_id = :id AND m.text_expired_at IS NULL`,
    )
    .pluck();
  const sent = "SELECT batch_id FROM answer_batch_part WHERE state = 'waiting'";
  const steps = [
    `DELETE FROM message_html WHERE message_id IN (SELECT m.id FROM ${letters} WHERE c.incident_id = :id)`,
    `UPDATE message SET text = '', text_expired_at = :at, revision = :revision WHERE text_expired_at IS NULL
       AND conversation_id IN (SELECT id FROM conversation WHERE incident_id = :id)`,
    `UPDATE incident_note SET text = '', earlier = '[]', text_expired_at = :at, revision = :revision
       WHERE incident_id = :id AND text_expired_at IS NULL`,
    'DELETE FROM note_draft WHERE incident_id = :id',
    // One answer to all is needed until the last of its letters is written.
    `UPDATE answer_batch SET text = '' WHERE id IN (SELECT batch_id FROM answer_batch_part WHERE incident_id = :id)
       AND id NOT IN (${sent})`,
    // Where somebody was is theirs as much as what they said.
    `UPDATE answer SET text = '', latitude = NULL, longitude = NULL, revision = :revision
       WHERE notification_id IN (${told}) OR call_id IN (${called})`,
    `UPDATE notification SET text = '', revision = :revision WHERE incident_id = :id`,
    `UPDATE call_turn SET reason = '' WHERE call_id IN (${called})`,
    `UPDATE call SET description = '', result = '', latitude = NULL, longitude = NULL, revision = :revision
       WHERE incident_id = :id`,
  ].map((sql) => db.prepare<[object], void>(sql));
  const notifications = db.prepare<[object], number>(told).pluck();
  const incident = db.prepare<[object], IncidentWords>(
    `SELECT code, title, asset, applicant_name AS applicantName, applicant_address AS applicantAddress,
       applicant_phone AS applicantPhone, description FROM incident WHERE id = :id`,
  );
  return (id, at, revision) => {
    const ids = worded.all({ id });
    for (const step of steps) step.run({ id, at, revision });
    for (const { id: messageId, text } of search.indexedText(ids)) {
      search.indexMessage(messageId, { subject: '', people: [], text }, true);
    }
    notificationWords.index(notifications.all({ id }));
    const words = incident.get({ id });
    if (words) search.indexIncident(id, words);
  };
}
