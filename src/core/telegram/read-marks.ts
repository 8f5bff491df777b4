import { toAppError } from '../../shared/errors.ts';
import type { TelegramConnection } from './telegram-port.ts';
import { addressOf } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

/** Tells Telegram what dispatchers marked read. Rejects when it cannot be told now; what it will never take is dropped. */
export async function sendReadMarks(
  parts: WriterParts,
  connection: Pick<TelegramConnection, 'markRead'>,
): Promise<void> {
  const { accountId, chats, db } = parts;
  for (const chat of chats.wantingRead(accountId)) {
    const wanted = chat.readWanted ?? 0;
    const address = addressOf(parts, chat.peerId);
    if (address) {
      await connection.markRead(address, wanted).catch((failure: unknown) => {
        const { reason } = toAppError(failure);
        if (reason !== 'chat-gone' && reason !== 'peer-unknown') throw failure;
      });
    }
    db.transact((revision) => {
      const now = chats.require(chat.id);
      chats.save({
        ...now,
        readInboxMax: Math.max(now.readInboxMax, wanted),
        readWanted: now.readWanted === wanted ? null : now.readWanted,
        revision,
      });
      db.touch('chat', chat.id);
    });
  }
}
