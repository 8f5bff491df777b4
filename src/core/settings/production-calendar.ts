import type { CalendarDayRecord } from '../db/calendar-store.ts';

const newYear = 'Новогодние каникулы';
const christmas = 'Рождество Христово';
const defender = 'День защитника Отечества';
const women = 'Международный женский день';
const labour = 'Праздник Весны и Труда';
const victory = 'День Победы';
const russia = 'День России';
const unity = 'День народного единства';
const before = 'Предпраздничный день';

type Days = readonly (readonly [string, CalendarDayRecord['kind'], string])[];

const everyJanuary: Days = [
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-08'].map(
    (day) => [day, 'off', newYear] as const,
  ),
  ['01-07', 'off', christmas],
];

/** The holidays of the Labour Code, whatever their weekday. */
const everyYear: Days = [
  ...everyJanuary,
  ['02-23', 'off', defender],
  ['03-08', 'off', women],
  ['05-01', 'off', labour],
  ['05-09', 'off', victory],
  ['06-12', 'off', russia],
  ['11-04', 'off', unity],
];

const moved: Readonly<Record<number, Days>> = {
  2025: [
    ['03-07', 'short', before],
    ['04-30', 'short', before],
    ['05-02', 'off', 'Перенос с 4 января'],
    ['05-08', 'off', 'Перенос с 23 февраля'],
    ['06-11', 'short', before],
    ['06-13', 'off', 'Перенос с 8 марта'],
    ['11-01', 'short', 'Рабочая суббота перед праздником'],
    ['11-03', 'off', 'Перенос с 1 ноября'],
    ['12-31', 'off', 'Перенос с 5 января'],
  ],
  2026: [
    ['01-09', 'off', 'Перенос с 3 января'],
    ['03-09', 'off', 'Перенос с 8 марта'],
    ['04-30', 'short', before],
    ['05-08', 'short', before],
    ['05-11', 'off', 'Перенос с 9 мая'],
    ['06-11', 'short', before],
    ['11-03', 'short', before],
    ['12-31', 'off', 'Перенос с 4 января'],
  ],
  // What follows from the code alone: the days the government moves by decree are added on the screen.
  2027: [
    ['02-22', 'short', before],
    ['04-30', 'short', before],
    ['05-03', 'off', 'Перенос с 1 мая'],
    ['05-10', 'off', 'Перенос с 9 мая'],
    ['06-11', 'short', before],
    ['06-14', 'off', 'Перенос с 12 июня'],
    ['11-03', 'short', before],
    ['12-31', 'short', before],
  ],
};

/** Days of Russia's production calendar that a new desk begins with. */
export function productionDays(): CalendarDayRecord[] {
  return Object.entries(moved).flatMap(([year, days]) =>
    [...everyYear, ...days].map(([day, kind, name]) => ({ day: `${year}-${day}`, kind, name })),
  );
}
