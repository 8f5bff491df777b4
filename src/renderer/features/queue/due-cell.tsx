import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import { pausingStatus } from '../../../shared/domain/clock-state.ts';
import { readoutOf } from '../../lib/clock-text.ts';
import { useDesk } from '../../lib/desk.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import styles from './queue-row.module.css';

/** The only cell that ticks: the row around it renders when its incident changes. */
export function DueCell({ row }: { readonly row: IncidentRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const { state, urgency, leftMs } = readoutOf(row.clock, now);

  if (row.postponedUntil !== null) {
    const at = row.postponedUntil;
    return (
      <span className={styles.quiet} title={t('queue.postponedLong', { at: format.full(at) })}>
        {t('queue.postponed', { at: format.short(at, now) })}
      </span>
    );
  }
  if (state === 'none') return <span className={styles.quiet}>{t('queue.clock.none')}</span>;
  if (row.clock?.merged) return <span className={styles.quiet}>{t('clocks.merged')}</span>;
  const word =
    row.typeId === null && state === 'no-target' ? t('queue.clock.noType') : t(`queue.clock.${state}`);
  const at = row.clock?.dueAt ? format.full(row.clock.dueAt) : '';
  const reason = pausingStatus(row.clock?.pauseReason ?? null) === undefined ? row.clock?.pauseReason : '';
  const told = t(`queue.clockLong.${state}`, { at, reason: reason ?? '' });
  // The incident's own deadline needs no name; of several clocks the nearest stands here.
  const name = row.clock && row.clock.kind !== 'sla' ? nameOf(row.clock, language) : '';
  const long = name === '' ? told : `${name}: ${told}`;
  if (leftMs === null) {
    return (
      <span className={styles[urgency]} title={long}>
        {word}
      </span>
    );
  }
  return (
    <span className={styles[urgency]} title={long}>
      <span className="visually-hidden">{`${name} ${word} `.trimStart()}</span>
      {format.countdown(leftMs)}
    </span>
  );
}
