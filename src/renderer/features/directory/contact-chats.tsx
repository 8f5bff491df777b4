import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useSecond } from '../../lib/ticker.ts';
import { Button } from '../../ui/button.tsx';
import styles from './directory.module.css';

const kinds = ['chat', 'contact'] as const;

/** The chats that belong to this person: what comes there comes in their name. */
export function ContactChats({
  chatIds,
  onOpenChat,
}: {
  readonly chatIds: readonly number[];
  readonly onOpenChat: (chatId: number) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const ids = chatIds.join(' ');
  const load = useMemo(
    () =>
      (rpc: Rpc, signal: AbortSignal): Promise<readonly ChatRow[]> =>
        Promise.all(
          ids
            .split(' ')
            .filter((id) => id !== '')
            .map(async (id) => (await rpc.chats.open({ id: Number(id) }, { signal })).chat),
        ),
    [ids],
  );
  const { data, error, reload } = useServerData(load, kinds);

  return (
    <section className={styles.chats} aria-label={t('directory.theirChats')}>
      <h3>{t('directory.theirChats')}</h3>
      {chatIds.length === 0 ? <p className={styles.faint}>{t('directory.noChats')}</p> : null}
      {error && !data ? (
        <p role="alert">
          {errorText(error)} <Button onClick={reload}>{t('common.retry')}</Button>
        </p>
      ) : null}
      <ul>
        {data?.map((chat) => (
          <ChatLine key={chat.id} chat={chat} onOpenChat={onOpenChat} />
        ))}
      </ul>
    </section>
  );
}

function ChatLine({
  chat,
  onOpenChat,
}: {
  readonly chat: ChatRow;
  readonly onOpenChat: (chatId: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  return (
    <li className={styles.chat}>
      <button type="button" className={styles.name} onClick={() => onOpenChat(chat.id)}>
        {chat.title}
      </button>
      <span className={styles.faint}>
        {chat.goneAt === null
          ? chat.lastAt === null
            ? null
            : format.when(chat.lastAt, now)
          : t('directory.chatGone')}
      </span>
    </li>
  );
}
