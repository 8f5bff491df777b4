import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CalendarDay } from '../../../../shared/contract/clocks.ts';
import { useDesk } from '../../../lib/desk.ts';
import { formatFor } from '../../../lib/format.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import styles from './clocks.module.css';
import { SpecialDays } from './special-days.tsx';
import { isWeekend, monthDays, neighbour, nextKind, type DayMark } from './year-days.ts';
import { weekdayName } from './weekday.ts';

const months = Array.from({ length: 12 }, (_, month) => month);

/** A year in twelve months: a press changes what a day is, arrows walk from day to day. */
export function YearView({ days }: { readonly days: readonly CalendarDay[] }) {
  const { t } = useTranslation();
  const { rpc, ticker, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const command = useCommand();
  const [year, setYear] = useState(() => new Date(ticker.second()).getUTCFullYear());
  const [focused, setFocused] = useState(`${year}-01-01`);
  const grid = useRef<HTMLDivElement>(null);
  const byDay = new Map(days.map((day) => [day.day, day]));
  const ofYear = days.filter(({ day }) => day.startsWith(`${year}-`));
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const monthName = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const format = formatFor(language, 'UTC');
  const entry = focused.startsWith(`${year}-`) ? focused : `${year}-01-01`;

  const save = (day: string, kind: CalendarDay['kind'] | null, name: string): Promise<unknown> =>
    command(() => rpc.clocks.saveDays({ days: [{ day, kind, name }] }));

  function spoken(day: string): string {
    const special = byDay.get(day);
    const kind = t(`clocks.settings.dayKind.${special?.kind ?? 'none'}`);
    const words = { day: format.date(Date.parse(`${day}T00:00:00Z`)), kind };
    return special?.name
      ? t('clocks.settings.dayNamed', { ...words, name: special.name })
      : t('clocks.settings.daySpoken', words);
  }

  function onKeyDown(event: KeyboardEvent, day: string): void {
    const next = neighbour(day, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  }

  return (
    <>
      <div className={styles.yearBar}>
        <IconButton
          label={t('clocks.settings.previous')}
          icon={<ChevronLeft size={16} />}
          onClick={() => setYear(year - 1)}
        />
        <h2 className={styles.year} aria-live="polite">
          {year}
        </h2>
        <IconButton
          label={t('clocks.settings.next')}
          icon={<ChevronRight size={16} />}
          onClick={() => setYear(year + 1)}
        />
        <span className={styles.faint}>{t('clocks.settings.dayHint')}</span>
      </div>
      <div className={styles.months} ref={grid}>
        {months.map((month) => {
          const { blanks, days: inMonth } = monthDays(year, month);
          const name = monthName.format(Date.UTC(year, month));
          return (
            <div key={month} role="group" aria-label={`${name} ${year}`} className={styles.month}>
              <span className={styles.monthName}>{name}</span>
              <div className={styles.grid}>
                {Array.from({ length: 7 }, (_, weekday) => (
                  <span key={weekday} className={styles.weekday} aria-hidden="true">
                    {weekdayName(weekday, language, 'short')}
                  </span>
                ))}
                {inMonth.map((day, index) => {
                  const mark: DayMark = byDay.get(day)?.kind ?? 'none';
                  return (
                    <button
                      key={day}
                      type="button"
                      className={styles.date}
                      style={index === 0 ? { gridColumnStart: blanks + 1 } : undefined}
                      data-day={day}
                      data-kind={mark}
                      data-weekend={isWeekend(day)}
                      aria-label={spoken(day)}
                      title={byDay.get(day)?.name || undefined}
                      tabIndex={day === entry ? 0 : -1}
                      onFocus={() => setFocused(day)}
                      onKeyDown={(event) => onKeyDown(event, day)}
                      onClick={() => void save(day, nextKind(mark), byDay.get(day)?.name ?? '')}
                    >
                      {index + 1}
                      {mark === 'short' ? <sup aria-hidden="true">*</sup> : null}
                    </button>
                  );
                })}
              </div>
            </div>
          );
        })}
      </div>
      <SpecialDays days={ofYear} onName={({ day, kind }, name) => save(day, kind, name)} />
    </>
  );
}
