import type { ChatFileStore } from '../db/chat-file-store.ts';
import type { ChatMessageStore } from '../db/chat-message-store.ts';
import type { ChatRangeStore } from '../db/chat-range-store.ts';
import type { ChatStore } from '../db/chat-store.ts';
import type { Db } from '../db/open.ts';
import type { TelegramStore } from '../db/telegram-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { ChatEvents } from './chat-events.ts';

/** What rows of one account are written with. */
export type WriterParts = {
  readonly accountId: number;
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly chats: ChatStore;
  readonly messages: ChatMessageStore;
  readonly files: ChatFileStore;
  readonly ranges: ChatRangeStore;
  readonly telegram: Pick<TelegramStore, 'peer' | 'savePeer' | 'updateState' | 'saveUpdateState'>;
  readonly events: ChatEvents;
  /** Hides the login codes Telegram's own account sends. */
  readonly maskCode: (text: string) => string;
};
