import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../shared/contract/assets.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './import.module.css';

/** The numbers of one run, as what would happen or what did. */
export function RunCounts({ run, done }: { readonly run: ImportRun; readonly done: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = [
    ['rows', run.rows],
    [done ? 'addedDone' : 'added', run.added],
    [done ? 'changedDone' : 'changed', run.changed],
    [done ? 'goneDone' : 'gone', run.gone],
    ['refused', run.refused],
  ] as const;
  return (
    <dl className={styles.counts} aria-label={t('assetImport.counts.label')}>
      {counts.map(([key, count]) => (
        <div key={key} data-tone={key === 'refused' && count > 0 ? 'risk' : undefined}>
          <dt>{t(`assetImport.counts.${key}`)}</dt>
          <dd>{format.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
