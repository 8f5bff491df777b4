import type { ChatStore } from '../db/chat-store.ts';
import type { TelegramStore } from '../db/telegram-store.ts';
import type { PeerId } from '../platform/chat-types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Typing } from './chat-engine.ts';
import { createLiveList } from './live-list.ts';

type Parts = {
  readonly clock: Clock;
  readonly chats: Pick<ChatStore, 'ofPeer'>;
  readonly telegram: Pick<TelegramStore, 'peer'>;
  /** Somebody who types says so again within this. */
  readonly lastsMs: number;
};

export type TypingBoard = {
  heard(accountId: number, peer: PeerId, from: PeerId | null): void;
  follow(signal: AbortSignal): AsyncIterable<readonly Typing[]>;
  stop(): void;
};

/** A page cannot show more, and a crowd that types must not fill memory. */
const mostTyping = 100;

/** Who is typing where: never stored, and gone by itself. */
export function createTypingBoard({ clock, chats, telegram, lastsMs }: Parts): TypingBoard {
  const list = createLiveList<string, Typing>(clock);
  const stopping = new AbortController();

  async function fade(key: string, until: number): Promise<void> {
    await clock.sleep(lastsMs, stopping.signal);
    if (list.get(key)?.until === until) list.remove(key);
  }

  return {
    heard(accountId, peer, from) {
      const chat = chats.ofPeer(accountId, peer);
      if (!chat) return;
      const key = `${chat.id} ${from ?? ''}`;
      if (!list.get(key) && list.items().length >= mostTyping) return;
      const name = (from === null ? undefined : telegram.peer(accountId, from)?.title) ?? chat.title;
      const until = clock.now() + lastsMs;
      list.set(key, { chatId: chat.id, name, until });
      fade(key, until).catch(() => {
        // The desk closes.
      });
    },
    follow: list.follow,
    stop: () => stopping.abort(),
  };
}
