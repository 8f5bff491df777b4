import {
  day,
  file,
  minute,
  previewOf,
  rowOf,
  sha,
  write,
  type Draft,
  type SampleChat,
} from './sample-chat-kit.ts';

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

/** A contractor's group with an outage in it, long enough to be paged. */
export function contractorGroup(now: number): SampleChat {
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
      // From the first photo of the album on: the line of what is unread divides no album.
      unread: 8,
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

/** A technician, with everything a phone sends and our own messages in every state. */
export function technician(now: number): SampleChat {
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
