import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './import.module.css';
import { RefusalTable } from './refusal-table.tsx';
import { RunCounts } from './run-counts.tsx';
import { RunProgress } from './run-progress.tsx';
import { useGuardText, useRunErrorText } from './run-words.ts';
import { StepTitle } from './step-title.tsx';
import type { ImportActions, ImportState } from './use-import.ts';
import { useAllRefusals } from './use-all-refusals.ts';

/** What came of it. */
export function ImportResultStep({
  state,
  actions,
  onLeave,
}: {
  readonly state: ImportState;
  readonly actions: ImportActions;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const guardText = useGuardText();
  const runErrorText = useRunErrorText();
  const allRefusals = useAllRefusals();
  if (!state.result || state.result.run.state === 'running') return null;
  const { run, refusals } = state.result;
  const guard = run.state === 'asks' ? guardText(run) : null;
  const failure = runErrorText(run);
  const outcome = run.state === 'running' ? 'done' : run.state;
  return (
    <div className={styles.stack}>
      <StepTitle>{t(`assetImport.result.${outcome}`)}</StepTitle>
      <RunCounts run={run} done={run.state !== 'asks'} />
      {guard === null ? null : (
        <Notice tone="risk" alert title={t('assetImport.guard.title')}>
          {guard} {t('assetImport.guard.ask')}
        </Notice>
      )}
      {failure === null ? null : (
        <Notice tone="bad" alert>
          {failure} {t('assetImport.result.kept')}
        </Notice>
      )}
      {state.busy === 'import' ? (
        <RunProgress sourceName={state.sourceName.trim()} />
      ) : (
        <div className={styles.actions}>
          {guard === null ? null : (
            <Button kind="danger" onClick={() => void actions.run(true)}>
              {t('assetImport.report.goOn')}
            </Button>
          )}
          <Button kind={guard === null ? 'primary' : 'default'} onClick={onLeave}>
            {t('assetImport.result.show')}
          </Button>
          <Button onClick={() => actions.go('file')}>{t('assetImport.another')}</Button>
        </div>
      )}
      <RefusalTable
        refusals={refusals}
        total={Math.max(run.refused, refusals.length)}
        all={() => allRefusals(run.id)}
      />
    </div>
  );
}
