import { addressKey, type AddressKind } from '../../shared/domain/address-key.ts';
import type { Db } from './open.ts';

export type AddressStateRecord = {
  readonly verifiedAt: number | null;
  readonly codeHash: string | null;
  readonly codeExpiresAt: number | null;
  readonly codeTries: number;
  readonly deadAt: number | null;
  readonly deadReason: string | null;
};

export type AddressStateStore = {
  /** However the address is spelt; of one that nothing is known of all is null. */
  get(kind: AddressKind, value: string): AddressStateRecord;
  set(kind: AddressKind, value: string, state: AddressStateRecord, revision: number): void;
  isDead(kind: AddressKind, value: string): boolean;
  /** Nothing goes there any more until somebody puts it right; `because` is what the service said. */
  markDead(address: DeadAddress, revision: number): void;
};

type DeadAddress = {
  readonly kind: AddressKind;
  readonly value: string;
  readonly at: number;
  readonly because: string;
};

const nothing: AddressStateRecord = {
  verifiedAt: null,
  codeHash: null,
  codeExpiresAt: null,
  codeTries: 0,
  deadAt: null,
  deadReason: null,
};

export function createAddressStateStore(db: Db): AddressStateStore {
  const select = db.prepare<[string, string], AddressStateRecord>(
    `SELECT verified_at AS verifiedAt, code_hash AS codeHash, code_expires_at AS codeExpiresAt, code_tries AS codeTries,
       dead_at AS deadAt, dead_reason AS deadReason FROM address_state WHERE kind = ? AND value = ?`,
  );
  const upsert = db.prepare<[object], void>(
    `INSERT INTO address_state (kind, value, verified_at, code_hash, code_expires_at, code_tries, dead_at, dead_reason,
       revision)
     VALUES (:kind, :value, :verifiedAt, :codeHash, :codeExpiresAt, :codeTries, :deadAt, :deadReason, :revision)
     ON CONFLICT (kind, value) DO UPDATE SET verified_at = excluded.verified_at, code_hash = excluded.code_hash,
       code_expires_at = excluded.code_expires_at, code_tries = excluded.code_tries, dead_at = excluded.dead_at,
       dead_reason = excluded.dead_reason, revision = excluded.revision`,
  );
  const get = (kind: AddressKind, value: string) => select.get(kind, addressKey(kind, value)) ?? nothing;
  const set: AddressStateStore['set'] = (kind, value, state, revision) =>
    void upsert.run({ ...state, kind, value: addressKey(kind, value), revision });
  return {
    get,
    set,
    isDead: (kind, value) => get(kind, value).deadAt !== null,
    markDead({ kind, value, at, because }, revision) {
      const before = get(kind, value);
      if (before.deadAt !== null) return;
      set(kind, value, { ...before, deadAt: at, deadReason: because.slice(0, 300) }, revision);
    },
  };
}
