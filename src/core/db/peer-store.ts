import type { PeerId, PeerKind } from '../platform/chat-types.ts';
import type { Db } from './open.ts';

/** Somebody or something Telegram has a number for. Flags are 0 or 1. */
export type PeerRecord = {
  readonly accountId: number;
  readonly peerId: PeerId;
  readonly kind: PeerKind;
  readonly accessHash: string | null;
  readonly title: string;
  readonly username: string | null;
  readonly phone: string | null;
  readonly isSelf: number;
  readonly isContact: number;
  readonly isService: number;
  readonly canSend: number;
};

/** Where an account stands in Telegram's log; `date` in seconds. */
export type UpdatePosition = {
  readonly pts: number;
  readonly qts: number;
  readonly date: number;
  readonly seq: number;
};

export type PeerStore = {
  find(accountId: number, peerId: PeerId): PeerRecord | undefined;
  save(peer: PeerRecord): void;
  position(accountId: number): UpdatePosition | undefined;
  savePosition(accountId: number, position: UpdatePosition): void;
  /** Every channel whose own log the account follows. */
  channelPositions(accountId: number): { readonly peerId: PeerId; readonly pts: number }[];
};

export function createPeerStore(db: Db): PeerStore {
  const find = db.prepare<[number, string], PeerRecord>(
    `SELECT account_id AS accountId, peer_id AS peerId, kind, access_hash AS accessHash, title, username, phone,
       is_self AS isSelf, is_contact AS isContact, is_service AS isService, can_send AS canSend
     FROM telegram_peer WHERE account_id = ? AND peer_id = ?`,
  );
  const save = db.prepare<[PeerRecord], void>(
    `INSERT INTO telegram_peer (account_id, peer_id, kind, access_hash, title, username, phone, is_self, is_contact,
       is_service, can_send)
     VALUES (:accountId, :peerId, :kind, :accessHash, :title, :username, :phone, :isSelf, :isContact, :isService,
       :canSend)
     ON CONFLICT (account_id, peer_id) DO UPDATE SET kind = excluded.kind, access_hash = excluded.access_hash,
       title = excluded.title, username = excluded.username, phone = excluded.phone, is_self = excluded.is_self,
       is_contact = excluded.is_contact, is_service = excluded.is_service, can_send = excluded.can_send`,
  );
  const position = db.prepare<[number], UpdatePosition>(
    'SELECT pts, qts, date, seq FROM telegram_update_state WHERE account_id = ?',
  );
  const savePosition = db.prepare<[object], void>(
    `INSERT INTO telegram_update_state (account_id, pts, qts, date, seq) VALUES (:accountId, :pts, :qts, :date, :seq)
     ON CONFLICT (account_id) DO UPDATE SET pts = excluded.pts, qts = excluded.qts, date = excluded.date,
       seq = excluded.seq`,
  );
  const channels = db.prepare<[number], { peerId: string; pts: number }>(
    'SELECT peer_id AS peerId, pts FROM chat WHERE account_id = ? AND pts IS NOT NULL AND gone_at IS NULL',
  );
  return {
    find: (accountId, peerId) => find.get(accountId, peerId),
    save: (peer) => void save.run(peer),
    position: (accountId) => position.get(accountId),
    savePosition: (accountId, to) => void savePosition.run({ accountId, ...to }),
    channelPositions: (accountId) => channels.all(accountId),
  };
}
