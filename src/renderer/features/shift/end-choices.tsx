import { useTranslation } from 'react-i18next';
import type { HandoverTo, LeaveWork } from '../../../shared/contract/shift.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './shift.module.css';
import { useNames } from './use-names.ts';

/** Everybody who works here, whoever is on duty first. */
function useOthers(personId: number) {
  const { people } = useNames();
  return [...people.values()]
    .filter((person) => person.active && person.id !== personId)
    .toSorted(
      (a, b) =>
        Number(b.onDutySince !== null) - Number(a.onDutySince !== null) || a.name.localeCompare(b.name, 'ru'),
    );
}

export function ToWhom({
  personId,
  to,
  onChange,
}: {
  readonly personId: number;
  readonly to: HandoverTo;
  readonly onChange: (to: HandoverTo) => void;
}) {
  const { t } = useTranslation();
  const others = useOthers(personId);
  return (
    <Select
      label={t('shift.finish.to')}
      value={to.kind === 'person' ? String(to.personId) : to.kind}
      options={[
        { value: 'next', label: t('shift.finish.toNext') },
        { value: 'lead', label: t('shift.finish.toLead') },
        ...others.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChange={(value) => {
        if (value === 'next' || value === 'lead') onChange({ kind: value });
        else if (value !== null) onChange({ kind: 'person', personId: Number(value) });
      }}
    />
  );
}

const ways = ['keep', 'spread', 'give'] as const;

export function WhatOfWork({
  personId,
  work,
  onChange,
}: {
  readonly personId: number;
  readonly work: LeaveWork;
  readonly onChange: (work: LeaveWork) => void;
}) {
  const { t } = useTranslation();
  const others = useOthers(personId);
  const labels = {
    keep: t('shift.finish.workKeep'),
    spread: t('shift.finish.workSpread'),
    give: t('shift.finish.workGive'),
  };
  const choose = (how: LeaveWork['how']): void => {
    const [first] = others;
    if (how !== 'give') onChange({ how });
    else if (first) onChange({ how, personId: first.id });
  };
  const nobody = !others.some(({ onDutySince }) => onDutySince !== null);
  return (
    <section className={styles.block} aria-label={t('shift.finish.work')}>
      <h2 className={styles.heading}>{t('shift.finish.work')}</h2>
      <Segmented
        label={t('shift.finish.work')}
        value={work.how}
        options={ways.map((value) => ({ value, label: labels[value] }))}
        onChange={choose}
      />
      {work.how === 'keep' ? <p className={styles.faint}>{t('shift.finish.keepHint')}</p> : null}
      {work.how === 'spread' && nobody ? (
        <p className={styles.risk}>{t('shift.finish.spreadNobody')}</p>
      ) : null}
      {work.how === 'give' ? (
        <Select
          label={t('shift.finish.workTo')}
          value={String(work.personId)}
          options={others.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(value) => {
            if (value !== null) onChange({ how: 'give', personId: Number(value) });
          }}
        />
      ) : null}
    </section>
  );
}
