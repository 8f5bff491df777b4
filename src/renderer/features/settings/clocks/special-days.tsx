import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CalendarDay } from '../../../../shared/contract/clocks.ts';
import { useDesk } from '../../../lib/desk.ts';
import { formatFor } from '../../../lib/format.ts';
import { Field } from '../../../ui/field.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from './clocks.module.css';

/** The special days of a year by name; a name is kept when the field is left. */
export function SpecialDays({
  days,
  onName,
}: {
  readonly days: readonly CalendarDay[];
  readonly onName: (day: CalendarDay, name: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const format = formatFor(language, 'UTC');
  if (days.length === 0) return <p className={styles.faint}>{t('clocks.settings.noSpecial')}</p>;
  return (
    <Table
      label={t('clocks.settings.special')}
      columns={[
        { key: 'day', label: t('clocks.settings.day'), width: 170 },
        { key: 'kind', label: t('clocks.settings.kindColumn'), width: 170 },
        { key: 'name', label: t('clocks.settings.dayName') },
      ]}
    >
      {days.map((day) => (
        <tr key={day.day}>
          <td>{format.date(Date.parse(`${day.day}T00:00:00Z`))}</td>
          <td data-dim="true">{t(`clocks.settings.dayKind.${day.kind}`)}</td>
          <td>
            <NameField key={day.name} day={day} onName={onName} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function NameField({
  day,
  onName,
}: {
  readonly day: CalendarDay;
  readonly onName: (day: CalendarDay, name: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(day.name);
  const keep = (): void => {
    if (name.trim() !== day.name) void onName(day, name.trim());
  };
  return (
    <Field
      name={`${t('clocks.settings.dayName')}: ${day.day}`}
      value={name}
      maxLength={120}
      onChange={setName}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}
