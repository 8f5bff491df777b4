import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './outbox.module.css';

const kinds = ['outbox'] as const;

/** Each try with what the provider answered, word for word. */
export function OutboxAttempts({ outboxId }: { readonly outboxId: number }) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  const format = useFormat();
  const errorText = useErrorText();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.outbox.attempts({ id: outboxId }, { signal }),
    [outboxId],
  );
  const { data, error } = useServerData(load, kinds);

  function outcomeText(outcome: string | null): string {
    if (outcome === null) return t('outbox.attempt.unfinished');
    return runtimeText(`outbox.attempt.outcome.${outcome}`) ?? outcome;
  }

  if (error && !data) return <p role="alert">{errorText(error)}</p>;
  if (!data) return <p className={styles.faint}>{t('common.loading')}</p>;
  if (data.attempts.length === 0) return <p className={styles.faint}>{t('outbox.attempt.none')}</p>;
  return (
    <ol className={styles.attempts} aria-label={t('outbox.attempt.title')}>
      {data.attempts.map((attempt) => (
        <li key={attempt.startedAt}>
          <time>{format.clock(attempt.startedAt)}</time> <strong>{outcomeText(attempt.outcome)}</strong>
          {attempt.detail ? <q className={styles.answer}>{attempt.detail}</q> : null}
        </li>
      ))}
    </ol>
  );
}
