import type { ReportPeriod } from '../../../shared/contract/reports.ts';
import { addDays } from '../../../shared/domain/local-day.ts';

export const periodKinds = ['today', 'week', 'month', 'quarter', 'year', 'custom'] as const;
export type PeriodKind = (typeof periodKinds)[number];

const lengths: Readonly<Record<Exclude<PeriodKind, 'custom'>, number>> = {
  today: 1,
  week: 7,
  month: 30,
  quarter: 90,
  year: 365,
};

/** Up to and with today. */
export function periodOf(kind: Exclude<PeriodKind, 'custom'>, today: string): ReportPeriod {
  return { from: addDays(today, 1 - lengths[kind]), to: today };
}
