import type { StoredFile } from '../../shared/contract/common.ts';
import type { CallState } from '../../shared/domain/calls.ts';
import type { Urgency } from '../../shared/domain/reaching.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './open.ts';

export type CallRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly number: number;
  readonly incidentId: number | null;
  readonly assetId: number | null;
  readonly place: string;
  readonly description: string;
  readonly urgency: Urgency;
  readonly skillId: number | null;
  readonly regionId: number | null;
  readonly state: CallState;
  readonly contactId: number | null;
  readonly passesOn: 0 | 1;
  readonly workKind: string;
  readonly workBegun: 0 | 1;
  readonly requestedBy: number | null;
  readonly createdAt: number;
  readonly acceptedAt: number | null;
  readonly onTheWayAt: number | null;
  readonly inProgressAt: number | null;
  readonly endedAt: number | null;
  readonly result: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly locatedAt: number | null;
  readonly seenAnswerId: number;
  readonly revision: number;
};

export type CallStore = {
  /** With the next number, which is never given again. */
  insert(
    call: Omit<CallRecord, 'id' | 'number'>,
    files: readonly StoredFile[],
  ): { id: number; number: number };
  find(id: number): CallRecord | undefined;
  /** Throws `not-found` (reason `call`). */
  require(id: number): CallRecord;
  /** Throws `not-found`, or `conflict` (reason `stale`) when it has changed since it was shown. */
  requireAt(id: number, expected: number): CallRecord;
  save(call: CallRecord): void;
  files(id: number): StoredFile[];
  /** Open ones of an incident, or of those that went into it. */
  openOfIncident(incidentId: number): CallRecord[];
};

const columns = `id, uuid, number, incident_id AS incidentId, asset_id AS assetId, place, description, urgency,
  skill_id AS skillId, region_id AS regionId, state, contact_id AS contactId, passes_on AS passesOn,
  work_kind AS workKind, work_begun AS workBegun, requested_by AS requestedBy, created_at AS createdAt,
  accepted_at AS acceptedAt, on_the_way_at AS onTheWayAt, in_progress_at AS inProgressAt, ended_at AS endedAt,
  result, latitude, longitude, located_at AS locatedAt, seen_answer_id AS seenAnswerId, revision`;

export function createCallStore(db: Db): CallStore {
  const byId = db.prepare<[number], CallRecord>(`SELECT ${columns} FROM call WHERE id = ?`);
  const insert = db.prepare<[object], { id: number; number: number }>(
    `INSERT INTO call (uuid, number, incident_id, asset_id, place, description, urgency, skill_id, region_id, state,
       contact_id, passes_on, work_kind, work_begun, requested_by, created_at, accepted_at, on_the_way_at,
       in_progress_at, ended_at, result, latitude, longitude, located_at, seen_answer_id, revision)
     VALUES (:uuid, (SELECT coalesce(max(number), 0) + 1 FROM call), :incidentId, :assetId, :place, :description,
       :urgency, :skillId, :regionId, :state, :contactId, :passesOn, :workKind, :workBegun, :requestedBy, :createdAt,
       :acceptedAt, :onTheWayAt, :inProgressAt, :endedAt, :result, :latitude, :longitude, :locatedAt, :seenAnswerId,
       :revision) RETURNING id, number`,
  );
  const update = db.prepare<[object], void>(
    `UPDATE call SET state = :state, contact_id = :contactId, work_begun = :workBegun, accepted_at = :acceptedAt,
       on_the_way_at = :onTheWayAt, in_progress_at = :inProgressAt, ended_at = :endedAt, result = :result,
       latitude = :latitude, longitude = :longitude, located_at = :locatedAt, seen_answer_id = :seenAnswerId,
       revision = :revision WHERE id = :id`,
  );
  const addFile = db.prepare<[object], void>(
    `INSERT INTO call_file (call_id, position, sha256, file_name, mime_type, size)
     VALUES (:callId, :position, :sha256, :fileName, :mimeType, :size)`,
  );
  const files = db.prepare<[number], StoredFile>(
    `SELECT sha256, file_name AS fileName, mime_type AS mimeType, size FROM call_file
     WHERE call_id = ? ORDER BY position`,
  );
  const openOfIncident = db.prepare<[object], CallRecord>(
    `SELECT ${columns} FROM call WHERE state IN ('pending', 'accepted', 'on-the-way', 'in-progress')
       AND (incident_id = :id OR incident_id IN (SELECT id FROM incident WHERE merged_into_id = :id)) ORDER BY id`,
  );
  const require = (id: number) => {
    const call = byId.get(id);
    if (!call) throw new AppError('not-found', { details: { reason: 'call', id } });
    return call;
  };
  return {
    insert(call, attached) {
      const row = insert.get(call);
      if (!row) throw new Error('A call was not inserted');
      attached.forEach((file, position) => addFile.run({ callId: row.id, position, ...file }));
      return row;
    },
    find: (id) => byId.get(id),
    require,
    requireAt(id, expected) {
      const call = require(id);
      if (call.revision !== expected) throw new AppError('conflict', { details: { reason: 'stale' } });
      return call;
    },
    save: (call) => void update.run(call),
    files: (id) => files.all(id),
    openOfIncident: (id) => openOfIncident.all({ id }),
  };
}
