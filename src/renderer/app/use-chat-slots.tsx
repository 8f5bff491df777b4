import { UserRound, Zap } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerStore } from '../features/answer/answer-store.ts';
import { ChatComposer } from '../features/answer/chat-composer.tsx';
import { ChatContact } from '../features/answer/chat-contact.tsx';
import { ChatRules } from '../features/answer/chat-rules.tsx';
import type { ChatSlots } from '../features/chats/chat-pane.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import styles from './use-chat-slots.module.css';

type Fold = { readonly chatId: number; readonly what: 'contact' | 'rules' };

const folds = [
  { what: 'contact', icon: <UserRound size={16} /> },
  { what: 'rules', icon: <Zap size={16} /> },
] as const;

/** What is written in a chat, whose it is and what it opens: put into the chat's page, which knows none of it. */
export function useChatSlots(answers: AnswerStore): ChatSlots {
  const { t } = useTranslation();
  const [fold, setFold] = useState<Fold | null>(null);

  return {
    composer: (chat, onLook) => <ChatComposer key={chat.id} answers={answers} chat={chat} onLook={onLook} />,
    onAnswer: (chat, message) =>
      answers.answer(
        { chatId: chat.id, incidentId: null },
        message ? { id: message.id, sender: message.sender, text: message.text } : undefined,
      ),
    headActions: (chat) =>
      folds.map(({ what, icon }) => {
        const isOpen = fold?.chatId === chat.id && fold.what === what;
        return (
          <IconButton
            key={what}
            label={t(`answer.${what}.title`)}
            icon={icon}
            pressed={isOpen}
            onClick={() => setFold(isOpen ? null : { chatId: chat.id, what })}
          />
        );
      }),
    panel: (chat) =>
      fold?.chatId === chat.id ? (
        <div
          className={styles.fold}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.defaultPrevented) return;
            event.preventDefault();
            setFold(null);
          }}
        >
          {fold.what === 'contact' ? <ChatContact chatId={chat.id} /> : <ChatRules chatId={chat.id} />}
        </div>
      ) : null,
  };
}
