import { Search } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { createHand } from '../../lib/hand.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { NoticeDetail } from './notice-detail.tsx';
import { NoticeFilters } from './notice-filters.tsx';
import { createNoticeList, type NoticeList, type NoticeListState } from './notice-list.ts';
import { filterSize, noticeFilter, scopeFilters, scopeOf, scopes } from './notice-pages.ts';
import { noticeColumns, NoticeHead, NoticeRow } from './notice-row.tsx';
import { NoticeSelection } from './notice-selection.tsx';
import styles from './notifications.module.css';
import { usePicked } from './use-picked.ts';

/** Every notification, newest first; the open one is unfolded below. */
export function ListTab({
  list,
  openId,
  onOpen,
  onOpenIncident,
}: {
  readonly list: NoticeList;
  readonly openId: number | null;
  readonly onOpen: (id: number | null) => void;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const density = useStore(preferences.store, (state) => state.density);
  const state = useStore(list.store);
  const grid = useRef<VirtualListHandle>(null);
  const picked = usePicked(state.rows);
  const active = state.rows.findIndex(({ id }) => id === openId);
  const onRange = useCallback((first: number, last: number) => list.see(first, last), [list]);

  function move(step: number): void {
    const next = Math.max(0, Math.min(state.rows.length - 1, active + step));
    const id = state.rows[next]?.id;
    if (id === undefined) return;
    grid.current?.scrollToIndex(next);
    onOpen(id);
    grid.current?.focusActive();
  }

  useShortcut('next', () => move(1));
  useShortcut('previous', () => move(-1));
  useShortcut('showNew', () => list.release(), state.fresh.length > 0);
  useShortcut('selectRow', () => (active < 0 ? false : picked.toggle(active)));
  useShortcut('selectNext', () => {
    if (active < 0) return;
    picked.extendTo(Math.min(state.rows.length - 1, active + 1), active);
    move(1);
  });
  useShortcut('selectPrevious', () => {
    if (active < 0) return;
    picked.extendTo(Math.max(0, active - 1), active);
    move(-1);
  });

  return (
    <div className={styles.pane}>
      <Tools list={list} state={state} />
      {picked.ids.size > 0 ? <NoticeSelection ids={picked.ids} onClear={picked.clear} /> : null}
      {state.rows.length === 0 && state.status !== 'loading' ? (
        <Nothing list={list} state={state} />
      ) : (
        <div className={styles.list} data-dim={state.status === 'loading' || state.status === 'stale'}>
          <VirtualList
            ref={grid}
            count={state.rows.length}
            rowHeight={density === 'compact' ? 32 : 40}
            label={t('notifications.list.label')}
            columnCount={noticeColumns.length}
            header={<NoticeHead />}
            active={active}
            onActive={(index) => onOpen(state.rows[index]?.id ?? null)}
            onOpen={(index) => onOpen(state.rows[index]?.id ?? null)}
            onRange={onRange}
            isSelected={picked.ids.size > 0 ? (index) => picked.has(index) : undefined}
            onSelectTo={(index, isRange) =>
              isRange ? picked.extendTo(index, Math.max(0, active)) : picked.toggle(index)
            }
            rowKey={(index) => state.rows[index]?.id ?? `empty-${index}`}
            renderRow={(index) => {
              const row = state.rows[index];
              return row ? (
                <NoticeRow row={row} picked={picked.ids.has(row.id)} onPick={picked.toggleId} />
              ) : null;
            }}
          />
        </div>
      )}
      {openId === null ? null : (
        <NoticeDetail key={openId} id={openId} onClose={() => onOpen(null)} onOpenIncident={onOpenIncident} />
      )}
    </div>
  );
}

function Tools({ list, state }: { readonly list: NoticeList; readonly state: NoticeListState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, total, fresh } = state;
  const search = useRef<HTMLInputElement>(null);
  const text = useTyped(list, filter.text);
  useShortcut('search', () => search.current?.focus());
  return (
    <div className={styles.tools}>
      <div className={styles.search}>
        <Field
          ref={search}
          kind="search"
          name={t('notifications.list.search')}
          placeholder={t('notifications.list.search')}
          leading={<Search size={14} aria-hidden="true" />}
          value={text.value}
          onChange={text.type}
          maxLength={200}
          autoComplete="off"
        />
      </div>
      <Segmented
        label={t('notifications.scope.label')}
        value={scopeOf(filter)}
        options={scopes.map((value) => ({ value, label: t(`notifications.scope.${value}`) }))}
        onChange={(scope) => list.choose({ ...filter, ...scopeFilters[scope] })}
      />
      <NoticeFilters filter={filter} onChange={list.choose} />
      {fresh.length > 0 ? (
        <Button onClick={list.release}>{t('notifications.list.fresh', { count: fresh.length })}</Button>
      ) : null}
      <span className={styles.total} role="status">
        {total === null
          ? state.rows.length > 0
            ? t('notifications.list.totalMany', { formatted: format.number(state.rows.length) })
            : ''
          : t('notifications.list.total', { count: total, formatted: format.number(total) })}
      </span>
    </div>
  );
}

const typingMs = 150;

/** Asked when the hand rests: each letter would be a search of its own. */
function useTyped(list: NoticeList, text: string) {
  const [value, setValue] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    value,
    type(next: string): void {
      setValue(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        list.choose({ ...list.store.getState().filter, text: next });
      }, typingMs);
    },
  };
}

function Nothing({ list, state }: { readonly list: NoticeList; readonly state: NoticeListState }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { filter, error, status } = state;
  if (error && status === 'failed') {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={list.reload}>{t('common.retry')}</Button>}
      />
    );
  }
  const bare = filterSize(filter) === 0 && filter.text === '' && scopeOf(filter) === 'all';
  return bare ? (
    <EmptyState title={t('notifications.list.empty')}>{t('notifications.list.emptyText')}</EmptyState>
  ) : (
    <EmptyState
      title={t('notifications.list.nothing')}
      action={<Button onClick={() => list.choose(noticeFilter)}>{t('notifications.list.clear')}</Button>}
    >
      {t('notifications.list.nothingText')}
    </EmptyState>
  );
}

/** One list for the screen; it goes on while another part of the screen is shown. */
export function useNoticeList(screen: React.RefObject<HTMLElement | null>): NoticeList {
  const { rpc, feed } = useDesk();
  const parts = useMemo(() => {
    const hand = createHand(() => screen.current);
    return { hand, list: createNoticeList({ rpc, feed, isBusy: hand.isBusy }) };
  }, [rpc, feed, screen]);
  useEffect(() => {
    const stop = new AbortController();
    parts.hand.start(stop.signal);
    parts.list.start(stop.signal);
    return () => stop.abort();
  }, [parts]);
  const held = useStore(parts.list.store, ({ fresh }) => fresh.length > 0);
  useEffect(() => {
    if (!held) return undefined;
    // What was held back is shown as soon as the hand rests.
    const timer = setInterval(() => {
      if (!parts.hand.isBusy()) parts.list.release();
    }, 500);
    return () => clearInterval(timer);
  }, [parts, held]);
  return parts.list;
}
