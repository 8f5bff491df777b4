import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerStore } from '../features/answer/answer-store.ts';
import { ChatComposer } from '../features/answer/chat-composer.tsx';
import type { ChatSlots } from '../features/chats/chat-slots.ts';
import { ChatsScreen } from '../features/chats/chats-screen.tsx';
import { ChatPanels } from './chat-panels.tsx';
import type { AppDesk } from './create-desk.ts';
import { Splitter } from './splitter.tsx';

/** The chats with what is written in them: the features meet here. */
export function ChatsPage({
  desk,
  chatId,
  messageId,
  answers,
  onOpenIncident,
}: {
  readonly desk: AppDesk;
  readonly chatId: number | null;
  readonly messageId: number | null;
  readonly answers: AnswerStore;
  readonly onOpenIncident: (incidentId: number) => void;
}) {
  const { t } = useTranslation();
  const slots = useMemo<ChatSlots>(
    () => ({
      composer: (chat, onLook) => <ChatComposer answers={answers} chat={chat} onLook={onLook} />,
      headActions: (chat) => <ChatPanels chat={chat} />,
      onAnswer({ id }, message) {
        const reply = message && { id: message.id, sender: message.sender, text: message.text };
        answers.answer({ chatId: id, incidentId: null }, reply);
      },
    }),
    [answers],
  );
  return (
    <ChatsScreen
      chatId={chatId}
      messageId={messageId}
      slots={slots}
      layout={(list, chat) => (
        <Splitter desk={desk} label={t('chats.splitter')} kept="chatSplit" start={list} end={chat} />
      )}
      // Walking the list is not a journey.
      onOpen={(id, message) =>
        desk.router.go({ page: 'chats', chatId: id, messageId: id === null ? null : message }, true)
      }
      onOpenIncident={onOpenIncident}
      onOutbox={() => desk.router.go({ page: 'outbox' })}
      onSettings={() => desk.router.go({ page: 'settings', tab: 'telegram' })}
    />
  );
}
