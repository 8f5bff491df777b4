import type { ReportPeriod } from '../../shared/contract/reports.ts';
import { addDays, daysBetween, startOfDay } from '../../shared/domain/local-day.ts';
import { AppError } from '../../shared/errors.ts';

export type Period = {
  readonly days: readonly string[];
  /** Where each day begins, and after the last one where the period ends. */
  readonly starts: readonly number[];
  readonly from: number;
  readonly before: number;
  /** Index of the day that holds a moment of the period. */
  dayOf(at: number): number;
  /** Hour of the local day, 0 to 23; of a day whose index is known already. */
  hourOf(at: number, day?: number): number;
};

/** Four years: longer than a desk keeps what it has not archived, and few enough days to draw. */
const mostDays = 1461;
const hourMs = 3_600_000;

/** Throws `invalid-input` (reason `period`) when the days are the wrong way round, no days, or too many. */
export function toPeriod({ from, to }: ReportPeriod, zone: string): Period {
  const count = daysBetween(from, to) + 1;
  if (!(count >= 1 && count <= mostDays))
    throw new AppError('invalid-input', { details: { reason: 'period' } });
  const days = Array.from({ length: count }, (_, index) => addDays(from, index));
  const starts = [...days, addDays(to, 1)].map((day) => startOfDay(day, zone));
  const [first = 0] = starts;
  const dayOf = (at: number) => {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    days,
    starts,
    from: first,
    before: starts.at(-1) ?? 0,
    dayOf,
    // Twice a year a day has an hour more or less: its last hours are counted as the one before midnight.
    hourOf: (at, day = dayOf(at)) =>
      Math.min(23, Math.max(0, Math.floor((at - (starts[day] ?? 0)) / hourMs))),
  };
}
