import { CornerUpLeft, Forward } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatFile, ChatMessage } from '../../../shared/contract/chats.ts';
import { ChatText } from '../../lib/chat-text.tsx';
import { useDesk } from '../../lib/desk.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useTelegramTrouble } from '../../lib/telegram-text.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useFormat } from '../../lib/use-format.ts';
import { SendGlyph, type SendState } from '../../ui/send-glyph.tsx';
import { useHand } from './chat-hand.ts';
import { Extra } from './extra.tsx';
import { useUpload, type Transfer } from './live.ts';
import { Media } from './media.tsx';
import { MessageTools } from './message-tools.tsx';
import styles from './message.module.css';

/** Their width is the bubble's: words below them wrap. */
const pictures: ReadonlySet<ChatFile['kind']> = new Set(['photo', 'video', 'animation']);

/** One message, or the pictures that were sent as one. */
export const MessageView = memo(function MessageView({
  messages,
  isFirst,
  hasSender,
  isActive,
}: {
  readonly messages: readonly [ChatMessage, ...ChatMessage[]];
  readonly isFirst: boolean;
  /** In a group the sender is worth a line. */
  readonly hasSender: boolean;
  /** Under the hand: shows what can be done. */
  readonly isActive: boolean;
}) {
  const [message] = messages;
  const worded = messages.find(({ text }) => text !== '') ?? message;
  const isBare = message.files[0]?.kind === 'sticker' && message.text === '';
  const isPictured = messages.some(({ files }) => files.some(({ kind }) => pictures.has(kind)));
  return (
    <div className={styles.side} data-out={message.out || undefined}>
      <div
        className={styles.bubble}
        data-bare={isBare || undefined}
        data-pictured={isPictured || undefined}
        data-deleted={message.deletedAt !== null || undefined}
      >
        {isFirst && hasSender && !message.out ? (
          <p className={styles.sender}>{safeLine(message.sender)}</p>
        ) : null}
        {message.forward ? <ForwardLine forward={message.forward} /> : null}
        {message.replyTo ? <ReplyLine reply={message.replyTo} /> : null}
        <Media messages={messages} />
        {messages.map(({ id, extra }) => (extra ? <Extra key={id} extra={extra} /> : null))}
        <div className={styles.said}>
          {worded.text === '' ? null : <ChatText text={worded.text} entities={worded.entities} />}
          <Foot messages={messages} />
        </div>
        <Trouble message={message} />
      </div>
      {isActive ? <MessageTools messages={messages} /> : null}
    </div>
  );
});

function ForwardLine({ forward }: { readonly forward: NonNullable<ChatMessage['forward']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className={styles.forward} title={format.full(forward.sentAt)}>
      <Forward size={12} aria-hidden="true" />
      {t('chats.message.forwarded', { name: safeLine(forward.name) })}
    </p>
  );
}

function ReplyLine({ reply }: { readonly reply: NonNullable<ChatMessage['replyTo']> }) {
  const { t } = useTranslation();
  const hand = useHand();
  const { id } = reply;
  const words = (
    <>
      <CornerUpLeft size={12} aria-hidden="true" />
      <span className={styles.replyWords}>
        <b>{safeLine(reply.sender)}</b> {safeLine(reply.text) || t('chats.message.replyGone')}
      </span>
    </>
  );
  if (id === null) return <p className={styles.reply}>{words}</p>;
  return (
    <button
      type="button"
      className={styles.reply}
      title={t('chats.message.reply', { sender: safeLine(reply.sender) })}
      onClick={() => hand.jump(id)}
    >
      {words}
    </button>
  );
}

