import { weekdayName } from './weekday.ts';

type Hours = readonly { readonly from: string; readonly to: string }[];

/** A week in a line: days that follow one another and are alike stand together, days off are not named. */
export function weekText(week: readonly Hours[], language: 'ru' | 'en'): string {
  const days = week.map((day) => day.map(({ from, to }) => `${from}–${to}`).join(', '));
  const name = (index: number): string => weekdayName(index, language, 'short');
  return days
    .flatMap((hours, first) => {
      if (hours === '' || days[first - 1] === hours) return [];
      const after = days.findIndex((other, index) => index > first && other !== hours);
      const last = (after < 0 ? days.length : after) - 1;
      return [`${last > first ? `${name(first)}–${name(last)}` : name(first)} ${hours}`];
    })
    .join('; ');
}
