import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/use-format.ts';
import styles from './attachments.module.css';

/** In place of words that were removed, so that nobody takes them for never written. */
export function TextGone({ at }: { readonly at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <p className={styles.gone}>{t('keeping.retention.textGone', { day: format.date(at) })}</p>;
}
