import type { Draft } from '../../shared/contract/letters.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type DraftRecord = Draft & {
  readonly personId: number;
  readonly uuid: string;
  /** When silence closes the incident, as its words say. */
  readonly promisedCloseAt: number | null;
};

type Row = Omit<DraftRecord, 'recipients' | 'attachments'> & {
  readonly recipients: string;
  readonly attachments: string;
};

export type DraftStore = {
  insert(draft: Omit<DraftRecord, 'id'>, revision: number): number;
  save(draft: DraftRecord, revision: number): void;
  /** Throws `not-found`: a draft is its writer's own. */
  require(id: number, personId: number): DraftRecord;
  ofPerson(personId: number): DraftRecord[];
  latest(personId: number, incidentId: number): DraftRecord | undefined;
  remove(id: number): void;
};

const columns = `id, uuid, person_id AS personId, incident_id AS incidentId, mode, source_id AS sourceId,
  account_id AS accountId, recipients, subject, body, attachments, template_key AS templateKey, updated_at AS updatedAt,
  promised_close_at AS promisedCloseAt`;

export function createDraftStore(db: Db): DraftStore {
  const insert = db.prepare<[object], void>(
    `INSERT INTO draft (uuid, person_id, incident_id, mode, source_id, account_id, recipients, subject, body, attachments,
       template_key, updated_at, promised_close_at, revision)
     VALUES (:uuid, :personId, :incidentId, :mode, :sourceId, :accountId, :recipients, :subject, :body, :attachments,
       :templateKey, :updatedAt, :promisedCloseAt, :revision)`,
  );
  const save = db.prepare<[object], void>(
    `UPDATE draft SET account_id = :accountId, recipients = :recipients, subject = :subject, body = :body,
       attachments = :attachments, updated_at = :updatedAt, revision = :revision WHERE id = :id`,
  );
  const byId = db.prepare<[number, number], Row>(
    `SELECT ${columns} FROM draft WHERE id = ? AND person_id = ?`,
  );
  const ofPerson = db.prepare<[number], Row>(
    `SELECT ${columns} FROM draft WHERE person_id = ? ORDER BY updated_at DESC`,
  );
  const latest = db.prepare<[number, number], Row>(
    `SELECT ${columns} FROM draft WHERE person_id = ? AND incident_id = ? ORDER BY updated_at DESC, id DESC LIMIT 1`,
  );
  const remove = db.prepare<[number], void>('DELETE FROM draft WHERE id = ?');
  return {
    insert: (draft, revision) => Number(insert.run({ ...toRow(draft), revision }).lastInsertRowid),
    save: (draft, revision) => void save.run({ ...toRow(draft), id: draft.id, revision }),
    require(id, personId) {
      const row = byId.get(id, personId);
      if (!row) throw new AppError('not-found', { details: { reason: 'draft', id } });
      return fromRow(row);
    },
    ofPerson: (personId) => ofPerson.all(personId).map(fromRow),
    latest(personId, incidentId) {
      const row = latest.get(personId, incidentId);
      return row ? fromRow(row) : undefined;
    },
    remove: (id) => void remove.run(id),
  };
}

function toRow(draft: Omit<DraftRecord, 'id'>) {
  return {
    ...draft,
    recipients: JSON.stringify(draft.recipients),
    attachments: JSON.stringify(draft.attachments),
  };
}

function fromRow(row: Row): DraftRecord {
  return {
    ...row,
    recipients: JSON.parse(row.recipients) as Draft['recipients'],
    attachments: JSON.parse(row.attachments) as Draft['attachments'],
  };
}
