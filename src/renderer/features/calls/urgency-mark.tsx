import { useTranslation } from 'react-i18next';
import type { Urgency } from '../../../shared/domain/reaching.ts';
import styles from './calls.module.css';

/** How urgent a call is: nothing for the usual one, a shape and a word for the others. */
export function UrgencyMark({ urgency }: { readonly urgency: Urgency }) {
  const { t } = useTranslation();
  if (urgency === 'normal') return null;
  return (
    <span className={styles.urgency} data-urgency={urgency}>
      <span aria-hidden="true">{urgency === 'critical' ? '!' : '▲'}</span> {t(`calls.urgency.${urgency}`)}
    </span>
  );
}
