/** Who talks in the lesson's chats. All names, firms and numbers are invented. */
export const people = {
  technician: { id: 7101, name: 'Руслан Валеев', username: 'valeev_tech', isBot: false },
  foreman: { id: 7102, name: 'Сергей Лыков · ЛинияСервис', username: 'lykov_ls', isBot: false },
  electrician: { id: 7103, name: 'Наиль Гареев', username: 'gareev_ls', isBot: false },
  monitor: { id: 7104, name: 'Волна Мобайл · монитор', username: 'volna_monitor_bot', isBot: true },
  resident: { id: 7105, name: 'Тамара Гусева', username: 'tguseva_home', isBot: false },
} as const;

export type PersonKey = keyof typeof people;

/** A chat with one person, a group of several, or a channel that only speaks. */
export const chats = {
  crew: { id: 1_700_000_001, title: 'ЛинияСервис · аварийная бригада 3', kind: 'supergroup' },
  storm: { id: 1_700_000_002, title: 'Штормовые предупреждения', kind: 'channel' },
  technician: { id: 7101, title: 'Руслан Валеев', kind: 'person' },
  monitor: { id: 7104, title: 'Волна Мобайл · монитор', kind: 'person' },
  resident: { id: 7105, title: 'Тамара Гусева', kind: 'person' },
} as const;

export type ChatKey = keyof typeof chats;

/** The dispatcher's own account, which the lesson's phone signs in. */
export const deskAccount = {
  id: 7001,
  name: 'Диспетчерская НТ',
  username: 'nt_dispatch',
  phone: '+9996620077',
} as const;

/** What the test servers know as an application. */
export const lessonApi = { id: 12_345, hash: '0123456789abcdef0123456789abcdef' } as const;
