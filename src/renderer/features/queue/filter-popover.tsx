import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { clockStates, type QueueFilter } from '../../../shared/contract/incidents.ts';
import { favouriteLevels } from '../../../shared/contract/notes.ts';
import { incidentChannels } from '../../../shared/domain/channels.ts';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { MultiSelect } from '../../ui/multi-select.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { dayEnd, dayStart, dayText } from './days.ts';
import styles from './filter-popover.module.css';
import { filterSize, openFilter } from './queue-state.ts';

type Props = { readonly filter: QueueFilter; readonly onChange: (filter: QueueFilter) => void };

/** All that narrows the queue, at once and live. */
export function FilterPopover({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  const size = filterSize(filter);
  useShortcut('filters', () => setOpen(true));

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('queue.filter.title')}
      width={380}
      target={
        <Button
          icon={<ListFilter size={14} />}
          keys={keys('filters')}
          hint={t('queue.filter.title')}
          pressed={size > 0}
          onClick={() => setOpen(!open)}
        >
          <span className="visually-hidden">{t('queue.filter.title')}</span>
          {size > 0 ? size : ''}
        </Button>
      }
    >
      <Fields filter={filter} onChange={onChange} />
    </Popover>
  );
}

const nobody = 'none';
const stars = [...favouriteLevels, null];
const toId = (value: string): number | null => (value === nobody ? null : Number(value));
const toValue = (id: number | null): string => (id === null ? nobody : String(id));

function Fields({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const { reference, people, preferences, shell } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const zone = useStore(shell, (state) => state.zone);
  const { statuses, types, categories } = useStore(reference);
  const everyone = useStore(people, (state) => state.people);
  const set = (part: Partial<QueueFilter>): void => onChange({ ...filter, ...part });
  const named = (
    items: ReadonlyMap<number, { readonly id: number; readonly name: string; readonly nameEn: string }>,
  ) => [...items.values()].map((item) => ({ value: String(item.id), label: nameOf(item, language) }));
  const common = { placeholder: t('queue.filter.any'), nothingFound: t('common.nothingFound') };

  return (
    <div className={styles.fields}>
      <Segmented
        label={t('queue.filter.scope')}
        value={filter.scope}
        onChange={(scope) => set({ scope })}
        options={(['open', 'finished', 'dismissed', 'all'] as const).map((value) => ({
          value,
          label: t(`queue.filter.scopes.${value}`),
        }))}
      />
      <MultiSelect
        {...common}
        label={t('queue.filter.status')}
        options={named(statuses)}
        value={filter.statusIds.map(String)}
        onChange={(values) => set({ statusIds: values.map(Number) })}
      />
      <MultiSelect
        {...common}
        label={t('queue.filter.type')}
        options={[{ value: nobody, label: t('queue.filter.noType') }, ...named(types)]}
        value={filter.typeIds.map(toValue)}
        onChange={(values) => set({ typeIds: values.map(toId) })}
      />
      <MultiSelect
        {...common}
        label={t('queue.filter.assignee')}
        options={[
          { value: nobody, label: t('queue.filter.nobody') },
          ...[...everyone.values()].map((person) => ({ value: String(person.id), label: person.name })),
        ]}
        value={filter.assigneeIds.map(toValue)}
        onChange={(values) => set({ assigneeIds: values.map(toId) })}
      />
      <div className={styles.pair}>
        <MultiSelect
          {...common}
          label={t('queue.filter.category')}
          options={named(categories)}
          value={filter.categoryIds.map(String)}
          onChange={(values) => set({ categoryIds: values.map(Number) })}
        />
        <MultiSelect
          {...common}
          label={t('queue.filter.channel')}
          options={incidentChannels.map((value) => ({
            value,
            label: t(`queue.channels.${value}`),
          }))}
          value={filter.channels}
          onChange={(values) =>
            set({ channels: incidentChannels.filter((channel) => values.includes(channel)) })
          }
        />
      </div>
      <MultiSelect
        {...common}
        label={t('queue.filter.clock')}
        options={clockStates.map((value) => ({ value, label: t(`queue.clock.${value}`) }))}
        value={filter.clockStates}
        onChange={(values) => set({ clockStates: clockStates.filter((state) => values.includes(state)) })}
      />
      <MultiSelect
        {...common}
        label={t('notes.star.filter')}
        options={[
          { value: 'normal', label: t('notes.star.normalName') },
          { value: 'important', label: t('notes.star.importantName') },
          { value: nobody, label: t('notes.star.noneName') },
        ]}
        value={filter.favourites.map((level) => level ?? nobody)}
        onChange={(values) => set({ favourites: stars.filter((level) => values.includes(level ?? nobody)) })}
      />
      <Field label={t('queue.filter.asset')} value={filter.asset} onChange={(asset) => set({ asset })} mono />
      <div className={styles.pair}>
        <Field
          kind="date"
          label={t('queue.filter.from')}
          value={dayText(filter.registeredFrom, zone)}
          onChange={(day) => set({ registeredFrom: dayStart(day, zone) })}
        />
        <Field
          kind="date"
          label={t('queue.filter.to')}
          value={dayText(filter.registeredTo, zone)}
          onChange={(day) => set({ registeredTo: dayEnd(day, zone) })}
        />
      </div>
      <div className={styles.last}>
        <Switch
          label={t('queue.filter.unread')}
          checked={filter.unread}
          onChange={(unread) => set({ unread })}
        />
        <Switch
          label={t('queue.pills.postponed')}
          checked={filter.postponed}
          onChange={(postponed) => set({ postponed })}
        />
        <Button onClick={() => onChange(openFilter)} disabled={filterSize(filter) === 0}>
          {t('queue.filter.clear')}
        </Button>
      </div>
    </div>
  );
}
