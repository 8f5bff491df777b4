import { Search } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AssetRow } from '../../../shared/contract/assets.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { AssetFilters } from './asset-filters.tsx';
import { createAssetList, noFilter, type AssetFilter, type AssetList } from './asset-list.ts';
import { AssetPanel } from './asset-panel.tsx';
import { AssetCells, AssetHead, columnCount } from './asset-row.tsx';
import styles from './assets.module.css';

const typingMs = 120;

/** The long list, and beside it the one that is open. */
export function AssetRegistry({
  assetId,
  onOpen,
  onImport,
  onOpenIncident,
  onCall,
}: {
  readonly assetId: number | null;
  readonly onOpen: (id: number | null) => void;
  readonly onImport: () => void;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onCall: (assetId: number) => void;
}) {
  const { t } = useTranslation();
  const list = useAssetList();
  const state = useStore(list.store);
  const handle = useRef<VirtualListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [walked, setActive] = useState(-1);
  const [adding, setAdding] = useState(false);
  const withPanel = adding || assetId !== null;
  // One that was opened by its address has not been walked to.
  const active = walked >= 0 ? walked : placeOf(state.rows, assetId);

  const choose = useCallback(
    (part: Partial<AssetFilter>) => {
      setActive(-1);
      handle.current?.scrollToIndex(0);
      list.choose({ ...list.store.getState().filter, ...part });
    },
    [list],
  );
  useTyping(text, (typed) => choose({ text: typed }));

  function open(id: number | null): void {
    setAdding(false);
    onOpen(id);
  }

  function openAt(index: number): void {
    const row = state.rows.get(index);
    if (row) open(row.id);
  }

  function move(index: number): void {
    setActive(index);
    // An open card follows the hand.
    if (assetId !== null) openAt(index);
  }

  function step(by: number): void {
    const next = Math.max(0, Math.min(state.total - 1, active + by));
    handle.current?.scrollToIndex(next);
    move(next);
  }

  function showAll(): void {
    setText('');
    choose(noFilter);
  }

  useShortcut('next', () => step(1), state.total > 0);
  useShortcut('previous', () => step(-1), state.total > 0);
  useShortcut('open', () => openAt(Math.max(0, active)), state.total > 0);
  useShortcut('search', () => search.current?.focus());
  useShortcut('back', () => (withPanel ? open(null) : false));

  return (
    <div className={styles.columns} data-open={withPanel || undefined}>
      <div className={styles.main}>
        <div className={styles.tools}>
          <div className={styles.search}>
            <Field
              ref={search}
              kind="search"
              name={t('assets.search')}
              placeholder={t('assets.search')}
              leading={<Search size={14} aria-hidden="true" />}
              value={text}
              onChange={setText}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
                event.preventDefault();
                if (state.total === 0) return;
                setActive(0);
                handle.current?.focusActive();
                if (event.key === 'Enter') openAt(0);
              }}
              maxLength={100}
              autoComplete="off"
            />
          </div>
          <AssetFilters filter={state.filter} onChange={choose} />
          <span className={styles.found} role="status">
            {state.status === 'live' ? t('assets.found', { count: state.total }) : null}
          </span>
          <Button
            onClick={() => {
              onOpen(null);
              setAdding(true);
            }}
          >
            {t('assets.add')}
          </Button>
        </div>
        {state.total === 0 ? (
          <Nothing list={list} onImport={onImport} onShowAll={showAll} />
        ) : (
          <div
            className={styles.list}
            data-dim={state.status === 'loading' || state.status === 'stale' || undefined}
          >
            <VirtualList
              ref={handle}
              count={state.total}
              rowHeight={32}
              label={t('assets.grid')}
              columnCount={columnCount}
              header={<AssetHead />}
              active={active}
              onActive={move}
              onOpen={openAt}
              onRange={list.see}
              rowKey={(index) => index}
              renderRow={(index) => <AssetCells row={state.rows.get(index)} />}
            />
          </div>
        )}
      </div>
      {withPanel ? (
        <AssetPanel
          key={adding ? 'new' : assetId}
          assetId={adding ? null : assetId}
          onOpen={open}
          onOpenIncident={onOpenIncident}
          onCall={onCall}
        />
      ) : null}
    </div>
  );
}

function Nothing({
  list,
  onImport,
  onShowAll,
}: {
  readonly list: AssetList;
  readonly onImport: () => void;
  readonly onShowAll: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { status, error, filter } = useStore(list.store);
  if (status === 'loading') return null;
  if (error) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={() => void list.reload()}>{t('common.retry')}</Button>}
      />
    );
  }
  const isBare = JSON.stringify(filter) === JSON.stringify(noFilter);
  return isBare ? (
    <EmptyState
      title={t('assets.empty')}
      action={
        <Button kind="primary" onClick={onImport}>
          {t('assets.import')}
        </Button>
      }
    >
      {t('assets.emptyText')}
    </EmptyState>
  ) : (
    <EmptyState
      title={t('assets.nothing')}
      action={<Button onClick={onShowAll}>{t('assets.filter.clear')}</Button>}
    >
      {t('assets.nothingText')}
    </EmptyState>
  );
}

function useAssetList(): AssetList {
  const { rpc, feed } = useDesk();
  const list = useMemo(() => createAssetList({ rpc, feed }), [rpc, feed]);
  useEffect(() => {
    const stop = new AbortController();
    list.start(stop.signal);
    return () => stop.abort();
  }, [list]);
  return list;
}

/** Tells a text once the hand rests. */
function useTyping(text: string, onRest: (text: string) => void): void {
  const told = useRef(text);
  const latest = useRef(onRest);
  useEffect(() => {
    latest.current = onRest;
  });
  useEffect(() => {
    if (told.current === text) return undefined;
    const timer = setTimeout(() => {
      told.current = text;
      latest.current(text.trim());
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text]);
}

function placeOf(rows: ReadonlyMap<number, AssetRow>, id: number | null): number {
  if (id === null) return -1;
  return [...rows].find(([, row]) => row.id === id)?.[0] ?? -1;
}
