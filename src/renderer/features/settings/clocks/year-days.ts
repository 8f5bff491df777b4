import type { CalendarDay } from '../../../../shared/contract/clocks.ts';

export type DayMark = CalendarDay['kind'] | 'none';

const dayMs = 86_400_000;
const cycle: Readonly<Record<DayMark, CalendarDay['kind'] | null>> = {
  none: 'off',
  off: 'short',
  short: 'work',
  work: null,
};

/** What a press makes of a day: ordinary, off, shortened, working, and ordinary again; null is ordinary. */
export function nextKind(mark: DayMark): CalendarDay['kind'] | null {
  return cycle[mark];
}

/** Days of a month as YYYY-MM-DD, with how many cells of its first week stand empty before them. */
export function monthDays(year: number, month: number): { readonly blanks: number; readonly days: string[] } {
  const first = Date.UTC(year, month);
  const count = Math.round((Date.UTC(year, month + 1) - first) / dayMs);
  const days = Array.from({ length: count }, (_, index) => isoOf(first + index * dayMs));
  return { blanks: (new Date(first).getUTCDay() + 6) % 7, days };
}

export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** Where an arrow leads from a day; undefined for another key, or out of the year. */
export function neighbour(day: string, key: string): string | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const step = steps[key];
  if (step === undefined) return undefined;
  const other = isoOf(Date.parse(`${day}T00:00:00Z`) + step * dayMs);
  return other.slice(0, 4) === day.slice(0, 4) ? other : undefined;
}

function isoOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
