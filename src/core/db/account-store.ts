import type { Db } from './open.ts';

export type AccountRow = {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly address: string;
  readonly displayName: string;
  readonly preset: string;
  readonly imapHost: string;
  readonly imapPort: number;
  readonly imapSecurity: MailSecurity;
  readonly smtpHost: string;
  readonly smtpPort: number;
  readonly smtpSecurity: MailSecurity;
  readonly userName: string;
  readonly sealedPassword: string;
  readonly auth: 'password' | 'oauth';
  readonly caCertificate: string | null;
  readonly sentCopy: 'append' | 'provider';
  readonly sentPath: string | null;
  readonly signature: string;
  readonly opensFrom: number;
  readonly enabled: number;
  readonly haltedReason: string | null;
  readonly createdAt: number;
  readonly revision: number;
};

export type MailSecurity = 'tls' | 'starttls' | 'none';

/** Logins of an account since a moment: all of them, and those whose session brought nothing. Ascending times. */
export type LoginHistory = { readonly all: readonly number[]; readonly useless: readonly number[] };

export type AccountStore = {
  /** Accounts that are not removed, in the order they were added. */
  list(): AccountRow[];
  find(id: number): AccountRow | undefined;
  findByAddress(address: string): AccountRow | undefined;
  insert(row: Omit<AccountRow, 'id' | 'haltedReason'>): number;
  /** Everything but uuid, opens_from and created_at; a changed account is no longer halted. */
  update(row: Omit<AccountRow, 'uuid' | 'opensFrom' | 'createdAt' | 'haltedReason'>): void;
  setAuth(id: number, auth: AccountRow['auth'], revision: number): void;
  setHalted(id: number, reason: string | null, revision: number): void;
  remove(id: number, at: number, revision: number): void;
  loginsSince(accountId: number, since: number): LoginHistory;
  insertLogin(accountId: number, at: number): number;
  markLoginUseful(loginId: number): void;
  deleteLogin(loginId: number): void;
  deleteLoginsBefore(accountId: number, at: number): void;
};

const columns = `id, uuid, name, address, display_name AS displayName, preset,
  imap_host AS imapHost, imap_port AS imapPort, imap_security AS imapSecurity,
  smtp_host AS smtpHost, smtp_port AS smtpPort, smtp_security AS smtpSecurity,
  user_name AS userName, sealed_password AS sealedPassword, auth, ca_certificate AS caCertificate,
  sent_copy AS sentCopy, sent_path AS sentPath, signature, opens_from AS opensFrom, enabled,
  halted_reason AS haltedReason, created_at AS createdAt, revision`;

export function createAccountStore(db: Db): AccountStore {
  const list = db.prepare<[], AccountRow>(
    `SELECT ${columns} FROM account WHERE removed_at IS NULL ORDER BY id`,
  );
  const find = db.prepare<[number], AccountRow>(
    `SELECT ${columns} FROM account WHERE id = ? AND removed_at IS NULL`,
  );
  const findByAddress = db.prepare<[string], AccountRow>(
    `SELECT ${columns} FROM account WHERE address = ? COLLATE NOCASE AND removed_at IS NULL ORDER BY id LIMIT 1`,
  );
  const insert = db.prepare<[Omit<AccountRow, 'id' | 'haltedReason'>], void>(
    `INSERT INTO account (uuid, name, address, display_name, preset, imap_host, imap_port, imap_security, smtp_host,
       smtp_port, smtp_security, user_name, sealed_password, auth, ca_certificate, sent_copy, sent_path, signature,
       opens_from, enabled, created_at, revision)
     VALUES (:uuid, :name, :address, :displayName, :preset, :imapHost, :imapPort, :imapSecurity, :smtpHost,
       :smtpPort, :smtpSecurity, :userName, :sealedPassword, :auth, :caCertificate, :sentCopy, :sentPath, :signature,
       :opensFrom, :enabled, :createdAt, :revision)`,
  );
  const update = db.prepare<[Omit<AccountRow, 'uuid' | 'opensFrom' | 'createdAt' | 'haltedReason'>], void>(
    `UPDATE account SET name = :name, address = :address, display_name = :displayName, preset = :preset,
       imap_host = :imapHost, imap_port = :imapPort, imap_security = :imapSecurity, smtp_host = :smtpHost,
       smtp_port = :smtpPort, smtp_security = :smtpSecurity, user_name = :userName,
       sealed_password = :sealedPassword, auth = :auth, ca_certificate = :caCertificate, sent_copy = :sentCopy,
       sent_path = :sentPath, signature = :signature, enabled = :enabled, halted_reason = NULL, revision = :revision
     WHERE id = :id`,
  );
  const setAuth = db.prepare<[string, number, number], void>(
    'UPDATE account SET auth = ?, revision = ? WHERE id = ?',
  );
  const setHalted = db.prepare<[string | null, number, number], void>(
    'UPDATE account SET halted_reason = ?, revision = ? WHERE id = ?',
  );
  const remove = db.prepare<[number, number, number], void>(
    "UPDATE account SET removed_at = ?, revision = ?, sealed_password = '' WHERE id = ? AND removed_at IS NULL",
  );
  return {
    list: () => list.all(),
    find: (id) => find.get(id),
    findByAddress: (address) => findByAddress.get(address),
    insert: (row) => Number(insert.run(row).lastInsertRowid),
    update: (row) => void update.run(row),
    setAuth: (id, auth, revision) => void setAuth.run(auth, revision, id),
    setHalted: (id, reason, revision) => void setHalted.run(reason, revision, id),
    remove: (id, at, revision) => void remove.run(at, revision, id),
    ...loginStatements(db),
  };
}

function loginStatements(db: Db) {
  const since = db.prepare<[number, number], { at: number; useful: number }>(
    'SELECT at, useful FROM account_login WHERE account_id = ? AND at > ? ORDER BY at',
  );
  const insert = db.prepare<[number, number], void>(
    'INSERT INTO account_login (account_id, at, useful) VALUES (?, ?, 0)',
  );
  const markUseful = db.prepare<[number], void>('UPDATE account_login SET useful = 1 WHERE id = ?');
  const deleteOne = db.prepare<[number], void>('DELETE FROM account_login WHERE id = ?');
  const deleteBefore = db.prepare<[number, number], void>(
    'DELETE FROM account_login WHERE account_id = ? AND at <= ?',
  );
  return {
    loginsSince(accountId: number, after: number): LoginHistory {
      const rows = since.all(accountId, after);
      return {
        all: rows.map(({ at }) => at),
        useless: rows.filter(({ useful }) => useful === 0).map(({ at }) => at),
      };
    },
    insertLogin: (accountId: number, at: number) => Number(insert.run(accountId, at).lastInsertRowid),
    markLoginUseful: (loginId: number) => void markUseful.run(loginId),
    deleteLogin: (loginId: number) => void deleteOne.run(loginId),
    deleteLoginsBefore: (accountId: number, at: number) => void deleteBefore.run(accountId, at),
  };
}
