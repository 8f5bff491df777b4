import { uuidv7 } from '../../src/shared/ids.ts';
import type { CoreKit } from './core-kit.ts';
import type { NotifyKit } from './notify-kit.ts';

export function createContacts({ db, stores, clock, desk }: CoreKit): NotifyKit['addContact'] {
  return (name, { email = '', phone = '' } = {}) => {
    const blank = { kind: 'technician', organisation: '', note: '', active: true } as const;
    const uuid = uuidv7(clock.now(), desk.random.bytes(10));
    const contact = { ...blank, name, email, phone, uuid, createdAt: clock.now() };
    return { kind: 'contact', id: db.transact((revision) => stores.contacts.insert(contact, revision)) };
  };
}
