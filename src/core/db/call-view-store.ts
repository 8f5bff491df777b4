import type { CallLine, CallTurnView, CallWord } from '../../shared/contract/calls.ts';
import type { StoredFile } from '../../shared/contract/common.ts';
import type { CallState } from '../../shared/domain/calls.ts';
import type { ReachChannel } from '../../shared/domain/reaching.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import type { Db } from './open.ts';

export type CallSearch = {
  readonly incidentId: number | null;
  readonly assetId: number | null;
  readonly contactId: number | null;
  readonly states: readonly CallState[];
  readonly text: string;
  readonly before: number | null;
  readonly limit: number;
};

export type CallViewStore = {
  /** Open ones, and those that ended after that moment; the newest 500. */
  board(endedAfter: number): CallLine[];
  list(search: CallSearch): CallLine[];
  find(id: number): CallLine | undefined;
  turns(callId: number): CallTurnView[];
  /** What was said in both directions, oldest first: the newest 1,000 of each. */
  words(callId: number): CallWord[];
  lastAnswerId(callId: number): number;
  /** Where this one answered last. */
  lastChannel(callId: number, contactId: number): ReachChannel | undefined;
  /** Something of this notification may have left, or be leaving. */
  hasLeft(notificationId: number): boolean;
};

type LineRow = Omit<CallLine, 'passesOn' | 'sounding' | 'clock' | 'lastAnswer'> & {
  readonly passesOn: number;
  readonly sounding: number;
  readonly clock: string | null;
  readonly lastAnswer: string | null;
};

const clockColumns = `json_object('kind', k.kind, 'startedAt', k.started_at, 'dueAt', k.due_at, 'endedAt', k.ended_at)`;
const answerColumns = `json_object('at', a.at, 'verb', a.verb, 'text', substr(a.text, 1, 300),
  'files', (SELECT count(*) FROM answer_file f WHERE f.answer_id = a.id), 'hasPlace', json(iif(a.latitude IS NULL, 'false', 'true')))`;
const line = `SELECT c.id, c.number, c.incident_id AS incidentId, i.code AS incidentCode, i.title AS incidentTitle,
    c.asset_id AS assetId, c.place, c.description, c.urgency, c.state, c.contact_id AS contactId,
    p.name AS contactName, (SELECT count(*) FROM call_turn t WHERE t.call_id = c.id) AS turn,
    c.passes_on AS passesOn, c.requested_by AS requestedBy, c.created_at AS createdAt, c.accepted_at AS acceptedAt,
    c.on_the_way_at AS onTheWayAt, c.in_progress_at AS inProgressAt, c.ended_at AS endedAt,
    (SELECT t.silent_at FROM call_turn t WHERE t.call_id = c.id AND t.ended_at IS NULL) AS silentAt,
    (SELECT ${clockColumns} FROM call_clock k WHERE k.call_id = c.id AND k.ended_at IS NULL) AS clock,
    (SELECT ${answerColumns} FROM answer a WHERE a.call_id = c.id AND a.contact_id IS c.contact_id
      ORDER BY a.id DESC LIMIT 1) AS lastAnswer,
    (SELECT count(*) FROM answer a WHERE a.call_id = c.id AND a.id > c.seen_answer_id) AS unseen,
    EXISTS (SELECT 1 FROM reach_alarm r INDEXED BY reach_alarm_sounding WHERE r.call_id = c.id AND r.acknowledged_at IS NULL) AS sounding,
    c.revision
  FROM call c LEFT JOIN incident i ON i.id = c.incident_id LEFT JOIN contact p ON p.id = c.contact_id`;
const open = `SELECT id FROM call WHERE state IN ('pending', 'accepted', 'on-the-way', 'in-progress')`;

type SaidRow = Pick<CallLine, 'id' | 'number' | 'place' | 'description' | 'contactName' | 'incidentCode'>;
const saidLine = `SELECT c.id, c.number, c.place, c.description, p.name AS contactName, i.code AS incidentCode
  FROM call c LEFT JOIN incident i ON i.id = c.incident_id LEFT JOIN contact p ON p.id = c.contact_id`;

export function createCallViewStore(db: Db): CallViewStore {
  const board = db.prepare<[number], LineRow>(
    `${line} WHERE c.id IN (${open} UNION ALL SELECT id FROM call WHERE ended_at > ?) ORDER BY c.id DESC LIMIT 500`,
  );
  const find = db.prepare<[number], LineRow>(`${line} WHERE c.id = ?`);
  const turns = db.prepare<[number], Omit<CallTurnView, 'why'> & { why: string }>(
    `SELECT t.id, t.contact_id AS contactId, p.name, t.why, t.asked_at AS askedAt, t.silent_at AS silentAt,
       t.ended_at AS endedAt, t.outcome, t.reason, t.notification_id AS notificationId, n.state AS notificationState
     FROM call_turn t JOIN contact p ON p.id = t.contact_id LEFT JOIN notification n ON n.id = t.notification_id
     WHERE t.call_id = ? ORDER BY t.id`,
  );
  const lastAnswer = db
    .prepare<[number], number>('SELECT coalesce(max(id), 0) FROM answer WHERE call_id = ?')
    .pluck();
  const lastChannel = db
    .prepare<[number, number], ReachChannel>(
      `SELECT channel FROM answer WHERE call_id = ? AND contact_id = ? AND channel <> 'hand' ORDER BY id DESC LIMIT 1`,
    )
    .pluck();
  const hasLeft = db
    .prepare<[number], number>(
      `SELECT EXISTS (SELECT 1 FROM delivery WHERE notification_id = ?
         AND state IN ('sending', 'accepted', 'delivered', 'read', 'acknowledged', 'unknown'))`,
    )
    .pluck();
  return {
    board: (endedAfter) => board.all(endedAfter).map(toLine),
    find(id) {
      const row = find.get(id);
      return row && toLine(row);
    },
    list(search) {
      const { text, before, limit, states } = search;
      const named = { ...search, before: before ?? Number.MAX_SAFE_INTEGER, states: JSON.stringify(states) };
      const where = `WHERE ${wanted(search)} ORDER BY c.id DESC`;
      const words = foldText(text).split(' ').filter(Boolean);
      if (words.length === 0) {
        return db.prepare<[object], LineRow>(`${line} ${where} LIMIT :limit`).all(named).map(toLine);
      }
      const ids: number[] = [];
      // What is only looked through is read as little of as its words.
      for (const row of db.prepare<[object], SaidRow>(`${saidLine} ${where}`).iterate(named)) {
        if (says(row, words)) ids.push(row.id);
        if (ids.length === limit) break;
      }
      return ids.flatMap((id) => find.all(id).map(toLine));
    },
    turns: (callId) =>
      turns.all(callId).map((row) => ({ ...row, why: JSON.parse(row.why) as Record<string, unknown> })),
    ...wordsOf(db),
    lastAnswerId: (callId) => lastAnswer.get(callId) ?? 0,
    lastChannel: (callId, contactId) => lastChannel.get(callId, contactId),
    hasLeft: (id) => hasLeft.get(id) === 1,
  };
}

