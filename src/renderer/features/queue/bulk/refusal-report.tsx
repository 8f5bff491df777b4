import { useTranslation } from 'react-i18next';
import type { BulkRefusal } from '../../../../shared/contract/bulk.ts';
import { AppError, errorCodes } from '../../../../shared/errors.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import styles from './selection-bar.module.css';

/** Which of many were refused, and why each. */
export function RefusalReport({
  refused,
  onClose,
}: {
  readonly refused: readonly BulkRefusal[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <Dialog
      open={refused.length > 0}
      onClose={onClose}
      title={t('notes.bulk.report')}
      closeLabel={t('common.close')}
      footer={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <p>{t('notes.bulk.reportText')}</p>
      <ul className={styles.refused} aria-label={t('notes.bulk.why')}>
        {refused.map((one) => (
          <li key={one.id}>
            <a href={`#/queue/${one.id}`} className={styles.code} onClick={onClose}>
              {one.code}
            </a>
            <span>{errorText(toError(one))}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function toError({ error, details }: BulkRefusal): AppError {
  return new AppError(errorCodes.find((code) => code === error) ?? 'conflict', { details });
}
