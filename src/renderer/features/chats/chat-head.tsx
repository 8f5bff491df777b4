import { BellOff, CheckCheck, Pin, Search, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './chat-pane.module.css';
import { KindIcon, useMuted } from './chat-row.tsx';
import { useChatTitle } from './chat-title.ts';
import { ContactBadge } from './contact-badge.tsx';
import { useTyping } from './live.ts';

/** Who is written with, what is known about them, and the only thing that marks anything read. */
export function ChatHead({
  chat,
  actions,
  onRead,
  onSearch,
}: {
  readonly chat: ChatRow;
  /** Contact and rules: other features, handed in by app. */
  readonly actions: ReactNode;
  readonly onRead: () => void;
  readonly onSearch: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const titleOf = useChatTitle();
  const muted = useMuted(chat);
  return (
    <header className={styles.head}>
      <KindIcon row={chat} />
      <div className={styles.names}>
        <div className={styles.titleLine}>
          <h2 className={styles.title} title={titleOf(chat)}>
            {titleOf(chat)}
          </h2>
          {chat.contact ? <ContactBadge contact={chat.contact} /> : null}
          {chat.hasRules ? (
            <span
              className={styles.mark}
              role="img"
              aria-label={t('chats.hasRules')}
              title={t('chats.hasRules')}
            >
              <Workflow size={12} />
            </span>
          ) : null}
          {chat.pinned > 0 ? (
            <span className={styles.mark} role="img" aria-label={t('chats.pinned')} title={t('chats.pinned')}>
              <Pin size={12} />
            </span>
          ) : null}
          {muted === null ? null : (
            <span className={styles.mark} role="img" aria-label={muted} title={muted}>
              <BellOff size={12} />
            </span>
          )}
        </div>
        <Subtitle chat={chat} />
      </div>
      {chat.unread > 0 ? (
        <Button
          icon={<CheckCheck size={14} />}
          keys={keys('chatRead')}
          hint={t('chats.read.markHint')}
          onClick={onRead}
        >
          {t('chats.read.mark')}
        </Button>
      ) : null}
      {actions}
      <IconButton
        label={t('chats.head.searchHere')}
        keys={keys('chatSearch')}
        icon={<Search size={16} />}
        onClick={onSearch}
      />
    </header>
  );
}

function Subtitle({ chat }: { readonly chat: ChatRow }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const typing = useTyping(chat.id);
  if (typing.length > 0) {
    const names = typing.map(safeLine).join(', ');
    return (
      <p className={styles.typing}>
        {t(typing.length > 1 ? 'chats.history.typingMany' : 'chats.history.typing', { names })}
      </p>
    );
  }
  const { username } = chat;
  const kind = chat.isSelf ? 'self' : chat.isService ? 'service' : chat.kind;
  return (
    <p className={styles.subtitle}>
      <span>{chat.goneAt === null ? t(`chats.kind.${kind}`) : t('chats.gone')}</span>
      {username === null ? null : (
        <button
          type="button"
          className={styles.username}
          title={t('chats.head.username', { name: username })}
          onClick={() => copy(`@${username}`)}
        >
          @{username}
        </button>
      )}
      {chat.contact ? <span>{safeLine(chat.contact.name)}</span> : null}
      {chat.canSend || chat.goneAt !== null ? null : <span>{t('chats.readOnly')}</span>}
    </p>
  );
}
