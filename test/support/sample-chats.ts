import type { ChatMessage, Contact } from '../../src/shared/contract/chats.ts';
import { contractorGroup, technician } from './sample-busy-chats.ts';
import { day, file, hour, minute, rowOf, write, type Draft, type SampleChat } from './sample-chat-kit.ts';

export const sampleContacts: readonly Contact[] = [
  {
    id: 11,
    kind: 'contractor',
    name: 'ЭнергоСервис, аварийная бригада',
    organisation: 'ООО «ЭнергоСервис»',
    phone: '+7 900 555-01-11',
    email: 'avar@energoservis.example',
    note: '',
    addresses: [],
    active: true,
    chatIds: [1],
  },
  {
    id: 12,
    kind: 'technician',
    name: 'Гринёв Алексей',
    organisation: 'Участок «Север»',
    phone: '+7 900 555-01-12',
    email: 'grinev@pult.example',
    note: '',
    addresses: [],
    active: true,
    chatIds: [2],
  },
  {
    id: 13,
    kind: 'applicant',
    name: 'ЦУС «Волна-мобайл»',
    organisation: '«Волна-мобайл»',
    phone: '',
    email: 'noc@volna-mobile.example',
    note: '',
    addresses: [],
    active: true,
    chatIds: [3],
  },
];

/** Everything a dispatcher meets in a day, all invented; the first chat is long enough to be paged. */
export function sampleChats(now: number): readonly SampleChat[] {
  return [
    contractorGroup(now),
    technician(now),
    operatorBot(now),
    outages(now),
    ...service(now),
    ...crowd(now),
  ];
}

function operatorBot(now: number): SampleChat {
  const bot = { senderId: 'u701', sender: 'Заявки «Волна-мобайл»' } as const;
  const report = (number: string, site: string, ago: number, incident: ChatMessage['incident']): Draft => {
    const head = `Заявка ${number}`;
    const text = `${head}\nОбъект: ${site}\nПриоритет: 2\nОтсутствует связь с БС, последний опрос 10:41.\nПодтвердить: https://noc.volna-mobile.example/t/${number}`;
    const url = `https://noc.volna-mobile.example/t/${number}`;
    return {
      ...bot,
      ago,
      text,
      incident,
      entities: [
        { kind: 'bold', offset: 0, length: head.length },
        { kind: 'code', offset: text.indexOf(site), length: site.length },
        { kind: 'link', offset: text.indexOf(url), length: url.length },
      ],
    };
  };
  const messages = write(3, now, [
    report('VM-88120', '77-01073', 3 * hour, { id: 40, code: 'PLT-1040' }),
    { out: true, sender: 'Дежурный пульта', ago: 2.9 * hour, text: 'Принято: PLT-1040', isRead: true },
    report('VM-88131', '77-02417', 14 * minute, null),
    report('VM-88134', '77-00912', 5 * minute, null),
  ]);
  return {
    row: rowOf(messages, {
      id: 3,
      kind: 'bot',
      title: 'Заявки «Волна-мобайл»',
      username: 'volna_noc_bot',
      unread: 2,
      hasRules: true,
      contact: { id: 13, kind: 'applicant', name: 'ЦУС «Волна-мобайл»' },
    }),
    messages,
    rules: [{ id: 303, chatId: 3, kind: 'all', value: '', typeId: null, active: true, hits: 212 }],
  };
}

function outages(now: number): SampleChat {
  const messages = write(4, now, [
    { ago: 20 * hour, text: 'Плановые отключения на 22 ноября: ТП-114, ТП-208, ф. 12 с 10:00 до 14:00.' },
    {
      ago: 16 * minute,
      text: 'Ф. 7 ПС «Озёрная» отключён действием защиты, причина выясняется.',
      forward: { name: 'РЭС Северный', sentAt: now - 20 * minute },
      reactions: [{ emoji: '😱', count: 14, mine: false }],
    },
  ]);
  return {
    row: rowOf(messages, {
      id: 4,
      kind: 'channel',
      title: 'РЭС · отключения',
      username: 'res_outages',
      unread: 12,
      mutedUntil: 4_102_444_800_000,
      canSend: false,
    }),
    messages: messages.map((message) => ({ ...message, sender: 'РЭС · отключения', senderId: 'c900' })),
    rules: [],
  };
}

function service(now: number): readonly SampleChat[] {
  const telegram = write(5, now, [
    {
      ago: 26 * hour,
      sender: 'Telegram',
      senderId: 'u777000',
      text: 'Код для входа: •••••. Не передавайте его никому.',
    },
  ]);
  const self = write(6, now, [
    {
      out: true,
      ago: 9 * day,
      sender: 'Дежурный пульта',
      text: 'Шаблон: прошу согласовать доступ на объект',
      isRead: true,
    },
  ]);
  const stranger = { senderId: 'u999', sender: '\u202Eгиз\u0007 Иван' } as const;
  const hostile = write(7, now, [
    { ...stranger, ago: 2 * hour, text: `Срочно!!! ${'Очень длинное сообщение без смысла. '.repeat(900)}` },
    {
      ...stranger,
      ago: 119 * minute,
      text: 'Оплатите счёт: bank.example',
      entities: [{ kind: 'link', offset: 15, length: 12, url: 'https://collect.evil.example/login' }],
      files: [
        file({
          id: 830,
          kind: 'document',
          fileName: 'счёт\u202Efdp.exe',
          mimeType: 'application/x-msdownload',
          size: 734_000,
          width: null,
          height: null,
        }),
      ],
    },
  ]);
  return [
    {
      row: rowOf(telegram, { id: 5, title: 'Telegram', isService: true, canSend: false }),
      messages: telegram,
      rules: [],
    },
    { row: rowOf(self, { id: 6, title: 'Saved Messages', isSelf: true }), messages: self, rules: [] },
    { row: rowOf(hostile, { id: 7, title: '\u202Eгиз\u0007 Иван' }), messages: hostile, rules: [] },
  ];
}

const crowdNames = [
  'Смена 2 · диспетчеры',
  'Монтаж-Север',
  'Ольга Титова',
  'Охрана · проходная 4',
  'Пётр Лапин',
  'Альфа-Связь · ЦУС',
  'Марина Сафонова',
  'БС-Ремонт · подряд',
  'Денис Ким',
  'Дизель-Сервис',
];

/** Enough quiet chats that the list scrolls. */
function crowd(now: number): readonly SampleChat[] {
  return Array.from({ length: 33 }, (_, index): SampleChat => {
    const id = 20 + index;
    const name = crowdNames[index % crowdNames.length] ?? '';
    const isGroup = index % 3 === 0;
    const sender = isGroup ? 'Олег' : name;
    const messages = write(id, now, [
      { ago: (index + 4) * 3 * hour, senderId: `u${id}`, sender, text: 'Добрый день!' },
      {
        ago: (index + 3) * 3 * hour,
        senderId: `u${id}`,
        sender,
        text: 'Работы завершены, объект сдан, замечаний нет.',
      },
    ]);
    return {
      row: rowOf(messages, {
        id,
        kind: isGroup ? 'group' : 'user',
        title: index < crowdNames.length ? name : `${name} ${Math.floor(index / crowdNames.length) + 1}`,
        unread: index === 4 ? 1 : 0,
        archived: index > 30,
      }),
      messages,
      rules: [],
    };
  });
}
