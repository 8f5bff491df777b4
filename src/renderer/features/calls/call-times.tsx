import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/calls.ts';
import { isCallOpen } from '../../../shared/domain/calls.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { urgencyOf } from './call-clock.tsx';
import styles from './page.module.css';

/** When each step was made and how long after the one before; the clocks beside what they measure. */
export function CallTimes({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const ended = isCallOpen(call.state) ? 'completed' : (call.state as 'completed' | 'declined' | 'cancelled');
  const steps = [
    { key: 'created', at: call.createdAt, clock: null },
    { key: 'accepted', at: call.acceptedAt, clock: 'accept' },
    { key: 'on-the-way', at: call.onTheWayAt, clock: null },
    { key: 'in-progress', at: call.inProgressAt, clock: 'arrive' },
    { key: ended, at: call.endedAt, clock: 'complete' },
  ] as const;
  // A call that ended skips what never came.
  const shown = steps.filter(({ at }) => at !== null || isCallOpen(call.state));
  return (
    <section className={styles.section} aria-label={t('calls.page.times')}>
      <h3>{t('calls.page.times')}</h3>
      <ol className={styles.times}>
        {shown.map(({ key, at, clock: kind }, index) => {
          const before = shown.slice(0, index).findLast((step) => step.at !== null)?.at ?? null;
          const clock = call.clocks.find((found) => found.kind === kind);
          const urgency = clock ? urgencyOf(clock, clock.endedAt ?? now) : null;
          return (
            <li key={key} data-done={at !== null || undefined}>
              <span>{t(`calls.page.time.${key}`)}</span>
              <span className={styles.when} title={at === null ? undefined : format.full(at)}>
                {at === null ? t('calls.page.notYet') : format.when(at, now)}
              </span>
              <span className={styles.faint}>
                {at !== null && before !== null
                  ? t('calls.page.after', { time: format.age(Math.max(0, at - before)) })
                  : null}
                {clock && urgency === 'overdue' ? (
                  <span className={styles.late}>
                    {' '}
                    <StatusGlyph urgency="overdue" label={t(`calls.clockLate.${clock.kind}`)} />{' '}
                    {t(`calls.clockLate.${clock.kind}`)}
                  </span>
                ) : null}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
