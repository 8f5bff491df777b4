import { useTranslation } from 'react-i18next';
import type { CallLine } from '../../../shared/contract/calls.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { StatusGlyph, type Urgency } from '../../ui/status-glyph.tsx';
import styles from './calls.module.css';

type Clock = NonNullable<CallLine['clock']>;

/** The last quarter of its time is a risk. */
export function urgencyOf({ startedAt, dueAt }: Clock, now: number): Urgency {
  if (now > dueAt) return 'overdue';
  return dueAt - now <= (dueAt - startedAt) / 4 ? 'risk' : 'calm';
}

/** What runs now, ticking: colour, shape and words. */
export function CallClock({ clock }: { readonly clock: Clock }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const urgency = urgencyOf(clock, now);
  const name = t(urgency === 'overdue' ? `calls.clockLate.${clock.kind}` : `calls.clock.${clock.kind}`);
  return (
    <span
      className={styles.clock}
      data-urgency={urgency}
      title={t('calls.clockDue', { name, at: format.full(clock.dueAt) })}
    >
      <StatusGlyph urgency={urgency} label={name} />
      <span className={styles.number}>{format.countdown(clock.dueAt - now)}</span>
    </span>
  );
}

/** When the next one is called if this one says nothing. */
export function SilentIn({ at, passesOn }: { readonly at: number; readonly passesOn: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  return (
    <span className={styles.faint}>
      {t(passesOn ? 'calls.silentIn' : 'calls.alarmIn', { time: format.countdown(Math.max(0, at - now)) })}
    </span>
  );
}