function Foot({ messages }: { readonly messages: readonly [ChatMessage, ...ChatMessage[]] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [message] = messages;
  const last = messages.at(-1) ?? message;
  const reactions = messages.flatMap((one) => one.reactions);
  return (
    <div className={styles.foot}>
      {reactions.length > 0 ? (
        <ul className={styles.reactions} aria-label={t('chats.message.reactions')}>
          {reactions.map(({ emoji, count, mine }, index) => (
            // Telegram repeats no emoji within a message; an album may.
            <li key={`${emoji}-${index}`} data-mine={mine || undefined}>
              <span>{safeLine(emoji)}</span> {format.number(count)}
            </li>
          ))}
        </ul>
      ) : null}
      <Incidents messages={messages} />
      <span className={styles.meta}>
        {message.deletedAt === null ? null : (
          <span
            className={styles.gone}
            title={t('chats.message.deletedAt', { time: format.full(message.deletedAt) })}
          >
            {t('chats.message.deleted')}
          </span>
        )}
        {message.editedAt === null ? null : (
          <span title={t('chats.message.editedAt', { time: format.full(message.editedAt) })}>
            {t('chats.message.edited')}
          </span>
        )}
        <time dateTime={new Date(last.sentAt).toISOString()} title={format.full(last.sentAt)}>
          {format.time(last.sentAt)}
        </time>
        {message.out ? <State message={last} /> : null}
      </span>
    </div>
  );
}

function Incidents({ messages }: { readonly messages: readonly ChatMessage[] }): ReactNode {
  const { t } = useTranslation();
  const hand = useHand();
  const incidents = new Map(messages.flatMap(({ incident }) => (incident ? [[incident.id, incident]] : [])));
  return [...incidents.values()].map(({ id, code }) => (
    <button
      key={id}
      type="button"
      className={styles.incident}
      aria-label={t('chats.message.incident', { code })}
      title={t('chats.message.incident', { code })}
      onClick={() => hand.goIncident(id)}
    >
      {code}
    </button>
  ));
}

/** How far our own message got; Telegram knows sent and read. */
function sendStateOf({ outbox, isRead }: ChatMessage): SendState {
  if (isRead) return 'read';
  return outbox?.state ?? 'accepted';
}

function State({ message }: { readonly message: ChatMessage }) {
  const { t } = useTranslation();
  const state = sendStateOf(message);
  return <SendGlyph state={state} label={t(`chats.send.${state}`)} />;
}

/** How far its files are; it goes back into the field as long as nothing of it has been said. */
function Uploading({ outboxId, upload }: { readonly outboxId: number; readonly upload: Transfer }) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const format = useFormat();
  const command = useCommand();
  const { doneBytes, size } = upload;
  const takeBack = () =>
    command(() => rpc.outbox.takeBack({ id: outboxId }), { done: t('chats.media.uploadCancelled') });
  return (
    <p className={styles.waiting}>
      {t('chats.media.upload', {
        percent: Math.floor((doneBytes / Math.max(1, size)) * 100),
        done: format.bytes(doneBytes),
        size: format.bytes(size),
      })}
      {doneBytes < size ? (
        <button type="button" onClick={() => void takeBack()}>
          {t('chats.media.uploadCancel')}
        </button>
      ) : null}
    </p>
  );
}

/** Of our own message: why it has not left, how far its file is, and where to decide. */
function Trouble({ message }: { readonly message: ChatMessage }) {
  const { t } = useTranslation();
  const hand = useHand();
  const trouble = useTelegramTrouble();
  const upload = useUpload(message.outbox?.id ?? null);
  const { outbox } = message;
  if (!outbox) return null;
  const { state, errorCode } = outbox;
  if (state === 'failed' || state === 'unknown') {
    const why = errorCode === null ? '' : trouble(errorCode);
    return (
      <div className={styles.trouble} data-state={state}>
        <span>{state === 'failed' ? t('chats.send.failedWhy', { why }) : t('chats.send.unknownWhy')}</span>
        <button type="button" onClick={hand.goOutbox}>
          {t('chats.message.toOutbox')}
        </button>
      </div>
    );
  }
  if (state !== 'queued' && state !== 'sending') return null;
  if (upload) return <Uploading outboxId={outbox.id} upload={upload} />;
  return (
    <p className={styles.waiting}>
      {t(`chats.send.${state}`)}
      {errorCode === null ? null : <span>{trouble(errorCode)}</span>}
      <button type="button" onClick={hand.goOutbox}>
        {t('chats.message.toOutbox')}
      </button>
    </p>
  );
}
