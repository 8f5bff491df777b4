import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './roster.module.css';
import { fromClockText, toClockText, toggleDay, weekdayIndexes, worksOn } from './roster.ts';

export type RuleText = {
  readonly key: number;
  readonly weekdays: number;
  readonly starts: string;
  readonly ends: string;
  readonly zone: string;
};

export function RosterRuleRow({
  number,
  rule,
  onChange,
  onRemove,
}: {
  readonly number: number;
  readonly rule: RuleText;
  readonly onChange: (rule: RuleText) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const starts = fromClockText(rule.starts);
  const ends = fromClockText(rule.ends);

  function untilText(): string {
    if (starts === undefined || ends === undefined) return t('people.roster.badTime');
    const time = toClockText(ends);
    if (ends > starts) return t('people.roster.until', { time });
    return t(ends === starts ? 'people.roster.wholeDay' : 'people.roster.untilNextDay', { time });
  }

  return (
    <fieldset className={styles.rule}>
      <legend className="visually-hidden">{t('people.roster.rule', { number })}</legend>
      <div className={styles.days} role="group" aria-label={t('people.roster.days')}>
        {weekdayIndexes.map((day) => (
          <button
            key={day}
            type="button"
            className={styles.day}
            aria-pressed={worksOn(rule.weekdays, day)}
            title={t(`people.day.long.d${day}`)}
            onClick={() => onChange({ ...rule, weekdays: toggleDay(rule.weekdays, day) })}
          >
            {t(`people.day.short.d${day}`)}
          </button>
        ))}
      </div>
      <div className={styles.times}>
        <Field
          name={t('people.roster.starts')}
          inputMode="numeric"
          mono
          maxLength={5}
          value={rule.starts}
          onChange={(text) => onChange({ ...rule, starts: text })}
        />
        <span aria-hidden="true">–</span>
        <Field
          name={t('people.roster.ends')}
          inputMode="numeric"
          mono
          maxLength={5}
          value={rule.ends}
          onChange={(text) => onChange({ ...rule, ends: text })}
        />
        <span className={styles.spacer} />
        <IconButton small label={t('people.roster.remove')} icon={<Trash2 size={14} />} onClick={onRemove} />
      </div>
      <span className={styles.until} aria-live="polite">
        {rule.weekdays === 0 ? t('people.roster.noDays') : untilText()}
      </span>
    </fieldset>
  );
}
