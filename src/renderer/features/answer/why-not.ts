import type { ChatRow } from '../../../shared/contract/chats.ts';
import type { OutboxRow } from '../../../shared/contract/letters.ts';
import type { TelegramAccount } from '../../../shared/contract/telegram.ts';

/** Why nothing can be sent here, as one of `telegramTroubles`; undefined when it can. */
export function whyNot(
  chat: Pick<ChatRow, 'canSend' | 'goneAt'>,
  account: TelegramAccount | undefined,
): string | undefined {
  if (account?.state === 'signed-out') return account.reason ?? 'signed-out';
  if (chat.goneAt !== null) return 'chat-gone';
  return chat.canSend ? undefined : 'write-forbidden';
}

export type Wait =
  /** Telegram is not there: what is written leaves when it is. */
  | { readonly kind: 'offline' }
  /** Telegram asked to wait, for this chat (slow mode) or for all sending. */
  | { readonly kind: 'slow-mode' | 'flood-wait'; readonly until: number };

const sending = /^messages\.send(Message|Media|MultiMedia)$/i;

/** What keeps a message of this chat from leaving at once; the latest moment wins. */
export function waitOf(
  chatId: number,
  account: TelegramAccount | undefined,
  waiting: readonly OutboxRow[],
  now: number,
): Wait | undefined {
  const rows = waiting
    .filter(({ chat, state }) => chat?.id === chatId && state === 'queued')
    .flatMap(({ errorCode, notBefore }) =>
      errorCode === 'slow-mode' || errorCode === 'flood-wait'
        ? [{ kind: errorCode, until: notBefore } as const]
        : [],
    );
  const pauses = (account?.pauses ?? [])
    .filter(({ method }) => sending.test(method))
    .map(({ until }) => ({ kind: 'flood-wait', until }) as const);
  const longest = [...rows, ...pauses]
    .filter(({ until }) => until > now)
    .toSorted((a, b) => b.until - a.until)[0];
  if (longest) return longest;
  return account && account.state !== 'ready' ? { kind: 'offline' } : undefined;
}
