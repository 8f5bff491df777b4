import { indexText } from '../../shared/domain/search-text.ts';
import type { Db } from './open.ts';

export type IncidentWords = {
  readonly code: string;
  readonly title: string;
  readonly asset: string;
  readonly applicantName: string;
  readonly applicantAddress: string;
  readonly applicantPhone: string;
  readonly description: string;
};

export type MessageWords = {
  readonly subject: string;
  /** Names and addresses of everybody on the letter. */
  readonly people: readonly string[];
  readonly text: string;
};

/** A condition over `incident i`. */
export type IncidentCondition = {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
};

export type MessageHit = {
  readonly messageId: number;
  readonly incidentId: number | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly statusId: number | null;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly text: string;
  readonly at: number;
};

export type IncidentHit = {
  readonly incidentId: number;
  readonly code: string;
  readonly title: string;
  readonly statusId: number;
  readonly applicant: string;
  readonly asset: string;
  readonly description: string;
  /** Each by itself. */
  readonly notes: string;
  readonly at: number;
};

export type SearchStore = {
  /** `isAgain` when the message was indexed before: its text has changed. */
  indexMessage(id: number, words: MessageWords, isAgain?: boolean): void;
  indexIncident(id: number, words: IncidentWords): void;
  /** Rowids that match, newest first, below `before`. */
  messages(match: string, before: number, limit: number): number[];
  incidents(match: string, before: number, limit: number): number[];
  /** Those of the letters whose incident meets the condition, newest first. */
  keepMessages(ids: readonly number[], condition: IncidentCondition): number[];
  keepIncidents(ids: readonly number[], condition: IncidentCondition): number[];
  /** Incidents that meet the condition, newest first. */
  incidentsOf(condition: IncidentCondition, limit: number): number[];
  /** Their letters, newest first. */
  messagesOf(incidentIds: readonly number[], limit: number): number[];
  /** What of each letter is in the index, to check it without the index. */
  indexedText(ids: readonly number[]): { readonly id: number; readonly text: string }[];
  messageHits(ids: readonly number[]): MessageHit[];
  incidentHits(ids: readonly number[]): IncidentHit[];
  incidentByCode(code: string): number | undefined;
};

/** Longer letters are quotes of quotes: their tail would only slow every search. */
const longestIndexed = 20_000;

export function createSearchStore(db: Db): SearchStore {
  return { ...createIndexing(db), ...createFinding(db), ...createHits(db) };
}

function createIndexing(db: Db): Pick<SearchStore, 'indexMessage' | 'indexIncident'> {
  const insertMessage = db.prepare<[number, string], void>(
    'INSERT INTO message_word (rowid, text) VALUES (?, ?)',
  );
  const deleteMessage = db.prepare<[number], void>('DELETE FROM message_word WHERE rowid = ?');
  const deleteIncident = db.prepare<[number], void>('DELETE FROM incident_word WHERE rowid = ?');
  const insertIncident = db.prepare<[number, string], void>(
    'INSERT INTO incident_word (rowid, text) VALUES (?, ?)',
  );
  const notes = db
    .prepare<[number], string>(
      'SELECT text FROM incident_note WHERE incident_id = ? AND removed_at IS NULL ORDER BY created_at, id',
    )
    .pluck();
  // FTS5 writes what it has gathered whenever a later statement opens a savepoint, as every UPDATE of an incident does.
  // As the last step of a transaction the words of a whole batch of letters make one segment instead of one each.
  return {
    indexMessage(id, { subject, people, text }, isAgain = false) {
      const words = indexText([subject, ...people, text.slice(0, longestIndexed)]);
      db.beforeCommit(() => {
        if (isAgain) deleteMessage.run(id);
        insertMessage.run(id, words);
      });
    },
    // Notes are of the desk and found like its other words; they are read here, so that no caller can forget them.
    indexIncident(id, { code, title, asset, applicantName, applicantAddress, applicantPhone, description }) {
      const words = indexText([
        code,
        title,
        asset,
        applicantName,
        applicantAddress,
        applicantPhone,
        description,
        ...notes.all(id),
      ]);
      db.beforeCommit(() => {
        deleteIncident.run(id);
        insertIncident.run(id, words);
      });
    },
  };
}

