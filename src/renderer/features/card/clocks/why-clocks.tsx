import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeadlineStep } from '../../../../shared/contract/incidents.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import styles from './clocks.module.css';
import { stepText, summaryText } from './step-text.ts';
import { useReason } from './use-reason.ts';
import { useWhy } from './use-clocks.ts';

type Explained = {
  readonly kind: string;
  readonly name: string;
  readonly nameEn: string;
  readonly steps: readonly DeadlineStep[];
};

/** How each deadline came about: one line that sums it up, and every step behind it. */
export function WhyClocks({ incidentId }: { readonly incidentId: number }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, status, reload } = useWhy(incidentId);
  if (!data) {
    if (status !== 'failed') return <div className={styles.why} aria-busy="true" />;
    return (
      <EmptyState
        tone="error"
        title={t('clocks.why.failed')}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      >
        {error ? errorText(error) : null}
      </EmptyState>
    );
  }
  if (data.clocks.length === 0) {
    return <EmptyState title={t('card.why.empty')}>{t('card.why.emptyText')}</EmptyState>;
  }
  return (
    <div className={styles.why} role="region" aria-label={t('card.why.label')} tabIndex={0}>
      {data.clocks.map((clock) => (
        <ClockSteps key={clock.kind} clock={clock} />
      ))}
    </div>
  );
}

function ClockSteps({ clock }: { readonly clock: Explained }) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const format = useFormat();
  const reason = useReason();
  const name = nameOf(clock, language);
  const words = { t, format, reason, language };
  return (
    <section className={styles.clock} aria-label={name}>
      <h3 className={styles.clockName}>{name}</h3>
      <p className={styles.sum}>{summaryText(clock.steps, words)}</p>
      <ol className={styles.steps}>
        {clock.steps.map((step, index) => (
          <li
            key={`${step.step} ${step.at} ${String(step.facts['percent'] ?? '')}`}
            className={styles.step}
            data-step={step.step}
            data-verdict={step.facts['verdict']}
          >
            <time dateTime={new Date(step.at).toISOString()} title={format.full(step.at)}>
              {whenText(step.at, clock.steps[index - 1]?.at)}
            </time>
            <span>{stepText(step, words)}</span>
          </li>
        ))}
      </ol>
    </section>
  );

  /** A day is said once. */
  function whenText(at: number, before: number | undefined): string {
    const day = format.date(at);
    const isSameDay = before !== undefined && format.date(before) === day;
    return isSameDay ? format.clock(at) : `${day} ${format.clock(at)}`;
  }
}
