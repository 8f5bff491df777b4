import type { FurtherAddress } from '../../shared/contract/common.ts';
import type { Db } from './open.ts';

type Owner = 'contact' | 'person';

export type FurtherAddressStore = {
  /** In the order they are tried. */
  of(owner: Owner, id: number): FurtherAddress[];
  set(owner: Owner, id: number, addresses: readonly FurtherAddress[]): void;
};

export function createFurtherAddressStore(db: Db): FurtherAddressStore {
  const statements = (column: 'contact_id' | 'person_id') => ({
    select: db.prepare<[number], FurtherAddress>(
      `SELECT kind, value, note FROM further_address WHERE ${column} = ? ORDER BY position`,
    ),
    clear: db.prepare<[number], void>(`DELETE FROM further_address WHERE ${column} = ?`),
    insert: db.prepare<[number, string, string, string, number], void>(
      `INSERT INTO further_address (${column}, kind, value, note, position) VALUES (?, ?, ?, ?, ?)`,
    ),
  });
  const by = { contact: statements('contact_id'), person: statements('person_id') } as const;
  return {
    of: (owner, id) => by[owner].select.all(id),
    set(owner, id, addresses) {
      by[owner].clear.run(id);
      for (const [position, { kind, value, note }] of addresses.entries()) {
        by[owner].insert.run(id, kind, value, note, position);
      }
    },
  };
}
