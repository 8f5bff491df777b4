import { foldText } from '../../shared/domain/search-text.ts';
import type { MessageAddress } from '../platform/inbound-message.ts';
import type { Db } from './open.ts';

export type AddressStore = {
  /** Remembers who writes and is written to, for completion. */
  remember(address: MessageAddress, usedAt: number): void;
  /** Every word must begin a word of the name or the address; the most used first. */
  complete(text: string, limit: number): MessageAddress[];
  /** Addresses of this desk's own mailboxes, lower case. */
  own(): ReadonlySet<string>;
};

const likeEscapes = /[\\%_]/g;

export function createAddressStore(db: Db): AddressStore {
  const upsert = db.prepare<[object], void>(
    `INSERT INTO known_address (address, name, folded, uses, last_used_at)
     VALUES (:address, :name, :folded, 1, :usedAt)
     ON CONFLICT (address) DO UPDATE SET uses = uses + 1, last_used_at = max(last_used_at, excluded.last_used_at),
       name = iif(excluded.name = '', name, excluded.name),
       folded = iif(excluded.name = '', folded, excluded.folded)`,
  );
  const complete = db.prepare<[string, number], MessageAddress>(
    `SELECT name, address FROM known_address
     WHERE NOT EXISTS (SELECT 1 FROM json_each(?) WHERE (' ' || folded) NOT LIKE value ESCAPE '\\')
     ORDER BY uses DESC, last_used_at DESC LIMIT ?`,
  );
  const own = db.prepare<[], string>('SELECT address FROM account WHERE removed_at IS NULL').pluck();
  return {
    remember({ name, address }, usedAt) {
      const key = address.trim().toLowerCase();
      if (!key.includes('@') || key.length > 320) return;
      upsert.run({ address: key, name: name.slice(0, 200), folded: foldAddress(name, key), usedAt });
    },
    complete(text, limit) {
      const words = foldText(text).split(' ').filter(Boolean).slice(0, 8);
      if (words.length === 0) return [];
      const patterns = words.map((word) => `% ${word.replaceAll(likeEscapes, '\\$&')}%`);
      return complete.all(JSON.stringify(patterns), limit);
    },
    own: () => new Set(own.all().map((address) => address.toLowerCase())),
  };
}

/** The address whole and in pieces, so that `petrov` finds `ivan.petrov@…`. */
function foldAddress(name: string, address: string): string {
  return foldText(`${name} ${address} ${address.replaceAll(/[._@+-]+/g, ' ')}`);
}
