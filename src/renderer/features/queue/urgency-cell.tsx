import { useTranslation } from 'react-i18next';
import type { IncidentRow } from '../../../shared/contract/incidents.ts';
import { readoutOf } from '../../lib/clock-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import styles from './queue-row.module.css';

/** Shape and colour of the urgency; fills the edge of an overdue row. */
export function UrgencyCell({ row }: { readonly row: IncidentRow }) {
  const { t } = useTranslation();
  const { state, urgency } = readoutOf(row.clock, useSecond());
  // Its time has not come, whatever its clock says.
  if (row.postponedUntil !== null) return <StatusGlyph urgency="calm" label={t('queue.pills.postponed')} />;
  const word = state === 'none' ? t('queue.clock.none') : t(`queue.clock.${state}`);
  return (
    <>
      {urgency === 'overdue' ? <span className={styles.edge} /> : null}
      <StatusGlyph urgency={urgency} label={word} />
    </>
  );
}
