import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import type { FeedKind } from '../../lib/feed.ts';
import { useServerData } from '../../lib/server-data.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { EventLine } from './event-line.tsx';
import styles from './timeline.module.css';

const kinds: readonly FeedKind[] = ['incident', 'message', 'outbox', 'alarm'];

/** The journal of one incident and nothing else, oldest first. */
export function History({ incidentId }: { readonly incidentId: number }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const load = useCallback(
    (rpc: Rpc, signal: AbortSignal) => rpc.incidents.history({ id: incidentId }, { signal }),
    [incidentId],
  );
  const { data, error } = useServerData(load, kinds);
  if (!data) return error ? <EmptyState tone="error" title={errorText(error)} /> : null;
  if (data.entries.length === 0) return <EmptyState title={t('card.history.empty')} />;
  return (
    <div className={styles.flow} tabIndex={0} role="region" aria-label={t('card.history.label')}>
      <div className={styles.content}>
        {data.entries.map((entry) => (
          <EventLine key={entry.sequence} entry={entry} incidentId={incidentId} withDate />
        ))}
      </div>
    </div>
  );
}
