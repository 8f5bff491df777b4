import { useTranslation } from 'react-i18next';
import type { CallTurnView } from '../../../shared/contract/calls.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './page.module.css';
import { TurnLadder } from './turn-ladder.tsx';
import { useWhy } from './use-why.ts';

/** Whom it was put to, in order, why each, and what became of it. */
export function CallTurns({ turns }: { readonly turns: readonly CallTurnView[] }) {
  const { t } = useTranslation();
  if (turns.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t('calls.page.turns')}>
      <h3>{t('calls.page.turns')}</h3>
      <ol className={styles.turns}>
        {turns.map((turn, index) => (
          <Turn key={turn.id} turn={turn} number={index + 1} />
        ))}
      </ol>
    </section>
  );
}

function Turn({ turn, number }: { readonly turn: CallTurnView; readonly number: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { ofTurn } = useWhy();
  const { name, why, askedAt, silentAt, endedAt, outcome, reason, notificationId } = turn;
  const waits = endedAt === null && outcome === null;
  return (
    <li data-outcome={outcome ?? undefined}>
      <span>
        <b>{t('calls.page.turn', { number, name })}</b>
        {outcome ? ` — ${t(`calls.outcome.${outcome}`)}` : waits ? ` — ${t('calls.page.turnNow')}` : ''}
        {reason ? `: ${safeLine(reason)}` : ''}
      </span>
      <span className={styles.faint} title={format.full(askedAt)}>
        {[
          t('calls.page.turnAsked', { at: format.when(askedAt, now) }),
          endedAt === null ? '' : t('calls.page.after', { time: format.age(Math.max(0, endedAt - askedAt)) }),
          waits && silentAt !== null
            ? t('calls.page.turnSilent', { time: format.countdown(Math.max(0, silentAt - now)) })
            : '',
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
      <span className={styles.faint}>{t('calls.page.why', { why: ofTurn(why) })}</span>
      {notificationId === null ? null : <TurnLadder notificationId={notificationId} name={name} />}
    </li>
  );
}
