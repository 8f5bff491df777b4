import type { Db } from './open.ts';

/** One open incident in somebody's hands, as a hand-over tells of it. */
export type OpenWork = {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly statusId: number;
  readonly unread: number;
  readonly postponedUntil: number | null;
  readonly autoCloseAt: number | null;
  /** The nearest deadline of its clocks that run. */
  readonly dueAt: number | null;
  readonly riskAt: number | null;
};

export type WaitingReminder = {
  readonly id: number;
  readonly incidentId: number;
  readonly code: string;
  readonly title: string;
  readonly at: number;
  readonly text: string;
};

export type OpenLetter = {
  readonly id: number;
  readonly state: 'queued' | 'sending' | 'failed' | 'unknown';
  readonly subject: string;
  readonly incidentId: number | null;
  readonly code: string | null;
};

export type ShiftWorkStore = {
  /** Everything unfinished of a person, the nearest deadline first. */
  openWork(personId: number): OpenWork[];
  openCount(personId: number): number;
  reminders(personId: number): WaitingReminder[];
  /** Letters that have not surely left: written by the person, or in an incident of theirs. */
  openLetters(personId: number): OpenLetter[];
  floods(): { readonly id: number; readonly title: string; readonly startedAt: number }[];
  /** The template of the newest letter with one that went out of an incident. */
  lastTemplate(incidentId: number): { readonly templateKey: string; readonly at: number } | undefined;
  lastEvent(incidentId: number): { readonly kind: string; readonly at: number } | undefined;
  /** When the incident came into the hands it is in. */
  assignedAt(incidentId: number): number | undefined;
  /** Who has open work though they are off duty; `endedAt` is of their last shift. */
  away(): {
    readonly personId: number;
    readonly active: number;
    readonly endedAt: number | null;
    readonly kept: number | null;
  }[];
  /** When the person last tried the sound. */
  soundTestedAt(personId: number): number | undefined;
  answered(since: number): {
    readonly incidentId: number;
    readonly code: string;
    readonly personId: number | null;
    readonly at: number;
  }[];
};

const open = 'i.finished_at IS NULL AND i.dismissed_at IS NULL';

export function createShiftWorkStore(db: Db): ShiftWorkStore {
  const openWork = db.prepare<[number], OpenWork>(
    `SELECT i.id, i.code, i.title, i.status_id AS statusId,
       coalesce(i.last_inbound_at, 0) > coalesce(max(r.read_at), 0) AS unread, i.postponed_until AS postponedUntil,
       i.auto_close_at AS autoCloseAt, min(c.due_at) AS dueAt, min(c.risk_at) AS riskAt
     FROM incident i
     LEFT JOIN incident_read r ON r.incident_id = i.id AND r.person_id = i.assignee_id
     LEFT JOIN incident_clock c ON c.incident_id = i.id AND c.ended_at IS NULL AND c.paused_at IS NULL
     WHERE i.assignee_id = ? AND ${open} GROUP BY i.id
     ORDER BY min(c.due_at) IS NULL, min(c.due_at), i.urgency_at, i.id`,
  );
  const openCount = db
    .prepare<[number], number>(`SELECT count(*) FROM incident i WHERE i.assignee_id = ? AND ${open}`)
    .pluck();
  const reminders = db.prepare<[number], WaitingReminder>(
    `SELECT r.id, r.incident_id AS incidentId, i.code, i.title, r.at, r.text
     FROM reminder r JOIN incident i ON i.id = r.incident_id
     WHERE r.person_id = ? AND r.done_at IS NULL ORDER BY r.at, r.id LIMIT 200`,
  );
  const letters = db.prepare<[{ personId: number }], OpenLetter>(
    `SELECT o.id, o.state, m.subject, i.id AS incidentId, i.code
     FROM outbox o JOIN message m ON m.id = o.message_id JOIN conversation c ON c.id = m.conversation_id
     LEFT JOIN incident i ON i.id = c.incident_id
     WHERE o.state IN ('queued', 'sending', 'unknown', 'failed')
       AND (o.created_by = :personId OR i.assignee_id = :personId) ORDER BY o.id LIMIT 200`,
  );
  const floods = db.prepare<[], { id: number; title: string; startedAt: number }>(
    'SELECT id, title, started_at AS startedAt FROM flood WHERE ended_at IS NULL ORDER BY started_at LIMIT 50',
  );
  const lastTemplate = db.prepare<[number], { templateKey: string; at: number }>(
    `SELECT json_extract(payload, '$.templateKey') AS templateKey, at FROM journal
     WHERE subject_kind = 'incident' AND subject_id = ? AND kind = 'incident.letter-queued'
       AND json_extract(payload, '$.templateKey') IS NOT NULL ORDER BY sequence DESC LIMIT 1`,
  );
  const lastEvent = db.prepare<[number], { kind: string; at: number }>(
    "SELECT kind, at FROM journal WHERE subject_kind = 'incident' AND subject_id = ? ORDER BY sequence DESC LIMIT 1",
  );
  const assignedAt = db
    .prepare<[number], number>(
      `SELECT at FROM journal WHERE subject_kind = 'incident' AND subject_id = ? AND kind = 'incident.assigned'
       ORDER BY sequence DESC LIMIT 1`,
    )
    .pluck();
  const away = db.prepare<
    [],
    { personId: number; active: number; endedAt: number | null; kept: number | null }
  >(
    `SELECT p.id AS personId, p.active, s.ended_at AS endedAt, s.kept FROM person p
     LEFT JOIN shift s ON s.id = (SELECT id FROM shift WHERE person_id = p.id ORDER BY started_at DESC, id DESC LIMIT 1)
     WHERE (s.id IS NULL OR s.ended_at IS NOT NULL)
       AND EXISTS (SELECT 1 FROM incident i WHERE i.assignee_id = p.id AND ${open}) ORDER BY p.id`,
  );
  const soundTestedAt = db
    .prepare<[number], number>(
      `SELECT at FROM journal WHERE subject_kind = 'person' AND subject_id = ? AND kind = 'person.sound-tested'
       ORDER BY sequence DESC LIMIT 1`,
    )
    .pluck();
  const answered = db.prepare<
    [number],
    { incidentId: number; code: string; personId: number | null; at: number }
  >(
    `SELECT a.incident_id AS incidentId, i.code, a.acknowledged_by AS personId, max(a.acknowledged_at) AS at
     FROM alarm a INDEXED BY alarm_answered JOIN incident i ON i.id = a.incident_id WHERE a.acknowledged_at > ?
     GROUP BY a.incident_id ORDER BY at DESC LIMIT 50`,
  );
  return {
    openWork: (personId) => openWork.all(personId),
    openCount: (personId) => openCount.get(personId) ?? 0,
    reminders: (personId) => reminders.all(personId),
    openLetters: (personId) => letters.all({ personId }),
    floods: () => floods.all(),
    lastTemplate: (incidentId) => lastTemplate.get(incidentId),
    lastEvent: (incidentId) => lastEvent.get(incidentId),
    assignedAt: (incidentId) => assignedAt.get(incidentId),
    away: () => away.all(),
    soundTestedAt: (personId) => soundTestedAt.get(personId),
    answered: (since) => answered.all(since),
  };
}
