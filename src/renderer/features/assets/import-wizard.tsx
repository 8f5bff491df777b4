import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { ImportFileStep } from './import-file-step.tsx';
import { ImportMappingStep } from './import-mapping-step.tsx';
import { ImportReportStep } from './import-report-step.tsx';
import { ImportResultStep } from './import-result-step.tsx';
import styles from './import.module.css';
import { useImport } from './use-import.ts';

const steps = ['file', 'mapping', 'report', 'result'] as const;

/** From a file to the registry: nothing changes before the last press. */
export function ImportWizard({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { state, actions } = useImport();
  const { step, error } = state;
  return (
    <Screen
      title={t('assetImport.title')}
      actions={<Button onClick={onLeave}>{t('assetImport.leave')}</Button>}
    >
      <div className={styles.wizard}>
        <ol className={styles.steps} aria-label={t('assetImport.steps.label')}>
          {steps.map((key) => (
            <li key={key} aria-current={key === step ? 'step' : undefined}>
              {t(`assetImport.steps.${key}`)}
            </li>
          ))}
        </ol>
        {error ? (
          <Notice tone="bad" alert>
            {errorText(error)}
          </Notice>
        ) : null}
        {step === 'file' ? <ImportFileStep state={state} actions={actions} /> : null}
        {step === 'mapping' ? <ImportMappingStep state={state} actions={actions} /> : null}
        {step === 'report' ? <ImportReportStep state={state} actions={actions} /> : null}
        {step === 'result' ? <ImportResultStep state={state} actions={actions} onLeave={onLeave} /> : null}
      </div>
    </Screen>
  );
}
