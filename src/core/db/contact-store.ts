import type { Contact } from '../../shared/contract/chats.ts';
import { AppError } from '../../shared/errors.ts';
import { createFurtherAddressStore } from './further-address-store.ts';
import type { Db } from './open.ts';

type SavedContact = Omit<Contact, 'chatIds' | 'addresses'> & {
  readonly addresses?: Contact['addresses'] | undefined;
};

export type ContactStore = {
  /** People who are still dealt with first, then by name. */
  all(): Contact[];
  find(id: number): Contact | undefined;
  /** Throws `not-found`. */
  require(id: number): Contact;
  insert(
    contact: Omit<SavedContact, 'id'> & { readonly uuid: string; readonly createdAt: number },
    revision: number,
  ): number;
  /** Addresses that are left out stay as they are. */
  update(contact: SavedContact, revision: number): void;
  /** Whose chat it is from now on; null is nobody's. */
  setChat(chatId: number, contactId: number | null, revision: number): void;
};

type Row = Omit<Contact, 'active' | 'chatIds' | 'addresses'> & {
  readonly active: number;
  readonly chatIds: string;
};

const columns = `p.id, p.kind, p.name, p.organisation, p.phone, p.email, p.note, p.active,
  (SELECT json_group_array(c.id) FROM chat c WHERE c.contact_id = p.id) AS chatIds`;

export function createContactStore(db: Db): ContactStore {
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM contact p ORDER BY p.active DESC, p.name, p.id`);
  const byId = db.prepare<[number], Row>(`SELECT ${columns} FROM contact p WHERE p.id = ?`);
  const insert = db
    .prepare<[object], number>(
      `INSERT INTO contact (uuid, kind, name, organisation, phone, email, note, active, created_at, revision)
       VALUES (:uuid, :kind, :name, :organisation, :phone, :email, :note, :active, :createdAt, :revision) RETURNING id`,
    )
    .pluck();
  const update = db.prepare<[object], void>(
    `UPDATE contact SET kind = :kind, name = :name, organisation = :organisation, phone = :phone, email = :email,
       note = :note, active = :active, revision = :revision WHERE id = :id`,
  );
  const setChat = db.prepare<[number | null, number, number], void>(
    'UPDATE chat SET contact_id = ?, revision = ? WHERE id = ?',
  );
  const further = createFurtherAddressStore(db);
  const withAddresses = (row: Row): Contact => ({
    ...toContact(row),
    addresses: further.of('contact', row.id),
  });
  const find = (id: number) => {
    const row = byId.get(id);
    return row && withAddresses(row);
  };
  return {
    all: () => all.all().map(withAddresses),
    find,
    require(id) {
      const contact = find(id);
      if (!contact) throw new AppError('not-found', { details: { reason: 'contact', id } });
      return contact;
    },
    insert({ addresses = [], ...contact }, revision) {
      const id = Number(insert.get({ ...contact, active: contact.active ? 1 : 0, revision }));
      further.set('contact', id, addresses);
      return id;
    },
    update({ addresses, ...contact }, revision) {
      update.run({ ...contact, active: contact.active ? 1 : 0, revision });
      if (addresses) further.set('contact', contact.id, addresses);
    },
    setChat: (chatId, contactId, revision) => void setChat.run(contactId, revision, chatId),
  };
}

function toContact(row: Row): Omit<Contact, 'addresses'> {
  return { ...row, active: row.active === 1, chatIds: JSON.parse(row.chatIds) as number[] };
}
