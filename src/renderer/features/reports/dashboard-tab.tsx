import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../shared/contract/reports.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AlarmPanel, Fact } from './alarm-panel.tsx';
import { ClocksTable } from './clocks-table.tsx';
import { DaysChart } from './days-chart.tsx';
import { duration } from './duration.ts';
import { GroupTable } from './group-table.tsx';
import { HourStrip } from './hour-strip.tsx';
import { PeriodBar } from './period-bar.tsx';
import { RepeatingTable } from './repeating-table.tsx';
import styles from './reports.module.css';
import type { ReportChoice } from './use-report-choice.ts';

const followed = [] as const;
/** Numbers of weeks do not change by the second: asked anew once a minute, and when something else is looked at. */
const refreshMs = 60_000;

export function DashboardTab({
  choice,
  onOpenIncident,
  onOpenAsset,
}: {
  readonly choice: ReportChoice;
  readonly onOpenIncident: (id: number) => void;
  readonly onOpenAsset: (id: number) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { period, filter } = choice;
  const load = useCallback(
    (rpc: Rpc, signal: AbortSignal) => rpc.reports.dashboard({ period, filter }, { signal }),
    [period, filter],
  );
  const { data, status, error, reload } = useServerData(load, followed);
  // What was shown stays, dimmed, while the next is counted.
  const [last, setLast] = useState<Dashboard>();
  if (data && data !== last) setLast(data);
  const shown = data ?? last;
  useEffect(() => {
    const timer = setInterval(reload, refreshMs);
    return () => clearInterval(timer);
  }, [reload]);

  return (
    <div className={styles.scrolling}>
      <PeriodBar choice={choice} asOf={data?.asOf} />
      {error && !data ? (
        <EmptyState
          tone="error"
          title={errorText(error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      ) : null}
      {shown && !(error && !data) ? (
        <div className={styles.board} data-dim={!data || status === 'stale' || undefined}>
          <Totals shown={shown} filtered={Object.values(filter).some((values) => values.length > 0)} />
          <DaysChart days={shown.days} />
          <ClocksTable clocks={shown.clocks} />
          <GroupTable shown={shown} />
          <HourStrip hours={shown.hours} />
          <AlarmPanel alarms={shown.alarms} />
          <RepeatingTable
            repeating={shown.repeating}
            total={shown.repeatingTotal}
            onOpenIncident={onOpenIncident}
            onOpenAsset={onOpenAsset}
          />
        </div>
      ) : null}
      {!shown && !error ? <p className={styles.faint}>{t('reports.loading')}</p> : null}
    </div>
  );
}

function Totals({ shown, filtered }: { readonly shown: Dashboard; readonly filtered: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { totals, before, life } = shown;
  const was = (count: number) => t('reports.totals.before', { count });
  return (
    <section className={styles.section} aria-label={t('reports.totals.label')}>
      <dl className={styles.facts}>
        <Fact
          name={t('reports.totals.opened')}
          value={format.number(totals.opened)}
          text={was(before.opened)}
        />
        <Fact
          name={t('reports.totals.closed')}
          value={format.number(totals.closed)}
          text={was(before.closed)}
        />
        <Fact name={t('reports.totals.open')} value={format.number(totals.open)} />
        <Fact
          name={t('reports.totals.life')}
          value={duration(life.medianMs, format)}
          text={
            life.p90Ms === null
              ? undefined
              : t('reports.totals.lifeText', {
                  median: duration(life.medianMs, format),
                  p90: duration(life.p90Ms, format),
                })
          }
        />
        <Fact
          name={t('reports.totals.letters')}
          value={format.number(totals.lettersIn + totals.lettersOut)}
          text={t('reports.totals.lettersText', {
            received: format.number(totals.lettersIn),
            sent: format.number(totals.lettersOut),
          })}
        />
      </dl>
      {filtered ? <p className={styles.faint}>{t('reports.filtered')}</p> : null}
    </section>
  );
}
