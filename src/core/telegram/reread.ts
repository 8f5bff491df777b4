import type { PeerId } from '../platform/chat-types.ts';
import { createChatWriter } from './chat-writer.ts';
import { noRoom } from './log-sink.ts';
import type { TelegramConnection } from './telegram-port.ts';
import { addressOf } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

export type RereadParts = WriterParts & {
  readonly calls: () => Pick<TelegramConnection, 'history'>;
  readonly mayStore: () => boolean;
};

const pageSize = 100;

/**
 * Reads the newest messages the log has named once more, where it cannot tell what became of them since: edits are
 * taken up, and what is no longer there was deleted. What lies deeper stays as it was.
 */
export function createReread(parts: RereadParts): (peer: PeerId) => Promise<void> {
  const { accountId, chats, messages, db } = parts;
  return async (peer) => {
    const chat = chats.ofPeer(accountId, peer);
    const address = chat && addressOf(parts, peer);
    const newest = chat ? messages.newestAnnounced(chat.id) : 0;
    if (!chat || !address || newest === 0) return;
    const page = await parts.calls().history(address, { olderThan: newest + 1, limit: pageSize });
    if (!parts.mayStore()) throw noRoom();
    const there = new Set(page.messages.map(({ id }) => id));
    const isWhole = page.messages.length >= pageSize;
    const lowest = isWhole ? Math.min(...there) : 0;
    db.transact((revision) => {
      const writer = createChatWriter(parts, revision);
      for (const seen of page.peers) writer.peer(seen);
      for (const message of page.messages) writer.edited(message);
      const known = messages.numbersBetween(chat.id, lowest, newest);
      writer.deleted(
        peer,
        known.filter((id) => !there.has(id)),
      );
      writer.finish();
    });
  };
}
