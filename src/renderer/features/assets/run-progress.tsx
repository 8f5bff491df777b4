import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../shared/contract/assets.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './import.module.css';

const kinds = ['asset-import'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.assets.runs({}, { signal });

export function useRuns() {
  return useServerData(load, kinds);
}

/** How far the run that goes on now has come, as the feed tells it. */
export function RunProgress({ sourceName }: { readonly sourceName: string }) {
  const { data } = useRuns();
  const run = data?.runs.find((other) => other.state === 'running' && other.sourceName === sourceName);
  return <Bar run={run} />;
}

function Bar({ run }: { readonly run: ImportRun | undefined }) {
  const { t } = useTranslation();
  const progress = useProgressText();
  return (
    <div className={styles.progress}>
      <p role="status">{t('assetImport.report.running')}</p>
      <progress
        aria-label={t('assetImport.steps.report')}
        {...(run?.rowsTotal ? { value: run.rows, max: run.rowsTotal } : {})}
      />
      <p className={styles.dim}>{run ? progress(run) : null}</p>
    </div>
  );
}

export function useProgressText(): (run: ImportRun) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ rows, rowsTotal }) => {
    if (rowsTotal === null && rows === 0) return t('assetImport.report.looking');
    return rowsTotal === null
      ? t('assetImport.report.counted', { done: format.number(rows) })
      : t('assetImport.report.progress', { done: format.number(rows), total: format.number(rowsTotal) });
  };
}