function createFinding(
  db: Db,
): Omit<SearchStore, 'indexMessage' | 'indexIncident' | 'messageHits' | 'incidentHits'> {
  const messages = db
    .prepare<[string, number, number], number>(
      'SELECT rowid FROM message_word WHERE message_word MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const incidents = db
    .prepare<[string, number, number], number>(
      'SELECT rowid FROM incident_word WHERE incident_word MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const messagesOf = db
    .prepare<[string, number], number>(
      `SELECT m.id FROM json_each(?) wanted CROSS JOIN conversation v ON v.incident_id = wanted.value
       JOIN message m ON m.conversation_id = v.id ORDER BY m.id DESC LIMIT ?`,
    )
    .pluck();
  const indexedText = db.prepare<[number, string], { id: number; text: string }>(
    `SELECT m.id, m.subject || char(10) || m.from_name || ' ' || m.from_address || char(10) || coalesce((
       SELECT group_concat(r.name || ' ' || r.address, char(10)) FROM message_recipient r WHERE r.message_id = m.id), '')
       || char(10) || substr(m.text, 1, ?) AS text
     FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value ORDER BY wanted.key`,
  );
  const incidentByCode = db.prepare<[string], number>('SELECT id FROM incident WHERE code = ?').pluck();
  const filtered = (sql: string, parameters: object) =>
    db.prepare<[object], number>(sql).pluck().all(parameters);
  return {
    messages: (match, before, limit) => messages.all(match, before, limit),
    incidents: (match, before, limit) => incidents.all(match, before, limit),
    keepMessages: (ids, { sql, parameters }) =>
      filtered(
        `SELECT m.id FROM json_each(:wantedIds) wanted CROSS JOIN message m ON m.id = wanted.value
         JOIN conversation v ON v.id = m.conversation_id JOIN incident i ON i.id = v.incident_id
         WHERE ${sql} ORDER BY m.id DESC`,
        { ...parameters, wantedIds: JSON.stringify(ids) },
      ),
    keepIncidents: (ids, { sql, parameters }) =>
      filtered(
        `SELECT i.id FROM json_each(:wantedIds) wanted CROSS JOIN incident i ON i.id = wanted.value
         WHERE ${sql} ORDER BY i.id DESC`,
        { ...parameters, wantedIds: JSON.stringify(ids) },
      ),
    incidentsOf: ({ sql, parameters }, limit) =>
      filtered(`SELECT i.id FROM incident i WHERE ${sql} ORDER BY i.id DESC LIMIT :mostIds`, {
        ...parameters,
        mostIds: limit,
      }),
    messagesOf: (incidentIds, limit) => messagesOf.all(JSON.stringify(incidentIds), limit),
    indexedText: (ids) => indexedText.all(longestIndexed, JSON.stringify(ids)),
    incidentByCode: (code) => incidentByCode.get(code),
  };
}

function createHits(db: Db): Pick<SearchStore, 'messageHits' | 'incidentHits'> {
  const messageHits = db.prepare<[number, string], MessageHit>(
    `SELECT m.id AS messageId, i.id AS incidentId, i.code, i.title, i.status_id AS statusId, m.subject,
       m.from_name AS fromName, m.from_address AS fromAddress, substr(m.text, 1, ?) AS text, m.received_at AS at
     FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value
     JOIN conversation v ON v.id = m.conversation_id LEFT JOIN incident i ON i.id = v.incident_id ORDER BY wanted.key`,
  );
  const incidentHits = db.prepare<[string], IncidentHit>(
    `SELECT i.id AS incidentId, i.code, i.title, i.status_id AS statusId, i.asset, i.description, i.registered_at AS at,
       trim(i.applicant_name || ' ' || i.applicant_address || ' ' || i.applicant_phone) AS applicant,
       coalesce((SELECT group_concat(n.text, char(10)) FROM incident_note n
         WHERE n.incident_id = i.id AND n.removed_at IS NULL), '') AS notes
     FROM json_each(?) wanted CROSS JOIN incident i ON i.id = wanted.value ORDER BY wanted.key`,
  );
  return {
    messageHits: (ids) => messageHits.all(longestIndexed, JSON.stringify(ids)),
    incidentHits: (ids) => incidentHits.all(JSON.stringify(ids)),
  };
}
