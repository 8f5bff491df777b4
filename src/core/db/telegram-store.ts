import type { PeerId, PeerKind } from '../platform/chat-types.ts';
import type { Db } from './open.ts';

export type TelegramAccountRow = {
  readonly id: number;
  readonly uuid: string;
  readonly userId: PeerId;
  readonly name: string;
  readonly username: string | null;
  /** At most the last two digits. */
  readonly phoneMask: string;
  readonly state: 'signed-in' | 'signed-out';
  readonly signedOutReason: string | null;
  readonly signedInAt: number;
  readonly createdAt: number;
  readonly removedAt: number | null;
  readonly revision: number;
};

export type TelegramProfile = Pick<TelegramAccountRow, 'name' | 'username' | 'phoneMask'>;

export type PeerRecord = {
  readonly id: PeerId;
  readonly kind: PeerKind;
  readonly accessHash: string | null;
  readonly title: string;
  readonly username: string | null;
  readonly phone: string | null;
  readonly isSelf: boolean;
  readonly isContact: boolean;
  readonly isService: boolean;
  readonly canSend: boolean;
};

/** `isMin`: seen in passing, with an access hash that opens nothing. */
export type SeenPeer = PeerRecord & { readonly isMin: boolean };

/** `date` is in seconds. */
export type UpdateStateRecord = {
  readonly pts: number;
  readonly qts: number;
  readonly date: number;
  readonly seq: number;
};

export type LoginAttemptRow = {
  readonly id: number;
  readonly at: number;
  readonly kind: 'qr' | 'phone' | 'resend' | 'code' | 'password' | 'log-out' | 'reset' | 'api';
  readonly result: string;
  readonly actorId: number | null;
};

type NewAccount = Omit<TelegramAccountRow, 'id' | 'state' | 'signedOutReason' | 'removedAt' | 'createdAt'>;

export type TelegramStore = AccountStatements & PeerStatements & StateStatements & AttemptStatements;

type AccountStatements = {
  /** Accounts that are not removed, in the order they were added. */
  accounts(): TelegramAccountRow[];
  /** Not a removed one. */
  account(id: number): TelegramAccountRow | undefined;
  accountByUuid(uuid: string): TelegramAccountRow | undefined;
  /** The one in the list, or the one removed last: its chats come back with it. */
  accountByUser(userId: PeerId): TelegramAccountRow | undefined;
  /** Signed in. */
  insertAccount(row: NewAccount): number;
  /** Signed in again, and back in the list. */
  signInAccount(row: TelegramProfile & Pick<TelegramAccountRow, 'id' | 'signedInAt' | 'revision'>): void;
  signOutAccount(id: number, reason: string, revision: number): void;
  saveProfile(row: TelegramProfile & Pick<TelegramAccountRow, 'id' | 'revision'>): void;
  removeAccount(id: number, at: number, revision: number): void;
};

type PeerStatements = {
  peer(accountId: number, id: PeerId): PeerRecord | undefined;
  /** One seen in passing never replaces what is known; the desk's own accounts are stored without a number. */
  savePeer(accountId: number, peer: SeenPeer): void;
};

type StateStatements = {
  updateState(accountId: number): UpdateStateRecord | undefined;
  saveUpdateState(accountId: number, state: UpdateStateRecord): void;
  forgetUpdateState(accountId: number): void;
};

type AttemptStatements = {
  insertAttempt(row: Omit<LoginAttemptRow, 'id'>): number;
  settleAttempt(id: number, result: string): void;
  /** Ascending by time. */
  attemptsSince(at: number): LoginAttemptRow[];
  /** Newest first. */
  newestAttempts(limit: number): LoginAttemptRow[];
};

export function createTelegramStore(db: Db): TelegramStore {
  return {
    ...accountStatements(db),
    ...peerStatements(db),
    ...stateStatements(db),
    ...attemptStatements(db),
  };
}

