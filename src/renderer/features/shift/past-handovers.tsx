import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { HandoverTable } from './handover-table.tsx';
import styles from './shift.module.css';
import { useNames } from './use-names.ts';

const kinds = ['handover'] as const;
const dayMs = 86_400_000;

/** Every hand-over there was, by a word, a person, a day. */
export function PastHandovers({ onOpen }: { readonly onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const names = useNames();
  const [text, setText] = useState('');
  const [personId, setPersonId] = useState<number | null>(null);
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => {
      const end = toTime(until);
      const question = { text, personId, from: toTime(from), before: end === null ? null : end + dayMs };
      return rpc.shift.handovers(question, { signal });
    },
    [text, personId, from, until],
  );
  const { data, error } = useServerData(load, kinds);
  const isAsked = text !== '' || personId !== null || from !== '' || until !== '';
  const people = [...names.people.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'ru'));

  return (
    <section className={styles.block} aria-label={t('shift.list.title')}>
      <h2 className={styles.heading}>{t('shift.list.title')}</h2>
      <div className={styles.filters}>
        <Field label={t('shift.list.text')} value={text} onChange={setText} kind="search" maxLength={200} />
        <Select
          label={t('shift.list.person')}
          value={personId === null ? null : String(personId)}
          placeholder={t('shift.list.anybody')}
          clearable
          searchable
          nothingFound={t('common.nothingFound')}
          options={people.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(value) => setPersonId(value === null ? null : Number(value))}
        />
        <Field label={t('shift.list.from')} kind="date" value={from} onChange={setFrom} />
        <Field label={t('shift.list.before')} kind="date" value={until} onChange={setUntil} />
      </div>
      {error ? <Notice tone="bad">{errorText(error)}</Notice> : null}
      {data && data.handovers.length === 0 ? (
        <p className={styles.faint}>{t(isAsked ? 'shift.list.none' : 'shift.list.noneYet')}</p>
      ) : null}
      {data && data.handovers.length > 0 ? (
        <HandoverTable label={t('shift.list.title')} handovers={data.handovers} onOpen={onOpen} />
      ) : null}
    </section>
  );
}

/** Midnight of a day as this computer knows it; null for a day half typed. */
function toTime(day: string): number | null {
  const at = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? null : at;
}
