import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { PultContract } from '../../../shared/contract/index.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import styles from '../../ui/hits.module.css';

export type SearchHit = z.infer<PultContract['search']['find']['output']>['hits'][number];

/** What was found for the text, newest first; the old answer stays, dimmed, while the next is on its way. */
export function SearchResults({
  text,
  active,
  onActive,
  onOpen,
  onHits,
  listRef,
}: {
  readonly text: string;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (hit: SearchHit) => void;
  readonly onHits: (hits: readonly SearchHit[]) => void;
  readonly listRef: React.Ref<VirtualListHandle>;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { hits, error, pending } = useSearch(text, onHits);

  if (error) return <EmptyState tone="error" title={errorText(error)} />;
  if (!hits) return <EmptyState title={t('common.loading')} />;
  if (hits.length === 0)
    return <EmptyState title={t('queue.search.nothing')}>{t('queue.search.nothingText')}</EmptyState>;
  return (
    <div className={styles.root} data-pending={pending || undefined}>
      <p className={styles.count} role="status">
        {t('queue.search.found', { count: hits.length })}
      </p>
      <VirtualList
        ref={listRef}
        count={hits.length}
        rowHeight={52}
        label={t('queue.search.results')}
        columnCount={1}
        active={active}
        onActive={onActive}
        onOpen={(index) => {
          const hit = hits[index];
          if (hit) onOpen(hit);
        }}
        rowKey={(index) => `${hits[index]?.incidentId ?? 0}-${hits[index]?.messageId ?? 0}-${index}`}
        renderRow={(index) => {
          const hit = hits[index];
          return hit ? <Hit hit={hit} /> : null;
        }}
      />
    </div>
  );
}

function Hit({ hit }: { readonly hit: SearchHit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  return (
    <div role="gridcell" className={styles.hit}>
      <div className={styles.line}>
        <span className={styles.code}>{hit.code || t('queue.search.noIncident')}</span>
        <span className={styles.title}>{hit.title}</span>
        <span className={styles.when} title={format.full(hit.at)}>
          {format.when(hit.at, now)}
        </span>
      </div>
      <div className={styles.snippet}>
        {hit.from ? <span className={styles.from}>{hit.from}</span> : null}
        <MarkedText text={hit.snippet} marks={hit.marks} />
      </div>
    </div>
  );
}

type Found = {
  readonly text: string;
  readonly hits: readonly SearchHit[] | undefined;
  readonly error: AppError | undefined;
};

function useSearch(
  text: string,
  onHits: (hits: readonly SearchHit[]) => void,
): {
  readonly hits: readonly SearchHit[] | undefined;
  readonly error: AppError | undefined;
  readonly pending: boolean;
} {
  const { rpc } = useDesk();
  const [found, setFound] = useState<Found>({ text: '', hits: undefined, error: undefined });

  useEffect(() => {
    const stop = new AbortController();
    // A word is typed faster than it is worth asking for its parts.
    const timer = setTimeout(() => {
      rpc.search.find({ text, limit: 50 }, { signal: stop.signal }).then(
        ({ hits }) => {
          if (stop.signal.aborted) return;
          setFound({ text, hits, error: undefined });
          onHits(hits);
        },
        (thrown: unknown) => {
          if (!stop.signal.aborted) setFound({ text, hits: undefined, error: toAppError(thrown) });
        },
      );
    }, 60);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [rpc, text, onHits]);

  return { hits: found.hits, error: found.error, pending: found.text !== text };
}
