import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../lib/hotkeys.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { VirtualListHandle } from '../../ui/virtual-list.tsx';
import { ChatListPane } from './chat-list-pane.tsx';
import { ChatPane } from './chat-pane.tsx';
import type { ChatSlots } from './chat-slots.ts';
import type { ChatPaneHandle } from './chat-view.tsx';
import type { Search } from './list-bar.tsx';
import { LiveContext, useCreateLive } from './live.ts';
import { useAccounts } from './use-accounts.ts';

/** The list and the chat side by side. Nothing here is marked read or sent without the dispatcher. */
export function ChatsScreen({
  chatId,
  messageId,
  layout,
  slots = {},
  onOpen,
  onOpenIncident,
  onOutbox,
  onSettings,
}: {
  readonly chatId: number | null;
  readonly messageId: number | null;
  /** How the two stand side by side is app's. */
  readonly layout: (list: ReactNode, chat: ReactNode) => ReactNode;
  readonly slots?: ChatSlots;
  readonly onOpen: (chatId: number | null, messageId: number | null) => void;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onOutbox: () => void;
  /** Of Telegram: to sign in. */
  readonly onSettings: () => void;
}) {
  const { t } = useTranslation();
  const live = useCreateLive();
  const accounts = useAccounts();
  const list = useRef<VirtualListHandle>(null);
  const pane = useRef<ChatPaneHandle>(null);
  const [search, setSearch] = useState<Search | null>(null);

  // From the messages to the list, from the list to nothing chosen.
  useShortcut('back', () => {
    if (chatId === null) return false;
    const inList = document.activeElement?.closest('[data-pane=list]');
    if (inList) onOpen(null, null);
    else list.current?.focusActive();
    return undefined;
  });
  useShortcut('back', () => setSearch(null), search !== null);

  return (
    <LiveContext value={live}>
      {layout(
        <div data-pane="list" style={{ display: 'contents' }}>
          <ChatListPane
            accounts={accounts}
            openId={chatId}
            search={search}
            onSearch={setSearch}
            onOpen={onOpen}
            onEnter={() => pane.current?.focus()}
            onSignIn={onSettings}
            listRef={list}
          />
        </div>,
        chatId === null ? (
          <EmptyState title={t('chats.choose')}>{t('chats.chooseText')}</EmptyState>
        ) : (
          <ChatPane
            key={chatId}
            ref={pane}
            chatId={chatId}
            messageId={messageId}
            accounts={accounts ?? []}
            slots={slots}
            ways={{
              onOpenIncident,
              onOutbox,
              onSettings,
              onSearchHere: (chat) => setSearch({ text: '', chat }),
            }}
          />
        ),
      )}
    </LiveContext>
  );
}
