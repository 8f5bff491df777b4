import { Mail, MessageCircle, MonitorCheck, Phone } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFavourite } from '../../lib/favourite.ts';
import { shortName } from '../../lib/people-store.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { classNames } from '../../ui/class-names.ts';
import { Star } from '../../ui/star.tsx';
import type { Column, ColumnKey } from './columns.ts';
import { DueCell } from './due-cell.tsx';
import { FloodChip, type RowFlood } from './flood-chip.tsx';
import styles from './queue-row.module.css';
import { UrgencyCell } from './urgency-cell.tsx';

/** The cells of one incident; renders anew only when the incident or the columns change. */
export const QueueRow = memo(function QueueRow({
  row,
  shown,
  flood,
}: {
  readonly row: IncidentRow | undefined;
  readonly shown: readonly Column[];
  readonly flood?: RowFlood | undefined;
}) {
  return (
    <div
      className={classNames(
        styles.cells,
        row?.unread && styles.unread,
        row !== undefined && row.finishedAt !== null && styles.finished,
      )}
      role="presentation"
    >
      {shown.map((column, place) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={place + 1}
          className={classNames(styles.cell, column.right && styles.right, styles[`cell-${column.key}`])}
        >
          {row ? <Cell row={row} column={column.key} flood={flood} /> : <span className={styles.blank} />}
        </div>
      ))}
    </div>
  );
});

function Cell({
  row,
  column,
  flood,
}: {
  readonly row: IncidentRow;
  readonly column: ColumnKey;
  readonly flood: RowFlood | undefined;
}): ReactNode {
  switch (column) {
    case 'urgency':
      return <UrgencyCell row={row} />;
    case 'star':
      return <StarCell row={row} />;
    case 'code':
      return <span className={styles.mono}>{row.code}</span>;
    case 'title':
      return <Title row={row} flood={flood} />;
    case 'asset':
      return (
        <span className={styles.mono} title={row.asset}>
          {row.asset}
        </span>
      );
    case 'status':
      return <StatusName row={row} />;
    case 'type':
      return <TypeName row={row} />;
    case 'assignee':
      return <Assignee row={row} />;
    case 'channel':
      return <Channel row={row} />;
    case 'age':
      return <Age row={row} />;
    case 'due':
      return <DueCell row={row} />;
  }
}

/** The key and the card turn it; here it is only seen, and clicked. */
function StarCell({ row }: { readonly row: IncidentRow }) {
  const { t } = useTranslation();
  const turn = useFavourite();
  const name = t(`notes.star.${row.favourite ?? 'none'}`);
  return (
    <button
      type="button"
      className={styles.star}
      tabIndex={-1}
      aria-label={name}
      title={name}
      onClick={(event) => {
        event.stopPropagation();
        turn(row);
      }}
    >
      <Star level={row.favourite} size={14} />
    </button>
  );
}

const channelIcons = { mail: Mail, phone: Phone, telegram: MessageCircle, desk: MonitorCheck } as const;

function Channel({ row }: { readonly row: IncidentRow }) {
  const { t } = useTranslation();
  const Icon = channelIcons[row.channel];
  const name = t(`queue.channels.${row.channel}`);
  return (
    <span className={styles.icon} title={name}>
      <Icon size={14} aria-hidden="true" />
      <span className="visually-hidden">{name}</span>
    </span>
  );
}

function Title({ row, flood }: { readonly row: IncidentRow; readonly flood: RowFlood | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {row.alarms.length > 0 ? (
        <span
          className={styles.alarm}
          data-kind={
            row.alarms.includes('overdue') ? 'overdue' : row.alarms.includes('at-risk') ? 'risk' : 'new'
          }
          role="img"
          aria-label={t('queue.alarm')}
          title={t('queue.alarm')}
        >
          ◉
        </span>
      ) : null}
      {row.priority === 'high' ? (
        <span className={styles.high} role="img" aria-label={t('queue.high')} title={t('queue.high')}>
          ▴
        </span>
      ) : null}
      {flood ? <FloodChip flood={flood} /> : null}
      {flood?.isFolded ? null : (
        <span className={styles.text} title={row.title}>
          {row.title}
        </span>
      )}
      {row.unread ? <span className="visually-hidden">{t('queue.unread')}</span> : null}
      {row.lateLetters > 0 ? (
        <span className={styles.late} title={t('queue.late', { count: row.lateLetters })}>
          ✉&nbsp;{row.lateLetters}
          <span className="visually-hidden">{t('queue.late', { count: row.lateLetters })}</span>
        </span>
      ) : null}
    </>
  );
}

function StatusName({ row }: { readonly row: IncidentRow }) {
  const { reference, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const status = useStore(reference, (state) => state.statuses.get(row.statusId));
  const name = nameOf(status, language);
  return (
    <span className={styles.dim} data-tone={status?.tone} title={name}>
      {name}
    </span>
  );
}

function TypeName({ row }: { readonly row: IncidentRow }) {
  const { reference, preferences } = useDesk();
  const { t } = useTranslation();
  const language = useStore(preferences.store, (state) => state.language);
  const type = useStore(reference, (state) => state.types.get(row.typeId ?? 0));
  const name = row.typeId === null ? t('common.none') : nameOf(type, language);
  return (
    <span className={styles.dim} title={name}>
      {name}
    </span>
  );
}

function Assignee({ row }: { readonly row: IncidentRow }) {
  const { people } = useDesk();
  const { t } = useTranslation();
  const person = useStore(people, (state) => state.people.get(row.assigneeId ?? 0));
  if (row.assigneeId === null) return <span className={styles.quiet}>{t('queue.nobody')}</span>;
  return (
    <span className={styles.dim} title={person?.name}>
      {shortName(person?.name ?? '')}
    </span>
  );
}

function Age({ row }: { readonly row: IncidentRow }) {
  const format = useFormat();
  const now = useSecond();
  return (
    <span className={styles.dim} title={format.full(row.registeredAt)}>
      {format.age((row.finishedAt ?? now) - row.registeredAt)}
    </span>
  );
}
