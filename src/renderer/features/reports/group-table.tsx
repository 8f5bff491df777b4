import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  groupKinds,
  type Dashboard,
  type GroupKind,
  type GroupRow,
} from '../../../shared/contract/reports.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Table } from '../../ui/table.tsx';
import { duration } from './duration.ts';
import styles from './reports.module.css';

const shownAtFirst = 12;

/** The same numbers by whatever one wants to compare. */
export function GroupTable({ shown }: { readonly shown: Dashboard }) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const [kind, setKind] = useState<GroupKind>('region');
  const [all, setAll] = useState(false);
  const rows = shown.groups[kind];
  const clocks = shown.clocks
    .map((clock, index) => ({ ...clock, index }))
    .filter(({ kept }) => kept.met + kept.breached > 0);
  const columns = [
    { key: 'name', label: t('reports.groups.name') },
    ...(['opened', 'closed', 'open', 'median', 'p90'] as const).map((key) => ({
      key,
      label: t(`reports.groups.${key}`),
      end: true,
    })),
    ...clocks.map(({ kind: key, name, nameEn }) => ({
      key,
      label: t('reports.groups.kept', { name: language === 'ru' ? name : nameEn }),
      end: true,
    })),
  ];
  return (
    <section className={styles.section} aria-label={t('reports.groups.title')}>
      <div className={styles.sectionHead}>
        <h2>{t('reports.groups.title')}</h2>
        <Segmented
          label={t('reports.groups.by')}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setAll(false);
          }}
          options={groupKinds.map((value) => ({ value, label: t(`reports.groups.${value}`) }))}
        />
      </div>
      <div className={styles.scroll}>
        <Table label={t(`reports.groups.${kind}`)} columns={columns}>
          {(all ? rows : rows.slice(0, shownAtFirst)).map((row) => (
            <Row key={row.id ?? 'none'} row={row} clocks={clocks.map(({ index }) => index)} />
          ))}
        </Table>
      </div>
      {!all && rows.length > shownAtFirst ? (
        <div>
          <Button kind="quiet" onClick={() => setAll(true)}>
            {t('reports.groups.more', { count: rows.length })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Row({ row, clocks }: { readonly row: GroupRow; readonly clocks: readonly number[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr>
      <td>{row.name || t('reports.none')}</td>
      <td data-end="true">{format.number(row.opened)}</td>
      <td data-end="true">{format.number(row.closed)}</td>
      <td data-end="true">{format.number(row.open)}</td>
      <td data-end="true">{duration(row.life.medianMs, format)}</td>
      <td data-end="true">{duration(row.life.p90Ms, format)}</td>
      {clocks.map((index) => (
        <td key={index} data-end="true">
          {format.number(row.clocks[index]?.met ?? 0)} / {format.number(row.clocks[index]?.breached ?? 0)}
        </td>
      ))}
    </tr>
  );
}
