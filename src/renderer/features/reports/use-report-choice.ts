import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ReportFilter, ReportPeriod } from '../../../shared/contract/reports.ts';
import { localDay } from '../../../shared/domain/local-day.ts';
import { useDesk } from '../../lib/desk.ts';
import { periodOf, type PeriodKind } from './period.ts';

export type ReportChoice = {
  readonly kind: PeriodKind;
  readonly period: ReportPeriod;
  readonly filter: ReportFilter;
  readonly today: string;
  readonly setKind: (kind: PeriodKind) => void;
  readonly setPeriod: (period: ReportPeriod) => void;
  readonly setFilter: (filter: ReportFilter) => void;
};

export const noFilter: ReportFilter = {
  regionIds: [],
  macroregionIds: [],
  personIds: [],
  contractorIds: [],
  typeIds: [],
  groupIds: [],
};

/** What is looked at; kept while the screen is open. */
export function useReportChoice(): ReportChoice {
  const { shell, ticker } = useDesk();
  const zone = useStore(shell, (state) => state.zone);
  const [kind, setKind] = useState<PeriodKind>('week');
  const today = localDay(ticker.second(), zone);
  const [custom, setPeriod] = useState<ReportPeriod>(() => periodOf('week', today));
  const [filter, setFilter] = useState<ReportFilter>(noFilter);
  const period = useMemo(() => (kind === 'custom' ? custom : periodOf(kind, today)), [kind, custom, today]);
  return {
    kind,
    period,
    filter,
    today,
    setKind(next) {
      // One's own period begins with the one that was shown.
      if (next === 'custom') setPeriod(period);
      setKind(next);
    },
    setPeriod,
    setFilter,
  };
}
