import type { Random } from '../../platform/random.ts';
import { mastPhoto, picturePdf, scannedPage } from '../pictures.ts';
import { between, pick } from '../seeded-random.ts';
import type { ChatKey, PersonKey } from './chat-cast.ts';
import type { ChatMedia } from './chat-stage.ts';
import { electrician, foreman, monitor, resident, storm, technician, type TimedTurn } from './chat-turns.ts';

export type ChatStory = (random: Random) => readonly TimedTurn[];

const photo = (random: Random): ChatMedia => ({ kind: 'photo', bytes: mastPhoto(random) });

/** Telegram keeps pictures sent as one together by a number. */
const albumOf = (random: Random): number => between(random, 1_000_000, 9_000_000);

const near = (random: Random, latitude: number, longitude: number): ChatMedia => ({
  kind: 'place',
  latitude: latitude + between(random, -40, 40) / 10_000,
  longitude: longitude + between(random, -40, 40) / 10_000,
});

/** The sites of the region the crew works in. */
const sites = ['23-118 (Абинск)', '23-204 (Крымск)', '23-077 (Северская)', '01-033 (Яблоновский)'] as const;

const lostPower: ChatStory = (random) => {
  const album = albumOf(random);
  const minutes = between(random, 25, 55);
  return [
    foreman(0, `Выехали на ${pick(random, sites)}, по дороге лёд. Будем минут через ${minutes}.`, {
      name: 'left',
    }),
    { kind: 'react', chat: 'crew', of: 'left', from: 'electrician', emoji: '✍', afterSeconds: 4 },
    foreman(40, 'На месте. Ввод обесточен, автомат на опоре выбит. Щит вскрыт, замок сорван.', {
      media: photo(random),
      album,
      name: 'arrived',
    }),
    foreman(0, '', { media: photo(random), album }),
    foreman(12, '', { media: near(random, 44.866, 38.157) }),
    electrician(20, 'Автомат держит. Запускаем ДГУ или ждём сетевую компанию?', { answers: 'arrived' }),
  ];
};

const generator: ChatStory = (random) => [
  technician(0, 'Коллеги, ДГУ на 52-041 не запускается: стартер молчит, АКБ 9,8 В.', { name: 'dead' }),
  technician(18, 'Шильдик и клеммы.', { media: photo(random) }),
  technician(10, '', { media: near(random, 56.326, 44.005) }),
  technician(25, 'Нужна замена аккумулятора, 6СТ-190. Объект стоит на батареях, по прикидке ещё часа 4.', {
    name: 'need',
    answers: 'dead',
  }),
  {
    kind: 'edit',
    chat: 'technician',
    of: 'need',
    text: 'Нужна замена аккумулятора, 6СТ-190. Объект стоит на батареях, по прикидке ещё часа 3, не больше.',
    afterSeconds: 14,
  },
];

const cabinet: ChatStory = (random) => [
  resident(0, 'Здравствуйте! У нас на крыше второй день гудит шкаф связи, соседи жалуются. Это к вам?'),
  resident(25, 'Вот он, у лифтовой.', { media: photo(random) }),
  resident(18, 'Адрес: Тестовый пр-кт, д. 14, корпус 2. Ключи у старшей по дому.'),
  resident(9, '', { media: { kind: 'contact', name: 'Нина Павловна, старшая', phone: '+7 900 555-01-42' } }),
];

const station: ChatStory = (random) => {
  const number = pick(random, ['14417', '14392', '20871', '31105'] as const);
  const name = `down-${number}`;
  return [
    monitor(0, 'АВАРИЯ', `БС ${number} · пропало питание 220 В · работа от АКБ · 52,6 В`, { name }),
    monitor(70, 'ВНИМАНИЕ', `БС ${number} · АКБ 47,8 В · до отключения 1 ч 10 мин`, { answers: name }),
    monitor(120, 'НОРМА', `БС ${number} · питание 220 В восстановлено`, { answers: name }),
  ];
};

const weather: ChatStory = (random) => [
  storm(
    0,
    'Обновление: усиление ветра до 25 м/с ожидается с 18:00. Выезды на высотные работы — по согласованию.',
    { forwardOf: 'Гидрометцентр · Юг', boldLength: 'Обновление'.length },
  ),
  foreman(40, 'По штормовому: на АМС больше не поднимаемся, внизу работаем.'),
  // The wind takes several stations at once.
  ...(['20871', '31105', '31117'] as const).map((number) =>
    monitor(between(random, 3, 6), 'АВАРИЯ', `БС ${number} · пропало питание 220 В · работа от АКБ`),
  ),
];

const ready: ChatStory = (random) => {
  const act = picturePdf(scannedPage(random), 848, 1200);
  const site = pick(random, sites).slice(0, 6);
  const volts = between(random, 224, 232);
  return [
    electrician(0, `${site}: закрыли на хомуты, показания ${volts} В по двум фазам.`, { name: 'two' }),
    { kind: 'remove', chat: 'crew', of: 'two', afterSeconds: 12 },
    electrician(
      6,
      `${site}: закрыли на хомуты, показания ${volts} В по всем фазам. Объект под напряжением.`,
      {
        name: 'ready',
      },
    ),
    foreman(25, `Акт за ${site}.`, {
      answers: 'ready',
      media: {
        kind: 'document',
        fileName: `Акт выполненных работ ${site} (подписан).pdf`,
        mimeType: 'application/pdf',
        bytes: act,
      },
    }),
  ];
};

/** In this order, again and again: a lesson has no end. */
export const liveStories: readonly [ChatStory, ...ChatStory[]] = [
  lostPower,
  station,
  generator,
  cabinet,
  weather,
  ready,
  station,
];

/** What people say when the dispatcher has written to them, in turn; the channel and the robot say nothing. */
export const answersOf: Readonly<Record<ChatKey, readonly (readonly [PersonKey, ...string[]])[]>> = {
  crew: [
    ['foreman', 'Принял, делаем.'],
    ['electrician', 'Понял. Отпишусь по готовности.'],
    ['foreman', 'Готово, объект под напряжением. Фото приложу к акту.'],
  ],
  technician: [
    ['technician', 'Принял. Выезжаю, буду минут через 50.'],
    ['technician', 'На месте, меняю.', 'ДГУ запущен, напряжение 229 В. Понаблюдаю полчаса.'],
    ['technician', 'Добро, еду на следующий.'],
  ],
  resident: [
    ['resident', 'Спасибо! Буду ждать, я дома до семи.'],
    ['resident', 'Хорошо, передам старшей по дому.'],
  ],
  monitor: [],
  storm: [],
};
