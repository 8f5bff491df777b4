import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/contract/session.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './shift.module.css';

type Next = { readonly personId: number; readonly startsAt: number; readonly endsAt: number };

const mostNext = 6;

/** Who is on duty with what in hand, the least busy first, and who comes next. */
export function OnDuty({
  people,
  next,
}: {
  readonly people: ReadonlyMap<number, Person>;
  readonly next: readonly Next[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const onDuty = [...people.values()]
    .filter((person) => person.onDutySince !== null)
    .toSorted((a, b) => a.load - b.load || a.name.localeCompare(b.name, 'ru'));
  return (
    <section className={styles.block} aria-label={t('shift.onDuty.title')}>
      <h2 className={styles.heading}>{t('shift.onDuty.title')}</h2>
      {onDuty.length === 0 ? <p className={styles.risk}>{t('shift.onDuty.nobody')}</p> : null}
      <ul className={styles.items}>
        {onDuty.map((person) => (
          <li key={person.id} className={`${styles.row} ${styles.spread}`}>
            <span>
              {person.name}
              {person.role === 'lead' ? (
                <span className={styles.faint}> · {t('shift.onDuty.lead')}</span>
              ) : null}
            </span>
            <span className={styles.faint}>
              {t('shift.onDuty.load', { count: person.load })} ·{' '}
              {t('shift.onDuty.since', { time: format.when(person.onDutySince ?? 0, now) })}
            </span>
          </li>
        ))}
      </ul>
      <h2 className={styles.heading}>{t('shift.onDuty.next')}</h2>
      {next.length === 0 ? <p className={styles.faint}>{t('shift.onDuty.nextNone')}</p> : null}
      <ul>
        {next.slice(0, mostNext).map(({ personId, startsAt, endsAt }) => (
          <li key={personId} className={styles.faint}>
            {t('shift.onDuty.nextLine', {
              name: people.get(personId)?.name ?? '',
              from: format.when(startsAt, now),
              to: format.when(endsAt, now),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
