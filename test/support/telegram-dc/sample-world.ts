import type { MessageSeed, WorldSeed } from './world/seed.ts';

export const irina = { account: 1001, phone: '+9996620001' } as const;
/** Has a two-step password. */
export const boris = {
  account: 1002,
  phone: '+9996620002',
  password: 'correct horse',
  hint: 'battery',
} as const;
/** Lives on data centre 4. */
export const vera = { account: 1003, phone: '+9996640003' } as const;

export const technician = 'user:2001';
export const contractor = 'user:2002';
export const bot = 'user:2003';
export const crewGroup = 'chat:3001';
export const newsChannel = 'channel:1300000001';
export const regionGroup = 'channel:1300000002';

const startedAt = 1_767_225_600;

/** Three who can sign in, whom they know, and a chat of each kind; Irina has 130 messages with the technician. */
export const sampleWorld: WorldSeed = {
  accounts: [
    {
      id: irina.account,
      firstName: 'Ирина',
      lastName: 'Крылова',
      username: 'irina_desk',
      phone: irina.phone,
    },
    { ...boris, id: boris.account, firstName: 'Борис' },
    { id: vera.account, firstName: 'Вера', phone: vera.phone, dcId: 4 },
  ],
  people: [
    { id: 2001, firstName: 'Денис', lastName: 'Орлов', username: 'denis_tech', contact: true },
    { id: 2002, firstName: 'Эльвира', about: 'Подрядчик «Мачта»' },
    { id: 2003, firstName: 'Монитор', username: 'monitor_bot', bot: true },
  ],
  groups: [{ id: 3001, title: 'Бригада 7' }],
  channels: [
    { id: 1_300_000_001, title: 'Новости связи', broadcast: true },
    { id: 1_300_000_002, title: 'Регион Север', username: 'region_north' },
  ],
  dialogs: [
    { account: irina.account, chat: technician, unread: 2, messages: talk(130) },
    {
      account: irina.account,
      chat: bot,
      mutedUntil: 2_147_483_647,
      messages: [{ text: 'АМС 1204: норма', date: startedAt }],
    },
    {
      account: irina.account,
      chat: crewGroup,
      messages: [{ from: 2002, text: 'Мы на объекте', date: startedAt + 1000 }],
    },
    {
      account: irina.account,
      chat: newsChannel,
      pinned: true,
      messages: [{ text: 'Плановые работы', date: startedAt + 2000 }],
    },
    {
      account: irina.account,
      chat: regionGroup,
      messages: [{ from: 2002, text: 'Север, приём', date: startedAt + 3000 }],
    },
  ],
  folders: [{ account: irina.account, id: 2, title: 'Объекты', include: [technician, crewGroup], kinds: [] }],
};

function talk(count: number): readonly MessageSeed[] {
  return Array.from({ length: count }, (_, index) => ({
    from: index % 3 === 2 ? irina.account : 2001,
    text: `сообщение ${index + 1}`,
    date: startedAt + index,
  }));
}
