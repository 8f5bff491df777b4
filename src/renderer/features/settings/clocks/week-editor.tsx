import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { passesMidnight, type CalendarForm, type IntervalText } from './calendar-form.ts';
import styles from './clocks.module.css';
import { weekdayName } from './weekday.ts';

const friday = 4;
const usual: IntervalText = { from: '09:00', to: '18:00' };

/** Seven days, each with as many intervals as it takes; one that ends before it begins ends on the next day. */
export function WeekEditor({
  week,
  onWeek,
}: {
  readonly week: CalendarForm['week'];
  readonly onWeek: (week: CalendarForm['week']) => void;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const setDay = (index: number, day: readonly IntervalText[]): void => onWeek(week.with(index, day));
  return (
    <div className={styles.week} role="group" aria-label={t('clocks.settings.week')}>
      {week.map((day, index) => {
        const name = weekdayName(index, language, 'long');
        return (
          <div key={name} className={styles.day} role="group" aria-label={name}>
            <span className={styles.dayName}>{name}</span>
            <div className={styles.intervals}>
              {day.length === 0 ? <span className={styles.faint}>{t('clocks.settings.dayOff')}</span> : null}
              {day.map((interval, place) => (
                <Interval
                  // An interval has no name of its own: its place in the day is what it is.
                  // oxlint-disable-next-line react/no-array-index-key
                  key={place}
                  day={name}
                  interval={interval}
                  onChange={(next) => setDay(index, day.with(place, next))}
                  onRemove={() => setDay(index, day.toSpliced(place, 1))}
                />
              ))}
            </div>
            <IconButton
              label={t('clocks.settings.addInterval', { day: name })}
              icon={<Plus size={14} />}
              onClick={() => setDay(index, [...day, nextAfter(day)])}
            />
          </div>
        );
      })}
      <div>
        <Button
          kind="quiet"
          onClick={() => onWeek(week.map((day, index) => (index <= friday ? (week[0] ?? []) : day)))}
        >
          {t('clocks.settings.copyDown')}
        </Button>
      </div>
    </div>
  );
}

function Interval({
  day,
  interval,
  onChange,
  onRemove,
}: {
  readonly day: string;
  readonly interval: IntervalText;
  readonly onChange: (interval: IntervalText) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const hours = `${interval.from}–${interval.to}`;
  return (
    <div className={styles.interval}>
      <Field
        inputMode="numeric"
        placeholder="00:00"
        maxLength={5}
        name={t('clocks.settings.from', { day })}
        value={interval.from}
        onChange={(from) => onChange({ ...interval, from })}
      />
      <span aria-hidden="true">–</span>
      <Field
        inputMode="numeric"
        placeholder="00:00"
        maxLength={5}
        name={t('clocks.settings.to', { day })}
        value={interval.to}
        onChange={(to) => onChange({ ...interval, to })}
      />
      {passesMidnight(interval) ? <span className={styles.faint}>{t('clocks.settings.nextDay')}</span> : null}
      <IconButton
        label={t('clocks.settings.removeInterval', { day, hours })}
        icon={<X size={14} />}
        onClick={onRemove}
      />
    </div>
  );
}

/** A second interval begins where the first ended, so that nothing overlaps by itself. */
function nextAfter(day: readonly IntervalText[]): IntervalText {
  const last = day.at(-1);
  return last && !passesMidnight(last) && last.to < '23:00' ? { from: last.to, to: '23:00' } : usual;
}