/** Only what is asked for, so that each is found by its index; words are looked for in what is left, newest first. */
function wanted({ incidentId, assetId, contactId, states }: CallSearch): string {
  return [
    'c.id < :before',
    incidentId === null
      ? ''
      : `c.id IN (SELECT id FROM call WHERE incident_id = :incidentId UNION ALL SELECT k.id FROM call k
           JOIN incident m ON m.id = k.incident_id WHERE m.merged_into_id = :incidentId)`,
    assetId === null ? '' : 'c.id IN (SELECT id FROM call WHERE asset_id = :assetId)',
    contactId === null ? '' : 'c.id IN (SELECT call_id FROM call_turn WHERE contact_id = :contactId)',
    states.length === 0 ? '' : 'c.state IN (SELECT value FROM json_each(:states))',
  ]
    .filter((part) => part !== '')
    .join(' AND ');
}

function toLine(row: LineRow): CallLine {
  return {
    ...row,
    passesOn: row.passesOn === 1,
    sounding: row.sounding === 1,
    clock: row.clock === null ? null : (JSON.parse(row.clock) as CallLine['clock']),
    lastAnswer: row.lastAnswer === null ? null : (JSON.parse(row.lastAnswer) as CallLine['lastAnswer']),
  };
}

function says(row: SaidRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { number, place, description, contactName, incidentCode } = row;
  const said = foldText(`${number} ${place} ${description} ${contactName ?? ''} ${incidentCode ?? ''}`);
  return words.every((word) => said.includes(word));
}

type WordRow = Omit<CallWord, 'files' | 'place'> & {
  readonly files: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
};

const fileColumns = `json_object('sha256', f.sha256, 'fileName', f.file_name, 'mimeType', f.mime_type, 'size', f.size)`;

function wordsOf(db: Db): Pick<CallViewStore, 'words'> {
  // The one that came furthest tells how far a line came; among equals the latest.
  const best = `SELECT d.id FROM delivery d WHERE d.notification_id = n.id ORDER BY
    CASE d.state WHEN 'acknowledged' THEN 0 WHEN 'read' THEN 1 WHEN 'delivered' THEN 2 WHEN 'accepted' THEN 3
      WHEN 'sending' THEN 4 WHEN 'queued' THEN 5 WHEN 'unknown' THEN 6 WHEN 'failed' THEN 7 ELSE 8 END, d.id DESC LIMIT 1`;
  const written = db.prepare<[number], WordRow>(
    `SELECT 'n' || n.id AS key, 'out' AS direction, n.created_at AS at, n.contact_id AS contactId,
       coalesce(p.name, '') AS name, n.created_by AS personId, d.channel, n.text, NULL AS verb,
       (SELECT json_group_array(${fileColumns}) FROM notification_file f WHERE f.notification_id = n.id) AS files,
       NULL AS latitude, NULL AS longitude, d.state, n.id AS notificationId
     FROM notification n LEFT JOIN contact p ON p.id = n.contact_id LEFT JOIN delivery d ON d.id = (${best})
     WHERE n.call_id = ? AND n.kind = 'chat' ORDER BY n.id DESC LIMIT 1000`,
  );
  const said = db.prepare<[number], WordRow>(
    `SELECT 'a' || a.id AS key, 'in' AS direction, a.at, a.contact_id AS contactId,
       coalesce(p.name, a.address) AS name, NULL AS personId, a.channel, a.text, a.verb,
       (SELECT json_group_array(${fileColumns}) FROM answer_file f WHERE f.answer_id = a.id) AS files,
       a.latitude, a.longitude, NULL AS state, a.notification_id AS notificationId
     FROM answer a LEFT JOIN contact p ON p.id = a.contact_id WHERE a.call_id = ? ORDER BY a.id DESC LIMIT 1000`,
  );
  return {
    words: (callId) =>
      [...written.all(callId), ...said.all(callId)]
        .toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
        .map(({ files, latitude, longitude, ...word }) => ({
          ...word,
          files: JSON.parse(files) as StoredFile[],
          place: latitude === null || longitude === null ? null : { latitude, longitude },
        })),
  };
}
