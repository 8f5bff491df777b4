import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type NoteRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly incidentId: number;
  readonly authorId: number;
  readonly text: string;
  /** What it said before each change, oldest first. */
  readonly earlier: readonly string[];
  readonly mentions: readonly number[];
  readonly createdAt: number;
  readonly editedAt: number | null;
  /** A removed note is kept, so that it can come back. */
  readonly removedAt: number | null;
  /** Its words went when their time of keeping was over. */
  readonly textExpiredAt?: number | null;
};

type Row = Omit<NoteRecord, 'mentions' | 'earlier'> & { readonly mentions: string; readonly earlier: string };

export type NoteStore = {
  insert(note: Omit<NoteRecord, 'id'>, revision: number): number;
  save(note: NoteRecord, revision: number): void;
  /** Throws `not-found`; removed ones are found too. */
  require(id: number): NoteRecord;
  /** Oldest first, without removed ones. */
  ofIncident(incidentId: number): NoteRecord[];
  draft(personId: number, incidentId: number): string;
  /** Nothing written is no draft. */
  saveDraft(key: { readonly personId: number; readonly incidentId: number }, text: string, at: number): void;
};

const columns = `id, uuid, incident_id AS incidentId, author_id AS authorId, text, earlier, mentions, created_at AS createdAt,
  edited_at AS editedAt, removed_at AS removedAt, text_expired_at AS textExpiredAt`;

export function createNoteStore(db: Db): NoteStore {
  const insert = db.prepare<[object], void>(
    `INSERT INTO incident_note (uuid, incident_id, author_id, text, earlier, mentions, created_at, edited_at, removed_at, revision)
     VALUES (:uuid, :incidentId, :authorId, :text, :earlier, :mentions, :createdAt, :editedAt, :removedAt, :revision)`,
  );
  const save = db.prepare<[object], void>(
    `UPDATE incident_note SET text = :text, earlier = :earlier, mentions = :mentions, edited_at = :editedAt, removed_at = :removedAt,
       revision = :revision WHERE id = :id`,
  );
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM incident_note WHERE id = ?`);
  const ofIncident = db.prepare<[number], Row>(
    `SELECT ${columns} FROM incident_note WHERE incident_id = ? AND removed_at IS NULL ORDER BY created_at, id`,
  );
  const draft = db
    .prepare<[number, number], string>('SELECT text FROM note_draft WHERE person_id = ? AND incident_id = ?')
    .pluck();
  const saveDraft = db.prepare<[object], void>(
    `INSERT INTO note_draft (person_id, incident_id, text, updated_at) VALUES (:personId, :incidentId, :text, :at)
     ON CONFLICT (person_id, incident_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
  );
  const removeDraft = db.prepare<[object], void>(
    'DELETE FROM note_draft WHERE person_id = :personId AND incident_id = :incidentId',
  );
  return {
    insert: (note, revision) => Number(insert.run({ ...toRow(note), revision }).lastInsertRowid),
    save: ({ id, ...note }, revision) => void save.run({ ...toRow(note), id, revision }),
    require(id) {
      const row = byId.get(id);
      if (!row) throw new AppError('not-found', { details: { reason: 'note', id } });
      return fromRow(row);
    },
    ofIncident: (incidentId) => ofIncident.all(incidentId).map(fromRow),
    draft: (personId, incidentId) => draft.get(personId, incidentId) ?? '',
    saveDraft(key, text, at) {
      if (text === '') removeDraft.run(key);
      else saveDraft.run({ ...key, text, at });
    },
  };
}

function toRow(note: Omit<NoteRecord, 'id'>) {
  return { ...note, mentions: JSON.stringify(note.mentions), earlier: JSON.stringify(note.earlier) };
}

function fromRow(row: Row): NoteRecord {
  return {
    ...row,
    mentions: JSON.parse(row.mentions) as number[],
    earlier: JSON.parse(row.earlier) as string[],
  };
}
