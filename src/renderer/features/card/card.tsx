import { Ellipsis, ExternalLink } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MessageView } from '../../../shared/contract/incidents.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { BoundAssets } from './bound-assets.tsx';
import { createCardSource } from './card-source.ts';
import {
  answerContext,
  latestMessage,
  type AnswerContext,
  type CardData,
  type CardState,
} from './card-state.ts';
import styles from './card.module.css';
import { ClockRow } from './clocks/clock-row.tsx';
import { WhyClocks } from './clocks/why-clocks.tsx';
import { useDossierItems } from './dossier/use-dossier-items.ts';
import { Facts } from './facts.tsx';
import { FavouriteStar } from './favourite-star.tsx';
import { History } from './history.tsx';
import { InlineText } from './inline-text.tsx';
import type { AskCard, CardDialog } from './life/card-dialog.ts';
import { LifeDialogs } from './life/life-dialogs.tsx';
import { useLifeActions, type LifeActions } from './life/use-life-actions.ts';
import { useLifeItems } from './life/use-life-items.ts';
import { useLife, type Life } from './life/use-life.ts';
import { useCardLinks } from './links/use-card-links.tsx';
import { StateLines } from './state-lines.tsx';
import { NotesTab } from './notes/notes-tab.tsx';
import { useNotes } from './notes/use-notes.ts';
import { Readers } from './readers.tsx';
import { Timeline } from './timeline.tsx';
import { useIncidentActions, type IncidentActions } from './use-incident-actions.ts';

/** An opened letter counts as read once it has been on the screen this long. */
const readAfterMs = 1200;

/** Everything about one incident, beside the queue or in a window of its own. */
export function Card({
  incidentId,
  composer,
  onReply,
  onOpenChat,
  onOpenWindow,
  onCall,
  onNotify,
  lines,
  focusRef,
}: {
  readonly incidentId: number;
  /** What is written at the bottom: the composers are other features, handed in by app. */
  readonly composer: (context: AnswerContext) => ReactNode;
  /** Begins an answer; undefined where nothing has been said yet. `chosen` by hand, not because it is the last. */
  readonly onReply: (message: MessageView | undefined, chosen: boolean) => void;
  readonly onOpenChat: (chatId: number, messageId: number) => void;
  /** Absent in a window of its own. */
  readonly onOpenWindow?: (() => void) | undefined;
  /** Calls a technician; absent where nobody can be called. */
  readonly onCall?: ((row: CardData['row']) => void) | undefined;
  readonly onNotify?: ((row: CardData['row']) => void) | undefined;
  /** What others know of this incident, a line each. */
  readonly lines?: ReactNode;
  /** Where Enter leads from the queue. */
  readonly focusRef: React.RefObject<HTMLDivElement | null>;
}) {
  const { rpc, feed } = useDesk();
  const { t } = useTranslation();
  const errorText = useErrorText();
  const source = useMemo(() => createCardSource({ rpc, feed, id: incidentId }), [rpc, feed, incidentId]);
  const state = useStore(source.store);

  useEffect(() => {
    const stop = new AbortController();
    source.start(stop.signal);
    return () => stop.abort();
  }, [source]);

  if (!state.card) {
    if (state.status !== 'failed') return <div className={styles.card} aria-busy="true" />;
    return (
      <div className={styles.card}>
        <EmptyState
          tone="error"
          title={t('card.failed')}
          action={<Button onClick={() => void source.reload()}>{t('common.retry')}</Button>}
        >
          {state.error ? errorText(state.error) : null}
        </EmptyState>
      </div>
    );
  }
  return (
    <CardView
      key={incidentId}
      data={state.card}
      state={state}
      composer={composer}
      onReply={onReply}
      onOpenChat={onOpenChat}
      onOlder={() => void source.older()}
      onOpenWindow={onOpenWindow}
      onCall={onCall}
      onNotify={onNotify}
      lines={lines}
      focusRef={focusRef}
    />
  );
}