const accountColumns = `id, uuid, user_id AS userId, name, username, phone_mask AS phoneMask, state,
  signed_out_reason AS signedOutReason, signed_in_at AS signedInAt, created_at AS createdAt,
  removed_at AS removedAt, revision`;

function accountStatements(db: Db): AccountStatements {
  const select = (rest: string) => `SELECT ${accountColumns} FROM telegram_account ${rest}`;
  const list = db.prepare<[], TelegramAccountRow>(select('WHERE removed_at IS NULL ORDER BY id'));
  const find = db.prepare<[number], TelegramAccountRow>(select('WHERE id = ? AND removed_at IS NULL'));
  const byUuid = db.prepare<[string], TelegramAccountRow>(select('WHERE uuid = ?'));
  const byUser = db.prepare<[string], TelegramAccountRow>(
    select('WHERE user_id = ? ORDER BY removed_at IS NOT NULL, removed_at DESC LIMIT 1'),
  );
  const insert = db.prepare<[NewAccount], void>(
    `INSERT INTO telegram_account (uuid, user_id, name, username, phone_mask, state, signed_in_at, created_at, revision)
     VALUES (:uuid, :userId, :name, :username, :phoneMask, 'signed-in', :signedInAt, :signedInAt, :revision)`,
  );
  const signIn = db.prepare<[Parameters<AccountStatements['signInAccount']>[0]], void>(
    `UPDATE telegram_account SET name = :name, username = :username, phone_mask = :phoneMask, state = 'signed-in',
       signed_out_reason = NULL, signed_in_at = :signedInAt, removed_at = NULL, revision = :revision
     WHERE id = :id`,
  );
  const signOut = db.prepare<[string, number, number], void>(
    "UPDATE telegram_account SET state = 'signed-out', signed_out_reason = ?, revision = ? WHERE id = ?",
  );
  const profile = db.prepare<[Parameters<AccountStatements['saveProfile']>[0]], void>(
    `UPDATE telegram_account SET name = :name, username = :username, phone_mask = :phoneMask, revision = :revision
     WHERE id = :id`,
  );
  const remove = db.prepare<[number, number, number], void>(
    'UPDATE telegram_account SET removed_at = ?, revision = ? WHERE id = ? AND removed_at IS NULL',
  );
  const forgetNumber = db.prepare<[string], void>(
    'UPDATE telegram_peer SET phone = NULL WHERE peer_id = ? AND phone IS NOT NULL',
  );
  return {
    accounts: () => list.all(),
    account: (id) => find.get(id),
    accountByUuid: (uuid) => byUuid.get(uuid),
    accountByUser: (userId) => byUser.get(userId),
    insertAccount(row) {
      // Another account of this desk may know it as somebody with a number.
      forgetNumber.run(row.userId);
      return Number(insert.run(row).lastInsertRowid);
    },
    signInAccount: (row) => void signIn.run(row),
    signOutAccount: (id, reason, revision) => void signOut.run(reason, revision, id),
    saveProfile: (row) => void profile.run(row),
    removeAccount: (id, at, revision) => void remove.run(at, revision, id),
  };
}

type PeerFlags = Pick<PeerRecord, 'isSelf' | 'isContact' | 'isService' | 'canSend'>;
/** 0 or 1, as SQLite keeps them. */
type PeerColumns = Omit<PeerRecord, keyof PeerFlags> & { readonly [F in keyof PeerFlags]: number };

