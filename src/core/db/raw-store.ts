import type { Db } from './open.ts';

export type FolderRole = 'inbox' | 'sent';

export type FolderRow = {
  readonly id: number;
  readonly accountId: number;
  readonly role: FolderRole;
  readonly path: string;
  readonly uidvalidity: string;
  /** Every UID up to this one is stored. */
  readonly lastUid: number;
};

export type NewRaw = {
  readonly accountId: number;
  readonly folderId: number;
  readonly uidvalidity: string;
  readonly uid: number;
  readonly sha256: string;
  /** Bytes the server named; the file may hold only the headers when the letter is too large. */
  readonly size: number;
  readonly receivedAt: number;
  readonly storedAt: number;
  readonly state: 'stored' | 'quarantined';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly revision: number;
};

export type RawState = 'stored' | 'parsed' | 'quarantined' | 'released';

/** A letter on its way to becoming a message, with what intake must know of its account. */
export type RawRow = Omit<NewRaw, 'state' | 'storedAt' | 'revision'> & {
  readonly id: number;
  readonly state: RawState;
  readonly attempts: number;
  readonly messageId: number | null;
  readonly role: FolderRole;
  readonly opensFrom: number;
};

export type Backlog = { readonly waiting: number; readonly quarantined: number };

export type RawSettlement = {
  readonly id: number;
  readonly state: RawState;
  readonly messageId: number | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly revision: number;
};

export type RawStore = {
  folder(accountId: number, role: FolderRole): FolderRow | undefined;
  insertFolder(folder: Omit<FolderRow, 'id'>): number;
  /** A new UIDVALIDITY or another path: the cursor starts anew. */
  resetFolder(id: number, path: string, uidvalidity: string, lastUid: number): void;
  /** Only forwards: a late writer must not take letters back. */
  moveCursor(folderId: number, lastUid: number): void;
  /** The account now lives elsewhere: at the next opening its folders count as unknown, whatever their numbers. */
  forgetFolders(accountId: number): void;
  /** The new id; undefined when this UID is there already. */
  insert(row: NewRaw): number | undefined;
  /** Waiting letters in the order they were stored. */
  waiting(afterId: number, limit: number): RawRow[];
  find(id: number): RawRow | undefined;
  settle(settlement: RawSettlement): void;
  quarantined(limit: number): RawRow[];
  /** Walks the index: for a start, not for every look at the health. */
  storedCount(accountId: number): number;
  backlog(accountId: number): Backlog;
  waitingCount(): number;
  /** Over all accounts. */
  quarantinedCount(): number;
  /** When the server took the letter with the highest UID of the Inbox. */
  newestReceivedAt(accountId: number): number | undefined;
  /** Whether letters were stored under this UIDVALIDITY of the folder. */
  hasLetters(folderId: number, uidvalidity: string): boolean;
  /** Whether letters were stored under another one: the folder was renumbered, or the mailbox moved. */
  wasRenumbered(folderId: number, uidvalidity: string): boolean;
  hasSha256(sha256: string): boolean;
};

const columns = `raw.id, raw.account_id AS accountId, raw.folder_id AS folderId, raw.uidvalidity, raw.uid, raw.sha256,
  raw.size, raw.received_at AS receivedAt, raw.state, raw.message_id AS messageId, raw.attempts, raw.reason, raw.detail,
  folder.role, account.opens_from AS opensFrom`;
const source = `raw_message raw JOIN mail_folder folder ON folder.id = raw.folder_id
  JOIN account ON account.id = raw.account_id`;

export function createRawStore(db: Db): RawStore {
  return { ...folderStatements(db), ...rawStatements(db), ...countStatements(db) };
}

function folderStatements(db: Db) {
  const folder = db.prepare<[number, string], FolderRow>(
    `SELECT id, account_id AS accountId, role, path, uidvalidity, last_uid AS lastUid
     FROM mail_folder WHERE account_id = ? AND role = ?`,
  );
  const insert = db.prepare<[Omit<FolderRow, 'id'>], void>(
    `INSERT INTO mail_folder (account_id, role, path, uidvalidity, last_uid)
     VALUES (:accountId, :role, :path, :uidvalidity, :lastUid)`,
  );
  const reset = db.prepare<[string, string, number, number], void>(
    'UPDATE mail_folder SET path = ?, uidvalidity = ?, last_uid = ? WHERE id = ?',
  );
  const move = db.prepare<[number, number], void>(
    'UPDATE mail_folder SET last_uid = MAX(last_uid, ?) WHERE id = ?',
  );
  const forget = db.prepare<[number], void>("UPDATE mail_folder SET uidvalidity = '' WHERE account_id = ?");
  return {
    folder: (accountId: number, role: FolderRole) => folder.get(accountId, role),
    insertFolder: (row: Omit<FolderRow, 'id'>) => Number(insert.run(row).lastInsertRowid),
    resetFolder: (id: number, path: string, uidvalidity: string, lastUid: number) =>
      void reset.run(path, uidvalidity, lastUid, id),
    moveCursor: (folderId: number, lastUid: number) => void move.run(lastUid, folderId),
    forgetFolders: (accountId: number) => void forget.run(accountId),
  };
}

