import { ListFilter, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NotificationFilter } from '../../../shared/contract/notifications.ts';
import { reachChannels, urgencies } from '../../../shared/domain/reaching.ts';
import { localDay, startOfDay, addDays } from '../../../shared/domain/local-day.ts';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { IncidentPicker } from '../../lib/incident-picker.tsx';
import { PartyPicker } from '../../lib/reach/party-picker.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { MultiSelect } from '../../ui/multi-select.tsx';
import { Popover } from '../../ui/popover.tsx';
import { filterSize, noticeFilter } from './notice-pages.ts';
import styles from './notifications.module.css';

type Props = {
  readonly filter: NotificationFilter;
  readonly onChange: (filter: NotificationFilter) => void;
};

/** All that narrows the list besides its words, at once and live. */
export function NoticeFilters({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  const size = filterSize(filter);
  useShortcut('filters', () => setOpen(true));
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('notifications.filter.title')}
      width={360}
      target={
        <Button
          icon={<ListFilter size={14} />}
          keys={keys('filters')}
          hint={t('notifications.filter.title')}
          pressed={size > 0}
          onClick={() => setOpen(!open)}
        >
          <span className="visually-hidden">{t('notifications.filter.title')}</span>
          {size > 0 ? size : ''}
        </Button>
      }
    >
      <Fields filter={filter} onChange={onChange} />
    </Popover>
  );
}

function Fields({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const zone = useStore(useDesk().shell, (state) => state.zone);
  const set = (part: Partial<NotificationFilter>): void => onChange({ ...filter, ...part });
  const common = { placeholder: t('notifications.filter.any'), nothingFound: t('common.nothingFound') };
  const { from, before } = filter;
  return (
    <div className={styles.fields}>
      <MultiSelect
        {...common}
        label={t('notifications.filter.channels')}
        options={reachChannels.map((value) => ({ value, label: t(`ladders.channel.${value}`) }))}
        value={filter.channels}
        onChange={(values) => set({ channels: reachChannels.filter((channel) => values.includes(channel)) })}
      />
      <MultiSelect
        {...common}
        label={t('notifications.filter.urgencies')}
        options={urgencies.map((value) => ({ value, label: t(`ladders.urgency.${value}`) }))}
        value={filter.urgencies}
        onChange={(values) => set({ urgencies: urgencies.filter((urgency) => values.includes(urgency)) })}
      />
      <Whom filter={filter} onChange={onChange} />
      <About filter={filter} onChange={onChange} />
      <div className={styles.pair}>
        <Field
          kind="date"
          label={t('notifications.filter.from')}
          value={from === null ? '' : localDay(from, zone)}
          onChange={(day) => set({ from: day === '' ? null : startOfDay(day, zone) })}
        />
        <Field
          kind="date"
          label={t('notifications.filter.to')}
          value={before === null ? '' : addDays(localDay(before, zone), -1)}
          onChange={(day) => set({ before: day === '' ? null : startOfDay(addDays(day, 1), zone) })}
        />
      </div>
      <Button
        onClick={() => onChange({ ...noticeFilter, text: filter.text })}
        disabled={filterSize(filter) === 0}
      >
        {t('notifications.filter.clear')}
      </Button>
    </div>
  );
}

/** The name is not of the filter: it is remembered beside it while the popover is open. */
function Whom({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  if (filter.party === null) {
    return (
      <div className={styles.fields}>
        <span className={styles.label} aria-hidden="true">
          {t('notifications.filter.party')}
        </span>
        <PartyPicker
          label={t('notifications.filter.party')}
          onPick={({ kind, id, name: picked }) => {
            setName(picked);
            onChange({ ...filter, party: { kind, id } });
          }}
        />
      </div>
    );
  }
  return (
    <Chosen
      label={t('notifications.filter.party')}
      words={name || t('notifications.filter.party')}
      clearLabel={t('notifications.filter.clearParty', { name })}
      onClear={() => onChange({ ...filter, party: null })}
    />
  );
}

function About({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  if (filter.incidentId === null) {
    return (
      <div className={styles.fields}>
        <span className={styles.label} aria-hidden="true">
          {t('notifications.filter.incident')}
        </span>
        <IncidentPicker
          label={t('notifications.filter.incident')}
          except={null}
          onPick={(incident) => {
            setCode(incident.code);
            onChange({ ...filter, incidentId: incident.id });
          }}
        />
      </div>
    );
  }
  return (
    <Chosen
      label={t('notifications.filter.incident')}
      words={code || t('notifications.filter.incident')}
      clearLabel={t('notifications.filter.clearIncident', { code })}
      onClear={() => onChange({ ...filter, incidentId: null })}
    />
  );
}

function Chosen({
  label,
  words,
  clearLabel,
  onClear,
}: {
  readonly label: string;
  readonly words: string;
  readonly clearLabel: string;
  readonly onClear: () => void;
}) {
  return (
    <div className={styles.chosen}>
      <span>
        <span className={styles.label}>{label}:</span> {words}
      </span>
      <IconButton label={clearLabel} icon={<X size={14} />} onClick={onClear} />
    </div>
  );
}
