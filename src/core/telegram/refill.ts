import type { PeerId } from '../platform/chat-types.ts';
import type { Logger } from '../platform/logger.ts';
import type { ChatList } from './chat-list.ts';
import type { History } from './history.ts';
import { createReread, type RereadParts } from './reread.ts';
import type { TelegramTiming } from './telegram-timing.ts';

export type RefillParts = RereadParts & {
  readonly log: Logger;
  readonly timing: TelegramTiming;
  readonly list: Pick<ChatList, 'read'>;
  readonly history: Pick<History, 'fill'>;
};

export type Refill = {
  readonly account: (signal: AbortSignal) => Promise<void>;
  readonly channel: (channel: PeerId, signal: AbortSignal) => Promise<void>;
};

/** After that long nobody can edit what they wrote. */
const editableMs = 48 * 3_600_000;

/** A log is too far ahead to be told one by one: what is new in each chat, and what became of the rest, is read there. */
export function createRefill(parts: RefillParts): Refill {
  const { accountId, chats, messages, ranges, telegram, clock, timing, list, history } = parts;
  const reread = createReread(parts);
  const lastKnownAt = () => (telegram.updateState(accountId)?.date ?? 0) * 1000;

  async function refill(peer: PeerId, since: number, signal: AbortSignal): Promise<void> {
    const chat = chats.ofPeer(accountId, peer);
    if (!chat || chat.pts !== null) return;
    const newest = ranges.newest(chat.id)?.to ?? 0;
    const known = messages.newestAnnounced(chat.id);
    if (known > 0 && (chat.lastMessageAt ?? 0) >= since - editableMs) {
      await reread(peer);
      await clock.sleep(timing.betweenPages, signal);
    }
    if (known < newest) await history.fill(peer, since, signal);
  }

  return {
    async account(signal) {
      const since = lastKnownAt();
      const seen = await list.read({ what: 'all', isFirst: false }, signal);
      for (const peer of seen) await refill(peer, since, signal);
      parts.log.warn({ chats: seen.length }, 'telegram.log-refilled');
    },
    async channel(channel, signal) {
      await reread(channel);
      await history.fill(channel, lastKnownAt(), signal);
    },
  };
}
