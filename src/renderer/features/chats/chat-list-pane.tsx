import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { createHand, type Hand } from '../../lib/hand.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import styles from '../../ui/list-pane.module.css';
import { createChatList, type ChatList, type ListQuestion, type ListState } from './chat-list.ts';
import { ChatRowView } from './chat-row.tsx';
import { Findings } from './findings.tsx';
import { ListBar, type Search } from './list-bar.tsx';
import { useSearch, type Finding } from './use-search.ts';

const rowHeight = 54;

/** The chats, the latest heard from first; walking them reads nothing for anybody but the dispatcher. */
export function ChatListPane({
  accounts,
  openId,
  search,
  onSearch,
  onOpen,
  onEnter,
  onSignIn,
  listRef,
}: {
  readonly accounts: readonly TelegramAccount[] | null;
  readonly openId: number | null;
  readonly search: Search | null;
  readonly onSearch: (search: Search | null) => void;
  readonly onOpen: (chatId: number, messageId: number | null) => void;
  /** Enter on the chat that is already open. */
  readonly onEnter: () => void;
  readonly onSignIn: () => void;
  readonly listRef: RefObject<VirtualListHandle | null>;
}) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const pane = useRef<HTMLElement>(null);
  const { list, hand } = useChatList(pane);
  const state = useStore(list.store);
  const wanted = useRef<number | null>(null);
  const range = useRef({ first: 0, last: 0 });
  const isSearching = search !== null && search.text.trim() !== '';
  const found = useSearch(isSearching ? search.text : '', search?.chat?.id ?? null);
  const [hitIndex, setHitIndex] = useState(-1);
  const active = openId === null ? -1 : placeOf(state, openId);

  // A jump past what was fetched ends when the rows are here.
  useEffect(() => {
    if (wanted.current !== null) openAt(wanted.current);
  });
  useEffect(() => list.see(range.current.first, range.current.last), [list, state.order]);
  useRelease(list, state.held, hand);

  const onRange = useCallback(
    (first: number, last: number) => {
      range.current = { first, last };
      list.see(first, last);
    },
    [list],
  );

  function openAt(place: number): void {
    const id = list.store.getState().order.get(place);
    wanted.current = id === undefined ? place : null;
    if (id !== undefined) onOpen(id, null);
  }

  function openFinding(finding: Finding): void {
    if (finding.kind === 'chat') onOpen(finding.chat.id, null);
    else onOpen(finding.hit.chatId, finding.hit.messageId);
  }

  function move(step: number): void {
    if (isSearching) {
      const findings = found.findings ?? [];
      const next = Math.max(0, Math.min(findings.length - 1, hitIndex + step));
      const finding = findings[next];
      setHitIndex(next);
      listRef.current?.scrollToIndex(next);
      if (finding) openFinding(finding);
    } else {
      const next = Math.max(0, Math.min(state.total - 1, active + step));
      listRef.current?.scrollToIndex(next);
      openAt(next);
    }
    listRef.current?.focusActive();
  }

  function choose(question: Partial<ListQuestion>): void {
    if (question.filter) preferences.set({ chatFilter: question.filter });
    listRef.current?.scrollToIndex(0);
    list.choose(question);
  }

  function endSearch(next: Search | null): void {
    setHitIndex(-1);
    onSearch(next);
  }

  useShortcut('next', () => move(1));
  useShortcut('previous', () => move(-1));
  useShortcut('open', () => (openId === null ? move(1) : onEnter()));
  useShortcut('search', () => onSearch(search ?? { text: '', chat: null }));
  useShortcut('showNew', () => void list.release(), state.held);

  return (
    <section ref={pane} className={styles.pane} aria-label={t('chats.list')}>
      <ListBar
        state={state}
        accounts={accounts ?? []}
        search={search}
        onSearch={endSearch}
        onDown={() => move(1)}
        onChoose={choose}
        onRelease={() => void list.release()}
      />
      {isSearching ? (
        <Findings
          {...found}
          active={hitIndex}
          onActive={setHitIndex}
          onOpen={openFinding}
          listRef={listRef}
        />
      ) : state.status !== 'loading' && state.total === 0 ? (
        <EmptyList state={state} list={list} accounts={accounts} onChoose={choose} onSignIn={onSignIn} />
      ) : (
        <div
          className={styles.list}
          data-dim={state.status === 'loading' || state.status === 'stale' || undefined}
        >
          <VirtualList
            ref={listRef}
            count={state.total}
            rowHeight={rowHeight}
            label={t('chats.list')}
            columnCount={1}
            active={active}
            onActive={openAt}
            onOpen={(place) => (place === active ? onEnter() : openAt(place))}
            onRange={onRange}
            rowKey={(place) => state.order.get(place) ?? `empty-${place}`}
            renderRow={(place) => <ChatRowView row={state.rows.get(state.order.get(place) ?? 0)} />}
          />
        </div>
      )}
    </section>
  );
}

