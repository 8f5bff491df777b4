import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './import.module.css';
import { RefusalTable } from './refusal-table.tsx';
import { RunCounts } from './run-counts.tsx';
import { RunProgress } from './run-progress.tsx';
import { useGuardText } from './run-words.ts';
import { StepTitle } from './step-title.tsx';
import type { ImportActions, ImportState } from './use-import.ts';

/** What an import would do. A guard is answered here, before anything is written. */
export function ImportReportStep({
  state,
  actions,
}: {
  readonly state: ImportState;
  readonly actions: ImportActions;
}) {
  const { t } = useTranslation();
  const guardText = useGuardText();
  if (!state.report) return null;
  const { run, refusals } = state.report;
  const guard = guardText(run);
  // A file that mostly cannot be read was read by the wrong columns: the way back comes first.
  const isMisread = guard === null && run.refused * 2 > run.rows;
  const isIdle = guard === null && run.added + run.changed + run.gone === 0;
  return (
    <div className={styles.stack}>
      <StepTitle>{t('assetImport.report.title')}</StepTitle>
      {state.busy === 'import' ? null : (
        <p className={styles.dim}>{t(isIdle ? 'assetImport.report.nothing' : 'assetImport.report.text')}</p>
      )}
      <RunCounts run={run} done={false} />
      {guard === null ? null : (
        <Notice tone="risk" alert title={t('assetImport.guard.title')}>
          {guard} {t('assetImport.guard.ask')}
        </Notice>
      )}
      {isMisread ? (
        <Notice tone="risk" alert title={t('assetImport.report.misread')}>
          {t('assetImport.report.misreadText')}
        </Notice>
      ) : null}
      {state.busy === 'import' ? (
        <RunProgress sourceName={state.sourceName.trim()} />
      ) : (
        <div className={styles.actions}>
          <Button
            kind={guard !== null ? 'danger' : isMisread ? 'default' : 'primary'}
            onClick={() => void actions.run(guard !== null)}
          >
            {t(guard === null ? 'assetImport.report.go' : 'assetImport.report.goOn')}
          </Button>
          <Button kind={isMisread ? 'primary' : 'default'} onClick={() => actions.go('mapping')}>
            {t('assetImport.report.fix')}
          </Button>
        </div>
      )}
      <RefusalTable refusals={refusals} total={Math.max(run.refused, refusals.length)} />
    </div>
  );
}
