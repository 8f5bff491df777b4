import { BellOff, Megaphone, Pin, Bot, Users, Workflow, User, Bookmark, ShieldCheck } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { SendGlyph } from '../../ui/send-glyph.tsx';
import styles from './chat-row.module.css';
import { useChatTitle } from './chat-title.ts';
import { ContactBadge } from './contact-badge.tsx';
import { useTyping } from './live.ts';
import { useWhat } from './use-what.ts';

const size = 14;

/** One chat in the list: who, what was said last, and what nobody has marked read. */
export const ChatRowView = memo(function ChatRowView({ row }: { readonly row: ChatRow | undefined }) {
  if (!row) {
    return (
      <div role="gridcell" className={styles.row}>
        <span className={styles.blank} />
      </div>
    );
  }
  return (
    <div role="gridcell" className={styles.row} data-unread={row.unread > 0 || undefined}>
      <div className={styles.line}>
        <KindIcon row={row} />
        <Title row={row} />
        {row.contact ? <ContactBadge contact={row.contact} /> : null}
        <span className={styles.space} />
        <Marks row={row} />
        <When at={row.lastAt} />
      </div>
      <div className={styles.line}>
        <Last row={row} />
        <Unread row={row} />
      </div>
    </div>
  );
});

function Title({ row }: { readonly row: ChatRow }) {
  const title = useChatTitle()(row);
  return (
    <span className={styles.title} title={title} data-gone={row.goneAt !== null || undefined}>
      {title}
    </span>
  );
}

/** What kind of chat it is, as shape and word. */
export function KindIcon({ row }: { readonly row: ChatRow }) {
  const { t } = useTranslation();
  const [icon, name] = kindOf(row);
  return (
    <span className={styles.kind} role="img" aria-label={t(`chats.kind.${name}`)}>
      {icon}
    </span>
  );
}

function kindOf(row: ChatRow): readonly [ReactNode, ChatRow['kind'] | 'self' | 'service'] {
  if (row.isSelf) return [<Bookmark key="i" size={size} />, 'self'];
  if (row.isService) return [<ShieldCheck key="i" size={size} />, 'service'];
  switch (row.kind) {
    case 'user':
      return [<User key="i" size={size} />, 'user'];
    case 'bot':
      return [<Bot key="i" size={size} />, 'bot'];
    case 'channel':
      return [<Megaphone key="i" size={size} />, 'channel'];
    case 'group':
    case 'supergroup':
      return [<Users key="i" size={size} />, row.kind];
  }
}

function Marks({ row }: { readonly row: ChatRow }) {
  const { t } = useTranslation();
  const muted = useMuted(row);
  return (
    <span className={styles.marks}>
      {row.hasRules ? <Mark label={t('chats.hasRules')} icon={<Workflow size={12} />} /> : null}
      {muted === null ? null : <Mark label={muted} icon={<BellOff size={12} />} />}
      {row.pinned > 0 ? <Mark label={t('chats.pinned')} icon={<Pin size={12} />} /> : null}
    </span>
  );
}

function Mark({ label, icon }: { readonly label: string; readonly icon: ReactNode }) {
  return (
    <span role="img" aria-label={label} title={label}>
      {icon}
    </span>
  );
}

/** Telegram says "for ever" with a date far away. */
const foreverMs = 365 * 86_400_000;

/** How long a chat is silent, in words; null when it is not. */
export function useMuted(row: ChatRow): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  if (row.mutedUntil === null || row.mutedUntil <= now) return null;
  if (row.mutedUntil - now > foreverMs) return t('chats.mutedForever');
  return t('chats.muted', { until: format.when(row.mutedUntil, now) });
}

function When({ at }: { readonly at: number | null }) {
  const format = useFormat();
  const now = useSecond();
  if (at === null) return null;
  return (
    <time className={styles.when} dateTime={new Date(at).toISOString()} title={format.full(at)}>
      {format.short(at, now)}
    </time>
  );
}

function Last({ row }: { readonly row: ChatRow }) {
  const { t } = useTranslation();
  const what = useWhat();
  const typing = useTyping(row.id);
  const { last } = row;
  if (typing.length > 0) {
    const names = typing.map(safeLine).join(', ');
    return (
      <span className={styles.typing}>
        {t(typing.length > 1 ? 'chats.history.typingMany' : 'chats.history.typing', { names })}
      </span>
    );
  }
  if (!last) return <span className={styles.last}>{t('chats.noMessages')}</span>;
  const sender = last.out ? t('chats.you') : row.kind === 'user' || row.kind === 'bot' ? '' : last.sender;
  const hasSender = sender !== '' && !row.isSelf && row.kind !== 'channel';
  return (
    <span className={styles.last}>
      {last.out && last.state !== 'none' ? (
        <SendGlyph state={last.state} label={t(`chats.send.${last.state}`)} />
      ) : null}
      <span className={styles.text}>
        {hasSender ? <span className={styles.sender}>{safeLine(sender)}: </span> : null}
        {last.what !== null ? <span className={styles.what}>{what(last.what)}</span> : null}
        {last.what !== null && last.text !== '' ? ' · ' : null}
        {safeLine(last.text)}
      </span>
    </span>
  );
}

function Unread({ row }: { readonly row: ChatRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const muted = useMuted(row);
  if (row.unread === 0) return null;
  return (
    <span
      className={styles.unread}
      data-quiet={muted !== null || undefined}
      role="img"
      aria-label={t('chats.unreadCount', { count: row.unread })}
    >
      {row.unread > 9999 ? '9999+' : format.number(row.unread)}
    </span>
  );
}
