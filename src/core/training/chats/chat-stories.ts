import type { Random } from '../../platform/random.ts';
import { mastPhoto } from '../pictures.ts';
import { between, pick } from '../seeded-random.ts';
import type { ChatKey, PersonKey } from './chat-cast.ts';
import type { ChatLine } from './chat-stage.ts';

/** A line and how long after the one before it, in seconds of story time. */
export type TimedLine = ChatLine & { readonly afterSeconds: number };
export type ChatStory = (random: Random) => readonly TimedLine[];

type Who = { readonly chat: ChatKey; readonly from?: PersonKey };
const by =
  ({ chat, from }: Who) =>
  (afterSeconds: number, text: string, more: Pick<ChatLine, 'photo' | 'place'> = {}): TimedLine => ({
    chat,
    from,
    text,
    afterSeconds,
    ...more,
  });

const foreman = by({ chat: 'crew', from: 'foreman' });
const electrician = by({ chat: 'crew', from: 'electrician' });
const technician = by({ chat: 'technician', from: 'technician' });
const monitor = by({ chat: 'monitor', from: 'monitor' });
const resident = by({ chat: 'resident', from: 'resident' });
const storm = by({ chat: 'storm' });

/** What lies in the chats when somebody signs in; minutes before the lesson. */
export const earlierLines: readonly (ChatLine & { readonly minutesAgo: number })[] = [
  {
    ...storm(0, 'На 21–22 ноября: порывы ветра до 23 м/с, мокрый снег, гололёд. Краснодарский край, Адыгея.'),
    minutesAgo: 320,
  },
  {
    ...foreman(
      0,
      'Добрый день. Бригада 3 на смене до 20:00: Лыков, Гареев. Машина исправна, ДГУ 6 кВт с собой.',
    ),
    minutesAgo: 300,
  },
  { ...monitor(0, '🔴 БС 14417 · пропало питание 220 В · работа от АКБ · 51,9 В'), minutesAgo: 210 },
  { ...monitor(0, '🟢 БС 14417 · питание 220 В восстановлено · перерыв 00:46'), minutesAgo: 164 },
  {
    ...technician(0, 'Осмотр 52-041 закончил. Замечания: течёт кабельный ввод, фото скину из машины.'),
    minutesAgo: 95,
  },
  { ...electrician(0, 'Сергей, у нас крышка щита на 23-118 так и не привезли.'), minutesAgo: 41 },
];

const lostPower: ChatStory = (random) => [
  foreman(0, 'Выехали на 23-118 (Абинск), по дороге лёд. Будем минут через 40.'),
  foreman(55, 'На месте. Ввод обесточен, автомат на опоре выбит. Щит вскрыт, замок сорван.', {
    photo: mastPhoto(random),
  }),
  foreman(12, '', { place: { latitude: 44.866 + between(random, -40, 40) / 10_000, longitude: 38.157 } }),
  electrician(20, 'Автомат держит. Запускаем ДГУ или ждём сетевую компанию?'),
];

const generator: ChatStory = () => [
  technician(0, 'Коллеги, ДГУ на 52-041 не запускается: стартер молчит, АКБ 9,8 В.'),
  technician(35, 'Нужна замена аккумулятора, 6СТ-190. Объект стоит на батареях, по прикидке ещё часа три.'),
];

const cabinet: ChatStory = (random) => [
  resident(0, 'Здравствуйте! У нас на крыше второй день гудит шкаф связи, соседи жалуются. Это к вам?'),
  resident(25, 'Вот он, у лифтовой.', { photo: mastPhoto(random) }),
  resident(18, 'Адрес: Тестовый пр-кт, д. 14, корпус 2. Ключи у старшей по дому.'),
];

const station: ChatStory = (random) => {
  const number = pick(random, ['14417', '14392', '20871', '31105'] as const);
  return [
    monitor(0, `🔴 БС ${number} · пропало питание 220 В · работа от АКБ · 52,6 В`),
    monitor(70, `🟠 БС ${number} · АКБ 47,8 В · до отключения 1 ч 10 мин`),
    monitor(120, `🟢 БС ${number} · питание 220 В восстановлено`),
  ];
};

const weather: ChatStory = () => [
  storm(
    0,
    'Обновление: усиление ветра до 25 м/с ожидается с 18:00. Выезды на высотные работы — по согласованию.',
  ),
];

const ready: ChatStory = () => [
  electrician(0, '23-118: закрыли на хомуты, показания 228 В по всем фазам. Акт сделаю вечером.'),
];

/** In this order, again and again: a lesson has no end. */
export const liveStories: readonly [ChatStory, ...ChatStory[]] = [
  lostPower,
  station,
  generator,
  cabinet,
  weather,
  station,
  ready,
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
