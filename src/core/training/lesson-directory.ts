import type { Contact } from '../../shared/contract/chats.ts';
import { chats, type ChatKey } from './chats/chat-cast.ts';
import type { Rpc } from './handle-incident.ts';

type Entry = Omit<Contact, 'id' | 'chatIds' | 'active' | 'addresses'> &
  Partial<Pick<Contact, 'addresses'>> & { readonly chat?: ChatKey };

const nothing = { organisation: '', phone: '', email: '', note: '' } as const;

/** Whom a desk like this one works with; all invented. */
const entries: readonly Entry[] = [
  {
    ...nothing,
    kind: 'contractor',
    name: 'ЛинияСервис, бригада 3',
    organisation: 'ООО «ЛинияСервис»',
    phone: '+7 900 555-03-03',
    email: 'dispatch@liniya-servis.example',
    addresses: [{ kind: 'phone', value: '+7 900 555-03-99', note: 'ночью, дежурный' }],
    note: 'Смена 08:00–20:00, ночью — через дежурного. ДГУ 6 кВт в машине.',
    chat: 'crew',
  },
  {
    ...nothing,
    kind: 'technician',
    name: 'Валеев Руслан',
    organisation: 'Эксплуатация, участок «Волга»',
    phone: '+7 900 555-07-01',
    email: 'valeev@pult.example',
    chat: 'technician',
  },
  {
    ...nothing,
    kind: 'applicant',
    name: 'Волна Мобайл, мониторинг',
    organisation: '«Волна Мобайл»',
    phone: '+7 900 100-20-30',
    email: 'noc-robot@volna-mobile.example',
    chat: 'monitor',
  },
  {
    ...nothing,
    kind: 'contractor',
    name: 'Аварийная служба РЭС',
    organisation: 'Северные сети',
    phone: '+7 900 555-09-11',
  },
];

/** Writes down whom the desk works with; the firms of the registry are there already. */
export async function fillDirectory(rpc: Rpc): Promise<void> {
  const { contacts } = await rpc.directory.list({});
  const known = new Set(contacts.map(({ name }) => name));
  for (const { chat: _chat, ...entry } of entries) {
    if (!known.has(entry.name)) await rpc.directory.save({ ...entry, active: true });
  }
}

/**
 * Ties chats to whom they belong, and lets the operator's robot open incidents. Answers whether all of it is done:
 * chats are there once somebody has signed in.
 */
export async function tieChats(rpc: Rpc): Promise<boolean> {
  const { chats: rows } = await rpc.chats.list({});
  if (rows.length === 0) return false;
  const { contacts } = await rpc.directory.list({});
  const owned = entries.flatMap(({ chat, name }) => (chat === undefined ? [] : [{ chat, name }]));
  const tied = owned.map(async ({ chat, name }) => {
    const row = rows.find(({ title }) => title === chats[chat].title);
    const contact = contacts.find((one) => one.name === name);
    if (!row || !contact) return row !== undefined;
    if (row.contact === null) await rpc.chats.setContact({ chatId: row.id, contactId: contact.id });
    if (chat === 'monitor' && !row.hasRules) {
      await rpc.chats.saveRule({
        chatId: row.id,
        kind: 'keyword',
        value: 'пропало питание',
        typeId: null,
        active: true,
      });
    }
    return true;
  });
  return (await Promise.all(tied)).every(Boolean);
}
