import { useEffect, useMemo, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';
import { useDesk } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './chat-pane.module.css';
import type { ChatSlots, ChatWays } from './chat-slots.ts';
import { createChatSource } from './chat-source.ts';
import { ChatView, type ChatPaneHandle } from './chat-view.tsx';

/** One chat: its messages and what can be done with them. */
export function ChatPane({
  chatId,
  messageId,
  ref,
  ...rest
}: {
  readonly chatId: number;
  /** To open at, and to come to when it changes. */
  readonly messageId: number | null;
  readonly accounts: readonly TelegramAccount[];
  readonly slots: ChatSlots;
  readonly ways: ChatWays;
  readonly ref: Ref<ChatPaneHandle>;
}) {
  const { rpc, feed } = useDesk();
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [around] = useState(messageId);
  const source = useMemo(
    () => createChatSource({ rpc, feed, id: chatId, around }),
    [rpc, feed, chatId, around],
  );
  const state = useStore(source.store);

  useEffect(() => {
    const stop = new AbortController();
    source.start(stop.signal);
    return () => stop.abort();
  }, [source]);

  if (!state.chat || !state.messages) {
    if (state.status !== 'failed') return <div className={styles.pane} aria-busy="true" />;
    return (
      <div className={styles.pane}>
        <EmptyState
          tone="error"
          title={t('chats.head.failed')}
          action={<Button onClick={() => void source.reload()}>{t('common.retry')}</Button>}
        >
          {state.error ? errorText(state.error) : null}
        </EmptyState>
      </div>
    );
  }
  return (
    <ChatView
      {...rest}
      source={source}
      state={state}
      chat={state.chat}
      messages={state.messages}
      messageId={messageId}
      ref={ref}
    />
  );
}
