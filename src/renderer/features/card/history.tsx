import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import type { FeedKind } from '../../lib/feed.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useUndo } from '../../lib/use-undo.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { EventLine } from './event-line.tsx';
import styles from './timeline.module.css';
import { UndoEntry } from './undo-entry.tsx';

const kinds: readonly FeedKind[] = ['incident', 'message', 'outbox', 'alarm'];

/** The journal of one incident and nothing else, oldest first; what can be taken back has its button. */
export function History({ incidentId }: { readonly incidentId: number }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const undo = useUndo();
  const load = useCallback(
    async (rpc: Rpc, signal: AbortSignal) => {
      const [history, ways] = await Promise.all([
        rpc.incidents.history({ id: incidentId }, { signal }),
        rpc.undo.ofIncident({ incidentId }, { signal }),
      ]);
      return {
        entries: history.entries,
        why: new Map(ways.entries.map(({ sequence, why }) => [sequence, why])),
      };
    },
    [incidentId],
  );
  const { data, error } = useServerData(load, kinds);
  if (!data) return error ? <EmptyState tone="error" title={errorText(error)} /> : null;
  if (data.entries.length === 0) return <EmptyState title={t('card.history.empty')} />;
  return (
    <div className={styles.flow} tabIndex={0} role="region" aria-label={t('card.history.label')}>
      <div className={styles.content}>
        {data.entries.map((entry) => {
          const why = data.why.get(entry.sequence);
          return (
            <EventLine
              key={entry.sequence}
              entry={entry}
              incidentId={incidentId}
              withDate
              trailing={
                why === undefined ? null : (
                  <UndoEntry
                    why={why}
                    isUndone={entry.event === 'incident.undone'}
                    onUndo={() => void undo(entry.sequence)}
                  />
                )
              }
            />
          );
        })}
      </div>
    </div>
  );
}
