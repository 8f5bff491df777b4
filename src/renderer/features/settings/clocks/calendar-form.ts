import type { CalendarView } from '../../../../shared/contract/clocks.ts';
import { weekProblem, type DayHours } from '../../../../shared/domain/working-calendar.ts';

/** As typed: `from` and `to` are times of a clock; a `to` that is not after `from` is of the next day. */
export type IntervalText = { readonly from: string; readonly to: string };

export type CalendarForm = Omit<CalendarView, 'id' | 'week'> & {
  readonly id: number | null;
  readonly week: readonly (readonly IntervalText[])[];
};

const dayMinutes = 1440;

export function formOf(calendar: CalendarView): CalendarForm {
  const week = calendar.week.map((day) =>
    day.map(([from, to]) => ({ from: clockText(from), to: clockText(to) })),
  );
  return { ...calendar, week };
}

export function passesMidnight({ from, to }: IntervalText): boolean {
  const [start, stop] = [minuteOf(from), minuteOf(to)];
  return start !== undefined && stop !== undefined && stop <= start;
}

type Problem = NonNullable<ReturnType<typeof weekProblem>> | 'time';

/** The week in minutes, or what is wrong with it. */
export function weekOf(
  week: CalendarForm['week'],
): { readonly week: DayHours[] } | { readonly problem: Problem } {
  const days: (readonly [number, number])[][] = [];
  for (const day of week) {
    const hours: (readonly [number, number])[] = [];
    for (const interval of day) {
      const from = minuteOf(interval.from);
      const to = minuteOf(interval.to);
      if (from === undefined || to === undefined) return { problem: 'time' };
      hours.push([from, to <= from ? to + dayMinutes : to]);
    }
    days.push(hours.toSorted((one, other) => one[0] - other[0]));
  }
  const problem = weekProblem(days);
  return problem ? { problem } : { week: days };
}

/** Minutes after midnight, or undefined for what is no time of a clock. */
function minuteOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  // 24:00 is how people write the end of a day.
  if (minute === dayMinutes) return 0;
  return minute < dayMinutes && Number(minutes) < 60 ? minute : undefined;
}

function clockText(minute: number): string {
  const ofDay = minute % dayMinutes;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
