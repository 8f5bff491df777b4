import { useCallback, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import type { ChatMessage, ChatRow } from '../../../shared/contract/chats.ts';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { safeText } from '../../lib/safe-text.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { HandContext, useStableHand } from './chat-hand.ts';
import { ChatHead } from './chat-head.tsx';
import styles from './chat-pane.module.css';
import type { ChatSlots, ChatWays } from './chat-slots.ts';
import type { ChatSource } from './chat-source.ts';
import type { ChatState } from './chat-state.ts';
import { useChatTitle } from './chat-title.ts';
import { History, type HistoryHandle } from './history.tsx';
import { JoinDialog } from './join-dialog.tsx';
import { Lightbox } from './lightbox.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { noSelection, toggled, type Selection } from './selection.ts';
import { useChatActions } from './use-chat-actions.ts';
import { useJump } from './use-jump.ts';

export type ChatPaneHandle = { focus(): void };

/** The messages of one chat that is here, and what can be done with them. */
export function ChatView({
  source,
  state,
  chat,
  messages,
  messageId,
  accounts,
  slots,
  ways,
  ref,
}: {
  readonly source: ChatSource;
  readonly state: ChatState;
  readonly chat: ChatRow;
  readonly messages: readonly ChatMessage[];
  readonly messageId: number | null;
  readonly accounts: readonly TelegramAccount[];
  readonly slots: ChatSlots;
  readonly ways: ChatWays;
  readonly ref: Ref<ChatPaneHandle>;
}) {
  const titleOf = useChatTitle();
  const copy = useCopy();
  const history = useRef<HistoryHandle>(null);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [shown, setShown] = useState<number | null>(null);
  const [joining, setJoining] = useState<readonly ChatMessage[] | null>(null);
  const actions = useChatActions(ways.onOpenIncident);
  const jump = useJump({ source, historyRef: history, messages, messageId, lost: state.lost });
  const clear = useCallback(() => setSelection((now) => ({ ...now, from: null, ids: new Set() })), []);

  /** What is selected, or else what has the focus, or else the last. */
  function chosen(): readonly ChatMessage[] {
    if (selection.ids.size > 0) return withAlbums(messages, selection.ids);
    const focus = selection.focus;
    return focus === null ? [] : withAlbums(messages, new Set([focus]));
  }

  async function open(these: readonly ChatMessage[]): Promise<void> {
    if (await actions.openIncident(these)) clear();
  }
  function join(these: readonly ChatMessage[]): void {
    if (actions.taken(these)) setJoining(these);
  }
  const last = messages.findLast(({ out, serverId }) => !out && serverId !== null);
  const read = (upTo: ChatMessage | undefined): void => void actions.markRead(chat, upTo);
  const answer = (message: ChatMessage | null): void => slots.onAnswer?.(chat, message);
  const focusHistory = (): void => history.current?.focus();

  const hand = useStableHand({
    jump,
    look: setShown,
    answer,
    openIncident: (these) => void open(these),
    joinIncident: join,
    readUpTo: read,
    select: (id) => setSelection((now) => toggled(now, id)),
    goIncident: ways.onOpenIncident,
    goOutbox: ways.onOutbox,
  });

  useShortcut('reply', () => answer(chosen().at(-1) ?? null), slots.onAnswer !== undefined);
  useShortcut('chatIncident', () => void open(chosen()));
  useShortcut('chatJoin', () => join(chosen()));
  useShortcut('chatRead', () => read(last), chat.unread > 0);
  useShortcut('chatSearch', () => ways.onSearchHere({ id: chat.id, title: titleOf(chat) }));
  useShortcut('back', clear, selection.ids.size > 0);

  useImperativeHandle(ref, () => ({ focus: () => history.current?.focus() }), []);

  return (
    <HandContext value={hand}>
      <article className={styles.pane} aria-label={titleOf(chat)}>
        <ChatHead
          chat={chat}
          actions={slots.headActions?.(chat)}
          onRead={() => read(last)}
          onSearch={() => ways.onSearchHere({ id: chat.id, title: titleOf(chat) })}
        />
        {slots.panel?.(chat)}
        <OfflineBar account={accounts.find(({ id }) => id === chat.accountId)} onSettings={ways.onSettings} />
        <History
          ref={history}
          source={source}
          state={state}
          messages={messages}
          chat={chat}
          selection={selection}
          onSelection={setSelection}
        />
        {selection.ids.size > 0 ? (
          <SelectionBar
            count={chosen().length}
            onOpen={() => void open(chosen())}
            onJoin={() => join(chosen())}
            onCopy={() => copy(textOf(chosen()))}
            onClear={clear}
          />
        ) : null}
        {slots.composer ? <Composer render={slots.composer} chat={chat} onLook={focusHistory} /> : null}
      </article>
      {shown === null ? null : (
        <Lightbox messages={messages} fileId={shown} onLook={setShown} onClose={() => setShown(null)} />
      )}
      {joining === null ? null : (
        <JoinDialog
          count={joining.length}
          onClose={() => setJoining(null)}
          onJoin={async (incident) => {
            const isDone = await actions.joinIncident(joining, incident);
            if (isDone) clear();
            return isDone;
          }}
        />
      )}
    </HandContext>
  );
}

/** An album is chosen as a whole: its pictures were sent as one. */
function withAlbums(messages: readonly ChatMessage[], ids: ReadonlySet<number>): readonly ChatMessage[] {
  const albums = new Set(
    messages.flatMap(({ id, groupedId }) => (ids.has(id) && groupedId !== null ? [groupedId] : [])),
  );
  return messages.filter(({ id, groupedId }) => ids.has(id) || (groupedId !== null && albums.has(groupedId)));
}

function textOf(messages: readonly ChatMessage[]): string {
  return messages
    .map(({ text }) => safeText(text))
    .filter(Boolean)
    .join('\n');
}

function Composer({
  render,
  chat,
  onLook,
}: {
  readonly render: NonNullable<ChatSlots['composer']>;
  readonly chat: ChatRow;
  readonly onLook: () => void;
}): ReactNode {
  return render(chat, onLook);
}
