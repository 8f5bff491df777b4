import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ReportFilter } from '../../../shared/contract/reports.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { MultiSelect } from '../../ui/multi-select.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { periodKinds } from './period.ts';
import styles from './reports.module.css';
import { noFilter, type ReportChoice } from './use-report-choice.ts';

/** Which days, and whose. */
export function PeriodBar({
  choice,
  asOf,
  filtered = true,
}: {
  readonly choice: ReportChoice;
  readonly asOf: number | undefined;
  /** Whether there is anything to filter: the journal is of everybody. */
  readonly filtered?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  useShortcut('filters', () => (filtered ? setOpen(true) : false));
  const { kind, period, filter } = choice;
  const count = Object.values(filter).filter((values) => values.length > 0).length;
  const setDay = (part: 'from' | 'to') => (day: string) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(day)) choice.setPeriod({ ...period, [part]: day });
  };
  return (
    <div className={styles.bar}>
      <Segmented
        label={t('reports.period.label')}
        value={kind}
        onChange={choice.setKind}
        options={periodKinds.map((value) => ({ value, label: t(`reports.period.${value}`) }))}
      />
      {kind === 'custom' ? (
        <>
          <Field name={t('reports.period.from')} kind="date" value={period.from} onChange={setDay('from')} />
          <Field name={t('reports.period.to')} kind="date" value={period.to} onChange={setDay('to')} />
        </>
      ) : null}
      {filtered ? (
        <Popover
          open={open}
          onOpenChange={setOpen}
          label={t('reports.filters')}
          position="bottom-start"
          target={
            <Button keys={keys('filters')} pressed={count > 0} onClick={() => setOpen(!open)}>
              {count > 0 ? t('reports.filtersOn', { count }) : t('reports.filters')}
            </Button>
          }
        >
          <FilterForm filter={filter} onChange={choice.setFilter} />
        </Popover>
      ) : null}
      {asOf === undefined ? null : (
        <span className={styles.faint}>{t('reports.asOf', { time: format.time(asOf) })}</span>
      )}
    </div>
  );
}

const kinds = ['asset', 'contact'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.reports.choices({}, { signal });
const nobody = 'none';

function FilterForm({
  filter,
  onChange,
}: {
  readonly filter: ReportFilter;
  readonly onChange: (filter: ReportFilter) => void;
}) {
  const { t } = useTranslation();
  const { people, reference } = useDesk();
  const { data } = useServerData(load, kinds);
  const everybody = useStore(people, (state) => state.people);
  const types = useStore(reference, (state) => state.types);
  const lists = {
    macroregionIds: data?.macroregions ?? [],
    regionIds: data?.regions ?? [],
    personIds: [...everybody.values()],
    contractorIds: data?.contractors ?? [],
    typeIds: [...types.values()],
    groupIds: data?.groups ?? [],
  } as const;
  const names = {
    macroregionIds: 'macroregion',
    regionIds: 'region',
    personIds: 'person',
    contractorIds: 'contractor',
    typeIds: 'type',
    groupIds: 'group',
  } as const;
  return (
    <div className={styles.filters}>
      {(Object.keys(lists) as (keyof typeof lists)[]).map((key) => (
        <MultiSelect
          key={key}
          label={t(`reports.groups.${names[key]}`)}
          options={[
            ...lists[key].map(({ id, name }) => ({ value: String(id), label: name })),
            { value: nobody, label: t('reports.none') },
          ]}
          value={filter[key].map((id) => (id === null ? nobody : String(id)))}
          onChange={(values) =>
            onChange({ ...filter, [key]: values.map((value) => (value === nobody ? null : Number(value))) })
          }
          nothingFound={t('reports.nothingFound')}
        />
      ))}
      <Button onClick={() => onChange(noFilter)}>{t('reports.clearFilters')}</Button>
    </div>
  );
}
