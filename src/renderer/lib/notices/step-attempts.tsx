import { useTranslation } from 'react-i18next';
import type { ClimbStep } from '../../../shared/contract/notifications.ts';
import { safeText } from '../safe-text.ts';
import { useFormat } from '../use-format.ts';
import { moneyText } from './money.ts';
import styles from './notices.module.css';
import { useWhy } from './step-words.ts';

/** Every try by every route and everything the provider told, word for word. */
export function StepAttempts({ step }: { readonly step: ClimbStep }) {
  const { t } = useTranslation();
  const { attempts, receipts } = step;
  if (attempts.length === 0 && receipts.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>
        <span>{t('notifications.climb.details', { count: attempts.length })}</span>
        {step.providerId === null ? null : <code className={styles.id}>{safeText(step.providerId)}</code>}
      </summary>
      {attempts.length === 0 ? null : <Attempts attempts={attempts} />}
      {receipts.length === 0 ? null : <Receipts receipts={receipts} />}
    </details>
  );
}

function Attempts({ attempts }: Pick<ClimbStep, 'attempts'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useWhy();
  return (
    <ol className={styles.told} aria-label={t('notifications.climb.attempts')}>
      {attempts.map((attempt) => (
        <li key={attempt.id}>
          <time>{format.clock(attempt.startedAt)}</time>{' '}
          <span>{t('notifications.climb.by', { route: safeText(attempt.routeName) })}</span>{' '}
          <strong>{t(`notifications.climb.attempt.${attempt.outcome ?? 'unfinished'}`)}</strong>
          {attempt.code === null ? null : <span className={styles.faint}> {why(attempt.code)}</span>}
          {attempt.cost > 0 ? (
            <span className={styles.faint}>
              {' '}
              {t('notifications.climb.cost', { amount: moneyText(attempt.cost, format) })}
            </span>
          ) : null}
          {attempt.detail ? <q className={styles.word}>{safeText(attempt.detail)}</q> : null}
        </li>
      ))}
    </ol>
  );
}

/** Receipts come late: when it happened and when the desk learnt of it are two times. */
const lateMs = 5000;

function Receipts({ receipts }: Pick<ClimbStep, 'receipts'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className={styles.told} aria-label={t('notifications.climb.receipts')}>
      {receipts.map((receipt, index) => (
        // Nothing is told of a receipt but these words: its place is its name.
        <li key={index}>
          <time>{format.clock(receipt.at)}</time>{' '}
          <strong>{t(`notifications.climb.status.${receipt.status}`)}</strong>
          {receipt.takenAt - receipt.at > lateMs ? (
            <span className={styles.faint}>
              {' '}
              {t('notifications.climb.late', { time: format.clock(receipt.takenAt) })}
            </span>
          ) : null}
          {receipt.raw ? <q className={styles.word}>{safeText(receipt.raw)}</q> : null}
        </li>
      ))}
    </ol>
  );
}
