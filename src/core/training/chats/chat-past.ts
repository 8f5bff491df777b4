import type { Random } from '../../platform/random.ts';
import { mastPhoto } from '../pictures.ts';
import { by, electrician, foreman, monitor, storm, technician, type TimedTurn } from './chat-turns.ts';

const deskToCrew = by({ chat: 'crew', from: 'desk' });
const deskToTechnician = by({ chat: 'technician', from: 'desk' });

type PastTurn = TimedTurn & { readonly minutesAgo: number };

/** What lies in the chats when somebody signs in: the end of the shift before, and this one so far. */
export function chatPast(random: Random): readonly PastTurn[] {
  const photo = () => ({ media: { kind: 'photo', bytes: mastPhoto(random) }, album: 41 }) as const;
  return [
    at(
      1480,
      storm(0, 'Ночью 20–21 ноября: снег, метель, ветер 14–17 м/с. Водителям — осторожнее на трассах.'),
    ),
    at(1465, foreman(0, 'Бригада 3 смену сдала, замечаний нет. Бензин 40 л, масло в норме.')),
    at(1460, deskToCrew(0, 'Принято, спасибо. Доброй ночи.')),
    at(
      320,
      storm(
        0,
        'На 21–22 ноября: порывы ветра до 23 м/с, мокрый снег, гололёд. Краснодарский край, Адыгея. Работы на высоте — по согласованию.',
        { forwardOf: 'Гидрометцентр · Юг' },
      ),
    ),
    at(
      300,
      foreman(
        0,
        'Добрый день. Бригада 3 на смене до 20:00: Лыков, Гареев. Машина исправна, ДГУ 6 кВт с собой.',
      ),
    ),
    at(
      298,
      deskToCrew(0, 'Добрый день. Первый выезд — 23-077, замена АКБ, доступ согласован до 14:00.', {
        name: 'first',
      }),
    ),
    at(296, foreman(0, 'Принял, выезжаем.', { answers: 'first' })),
    at(
      231,
      electrician(0, '23-077: заменили, 4 банки. Напряжение 54,1 В, старые сдадим на склад.', {
        ...photo(),
        name: 'done',
      }),
    ),
    at(231, electrician(0, '', photo())),
    at(
      210,
      monitor(0, 'АВАРИЯ', 'БС 14417 · пропало питание 220 В · работа от АКБ · 51,9 В', { name: 'down' }),
    ),
    at(207, deskToCrew(0, 'Вижу, спасибо. Закрываю.', { answers: 'done' })),
    at(
      164,
      monitor(0, 'НОРМА', 'БС 14417 · питание 220 В восстановлено · перерыв 00:46', { answers: 'down' }),
    ),
    at(150, by({ chat: 'monitor', from: 'desk' })(0, '/ack 14417')),
    at(
      118,
      deskToTechnician(0, 'Руслан, после 52-041 загляните на 52-019: сосед жалуется на открытый шкаф.', {
        name: 'ask',
      }),
    ),
    at(116, technician(0, 'Понял, по пути.', { answers: 'ask' })),
    at(95, technician(0, 'Осмотр 52-041 закончил. Замечания: течёт кабельный ввод, фото скину из машины.')),
    at(62, technician(0, 'Ключи от 52-019 у охраны, вот телефон.')),
    at(
      61,
      technician(0, '', { media: { kind: 'contact', name: 'Охрана, пост 2', phone: '+7 900 555-01-77' } }),
    ),
    at(41, electrician(0, 'Сергей, у нас крышка щита на 23-118 так и не привезли.', { name: 'lid' })),
    at(38, foreman(0, 'Завтра с утра, склад обещал.', { answers: 'lid' })),
  ];
}

function at(minutesAgo: number, turn: TimedTurn): PastTurn {
  return { ...turn, minutesAgo };
}
