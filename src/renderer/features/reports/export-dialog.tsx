import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  exportKinds,
  type ExportRequest,
  type ReportFilter,
  type ReportPeriod,
} from '../../../shared/contract/reports.ts';
import { useDesk } from '../../lib/desk.ts';
import { ExportProgress } from '../../lib/export-progress.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './reports.module.css';

const formats = ['xlsx', 'csvSemicolon', 'csvComma'] as const;
type FormatChoice = (typeof formats)[number];

/** A file of what is shown: made in core while work goes on, saved when it is ready. */
export function ExportDialog({
  open,
  first,
  period,
  filter,
  onClose,
}: {
  readonly open: boolean;
  readonly first: ExportRequest['what'];
  readonly period: ReportPeriod;
  readonly filter: ReportFilter;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const command = useCommand();
  const language = useStore(preferences.store, (state) => state.language);
  const [chosen, setWhat] = useState<ExportRequest['what']>();
  const what = chosen ?? first;
  const [format, setFormat] = useState<FormatChoice>('xlsx');
  const [job, setJob] = useState<string | null>(null);

  async function start(): Promise<void> {
    const started = await command(() =>
      rpc.reports.startExport({
        what,
        format: format === 'xlsx' ? 'xlsx' : 'csv',
        separator: format === 'csvComma' ? ',' : ';',
        language,
        period,
        filter,
      }),
    );
    if (started) setJob(started.id);
  }

  return (
    <Dialog
      open={open}
      onClose={() => {
        setJob(null);
        setWhat(undefined);
        onClose();
      }}
      title={t('reports.export.title')}
      closeLabel={t('settings.close')}
      footer={
        job === null ? (
          <Button kind="primary" onClick={() => void start()}>
            {t('reports.export.start')}
          </Button>
        ) : undefined
      }
    >
      {job === null ? (
        <>
          <Select
            label={t('reports.export.what')}
            value={what}
            onChange={(value) => setWhat(value as ExportRequest['what'])}
            options={exportKinds.map((value) => ({ value, label: t(`reports.export.whatOf.${value}`) }))}
          />
          <Select
            label={t('reports.export.format')}
            value={format}
            onChange={(value) => setFormat(value as FormatChoice)}
            options={formats.map((value) => ({ value, label: t(`reports.export.${value}`) }))}
          />
          <p className={styles.faint}>{t('reports.export.help')}</p>
        </>
      ) : (
        <ExportProgress id={job} onAgain={() => setJob(null)} />
      )}
    </Dialog>
  );
}