function peerStatements(db: Db): PeerStatements {
  const find = db.prepare<[number, string], PeerColumns>(
    `SELECT peer_id AS id, kind, access_hash AS accessHash, title, username, phone, is_self AS isSelf,
       is_contact AS isContact, is_service AS isService, can_send AS canSend
     FROM telegram_peer WHERE account_id = ? AND peer_id = ?`,
  );
  const insert = `INSERT INTO telegram_peer (account_id, peer_id, kind, access_hash, title, username, phone, is_self,
       is_contact, is_service, can_send)
     VALUES (:accountId, :id, :kind, :accessHash, :title, :username,
       CASE WHEN EXISTS (SELECT 1 FROM telegram_account WHERE user_id = :id) THEN NULL ELSE :phone END,
       :isSelf, :isContact, :isService, :canSend)
     ON CONFLICT (account_id, peer_id) DO UPDATE SET title = excluded.title`;
  const seen = db.prepare<[PeerColumns & { accountId: number }], void>(insert);
  const save = db.prepare<[PeerColumns & { accountId: number }], void>(
    `${insert}, kind = excluded.kind, access_hash = coalesce(excluded.access_hash, access_hash),
       username = excluded.username, phone = excluded.phone, is_self = excluded.is_self,
       is_contact = excluded.is_contact, is_service = excluded.is_service, can_send = excluded.can_send`,
  );
  return {
    peer(accountId, id) {
      const row = find.get(accountId, id);
      if (row === undefined) return undefined;
      const { isSelf, isContact, isService, canSend, ...rest } = row;
      return {
        ...rest,
        isSelf: isSelf === 1,
        isContact: isContact === 1,
        isService: isService === 1,
        canSend: canSend === 1,
      };
    },
    savePeer(accountId, { isMin, ...peer }) {
      (isMin ? seen : save).run({
        accountId,
        id: peer.id,
        kind: peer.kind,
        accessHash: isMin ? null : peer.accessHash,
        title: peer.title,
        username: peer.username,
        phone: peer.isSelf ? null : peer.phone,
        isSelf: Number(peer.isSelf),
        isContact: Number(peer.isContact),
        isService: Number(peer.isService),
        canSend: Number(peer.canSend),
      });
    },
  };
}

function stateStatements(db: Db): StateStatements {
  const find = db.prepare<[number], UpdateStateRecord>(
    'SELECT pts, qts, date, seq FROM telegram_update_state WHERE account_id = ?',
  );
  const save = db.prepare<[UpdateStateRecord & { accountId: number }], void>(
    `INSERT INTO telegram_update_state (account_id, pts, qts, date, seq) VALUES (:accountId, :pts, :qts, :date, :seq)
     ON CONFLICT (account_id) DO UPDATE SET pts = excluded.pts, qts = excluded.qts, date = excluded.date,
       seq = excluded.seq`,
  );
  const forget = db.prepare<[number], void>('DELETE FROM telegram_update_state WHERE account_id = ?');
  return {
    updateState: (accountId) => find.get(accountId),
    saveUpdateState: (accountId, { pts, qts, date, seq }) =>
      void save.run({ accountId, pts, qts, date, seq }),
    forgetUpdateState: (accountId) => void forget.run(accountId),
  };
}

function attemptStatements(db: Db): AttemptStatements {
  const columns = 'id, at, kind, result, actor_id AS actorId';
  const insert = db.prepare<[Omit<LoginAttemptRow, 'id'>], void>(
    'INSERT INTO telegram_login_attempt (at, kind, result, actor_id) VALUES (:at, :kind, :result, :actorId)',
  );
  const settle = db.prepare<[string, number], void>(
    'UPDATE telegram_login_attempt SET result = ? WHERE id = ?',
  );
  const since = db.prepare<[number], LoginAttemptRow>(
    `SELECT ${columns} FROM telegram_login_attempt WHERE at > ? ORDER BY at, id`,
  );
  const newest = db.prepare<[number], LoginAttemptRow>(
    `SELECT ${columns} FROM telegram_login_attempt ORDER BY at DESC, id DESC LIMIT ?`,
  );
  return {
    insertAttempt: (row) => Number(insert.run(row).lastInsertRowid),
    settleAttempt: (id, result) => void settle.run(result, id),
    attemptsSince: (at) => since.all(at),
    newestAttempts: (limit) => newest.all(limit),
  };
}
