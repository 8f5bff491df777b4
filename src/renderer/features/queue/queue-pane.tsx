import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { QueueFilter, QueueSort } from '../../../shared/contract/incidents.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { createHand } from '../../lib/hand.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { gridTemplate, shownColumns } from './columns.ts';
import { SelectionBar } from './bulk/selection-bar.tsx';
import { type Selection, useSelection } from './bulk/use-selection.ts';
import { QueueBar } from './queue-bar.tsx';
import { QueueHead } from './queue-head.tsx';
import { createQueue, type Queue } from './queue.ts';
import { QueueRow } from './queue-row.tsx';
import { idAt, indexOf, openFilter, pillOf, urgencySort, type QueueState } from './queue-state.ts';
import { SearchResults, type SearchHit } from './search-results.tsx';
import { useRowFloods } from './use-row-floods.ts';
import { useWidth } from './use-width.ts';
import styles from '../../ui/list-pane.module.css';

const noHits: readonly SearchHit[] = [];

/** The queue: what waits, in the order of urgency, holding still under the hand. */
export function QueuePane({
  personId,
  openId,
  onOpen,
  onEnter,
  onAnswerAll,
}: {
  readonly personId: number;
  /** The incident in the card beside; the list's own focus follows it. */
  readonly openId: number | null;
  readonly onOpen: (id: number) => void;
  /** Enter on the row whose card is already open. */
  readonly onEnter: () => void;
  readonly onAnswerAll: (ids: readonly number[]) => void;
}) {
  const { t } = useTranslation();
  const { preferences, announcer } = useDesk();
  const pane = useRef<HTMLElement>(null);
  const list = useRef<VirtualListHandle>(null);
  const { queue, hand } = useQueue(personId, pane);
  const state = useStore(queue.store);
  const floods = useRowFloods(queue, state);
  const selection = useSelection(queue);
  const { hiddenColumns, density } = useStore(preferences.store);
  const width = useWidth(pane);
  const shown = useMemo(() => shownColumns(width, hiddenColumns), [width, hiddenColumns]);
  const [search, setSearch] = useState<string | null>(null);
  const [hits, setHits] = useState(noHits);
  const [hitIndex, setHitIndex] = useState(-1);
  const lastIndex = useRef(-1);
  const wanted = useRef<number | null>(null);
  const range = useRef({ first: 0, last: 0 });

  const found = openId === null ? -1 : indexOf(state, openId);
  useEffect(() => {
    if (found >= 0) lastIndex.current = found;
  }, [found]);

  // A jump past what was fetched ends when the rows are here.
  useEffect(() => {
    if (wanted.current !== null) openAt(wanted.current);
  });

  // A refresh may have dropped pages that are on the screen.
  useEffect(() => queue.see(range.current.first, range.current.last), [queue, state.pages]);

  const added = state.held?.added ?? 0;
  useEffect(() => {
    if (added > 0) announcer.say(t('queue.newRows', { count: added }));
  }, [added, announcer, t]);

  useRelease(queue, state.held !== null, hand.isBusy);

  const onRange = useCallback(
    (first: number, last: number) => {
      range.current = { first, last };
      queue.see(first, last);
    },
    [queue],
  );

  function openAt(index: number): void {
    const id = idAt(queue.store.getState(), index);
    wanted.current = id === undefined ? index : null;
    if (id === undefined) return;
    lastIndex.current = index;
    onOpen(id);
  }

  function move(step: number): void {
    if (search !== null && search.trim() !== '') {
      const next = Math.max(0, Math.min(hits.length - 1, hitIndex + step));
      setHitIndex(next);
      list.current?.scrollToIndex(next);
      const id = hits[next]?.incidentId;
      if (id) onOpen(id);
      return;
    }
    // A row that left the list leaves its place to the next one.
    const gone = found < 0 && lastIndex.current >= 0;
    const from = gone ? lastIndex.current - (step > 0 ? 1 : 0) : found;
    const next = Math.max(0, Math.min(state.total - 1, from + step));
    list.current?.scrollToIndex(next);
    openAt(next);
    list.current?.focusActive();
  }

  function choose(filter: QueueFilter, sort: QueueSort): void {
    preferences.set({ queueFilter: filter, queueSort: sort });
    lastIndex.current = -1;
    selection.clear();
    list.current?.scrollToIndex(0);
    queue.choose(filter, sort);
  }

  const searching = search !== null && search.trim() !== '';
  useSelectionKeys(selection, { at: () => found, last: () => state.total - 1, go: move }, !searching);
  useShortcut('next', () => move(1));
  useShortcut('previous', () => move(-1));
  useShortcut('open', () => (openId === null ? move(1) : onEnter()));
  useShortcut('showNew', () => showNew(), state.held !== null);
  const openFlood = openId === null ? undefined : floods.of(state.rows.get(openId));
  useShortcut('unfoldFlood', () => openFlood?.toggle(), openFlood !== undefined);
  useShortcut('search', () => setSearch(search ?? ''));
  useShortcut('back', () => endSearch(), search !== null);

  function showNew(): void {
    list.current?.scrollToIndex(0);
    void queue.release();
  }

  function endSearch(): void {
    setSearch(null);
    setHits(noHits);
    setHitIndex(-1);
  }

  const rowHeight = density === 'compact' ? 32 : 40;
  return (
    <section ref={pane} className={styles.pane} aria-label={t('queue.title')}>
      <QueueBar
        state={state}
        personId={personId}
        search={search}
        onSearch={setSearch}
        onEndSearch={endSearch}
        onSearchDown={() => {
          move(1);
          list.current?.focusActive();
        }}
        onChoose={choose}
        onShowNew={showNew}
      />
      {searching ? null : <SelectionBar selection={selection} onAnswerAll={onAnswerAll} />}
      {searching ? (
        <SearchResults
          text={search}
          active={hitIndex}
          onActive={setHitIndex}
          onHits={setHits}
          listRef={list}
          onOpen={(hit) => hit.incidentId !== null && onOpen(hit.incidentId)}
        />
      ) : state.status !== 'loading' && state.total === 0 ? (
        <EmptyQueue state={state} queue={queue} personId={personId} onChoose={choose} />
      ) : (
        <div
          className={styles.list}
          data-dim={state.status === 'loading' || state.status === 'stale' || undefined}
          style={{ '--queue-columns': gridTemplate(shown) } as React.CSSProperties}
        >
          <VirtualList
            ref={list}
            count={state.total}
            rowHeight={rowHeight}
            label={t('queue.grid')}
            columnCount={shown.length}
            header={
              <QueueHead shown={shown} sort={state.sort} onSort={(sort) => choose(state.filter, sort)} />
            }
            active={found}
            onActive={openAt}
            onOpen={(index) => (index === found ? onEnter() : openAt(index))}
            onRange={onRange}
            isSelected={selection.ids.size > 0 ? (index) => selection.has(idAt(state, index)) : undefined}
            onSelectTo={(index, isRange) => {
              if (!isRange) return selection.toggle(index);
              // The row the hand stands on is where a range begins.
              if (selection.ids.size === 0 && found >= 0) selection.toggle(found);
              selection.extendTo(index);
            }}
            rowKey={(index) => idAt(state, index) ?? `empty-${index}`}
            renderRow={(index) => {
              const row = state.rows.get(idAt(state, index) ?? 0);
              return <QueueRow row={row} shown={shown} flood={floods.of(row)} />;
            }}
          />
        </div>
      )}
    </section>
  );
}

