import type { ContractorState } from '../../shared/domain/calls.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type ContractorRequest = {
  readonly id: number;
  readonly incidentId: number;
  readonly contactId: number | null;
  readonly name: string;
  /** JSON. */
  readonly addresses: string;
  readonly workKind: string;
  readonly messageId: number | null;
  readonly notificationId: number | null;
  readonly code: string;
  readonly state: ContractorState;
  readonly askedAt: number;
  readonly silentAt: number | null;
  readonly raised: 0 | 1;
  readonly answeredAt: number | null;
  readonly revision: number;
};

export type ContractorRequestStore = {
  insert(request: Omit<ContractorRequest, 'id'>): number;
  update(request: ContractorRequest): void;
  /** Its code goes over to another. */
  remove(id: number): void;
  /** Throws `not-found` (reason `contractor-request`). */
  require(id: number): ContractorRequest;
  /** Oldest first; those of incidents that went into this one among them. */
  ofIncident(incidentId: number): ContractorRequest[];
  ofMessage(messageId: number): ContractorRequest | undefined;
  ofNotification(notificationId: number): ContractorRequest | undefined;
  ofCode(code: string): ContractorRequest | undefined;
  /** Whether anybody of the desk's directory is a contractor with this address. */
  contactOf(addresses: readonly string[]): { readonly id: number; readonly name: string } | undefined;
  /** A telephone, a messenger, a chat: something that the letter itself has not reached. */
  hasOtherWays(contactId: number): boolean;
  silent(now: number, limit: number): ContractorRequest[];
  nextSilentAt(): number | undefined;
};

const columns = `id, incident_id AS incidentId, contact_id AS contactId, name, addresses, work_kind AS workKind,
  message_id AS messageId, notification_id AS notificationId, code, state, asked_at AS askedAt,
  silent_at AS silentAt, raised, answered_at AS answeredAt, revision`;

export function createContractorRequestStore(db: Db): ContractorRequestStore {
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO contractor_request (incident_id, contact_id, name, addresses, work_kind, message_id,
         notification_id, code, state, asked_at, silent_at, raised, answered_at, revision)
       VALUES (:incidentId, :contactId, :name, :addresses, :workKind, :messageId, :notificationId, :code, :state,
         :askedAt, :silentAt, :raised, :answeredAt, :revision) RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    `UPDATE contractor_request SET notification_id = :notificationId, state = :state, silent_at = :silentAt, raised = :raised,
       answered_at = :answeredAt, revision = :revision WHERE id = :id`,
  );
  const remove = db.prepare<[number], void>('DELETE FROM contractor_request WHERE id = ?');
  const by = (what: string) =>
    db.prepare<[string | number], ContractorRequest>(
      `SELECT ${columns} FROM contractor_request WHERE ${what} = ? ORDER BY id DESC LIMIT 1`,
    );
  const [byId, byMessage, byNotification, byCode] = [
    by('id'),
    by('message_id'),
    by('notification_id'),
    by('code'),
  ];
  const ofIncident = db.prepare<[object], ContractorRequest>(
    `SELECT ${columns} FROM contractor_request
     WHERE incident_id = :id OR incident_id IN (SELECT id FROM incident WHERE merged_into_id = :id) ORDER BY id`,
  );
  const contactOf = db.prepare<[string], { id: number; name: string }>(
    `SELECT c.id, c.name FROM contact c JOIN json_each(?) one
     WHERE c.kind = 'contractor' AND c.active = 1 AND (lower(c.email) = one.value OR EXISTS (
       SELECT 1 FROM further_address f
       WHERE f.contact_id = c.id AND f.kind = 'email' AND lower(f.value) = one.value))
     ORDER BY one.key, c.id LIMIT 1`,
  );
  const otherWays = db.prepare<[object], number>(
    `SELECT 1 FROM contact WHERE id = :id AND phone <> ''
     UNION ALL SELECT 1 FROM further_address WHERE contact_id = :id AND kind NOT IN ('email', 'other')
     UNION ALL SELECT 1 FROM chat WHERE contact_id = :id
     UNION ALL SELECT 1 FROM binding WHERE contact_id = :id AND blocked_at IS NULL LIMIT 1`,
  );
  const silent = db.prepare<[number, number], ContractorRequest>(
    `SELECT ${columns} FROM contractor_request WHERE state = 'waiting' AND raised = 0 AND silent_at <= ?
     ORDER BY silent_at, id LIMIT ?`,
  );
  const nextSilent = db
    .prepare<[], number | null>(
      "SELECT min(silent_at) FROM contractor_request WHERE state = 'waiting' AND raised = 0",
    )
    .pluck();
  return {
    insert: (request) => Number(insert.get(request)),
    update: (request) => void update.run(request),
    remove: (id) => void remove.run(id),
    require(id) {
      const request = byId.get(id);
      if (!request) throw new AppError('not-found', { details: { reason: 'contractor-request', id } });
      return request;
    },
    ofIncident: (id) => ofIncident.all({ id }),
    ofMessage: (id) => byMessage.get(id),
    ofNotification: (id) => byNotification.get(id),
    ofCode: (code) => byCode.get(code),
    contactOf: (addresses) => contactOf.get(JSON.stringify(addresses.map((one) => one.toLowerCase()))),
    hasOtherWays: (id) => otherWays.get({ id }) !== undefined,
    silent: (now, limit) => silent.all(now, limit),
    nextSilentAt: () => nextSilent.get() ?? undefined,
  };
}