function CardView({
  data,
  state,
  composer,
  onReply,
  onOpenChat,
  onOlder,
  onOpenWindow,
  onCall,
  onNotify,
  lines,
  focusRef,
}: {
  readonly data: CardData;
  readonly state: CardState;
  readonly composer: (context: AnswerContext) => ReactNode;
  readonly onReply: (message: MessageView | undefined, chosen: boolean) => void;
  readonly onOpenChat: (chatId: number, messageId: number) => void;
  readonly onOlder: () => void;
  readonly onOpenWindow?: (() => void) | undefined;
  readonly onCall?: ((row: CardData['row']) => void) | undefined;
  readonly onNotify?: ((row: CardData['row']) => void) | undefined;
  readonly lines?: ReactNode;
  readonly focusRef: React.RefObject<HTMLDivElement | null>;
}) {
  const { t } = useTranslation();
  const [dialog, ask] = useState<CardDialog | null>(null);
  const actions = useIncidentActions(data, ask);
  const lifeActions = useLifeActions(data, ask);
  const [tab, setTab] = useState('letters');
  const { row } = data;
  const { life } = useLife(row.id);
  const links = useCardLinks(row, () => setTab('letters'));
  const notes = useNotes(row.id);
  const [keptUnread, keepUnread] = useState(false);
  // What was made unread by hand is not read again while it lies open.
  useRead(row.id, row.unread && !keptUnread);
  useCardKeys(actions, setTab);
  useShortcut('call', () => onCall?.(row), onCall !== undefined);
  useShortcut('notify', () => onNotify?.(row), onNotify !== undefined);
  useMoveKey(state, actions);
  useReplyKey(state, onReply);

  const letters = state.entries?.filter((entry) => entry.kind === 'message').length ?? row.messageCount;
  return (
    <article
      className={styles.card}
      aria-label={t('card.label', { code: row.code })}
      data-stale={state.status === 'stale' || undefined}
    >
      <Head
        data={data}
        actions={actions}
        life={life}
        lifeActions={lifeActions}
        ask={ask}
        onWhy={() => setTab('why')}
        onOpenWindow={onOpenWindow}
        onCall={onCall}
        onNotify={onNotify}
        onUnread={() => keepUnread(true)}
        linkItems={links.items}
      />
      <StateLines incidentId={row.id} life={life} actions={lifeActions} ask={ask}>
        {links.lines}
        {lines}
      </StateLines>
      <Tabs
        label={t('card.label', { code: row.code })}
        value={tab}
        onChange={setTab}
        tabs={[
          { key: 'letters', label: t('card.tabs.letters'), count: Math.max(letters, row.messageCount) },
          { key: 'notes', label: t('notes.tab'), count: notes.data?.notes.length },
          { key: 'links', label: t('links.tab'), count: links.count },
          { key: 'history', label: t('card.tabs.history') },
          { key: 'why', label: t('card.tabs.why') },
        ]}
      >
        {tab === 'letters' ? (
          <Timeline
            ref={focusRef}
            state={state}
            incidentId={row.id}
            onOlder={onOlder}
            onMove={(message, target) => void actions.move(message, target)}
            onReply={(message) => onReply(message, true)}
            onOpenChat={onOpenChat}
            selection={links.selection}
            originOf={links.originOf}
            isMerged={links.isMerged}
          />
        ) : tab === 'notes' ? (
          <NotesTab notes={notes} />
        ) : tab === 'links' ? (
          links.tab
        ) : tab === 'history' ? (
          <History incidentId={row.id} />
        ) : (
          <WhyClocks incidentId={row.id} />
        )}
      </Tabs>
      {links.bar}
      {composer(answerContext(state))}
      <LifeDialogs dialog={dialog} data={data} life={life} actions={lifeActions} onClose={() => ask(null)} />
    </article>
  );
}