function placeOf(state: ListState, id: number): number {
  for (const [place, other] of state.order) if (other === id) return place;
  return -1;
}

function EmptyList({
  state,
  list,
  accounts,
  onChoose,
  onSignIn,
}: {
  readonly state: ListState;
  readonly list: ChatList;
  readonly accounts: readonly TelegramAccount[] | null;
  readonly onChoose: (question: Partial<ListQuestion>) => void;
  readonly onSignIn: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { filter, folderId, accountId } = state.question;
  if (state.status === 'failed') {
    return (
      <EmptyState
        tone="error"
        title={t('chats.empty.failed')}
        action={<Button onClick={() => void list.reload()}>{t('common.retry')}</Button>}
      >
        {state.error ? errorText(state.error) : null}
      </EmptyState>
    );
  }
  if (filter === 'unread') {
    return <EmptyState title={t('chats.empty.unread')}>{t('chats.empty.unreadText')}</EmptyState>;
  }
  if (filter !== 'all' || folderId !== null || accountId !== null) {
    const all: ListQuestion = { filter: 'all', folderId: null, accountId: null };
    return (
      <EmptyState
        title={t('chats.empty.filtered')}
        action={<Button onClick={() => onChoose(all)}>{t('chats.empty.clear')}</Button>}
      />
    );
  }
  if (accounts !== null && accounts.some((account) => account.state !== 'signed-out')) {
    return <EmptyState title={t('chats.empty.waiting')}>{t('chats.empty.waitingText')}</EmptyState>;
  }
  return (
    <EmptyState
      title={t('chats.empty.none')}
      action={
        <Button kind="primary" onClick={onSignIn}>
          {t('chats.empty.signIn')}
        </Button>
      }
    >
      {t('chats.empty.noneText')}
    </EmptyState>
  );
}

function useChatList(pane: RefObject<HTMLElement | null>): { readonly list: ChatList; readonly hand: Hand } {
  const { rpc, feed, preferences } = useDesk();
  const parts = useMemo(() => {
    const hand = createHand(() => pane.current);
    const filter = preferences.store.getState().chatFilter;
    const question = { accountId: null, filter, folderId: null };
    return { hand, list: createChatList({ rpc, feed, question, isBusy: hand.isBusy }) };
  }, [rpc, feed, preferences, pane]);

  useEffect(() => {
    const stop = new AbortController();
    parts.hand.start(stop.signal);
    parts.list.start(stop.signal);
    return () => stop.abort();
  }, [parts]);
  return parts;
}

/** What was held back is shown as soon as the hand rests. */
function useRelease(list: ChatList, held: boolean, hand: Hand): void {
  useEffect(() => {
    if (!held) return undefined;
    const timer = setInterval(() => {
      if (!hand.isBusy()) void list.release();
    }, 500);
    return () => clearInterval(timer);
  }, [list, held, hand]);
}
