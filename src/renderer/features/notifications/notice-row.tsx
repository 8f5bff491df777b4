import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationRow } from '../../../shared/contract/notifications.ts';
import { useDesk } from '../../lib/desk.ts';
import { moneyText } from '../../lib/notices/money.ts';
import { StepTrail } from '../../lib/notices/step-trail.tsx';
import { safeLine } from '../../lib/safe-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './notifications.module.css';

export const noticeColumns = ['pick', 'state', 'to', 'what', 'steps', 'code', 'cost', 'at'] as const;

const shapes = {
  waiting: '◷',
  climbing: '▸',
  reached: '✓',
  acknowledged: '☑',
  'not-reached': '!',
  cancelled: '–',
  bundled: '⊞',
} as const;

export function NoticeHead() {
  const { t } = useTranslation();
  return (
    <div className={styles.cells} role="presentation">
      {noticeColumns.map((key, index) => (
        <div
          key={key}
          role="columnheader"
          aria-colindex={index + 1}
          className={styles.headCell}
          data-column={key}
        >
          <span className={key === 'pick' ? 'visually-hidden' : undefined}>
            {t(`notifications.list.column.${key}`)}
          </span>
        </div>
      ))}
    </div>
  );
}

/** Its own title says what it is. */
function isNamed({ kind, title }: NotificationRow): boolean {
  return kind === 'composed' || (kind === 'call' && title !== '');
}

/** One notification: how it stands, to whom, what about, and its steps in a glance. */
export const NoticeRow = memo(function NoticeRow({
  row,
  picked,
  onPick,
}: {
  readonly row: NotificationRow;
  readonly picked: boolean;
  readonly onPick: (id: number) => void;
}) {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const format = useFormat();
  const name = safeLine(row.party?.name ?? t('notifications.list.gone'));
  const title = safeLine(row.title || row.text) || t('notifications.list.noTitle');
  return (
    <div className={styles.cells} role="presentation">
      <div role="gridcell" aria-colindex={1} data-column="pick">
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles.pick}
          aria-label={t('notifications.list.pick', { name })}
          checked={picked}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onPick(row.id)}
        />
      </div>
      <div
        role="gridcell"
        aria-colindex={2}
        data-column="state"
        className={styles.state}
        data-state={row.state}
      >
        <span aria-hidden="true" className={styles.shape}>
          {shapes[row.state]}
        </span>
        <span title={t(`notifications.state.${row.state}`)}>{t(`notifications.state.${row.state}`)}</span>
      </div>
      <div role="gridcell" aria-colindex={3} data-column="to" title={name}>
        {name}
      </div>
      <div role="gridcell" aria-colindex={4} data-column="what" title={`${row.title}\n${row.text}`.trim()}>
        {row.urgency === 'normal' ? null : (
          <span className={styles.urgency} data-urgency={row.urgency}>
            <span aria-hidden="true">{row.urgency === 'critical' ? '!' : '▲'}</span>
            <span className="visually-hidden">{t(`ladders.urgency.${row.urgency}`)}</span>{' '}
          </span>
        )}
        {isNamed(row) ? null : <span className={styles.kind}>{t(`notifications.kind.${row.kind}`)} </span>}
        {title}
      </div>
      <div role="gridcell" aria-colindex={5} data-column="steps">
        {row.heldBy !== null && row.dueAt !== null ? (
          <span className={styles.faint}>
            {t(`notifications.held.${row.heldBy}`, { time: format.time(row.dueAt) })}
          </span>
        ) : (
          <StepTrail steps={row.steps} />
        )}
        {row.nextId === null ? null : (
          <span className={styles.passedOn} title={t('notifications.list.passedOn')}>
            <span aria-hidden="true">↪</span>
            <span className="visually-hidden">{t('notifications.list.passedOn')}</span>
          </span>
        )}
      </div>
      <div role="gridcell" aria-colindex={6} data-column="code">
        {row.incident?.code ?? ''}
      </div>
      <div role="gridcell" aria-colindex={7} data-column="cost">
        {row.cost > 0 ? t('notifications.list.money', { amount: moneyText(row.cost, format) }) : ''}
      </div>
      <div role="gridcell" aria-colindex={8} data-column="at" title={format.full(row.createdAt)}>
        {format.when(row.createdAt, ticker.second())}
      </div>
    </div>
  );
});
