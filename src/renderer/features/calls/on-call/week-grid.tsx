import { useTranslation } from 'react-i18next';
import type { OnCallWindow, Technician } from '../../../../shared/contract/technicians.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useFormat } from '../../../lib/use-format.ts';
import styles from './on-call.module.css';
import { gapsOf, withinDay, type Day } from './week.ts';

/** A line for each technician and one for the hours nobody stands; a day is pressed to change it. */
export function WeekGrid({
  technicians,
  days,
  windows,
  isPlanned,
  chosen,
  onPlan,
  onDay,
}: {
  readonly technicians: readonly Technician[];
  readonly days: readonly Day[];
  readonly windows: readonly OnCallWindow[];
  /** Anybody has a plan at all: without one a day that nobody stands says nothing. */
  readonly isPlanned: boolean;
  readonly chosen: number | null;
  readonly onPlan: (contactId: number) => void;
  readonly onDay: (contactId: number, day: Day) => void;
}) {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const words = useDayWords();
  const now = ticker.second();
  const hasGaps = isPlanned && days.some((day) => gapsOf(windows, day).length > 0);
  return (
    <>
      <table className={styles.grid} aria-label={t('technicians.onCall.title')}>
        <thead>
          <tr>
            <th scope="col">{t('technicians.onCall.technicians')}</th>
            {days.map((day) => (
              <th key={day.from} scope="col" aria-current={isIn(now, day) ? 'date' : undefined}>
                {words.short(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {technicians.map(({ contactId, name, onCall }) => {
            const own = windows.filter((window) => window.contactId === contactId);
            return (
              <tr key={contactId} data-chosen={contactId === chosen || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.name}
                    aria-pressed={contactId === chosen}
                    onClick={() => onPlan(contactId)}
                  >
                    {name}
                  </button>
                  {onCall ? <span className={styles.on}>✓ {t('technicians.onCall.onNow')}</span> : null}
                </th>
                {days.map((day) => {
                  const stretches = withinDay(own, day);
                  const said = stretches.map((stretch) => words.window(stretch, day)).join('; ');
                  return (
                    <td key={day.from}>
                      <button
                        type="button"
                        className={styles.day}
                        title={said || undefined}
                        aria-label={[t('technicians.onCall.dayPlus', { name, day: words.long(day) }), said]
                          .filter(Boolean)
                          .join('. ')}
                        onClick={() => onDay(contactId, day)}
                      >
                        {stretches.map((stretch) => (
                          <Bar key={stretch.from} span={stretch} day={day} tone={stretch.source} />
                        ))}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {hasGaps ? (
            <tr>
              <th scope="row" className={styles.gapName}>
                ! {t('technicians.onCall.gap')}
              </th>
              {days.map((day) => (
                <td key={day.from} title={t('technicians.onCall.nobody')}>
                  <span className={styles.day} data-still="true">
                    {gapsOf(windows, day).map((gap) => (
                      <Bar key={gap.from} span={gap} day={day} tone="gap" />
                    ))}
                  </span>
                </td>
              ))}
            </tr>
          ) : null}
        </tbody>
      </table>
      {isPlanned && !hasGaps ? <p className={styles.faint}>{t('technicians.onCall.covered')}</p> : null}
    </>
  );
}

function Bar({
  span,
  day,
  tone,
}: {
  readonly span: Day;
  readonly day: Day;
  readonly tone: OnCallWindow['source'] | 'gap';
}) {
  const words = useDayWords();
  const length = day.to - day.from;
  return (
    <span
      className={styles.bar}
      data-tone={tone}
      style={{
        insetInlineStart: `${((span.from - day.from) / length) * 100}%`,
        inlineSize: `${((span.to - span.from) / length) * 100}%`,
      }}
    >
      <span className={styles.hours}>{words.hours(span, day)}</span>
      <span className={styles.edge} aria-hidden="true">
        {words.edge(span, day)}
      </span>
    </span>
  );
}

function isIn(at: number, { from, to }: Day): boolean {
  return from <= at && at < to;
}

function useDayWords() {
  const { t } = useTranslation();
  const format = useFormat();
  // Midnight at the end of a day is its 24 o'clock, not the beginning of another.
  const until = (to: number, day: Day): string => (to === day.to ? '24:00' : format.time(to));
  return {
    short: (day: Day) => format.weekday(day.from),
    long: (day: Day) => format.date(day.from),
    hours: ({ from, to }: Day, day: Day) => `${format.time(from)}–${until(to, day)}`,
    /** Where there is no room for both: what is not midnight. */
    edge: ({ from, to }: Day, day: Day) =>
      from === day.from ? `–${until(to, day)}` : `${format.time(from)}–`,
    window: ({ from, to, source }: OnCallWindow, day: Day) =>
      t('technicians.onCall.window', {
        from: format.time(from),
        to: until(to, day),
        source: t(`technicians.onCall.source.${source}`),
      }),
  };
}
