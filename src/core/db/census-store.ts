import type { Db } from './open.ts';

export type CensusFolder = {
  readonly folderId: number;
  readonly accountId: number;
  readonly name: string;
  readonly address: string;
  readonly role: 'inbox' | 'sent';
  readonly path: string;
  readonly uidvalidity: string;
  readonly lastUid: number;
  readonly opensFrom: number;
  /** Of the last comparison under this numbering. */
  readonly takenAt: number | null;
  readonly result: string | null;
};

export type StoredUid = {
  readonly uid: number;
  readonly rawId: number;
  readonly receivedAt: number;
  readonly state: 'stored' | 'parsed' | 'quarantined' | 'released';
  readonly reason: string | null;
  /** Whether the letter it became is there. */
  readonly isLetter: number;
};

export type CensusStore = {
  /** Of accounts that are not removed. */
  folders(): CensusFolder[];
  /** Ascending, after a UID. */
  stored(folderId: number, uidvalidity: string, afterUid: number, limit: number): StoredUid[];
  /** Of these UIDs, rows that were read once and whose letter is gone. */
  withoutLetter(folderId: number, uidvalidity: string, uids: readonly number[]): number[];
  save(folderId: number, uidvalidity: string, takenAt: number, result: string): void;
};

export function createCensusStore(db: Db): CensusStore {
  const folders = db.prepare<[], CensusFolder>(
    `SELECT f.id AS folderId, f.account_id AS accountId, a.name, a.address, f.role, f.path, f.uidvalidity,
       f.last_uid AS lastUid, a.opens_from AS opensFrom, c.taken_at AS takenAt, c.result
     FROM mail_folder f JOIN account a ON a.id = f.account_id
       LEFT JOIN mail_census c ON c.folder_id = f.id AND c.uidvalidity = f.uidvalidity
     WHERE a.removed_at IS NULL ORDER BY a.id, f.role`,
  );
  const stored = db.prepare<[number, string, number, number], StoredUid>(
    `SELECT r.uid, r.id AS rawId, r.received_at AS receivedAt, r.state, r.reason,
       EXISTS (SELECT 1 FROM message m WHERE m.id = r.message_id) AS isLetter
     FROM raw_message r WHERE r.folder_id = ? AND r.uidvalidity = ? AND r.uid > ? ORDER BY r.uid LIMIT ?`,
  );
  const withoutLetter = db
    .prepare<[number, string, string], number>(
      `SELECT r.id FROM raw_message r WHERE r.folder_id = ? AND r.uidvalidity = ?
         AND r.uid IN (SELECT value FROM json_each(?)) AND r.state = 'parsed'
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = r.message_id)`,
    )
    .pluck();
  const save = db.prepare<[number, string, number, string], void>(
    `INSERT INTO mail_census (folder_id, uidvalidity, taken_at, result) VALUES (?, ?, ?, ?)
     ON CONFLICT (folder_id) DO UPDATE SET uidvalidity = excluded.uidvalidity, taken_at = excluded.taken_at,
       result = excluded.result`,
  );
  return {
    folders: () => folders.all(),
    stored: (folderId, uidvalidity, afterUid, limit) => stored.all(folderId, uidvalidity, afterUid, limit),
    withoutLetter: (folderId, uidvalidity, uids) =>
      withoutLetter.all(folderId, uidvalidity, JSON.stringify(uids)),
    save: (folderId, uidvalidity, takenAt, result) => void save.run(folderId, uidvalidity, takenAt, result),
  };
}