function rawStatements(db: Db) {
  const insert = db.prepare<[NewRaw], void>(
    `INSERT INTO raw_message (account_id, folder_id, uidvalidity, uid, sha256, size, received_at, stored_at, state,
       reason, detail, revision)
     VALUES (:accountId, :folderId, :uidvalidity, :uid, :sha256, :size, :receivedAt, :storedAt, :state, :reason,
       :detail, :revision)
     ON CONFLICT (folder_id, uidvalidity, uid) DO NOTHING`,
  );
  const waiting = db.prepare<[number, number], RawRow>(
    `SELECT ${columns} FROM ${source} WHERE raw.state = 'stored' AND raw.id > ? ORDER BY raw.id LIMIT ?`,
  );
  const find = db.prepare<[number], RawRow>(`SELECT ${columns} FROM ${source} WHERE raw.id = ?`);
  const settle = db.prepare<[RawSettlement], void>(
    `UPDATE raw_message SET state = :state, message_id = :messageId, attempts = :attempts, reason = :reason,
       detail = :detail, revision = :revision WHERE id = :id`,
  );
  const quarantined = db.prepare<[number], RawRow>(
    `SELECT ${columns} FROM ${source} WHERE raw.state = 'quarantined' ORDER BY raw.id DESC LIMIT ?`,
  );
  const renumbered = db.prepare<[number, string], { one: number }>(
    'SELECT 1 AS one FROM raw_message WHERE folder_id = ? AND uidvalidity <> ? LIMIT 1',
  );
  const under = db.prepare<[number, string], { one: number }>(
    'SELECT 1 AS one FROM raw_message WHERE folder_id = ? AND uidvalidity = ? LIMIT 1',
  );
  const bySha256 = db.prepare<[string], { one: number }>(
    'SELECT 1 AS one FROM raw_message WHERE expired_at IS NULL AND sha256 = ? LIMIT 1',
  );
  return {
    insert(row: NewRaw) {
      const { changes, lastInsertRowid } = insert.run(row);
      return changes > 0 ? Number(lastInsertRowid) : undefined;
    },
    waiting: (afterId: number, limit: number) => waiting.all(afterId, limit),
    find: (id: number) => find.get(id),
    settle: (settlement: RawSettlement) => void settle.run(settlement),
    quarantined: (limit: number) => quarantined.all(limit),
    wasRenumbered: (folderId: number, uidvalidity: string) =>
      renumbered.get(folderId, uidvalidity) !== undefined,
    hasLetters: (folderId: number, uidvalidity: string) => under.get(folderId, uidvalidity) !== undefined,
    hasSha256: (sha256: string) => bySha256.get(sha256) !== undefined,
  };
}

function countStatements(db: Db) {
  const allQuarantined = db
    .prepare<[], number>("SELECT count(*) FROM raw_message WHERE state = 'quarantined'")
    .pluck();
  const waiting = db.prepare<[], { count: number }>(
    "SELECT COUNT(*) AS count FROM raw_message WHERE state = 'stored'",
  );
  const waitingOf = db.prepare<[number], { count: number }>(
    "SELECT COUNT(*) AS count FROM raw_message WHERE state = 'stored' AND account_id = ?",
  );
  const quarantinedOf = db.prepare<[number], { count: number }>(
    "SELECT COUNT(*) AS count FROM raw_message WHERE state = 'quarantined' AND account_id = ?",
  );
  const totals = db.prepare<[number], { count: number }>(
    'SELECT COUNT(*) AS count FROM raw_message WHERE folder_id IN (SELECT id FROM mail_folder WHERE account_id = ?)',
  );
  const newest = db.prepare<[number], { at: number }>(
    `SELECT raw.received_at AS at FROM mail_folder folder JOIN raw_message raw
       ON raw.folder_id = folder.id AND raw.uidvalidity = folder.uidvalidity
     WHERE folder.account_id = ? AND folder.role = 'inbox' ORDER BY raw.uid DESC LIMIT 1`,
  );
  return {
    storedCount: (accountId: number) => totals.get(accountId)?.count ?? 0,
    backlog: (accountId: number): Backlog => ({
      waiting: waitingOf.get(accountId)?.count ?? 0,
      quarantined: quarantinedOf.get(accountId)?.count ?? 0,
    }),
    waitingCount: () => waiting.get()?.count ?? 0,
    quarantinedCount: () => allQuarantined.get() ?? 0,
    newestReceivedAt: (accountId: number) => newest.get(accountId)?.at,
  };
}
