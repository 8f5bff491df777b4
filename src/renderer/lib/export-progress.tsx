import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportState } from '../../shared/contract/reports.ts';
import { toAppError } from '../../shared/errors.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from './desk.ts';
import { useErrorText } from './error-text.ts';
import styles from './export-progress.module.css';
import { useCommand } from './use-command.ts';
import { useFormat } from './use-format.ts';

const askAgainMs = 300;

/** A file on its way: made in core while work goes on, saved when it is ready. */
export function ExportProgress({ id, onAgain }: { readonly id: string; readonly onAgain: () => void }) {
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
