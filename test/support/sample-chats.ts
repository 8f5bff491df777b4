import type { z } from 'zod';
import type { ChatFile, ChatMessage, ChatRow, Contact, chatRule } from '../../src/shared/contract/chats.ts';

type Rule = z.output<typeof chatRule>;
export type SampleChat = {
  readonly row: ChatRow;
  readonly messages: readonly ChatMessage[];
  readonly rules: readonly Rule[];
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const sha = (digit: string): string => digit.repeat(64);

export const sampleContacts: readonly Contact[] = [
  {
    id: 11,
    kind: 'contractor',
    name: 'ЭнергоСервис, аварийная бригада',
    organisation: 'ООО «ЭнергоСервис»',
    phone: '+7 900 555-01-11',
    email: 'avar@energoservis.example',
    note: '',
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

type Draft = Partial<ChatMessage> & { readonly ago: number };

/** Numbers the messages in the order they stand in; `ago` is how long before now each was sent. */
function write(chatId: number, now: number, drafts: readonly Draft[]): readonly ChatMessage[] {
  return drafts.map(({ ago, ...part }, index) => ({
    id: chatId * 10_000 + index + 1,
    chatId,
    serverId: 400 + index,
    position: 400 + index,
    out: false,
    senderId: null,
    sender: '',
    text: '',
    entities: [],
    replyTo: null,
    forward: null,
    groupedId: null,
    extra: null,
    files: [],
    reactions: [],
    sentAt: now - ago,
    editedAt: null,
    deletedAt: null,
    incident: null,
    outbox: null,
    isRead: false,
    authorId: null,
    ...part,
  }));
}

function rowOf(messages: readonly ChatMessage[], part: Partial<ChatRow> & { readonly id: number }): ChatRow {
  const last = messages.at(-1);
  return {
    accountId: 1,
    kind: 'user',
    title: '',
    username: null,
    isSelf: false,
    isService: false,
    pinned: 0,
    archived: false,
    mutedUntil: null,
    unread: 0,
    canSend: true,
    goneAt: null,
    lastAt: last?.sentAt ?? null,
    last: last
      ? {
          out: last.out,
          sender: last.sender,
          text: last.text.slice(0, 120),
          what: last.text === '' ? (last.files[0]?.kind ?? last.extra?.kind ?? null) : null,
          state: last.isRead ? 'read' : last.out ? 'accepted' : 'none',
        }
      : null,
    contact: null,
    hasRules: false,
    ...part,
  };
}

/** A tiny picture, as Telegram sends one with each photo. */
function previewOf(top: string, bottom: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="40" height="30" fill="url(#a)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function file(part: Partial<ChatFile> & { readonly id: number }): ChatFile {
  return {
    kind: 'photo',
    fileName: '',
    mimeType: 'image/jpeg',
    size: 240_000,
    width: 1280,
    height: 960,
    duration: null,
    sha256: null,
    preview: null,
    ...part,
  };
}

const rustam = { senderId: 'u501', sender: 'Рустам Ахметов' } as const;
const irina = { senderId: 'u502', sender: 'Ирина Ким' } as const;
const anton = { senderId: 'u503', sender: 'Антон · ЭнергоСервис' } as const;

const talk: readonly (readonly [typeof rustam | typeof irina | typeof anton, string])[] = [
  [rustam, 'Доброе утро. На смене, бригада 2 в Мытищах.'],
  [irina, 'По KA0398 заявка закрыта, акт отправила на почту.'],
  [anton, 'Принял. Едем на KA0377, ETA 40 минут.'],
  [rustam, 'Ключ у охраны не нашли, ждём старшего.'],
  [irina, 'Старший будет через 15 минут.'],
  [anton, 'На месте. ДГУ запустили, нагрузку приняли.'],
];

function contractorGroup(now: number): SampleChat {
  const older = Array.from({ length: 170 }, (_, index): Draft => {
    const [who, text] = talk[index % talk.length] ?? [rustam, ''];
    return { ...who, text: `${text} #${index + 1}`, ago: 4 * day - index * 25 * minute };
  });
  const messages = write(1, now, [
    {
      ago: 6 * day,
      sender: 'Ирина Ким',
      extra: { kind: 'service', what: 'created', text: 'ЭнергоСервис · аварийные' },
    },
    ...older,
    ...liveTalk(),
  ]);
  const withReply = messages.map((message) =>
    message.text.startsWith('Подтверждаю')
      ? {
          ...message,
          replyTo: {
            id: messages.find(({ text }) => text.startsWith('Пропало'))?.id ?? null,
            sender: rustam.sender,
            text: 'Пропало питание на KA0412, батареи держат',
          },
        }
      : message,
  );
  return {
    row: rowOf(withReply, {
      id: 1,
      kind: 'supergroup',
      title: 'ЭнергоСервис · аварийные',
      pinned: 1,
      unread: 7,
      hasRules: true,
      contact: { id: 11, kind: 'contractor', name: 'ЭнергоСервис, аварийная бригада' },
    }),
    messages: withReply,
    rules: [
      { id: 301, chatId: 1, kind: 'code', value: 'KA', typeId: null, active: true, hits: 14 },
      {
        id: 302,
        chatId: 1,
        kind: 'keyword',
        value: 'авария, пропало питание',
        typeId: null,
        active: true,
        hits: 5,
      },
    ],
  };
}

/** Today's part of the contractor's group: an outage from the first word to the photographs. */
function liveTalk(): readonly Draft[] {
  const code = 'KA0412';
  const alarm = `Пропало питание на ${code}, батареи держат. Нужен выезд с ДГУ.`;
  return [
    {
      ...rustam,
      ago: 62 * minute,
      text: alarm,
      entities: [{ kind: 'bold', offset: alarm.indexOf(code), length: code.length }],
      incident: { id: 42, code: 'PLT-1042' },
      reactions: [
        { emoji: '👀', count: 2, mine: false },
        { emoji: '👍', count: 1, mine: true },
      ],
    },
    { ...rustam, ago: 61 * minute, text: 'Контроллер пишет 47.1 В, по опыту это часа три.' },
    {
      out: true,
      sender: 'Дежурный пульта',
      ago: 58 * minute,
      text: 'Подтверждаю, заявка PLT-1042. Кто выезжает и когда?',
      isRead: true,
      authorId: 1,
      outbox: { id: 61, state: 'accepted', notBefore: 0, errorCode: null },
    },
    {
      ...anton,
      ago: 55 * minute,
      text: 'Бригада 2, двое, выехали. Буду через 40 минут, пробки на МКАД.',
      editedAt: 1,
      forward: null,
    },
    { ...irina, ago: 40 * minute, text: 'Пропуск заказала до 18:00', deletedAt: 1 },
    {
      ...irina,
      ago: 39 * minute,
      text: 'Пропуск заказан до 20:00, старший охраны +7 900 555-01-34, схема проезда: https://maps.energoservis.example/KA0412',
      entities: [
        { kind: 'phone', offset: 41, length: 16 },
        { kind: 'link', offset: 74, length: 40 },
      ],
    },
    ...['a', 'b', 'c'].map((digit, index): Draft => ({
      ...anton,
      ago: 12 * minute - index * 1000,
      text: index === 0 ? 'Вводной автомат выбило, подгорел контакт.' : '',
      groupedId: 'g-1',
      files: [
        file({
          id: 800 + index,
          sha256: index === 2 ? null : sha(digit),
          preview: previewOf(['#46617a', '#7a6a4a', '#4d5d52'][index] ?? '', '#1c2126'),
          width: index === 0 ? 1280 : 960,
          height: index === 0 ? 960 : 1280,
        }),
      ],
    })),
    {
      ...anton,
      ago: 9 * minute,
      extra: {
        kind: 'location',
        latitude: 55.912345,
        longitude: 37.736411,
        live: false,
        title: 'KA0412, ворота',
      },
    },
    {
      ...rustam,
      ago: 8 * minute,
      files: [
        file({
          id: 810,
          kind: 'voice',
          mimeType: 'audio/ogg',
          duration: 23,
          size: 92_000,
          width: null,
          height: null,
        }),
      ],
    },
    {
      ...irina,
      ago: 6 * minute,
      text: 'Счёт и дефектная ведомость',
      files: [
        file({
          id: 811,
          kind: 'document',
          fileName: 'Дефектная ведомость KA0412 вводной автомат и шкаф РУ-0,4 кВ (исправленная).pdf',
          mimeType: 'application/pdf',
          size: 1_820_000,
          width: null,
          height: null,
        }),
      ],
    },
    { ...anton, ago: 3 * minute, text: 'Поставили перемычку, нагрузка на ДГУ. Топлива на 9 часов.' },
    { ...rustam, ago: 2 * minute, text: 'Замену автомата делаем завтра с 9:00, нужно согласование.' },
  ];
}

function technician(now: number): SampleChat {
  const grinev = { senderId: 'u601', sender: 'Алексей Гринёв' } as const;
  const messages = write(2, now, [
    { ...grinev, ago: 1.2 * day, text: 'Заступил. Участок «Север», машина 3.' },
    { out: true, sender: 'Дежурный пульта', ago: 1.19 * day, text: 'Принято, хорошей смены.', isRead: true },
    {
      ...grinev,
      ago: 50 * minute,
      text: 'Снимаю показания: `U=228`, `I=14.2`. Пароль от шкафа 4471.',
      entities: [
        { kind: 'code', offset: 19, length: 7 },
        { kind: 'code', offset: 30, length: 8 },
        { kind: 'spoiler', offset: 54, length: 4 },
      ],
    },
    {
      ...grinev,
      ago: 48 * minute,
      files: [file({ id: 820, sha256: sha('d'), preview: previewOf('#5d7386', '#20262c') })],
    },
    {
      ...grinev,
      ago: 47 * minute,
      files: [
        file({
          id: 821,
          kind: 'video-note',
          mimeType: 'video/mp4',
          duration: 12,
          size: 1_200_000,
          width: 384,
          height: 384,
          preview: previewOf('#68788a', '#23292f'),
        }),
      ],
    },
    {
      ...grinev,
      ago: 44 * minute,
      extra: { kind: 'contact', name: 'Охрана ворота 2', phone: '+7 900 555-01-77' },
    },
    {
      out: true,
      sender: 'Дежурный пульта',
      ago: 20 * minute,
      text: 'Перезагрузите контроллер и напишите, поднялся ли опрос.',
      outbox: { id: 71, state: 'accepted', notBefore: 0, errorCode: null },
      authorId: 1,
    },
    {
      out: true,
      sender: 'Дежурный пульта',
      ago: 4 * minute,
      serverId: null,
      text: 'И пришлите фото шильдика, пожалуйста.',
      outbox: { id: 72, state: 'queued', notBefore: now, errorCode: null },
      authorId: 1,
    },
    {
      out: true,
      sender: 'Дежурный пульта',
      ago: 3 * minute,
      serverId: null,
      text: 'Схема шкафа во вложении.',
      files: [
        file({
          id: 822,
          kind: 'document',
          fileName: 'shkaf-7.dwg',
          mimeType: 'application/acad',
          size: 64_000_000,
          sha256: sha('e'),
          width: null,
          height: null,
        }),
      ],
      outbox: { id: 73, state: 'failed', notBefore: now, errorCode: 'file-too-large' },
      authorId: 1,
    },
  ]);
  return {
    row: rowOf(messages, {
      id: 2,
      title: 'Алексей Гринёв',
      username: 'grinev_north',
      pinned: 2,
      contact: { id: 12, kind: 'technician', name: 'Гринёв Алексей' },
      last: {
        out: true,
        sender: 'Дежурный пульта',
        text: 'Схема шкафа во вложении.',
        what: null,
        state: 'failed',
      },
    }),
    messages,
    rules: [],
  };
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
