import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../lib/error-text.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import styles from '../settings.module.css';
import { CalendarList } from './calendar-list.tsx';
import { RuleList } from './rule-list.tsx';
import { useClockLists } from './use-clock-lists.ts';
import { YearView } from './year-view.tsx';

const parts = ['rules', 'calendars', 'year'] as const;

/** What is counted, by which hours, and which days of the year are special. */
export function ClocksTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [part, setPart] = useState<(typeof parts)[number]>('rules');
  const { data, error, reload } = useClockLists();
  if (!data) {
    if (!error) return <section className={styles.wide} aria-busy="true" />;
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  return (
    <section className={styles.wide} aria-label={t('settings.tabs.clocks')}>
      <div>
        <Segmented
          label={t('clocks.settings.which')}
          value={part}
          options={parts.map((value) => ({ value, label: t(`clocks.settings.${value}`) }))}
          onChange={setPart}
        />
      </div>
      {part === 'year' ? null : <p className={styles.faint}>{t('clocks.settings.recount')}</p>}
      {part === 'rules' ? <RuleList lists={data} /> : null}
      {part === 'calendars' ? <CalendarList calendars={data.calendars} /> : null}
      {part === 'year' ? <YearView days={data.days} /> : null}
    </section>
  );
}