type Walk = {
  /** Index of the row the hand stands on, -1 when it is none. */
  readonly at: () => number;
  readonly last: () => number;
  readonly go: (step: number) => void;
};

function useSelectionKeys(selection: Selection, { at, last, go }: Walk, enabled: boolean): void {
  const toggle = (): false | void => (at() < 0 ? false : selection.toggle(at()));
  const extend = (step: number): false | void => {
    if (at() < 0) return false;
    if (selection.ids.size === 0) selection.toggle(at());
    selection.extendTo(Math.max(0, Math.min(last(), at() + step)));
    go(step);
  };
  useShortcut('selectRow', toggle, enabled);
  useShortcut('selectNext', () => extend(1), enabled);
  useShortcut('selectPrevious', () => extend(-1), enabled);
  useShortcut(
    'selectAll',
    () => {
      // In a field the key chooses its text.
      if (document.activeElement?.matches('input,textarea,[contenteditable=true]')) return false;
      return void selection.all();
    },
    enabled,
  );
}

function EmptyQueue({
  state,
  queue,
  personId,
  onChoose,
}: {
  readonly state: QueueState;
  readonly queue: Queue;
  readonly personId: number;
  readonly onChoose: (filter: QueueFilter, sort: QueueSort) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (state.status === 'failed') {
    return (
      <EmptyState
        tone="error"
        title={t('queue.empty.failed')}
        action={<Button onClick={() => void queue.reload()}>{t('common.retry')}</Button>}
      >
        {state.error ? errorText(state.error) : null}
      </EmptyState>
    );
  }
  const pill = pillOf(state.filter, personId);
  if (pill === 'all') {
    return <EmptyState title={t('queue.empty.open')}>{t('queue.empty.openText')}</EmptyState>;
  }
  if (pill === 'mine') {
    return <EmptyState title={t('queue.empty.mine')}>{t('queue.empty.mineText')}</EmptyState>;
  }
  return (
    <EmptyState
      title={t('queue.empty.filtered')}
      action={<Button onClick={() => onChoose(openFilter, urgencySort)}>{t('queue.empty.clear')}</Button>}
    />
  );
}

function useQueue(personId: number, pane: React.RefObject<HTMLElement | null>) {
  const { rpc, feed, preferences } = useDesk();
  const parts = useMemo(() => {
    const hand = createHand(() => pane.current);
    const { queueFilter, queueSort } = preferences.store.getState();
    const queue = createQueue({
      rpc,
      feed,
      personId,
      // A filter kept by an older version lacks what came since.
      filter: { ...openFilter, ...queueFilter },
      sort: queueSort ?? urgencySort,
      isBusy: hand.isBusy,
    });
    return { queue, hand };
  }, [rpc, feed, preferences, personId, pane]);

  useEffect(() => {
    const stop = new AbortController();
    parts.hand.start(stop.signal);
    parts.queue.start(stop.signal);
    return () => stop.abort();
  }, [parts]);
  return parts;
}

/** What was held back is shown as soon as the hand rests. */
function useRelease(queue: Queue, held: boolean, isBusy: () => boolean): void {
  useEffect(() => {
    if (!held) return undefined;
    const timer = setInterval(() => {
      if (!isBusy()) void queue.release();
    }, 500);
    return () => clearInterval(timer);
  }, [queue, held, isBusy]);
}