function Head({
  data,
  actions,
  life,
  lifeActions,
  ask,
  onWhy,
  onOpenWindow,
  onCall,
  onNotify,
  onUnread,
  linkItems,
}: {
  readonly data: CardData;
  readonly actions: IncidentActions;
  readonly life: Life | undefined;
  readonly lifeActions: LifeActions;
  readonly ask: AskCard;
  readonly onWhy: () => void;
  readonly onOpenWindow?: (() => void) | undefined;
  readonly onCall?: ((row: CardData['row']) => void) | undefined;
  readonly onNotify?: ((row: CardData['row']) => void) | undefined;
  readonly onUnread: () => void;
  readonly linkItems: readonly MenuItem[];
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [editing, setEditing] = useState(false);
  const { row } = data;
  const lifeItems = useLifeItems(life, lifeActions, ask);
  const dossierItems = useDossierItems(row);
  const outwards = [
    ['call', onCall],
    ['notify', onNotify],
  ] as const;
  useShortcut('editTitle', () => setEditing(true));
  return (
    <header className={styles.head}>
      <div className={styles.top}>
        <span className={styles.code}>{row.code}</span>
        <h2 className={styles.title}>
          <InlineText
            value={row.title}
            label={t('card.timeline.subject')}
            placeholder={row.code}
            maxLength={300}
            editing={editing}
            onEditing={setEditing}
            className={styles.titleText}
            onSave={async (title) => (title === '' ? undefined : actions.edit({ title }))}
          />
        </h2>
        {row.finishedAt === null && row.dismissedAt === null ? (
          <Button keys={keys('close')} onClick={() => actions.close()}>
            {t('card.closed')}
          </Button>
        ) : null}
        <FavouriteStar row={row} />
        <Readers row={row} onUnread={onUnread} />
        {onOpenWindow ? (
          <IconButton
            label={t('card.openWindow')}
            keys={keys('openWindow')}
            icon={<ExternalLink size={16} />}
            onClick={onOpenWindow}
          />
        ) : null}
        <Menu
          target={<IconButton label={t('card.more')} icon={<Ellipsis size={16} />} />}
          items={[
            ...outwards.flatMap(([key, run]) =>
              run ? [{ key, label: t(`keys.${key}`), keys: keys(key), onSelect: () => run(row) }] : [],
            ),
            ...lifeItems,
            ...linkItems,
            {
              key: 'dismiss',
              label: t('card.dismiss'),
              keys: keys('dismiss'),
              onSelect: () => void actions.dismiss(),
            },
            {
              key: 'title',
              label: t('keys.editTitle'),
              keys: keys('editTitle'),
              onSelect: () => setEditing(true),
            },
            ...dossierItems,
          ]}
        />
      </div>
      <Facts data={data} actions={actions} life={life} lifeActions={lifeActions} />
      <BoundAssets incidentId={row.id} code={row.code} />
      <ClockRow row={row} onWhy={onWhy} />
      {data.description ? <p className={styles.description}>{data.description}</p> : null}
    </header>
  );
}

function useCardKeys(actions: IncidentActions, setTab: (tab: string) => void): void {
  useShortcut('close', () => actions.close());
  useShortcut('dismiss', () => void actions.dismiss());
  useShortcut('assignMe', () => void actions.assign(actions.me));
  useShortcut('tabLetters', () => setTab('letters'));
  useShortcut('tabNotes', () => setTab('notes'));
  useShortcut('note', () => setTab('notes'));
  useShortcut('tabLinks', () => setTab('links'));
  useShortcut('tabHistory', () => setTab('history'));
  useShortcut('tabWhy', () => setTab('why'));
}

/** The newest letter that named another incident is the one the key moves. */
function useMoveKey(state: CardState, actions: IncidentActions): void {
  const candidate = state.entries?.findLast(
    (entry) => entry.kind === 'message' && entry.link.otherIncidentId !== undefined,
  );
  useShortcut(
    'moveLetter',
    () => {
      if (candidate?.kind === 'message') {
        void actions.move(candidate, candidate.link.otherIncidentId ?? null);
      }
    },
    candidate !== undefined,
  );
}

/** Answers the message of a chat that has the focus, else whatever was said last. */
function useReplyKey(
  state: CardState,
  onReply: (message: MessageView | undefined, chosen: boolean) => void,
): void {
  useShortcut('reply', () => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-message-id]')?.dataset['messageId'];
    const chosen = state.entries?.find((entry) => entry.kind === 'message' && String(entry.id) === focused);
    if (chosen?.kind === 'message') onReply(chosen, true);
    else onReply(latestMessage(state.entries), false);
  });
}

/** Marks as read what a person had time to see; a hidden window reads nothing. */
function useRead(id: number, unread: boolean): void {
  const { rpc } = useDesk();
  useEffect(() => {
    if (!unread) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arm = (): void => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible') return;
      // Not worth a word when it fails: the row stays bold and the next look tries again.
      timer = setTimeout(() => void rpc.incidents.markRead({ id }).catch(() => undefined), readAfterMs);
    };
    arm();
    document.addEventListener('visibilitychange', arm);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', arm);
    };
  }, [rpc, id, unread]);
}
