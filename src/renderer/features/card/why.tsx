import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DeadlineStep } from '../../../shared/contract/incidents.ts';
import type { Format } from '../../lib/format.ts';
import { useFormat } from '../../lib/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import lineStyles from './event-line.module.css';
import styles from './timeline.module.css';

/** How the deadline came about, step by step. */
export function Why({ steps }: { readonly steps: readonly DeadlineStep[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (steps.length === 0) {
    return <EmptyState title={t('card.why.empty')}>{t('card.why.emptyText')}</EmptyState>;
  }
  return (
    <div className={styles.flow} aria-label={t('card.why.label')} tabIndex={0} role="region">
      <ol className={styles.content}>
        {steps.map((step) => (
          <li key={`${step.step}${step.at}`} className={lineStyles.line}>
            <time className={lineStyles.time}>{format.full(step.at)}</time>
            <span className={lineStyles.text}>{stepText(step, t, format)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function stepText({ step, facts }: DeadlineStep, t: TFunction, format: Format): string {
  const number = (name: string): number => Number(facts[name] ?? 0);
  switch (step) {
    case 'started':
      return t('card.why.started');
    case 'target-set':
      return facts['slaMinutes'] === null
        ? t('card.why.target-none')
        : t('card.why.target-set', { minutes: format.number(number('slaMinutes')) });
    case 'paused':
      return t('card.why.paused', { reason: String(facts['reason'] ?? '') });
    case 'resumed':
      return t('card.why.resumed', { length: format.age(number('pausedMs')) });
    case 'restarted':
      return t('card.why.restarted');
    case 'due':
      return t('card.why.due');
    case 'ended':
      return t('card.why.ended');
    default:
      return t('card.why.other', { step });
  }
}
