import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportsPart } from '../../lib/router.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { CompletenessTab } from './completeness-tab.tsx';
import { DashboardTab } from './dashboard-tab.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { JournalTab } from './journal-tab.tsx';
import styles from './reports.module.css';
import { useReportChoice } from './use-report-choice.ts';
import { Button } from '../../ui/button.tsx';

/** What the desk has done, and the proof that nothing was lost. */
export function ReportsScreen({
  part,
  onGo,
  onOpenIncident,
  onOpenAsset,
}: {
  readonly part: ReportsPart;
  readonly onGo: (part: ReportsPart) => void;
  readonly onOpenIncident: (id: number) => void;
  readonly onOpenAsset: (id: number) => void;
}) {
  const { t } = useTranslation();
  const choice = useReportChoice();
  const [exporting, setExporting] = useState(false);
  return (
    <section className={styles.screen} aria-label={t('reports.title')}>
      <h1 className="visually-hidden">{t('reports.title')}</h1>
      <Tabs
        label={t('reports.tabs.label')}
        value={part}
        onChange={(key) => onGo(key as ReportsPart)}
        tabs={(['dashboard', 'completeness', 'journal'] as const).map((key) => ({
          key,
          label: t(`reports.tabs.${key}`),
        }))}
        trailing={
          <div className={styles.tabActions}>
            <Button onClick={() => setExporting(true)}>{t('reports.export.button')}</Button>
          </div>
        }
      >
        {part === 'dashboard' ? (
          <DashboardTab choice={choice} onOpenIncident={onOpenIncident} onOpenAsset={onOpenAsset} />
        ) : part === 'completeness' ? (
          <CompletenessTab />
        ) : (
          <JournalTab choice={choice} onOpenIncident={onOpenIncident} />
        )}
      </Tabs>
      <ExportDialog
        open={exporting}
        first={part === 'dashboard' ? 'incidents' : part}
        period={choice.period}
        filter={choice.filter}
        onClose={() => setExporting(false)}
      />
    </section>
  );
}
