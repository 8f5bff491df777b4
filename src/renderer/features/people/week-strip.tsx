import { useTranslation } from 'react-i18next';
import type { Person, RosterRule } from '../../../shared/contract/session.ts';
import { shortName } from '../../lib/people-store.ts';
import { useSecond } from '../../lib/ticker.ts';
import styles from './people.module.css';
import { toClockText, uncovered, weekdayIndexes, weekOf, type Stretch } from '../../lib/roster/roster.ts';
import { weekMinute } from './week-minute.ts';

const weekMinutes = 7 * 1440;

/** The week by roster: a line for each person, one for the hours nobody covers, and where now is. */
export function WeekStrip({
  people,
  rules,
  zone,
}: {
  readonly people: readonly Person[];
  readonly rules: readonly RosterRule[];
  readonly zone: string;
}) {
  const { t } = useTranslation();
  const now = useSecond();
  const rostered = people.filter((person) => rules.some((rule) => rule.personId === person.id));
  const ids = new Set(rostered.map(({ id }) => id));
  const gaps = uncovered(rules.filter((rule) => ids.has(rule.personId)));
  const nowShare = weekMinute(now, zone) / weekMinutes;

  if (rostered.length === 0) {
    return (
      <section className={styles.week} aria-label={t('people.week.title')}>
        <h2 className={styles.heading}>{t('people.week.title')}</h2>
        <p className={styles.faint}>{t('people.week.noRules')}</p>
      </section>
    );
  }

  return (
    <section className={styles.week} aria-label={t('people.week.title')}>
      <h2 className={styles.heading}>{t('people.week.title')}</h2>
      <div className={styles.weekGrid}>
        <span />
        <div className={styles.weekDays} aria-hidden="true">
          {weekdayIndexes.map((day) => (
            <span key={day}>{t(`people.day.short.d${day}`)}</span>
          ))}
          <i className={styles.now} style={{ insetInlineStart: `${nowShare * 100}%` }} />
        </div>
        {rostered.map((person) => (
          <StripLine
            key={person.id}
            name={shortName(person.name)}
            stretches={weekOf(rules.filter((rule) => rule.personId === person.id))}
            onDuty={person.onDutySince !== null}
            nowShare={nowShare}
            tone="shift"
          />
        ))}
        {gaps.length === 0 ? null : (
          <StripLine
            name={t('people.week.gap')}
            stretches={gaps}
            onDuty={false}
            nowShare={nowShare}
            tone="gap"
          />
        )}
      </div>
      {gaps.length === 0 ? <p className={styles.faint}>{t('people.week.covered')}</p> : null}
    </section>
  );
}

function StripLine({
  name,
  stretches,
  onDuty,
  nowShare,
  tone,
}: {
  readonly name: string;
  readonly stretches: readonly Stretch[];
  readonly onDuty: boolean;
  readonly nowShare: number;
  readonly tone: 'shift' | 'gap';
}) {
  const { t } = useTranslation();
  const words = (stretch: Stretch): string =>
    t('people.week.stretch', {
      name,
      day: t(`people.day.long.d${dayKey(stretch.day)}`),
      from: toClockText(stretch.startMinute),
      to: toClockText(stretch.endMinute),
    });

  return (
    <>
      <span className={styles.weekName} data-tone={tone}>
        {name}
        {onDuty ? <span className="visually-hidden"> · {t('people.week.on')}</span> : null}
      </span>
      <div className={styles.weekTrack}>
        <ul className={styles.weekLine} aria-label={name}>
          {stretches.map((stretch) => (
            <li
              key={`${stretch.day} ${stretch.startMinute}`}
              className={styles.stretch}
              data-tone={tone}
              data-now={isNow(stretch, nowShare)}
              title={words(stretch)}
              style={{
                insetInlineStart: `${((stretch.day * 1440 + stretch.startMinute) / weekMinutes) * 100}%`,
                inlineSize: `${((stretch.endMinute - stretch.startMinute) / weekMinutes) * 100}%`,
              }}
            >
              <span className="visually-hidden">{words(stretch)}</span>
            </li>
          ))}
        </ul>
        <i className={styles.now} style={{ insetInlineStart: `${nowShare * 100}%` }} aria-hidden="true" />
      </div>
    </>
  );
}

function isNow({ day, startMinute, endMinute }: Stretch, nowShare: number): boolean {
  const minute = nowShare * weekMinutes - day * 1440;
  return minute >= startMinute && minute < endMinute;
}

function dayKey(day: number): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  return weekdayIndexes.find((index) => index === day) ?? 0;
}
