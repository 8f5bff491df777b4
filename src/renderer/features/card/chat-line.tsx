import { Ellipsis, MessageCircle, Reply } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contract/incidents.ts';
import { channelReceipts } from '../../../shared/domain/channels.ts';
import { useRuntimeText } from '../../lib/runtime-text.ts';
import { safeLine, safeText } from '../../lib/safe-text.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import { Attachments } from './attachments.tsx';
import styles from './chat-line.module.css';
import { Evidence } from './evidence.tsx';
import letterStyles from './letter.module.css';
import { useLetterText } from './letter-text.ts';
import { TextGone } from './text-gone.tsx';
import { useNames } from './use-names.ts';

type Props = {
  readonly message: MessageView;
  readonly onMove: (message: MessageView, incidentId: number | null) => void;
  readonly onReply: (message: MessageView) => void;
  readonly onOpenChat: (chatId: number, messageId: number) => void;
};

/** One message of a chat among the letters: who said it, where, and of ours how far it got. */
export function ChatLine({ message, onMove, onReply, onOpenChat }: Props) {
  const { t } = useTranslation();
  const letterText = useLetterText();
  const title = safeLine(message.chat?.title ?? '');
  return (
    <article
      className={letterStyles.letter}
      data-direction={message.direction}
      data-chat="true"
      data-message-id={message.id}
      tabIndex={-1}
      aria-label={t('card.timeline.chatMessage', { title })}
    >
      <Head message={message} onMove={onMove} onReply={onReply} onOpenChat={onOpenChat} />
      <Evidence link={message.link} onMove={(incidentId) => onMove(message, incidentId)} />
      {message.notes.map((note) => (
        <p key={note} className={styles.note}>
          {letterText.note(note)}
        </p>
      ))}
      {message.text.trim() === '' ? null : (
        <div className={letterStyles.text} dir="auto">
          {safeText(message.text)}
        </div>
      )}
      {message.textExpiredAt ? <TextGone at={message.textExpiredAt} /> : null}
      {message.text.trim() === '' && message.attachments.length === 0 && !message.textExpiredAt ? (
        <p className={styles.quiet}>{t('card.timeline.chatNoText')}</p>
      ) : null}
      <Attachments items={message.attachments} />
      <Trouble outbox={message.outbox} />
    </article>
  );
}

function Head({ message, onMove, onReply, onOpenChat }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const now = useSecond();
  const { chat } = message;
  const title = safeLine(chat?.title ?? '');
  const at = message.direction === 'in' ? message.receivedAt : message.sentAt;
  const author = message.authorId === null ? '' : names.person(message.authorId);
  const who = author || safeLine(message.from.name || message.from.address);
  const openChat = (): void => {
    if (chat) onOpenChat(chat.id, chat.messageId);
  };

  return (
    <header className={letterStyles.head}>
      <span className={styles.who}>
        <MessageCircle size={13} aria-hidden="true" />
        <span className={styles.sender}>{who}</span>
        {chat ? (
          <button
            type="button"
            className={styles.chat}
            title={t('card.timeline.chatOpen', { title })}
            onClick={openChat}
          >
            <span aria-hidden="true">{message.direction === 'in' ? '' : '→ '}</span>
            {title}
          </button>
        ) : null}
      </span>
      <Sent outbox={message.outbox} channel={message.channel} />
      <time className={letterStyles.time} dateTime={new Date(at).toISOString()} title={format.full(at)}>
        {format.when(at, now)}
      </time>
      {message.direction === 'in' && chat ? (
        <IconButton
          small
          label={t('card.timeline.chatReply')}
          icon={<Reply size={14} />}
          onClick={() => onReply(message)}
        />
      ) : null}
      <Menu
        target={
          <IconButton
            small
            label={t('card.timeline.chatActions')}
            icon={<Ellipsis size={14} aria-hidden="true" />}
          />
        }
        items={[
          ...(chat
            ? [{ key: 'chat', label: t('card.timeline.chatOpen', { title }), onSelect: openChat }]
            : []),
          { key: 'out', label: t('card.timeline.moveOut'), onSelect: () => onMove(message, null) },
        ]}
      />
    </header>
  );
}

/** How far ours got, and on hover how far it can be known at all. */
function Sent({
  outbox,
  channel,
}: {
  readonly outbox: MessageView['outbox'];
  readonly channel: MessageView['channel'];
}) {
  const { t } = useTranslation();
  if (!outbox) return null;
  const state = t(`card.send.${outbox.state}`);
  const known = channelReceipts[channel].map((receipt) => t(`card.send.${receipt}`)).join(', ');
  const long = t('card.receipts', { state, channel: t(`queue.channels.${channel}`), known });
  return (
    <span className={letterStyles.state} data-state={outbox.state} title={long}>
      <SendGlyph state={outbox.state} label={long} />
      <span>{state}</span>
    </span>
  );
}

function Trouble({ outbox }: { readonly outbox: MessageView['outbox'] }) {
  const troubleText = useTelegramTrouble();
  const runtimeText = useRuntimeText();
  if (!outbox?.errorCode || (outbox.state !== 'failed' && outbox.state !== 'unknown')) return null;
  const why = runtimeText(`outbox.whyChat.${outbox.errorCode}`) ?? troubleText(outbox.errorCode);
  return <p className={styles.trouble}>{why}</p>;
}
