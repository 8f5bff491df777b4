import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  exportKinds,
  type ExportRequest,
  type ExportState,
  type ReportFilter,
  type ReportPeriod,
} from '../../../shared/contract/reports.ts';
import { toAppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './reports.module.css';

const formats = ['xlsx', 'csvSemicolon', 'csvComma'] as const;
type FormatChoice = (typeof formats)[number];
const askAgainMs = 300;

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
        <Progress id={job} onAgain={() => setJob(null)} />
      )}
    </Dialog>
  );
}

function Progress({ id, onAgain }: { readonly id: string; readonly onAgain: () => void }) {
  const { t } = useTranslation();
  const { rpc, base } = useDesk();
  const format = useFormat();
  const errorText = useErrorText();
  const command = useCommand();
  const state = useExportState(id);
  if (!state) return <p className={styles.faint}>{t('reports.loading')}</p>;
  if (state.state === 'ready') {
    return (
      <Notice tone="good" alert>
        <p>{t('reports.export.ready', { name: state.fileName })}</p>
        <a className={styles.save} href={`${base}export/${id}`} download={state.fileName}>
          {t('reports.export.save', { name: state.fileName })}
        </a>
      </Notice>
    );
  }
  if (state.state !== 'running') {
    const isCancelled = state.state === 'cancelled';
    return (
      <Notice
        tone={isCancelled ? 'info' : 'bad'}
        alert
        action={<Button onClick={onAgain}>{t('common.retry')}</Button>}
      >
        {isCancelled ? t('reports.export.cancelled') : t('reports.export.failed')}{' '}
        {state.reason === null
          ? null
          : errorText(toAppError({ code: 'unavailable', details: { reason: state.reason } }))}
      </Notice>
    );
  }
  const rows = format.number(state.rows);
  return (
    <div className={styles.progress}>
      <progress
        aria-label={t('reports.export.progress')}
        value={state.total === null ? undefined : state.rows}
        max={Math.max(1, state.total ?? 1)}
      />
      <p>
        {state.total === null
          ? t('reports.export.running', { rows })
          : t('reports.export.runningOf', { rows, total: format.number(state.total) })}
      </p>
      <Button onClick={() => void command(() => rpc.reports.cancelExport({ id }))}>
        {t('reports.export.cancel')}
      </Button>
    </div>
  );
}

function useExportState(id: string): ExportState | undefined {
  const { rpc } = useDesk();
  const [state, setState] = useState<ExportState>();
  useEffect(() => {
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const next = await rpc.reports.exportState({ id }, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      if (next) setState(next);
      // A lost connection is asked again as well: the file is made without the page.
      if (!next || next.state === 'running') timer = setTimeout(() => void ask(), askAgainMs);
    };
    void ask();
    return () => {
      stopping.abort();
      clearTimeout(timer);
    };
  }, [rpc, id]);
  return state;
}
