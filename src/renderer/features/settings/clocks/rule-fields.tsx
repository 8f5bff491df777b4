import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { clockRule, type CalendarView } from '../../../../shared/contract/clocks.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { Field } from '../../../ui/field.tsx';
import { MultiSelect } from '../../../ui/multi-select.tsx';
import { Select } from '../../../ui/select.tsx';
import { useList } from '../lists/use-list.ts';
import { minutesOf, percentsOf, type RuleForm } from './rule-form.ts';

/** What only a clock has, between its name and its buttons. */
export function RuleFields({
  form,
  onForm,
  calendars,
}: {
  readonly form: RuleForm;
  readonly onForm: (form: RuleForm) => void;
  readonly calendars: readonly CalendarView[];
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const statuses = useList('statuses').map((status) => ({
    value: String(status.id),
    label: nameOf(status, language),
  }));
  const categories = useList('categories').map((category) => ({
    value: String(category.id),
    label: nameOf(category, language),
  }));
  const set = (change: Partial<RuleForm>): void => onForm({ ...form, ...change });
  const isOwn = form.key === 'sla';
  return (
    <>
      <Select
        label={t('clocks.settings.starts')}
        value={form.starts}
        disabled={isOwn}
        options={clockRule.shape.starts.options.map((value) => ({
          value,
          label: t(`clocks.settings.startsBy.${value}`),
        }))}
        onChange={(value) => {
          const starts = clockRule.shape.starts.options.find((one) => one === value);
          if (starts) set({ starts });
        }}
      />
      <Select
        label={t('clocks.settings.target')}
        value={form.target}
        options={clockRule.shape.target.options.map((value) => ({
          value,
          label: t(`clocks.settings.targetBy.${value}`),
        }))}
        onChange={(value) => {
          const target = clockRule.shape.target.options.find((one) => one === value);
          if (target) set({ target });
        }}
      />
      {form.target === 'fixed' ? (
        <Field
          label={t('clocks.settings.minutes')}
          inputMode="numeric"
          value={form.minutes}
          onChange={(minutes) => set({ minutes })}
          error={minutesOf(form.minutes) ? undefined : t('clocks.settings.badMinutes')}
        />
      ) : null}
      <Select
        label={t('clocks.settings.calendar')}
        value={String(form.calendarId)}
        options={calendars.map((calendar) => ({
          value: String(calendar.id),
          label: nameOf(calendar, language),
        }))}
        onChange={(value) => value !== null && set({ calendarId: Number(value) })}
      />
      {form.starts === 'hand' ? (
        <Select
          label={t('clocks.settings.category')}
          value={form.categoryId === null ? null : String(form.categoryId)}
          placeholder={t('clocks.settings.anyCategory')}
          clearable
          options={categories}
          onChange={(value) => set({ categoryId: value === null ? null : Number(value) })}
        />
      ) : null}
      <MultiSelect
        label={t('clocks.settings.pauses')}
        placeholder={t('clocks.settings.none')}
        options={statuses}
        value={form.pauseStatusIds.map(String)}
        onChange={(ids) => set({ pauseStatusIds: ids.map(Number) })}
      />
      <MultiSelect
        label={t('clocks.settings.ends')}
        placeholder={t('clocks.settings.none')}
        options={statuses}
        value={form.endStatusIds.map(String)}
        onChange={(ids) => set({ endStatusIds: ids.map(Number) })}
      />
      <Field
        label={t('clocks.settings.warns')}
        description={t('clocks.settings.warnsHint')}
        value={form.warns}
        onChange={(warns) => set({ warns })}
        error={percentsOf(form.warns) ? undefined : t('clocks.settings.badWarns')}
      />
      <Field
        label={t('clocks.settings.escalate')}
        description={t('clocks.settings.escalateHint')}
        inputMode="numeric"
        value={form.escalate}
        onChange={(escalate) => set({ escalate })}
        error={minutesOf(form.escalate) === undefined ? t('clocks.settings.badMinutes') : undefined}
      />
    </>
  );
}
