import type { JournalView } from '../../../shared/contract/incidents.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useFormat } from '../../lib/use-format.ts';
import { eventText } from './event-text.ts';
import styles from './event-line.module.css';
import { useNames } from './use-names.ts';

/** A quiet line between the letters: when, what, who. */
export function EventLine({
  entry,
  incidentId,
  withDate = false,
  trailing,
}: {
  readonly entry: JournalView;
  readonly incidentId: number;
  readonly withDate?: boolean;
  /** What can be done about it. */
  readonly trailing?: ReactNode;
}) {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const { ticker } = useDesk();
  const text = eventText(entry, { t, names, format, incidentId, at: entry.at });
  return (
    <p className={styles.line} data-dated={withDate ? '' : undefined}>
      <time className={styles.time} dateTime={new Date(entry.at).toISOString()} title={format.full(entry.at)}>
        {withDate ? format.when(entry.at, ticker.second()) : format.clock(entry.at)}
      </time>
      <span className={styles.text}>
        {text}
        <span className={styles.actor}>
          {' · '}
          {entry.actorId === null ? t('journal.system') : names.person(entry.actorId)}
        </span>
        {trailing ? <> {trailing}</> : null}
      </span>
    </p>
  );
}
