import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CalendarView } from '../../../../shared/contract/clocks.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { Table } from '../../../ui/table.tsx';
import { keyFrom, nextPosition } from '../lists/item-form.ts';
import { ItemSide } from '../lists/item-side.tsx';
import styles from '../settings.module.css';
import { formOf, weekOf, type CalendarForm } from './calendar-form.ts';
import { Trial } from './trial.tsx';
import { WeekEditor } from './week-editor.tsx';
import { weekText } from './week-text.ts';

/** Working hours by name; clocks and their deadlines follow them. */
export function CalendarList({ calendars }: { readonly calendars: readonly CalendarView[] }) {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const [form, setForm] = useState<CalendarForm>();
  const read = form ? weekOf(form.week) : undefined;
  const isValid = form !== undefined && (form.aroundTheClock || (read !== undefined && 'week' in read));

  async function save({ key, ...rest }: CalendarForm): Promise<unknown> {
    const week = read && 'week' in read ? read.week : rest.week.map(() => []);
    return rpc.clocks.saveCalendar({
      ...rest,
      key: key || keyFrom(rest.nameEn || rest.name, new Set(calendars.map((calendar) => calendar.key))),
      week: week.map((day) => day.map(([from, to]): [number, number] => [from, to])),
    });
  }

  const hoursOf = (calendar: CalendarView): string =>
    calendar.aroundTheClock ? t('clocks.settings.always') : weekText(formOf(calendar).week, language);

  return (
    <div className={styles.split} data-single={form === undefined}>
      <div className={styles.fields}>
        <div>
          <Button onClick={() => setForm(blank(calendars))}>{t('clocks.settings.addCalendar')}</Button>
        </div>
        <Table
          label={t('clocks.settings.calendars')}
          columns={[
            { key: 'name', label: t('clocks.settings.name'), width: 170 },
            { key: 'hours', label: t('clocks.settings.hours') },
            { key: 'zone', label: t('clocks.settings.zone'), width: 170 },
            { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
          ]}
        >
          {calendars.map((calendar) => (
            <tr key={calendar.id}>
              <td>{nameOf(calendar, language)}</td>
              <td title={hoursOf(calendar)}>{hoursOf(calendar)}</td>
              <td data-dim="true">
                {calendar.aroundTheClock ? '' : calendar.zone || t('clocks.settings.zoneOfRegion')}
              </td>
              <td data-end="true">
                <Button
                  kind="quiet"
                  label={`${t('settings.edit')}: ${nameOf(calendar, language)}`}
                  onClick={() => setForm(formOf(calendar))}
                >
                  {t('settings.edit')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      </div>
      {form ? (
        <ItemSide
          key={form.id ?? 'new'}
          form={form}
          title={
            form.id === null
              ? t('clocks.settings.addCalendar')
              : t('clocks.settings.editCalendar', { name: form.name })
          }
          onForm={setForm}
          onSave={() => save(form)}
          onClose={() => setForm(undefined)}
          valid={isValid}
        >
          <CalendarFields form={form} onForm={setForm} />
          {read && 'problem' in read && !form.aroundTheClock ? (
            <p className={styles.bad} role="alert">
              {t(`clocks.settings.problem.${read.problem}`)}
            </p>
          ) : null}
          <Trial
            hours={
              isValid
                ? {
                    zone: form.zone,
                    aroundTheClock: form.aroundTheClock,
                    holidays: form.holidays,
                    week: read && 'week' in read ? read.week : form.week.map(() => []),
                  }
                : undefined
            }
          />
        </ItemSide>
      ) : null}
    </div>
  );
}

function CalendarFields({
  form,
  onForm,
}: {
  readonly form: CalendarForm;
  readonly onForm: (form: CalendarForm) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('clocks.settings.always')}
        checked={form.aroundTheClock}
        onChange={(aroundTheClock) => onForm({ ...form, aroundTheClock })}
      />
      {form.aroundTheClock ? null : (
        <>
          <Select
            label={t('clocks.settings.zone')}
            description={t('clocks.settings.zoneHint')}
            value={form.zone || null}
            placeholder={t('clocks.settings.zoneOfRegion')}
            clearable
            searchable
            options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))}
            onChange={(zone) => onForm({ ...form, zone: zone ?? '' })}
          />
          <WeekEditor week={form.week} onWeek={(week) => onForm({ ...form, week })} />
          <Switch
            label={t('clocks.settings.follows')}
            checked={form.holidays}
            onChange={(holidays) => onForm({ ...form, holidays })}
          />
        </>
      )}
    </>
  );
}

function blank(calendars: readonly CalendarView[]): CalendarForm {
  const day = [{ from: '09:00', to: '18:00' }];
  return {
    id: null,
    key: '',
    name: '',
    nameEn: '',
    zone: '',
    aroundTheClock: false,
    week: [day, day, day, day, day, [], []],
    holidays: true,
    position: nextPosition(calendars),
    active: true,
  };
}
