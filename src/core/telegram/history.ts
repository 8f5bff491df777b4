import type { ChatRecord } from '../db/chat-records.ts';
import type { PeerId } from '../platform/chat-types.ts';
import { createChatWriter, type Via } from './chat-writer.ts';
import { noRoom } from './log-sink.ts';
import { telegramError } from './telegram-error.ts';
import type { MessagePage, PeerAddress, RemoteMessage, TelegramConnection } from './telegram-port.ts';
import type { TelegramTiming } from './telegram-timing.ts';
import { addressOf } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

export type HistoryParts = WriterParts & {
  readonly calls: () => Pick<TelegramConnection, 'history'>;
  readonly timing: TelegramTiming;
  readonly mayStore: () => boolean;
};

export type Older = { readonly added: number; readonly complete: boolean };

export type History = {
  loadOlder(chatId: number, beforeServerId: number | null): Promise<Older>;
  /** Everything between the newest message the log has named and now, in order, as if the log had told it. */
  fill(peer: PeerId, since: number, signal: AbortSignal): Promise<void>;
};

const pageSize = 100;
/** A chat that wrote more while the desk was away has a hole before its newest messages, which reading back closes. */
const mostPages = 300;

export function createHistory(parts: HistoryParts): History {
  const { chats, messages, ranges, clock, timing, db } = parts;

  function addressOfChat({ peerId }: Pick<ChatRecord, 'peerId'>): PeerAddress {
    const address = addressOf(parts, peerId);
    if (!address) throw telegramError('peer-unknown');
    return address;
  }

  /** Returns how many were new. */
  function store(page: MessagePage, via: Via, after?: (lowest: number, highest: number) => void): number {
    if (!parts.mayStore()) throw noRoom();
    return db.transact((revision) => {
      const writer = createChatWriter(parts, revision);
      for (const peer of page.peers) writer.peer(peer);
      const inOrder = page.messages.toSorted((a, b) => a.id - b.id);
      const added = inOrder.filter((message) => writer.message(message, via)).length;
      const [lowest, highest] = [inOrder[0], inOrder.at(-1)];
      if (lowest && highest) after?.(lowest.id, highest.id);
      writer.finish();
      return added;
    });
  }

  async function loadOlder(chatId: number, beforeServerId: number | null): Promise<Older> {
    const chat = chats.require(chatId);
    const address = addressOfChat(chat);
    const from = beforeServerId === null ? undefined : bottomOf(chatId, beforeServerId);
    const page = await parts.calls().history(address, {
      limit: pageSize,
      ...(from === undefined ? {} : { olderThan: from }),
    });
    const added = store(page, 'history', (lowest, highest) => ranges.cover(chatId, lowest, from ?? highest));
    const complete = page.messages.length === 0;
    if (complete) markComplete(chatId);
    else if (page.messages.length < pageSize)
      return { ...(await isBottom(chat, address, page.messages)), added };
    return { added, complete };
  }

  /** A short page is mostly the last one; only an empty one is proof. */
  async function isBottom(
    chat: ChatRecord,
    address: PeerAddress,
    read: readonly RemoteMessage[],
  ): Promise<Older> {
    const olderThan = Math.min(...read.map(({ id }) => id));
    const page = await parts.calls().history(address, { olderThan, limit: pageSize });
    const added = store(page, 'history', (lowest) => ranges.cover(chat.id, lowest, olderThan));
    if (page.messages.length > 0) return { added, complete: false };
    markComplete(chat.id);
    return { added, complete: true };
  }

  /** What lies without a hole before that message needs no asking. */
  function bottomOf(chatId: number, serverId: number): number {
    return ranges.around(chatId, serverId)?.from ?? serverId;
  }

  function markComplete(chatId: number): void {
    db.transact((revision) => {
      chats.save({ ...chats.require(chatId), complete: 1, revision });
      db.touch('chat', chatId);
    });
  }

  async function fill(peer: PeerId, since: number, signal: AbortSignal): Promise<void> {
    const chat = chats.ofPeer(parts.accountId, peer);
    if (!chat) return;
    const address = addressOfChat(chat);
    const newest = messages.newestAnnounced(chat.id);
    if (newest === 0) return fillSince(address, since, signal);
    let newerThan = newest;
    for (let count = 0; count < mostPages; count += 1) {
      const page = await parts.calls().history(address, { newerThan, limit: pageSize });
      store(page, 'log');
      newerThan = Math.max(newerThan, ...page.messages.map(({ id }) => id));
      if (page.messages.length < pageSize) return;
      await clock.sleep(timing.betweenPages, signal);
    }
  }

  /** Of a chat the log has never named: it began while the desk was away. */
  async function fillSince(address: PeerAddress, since: number, signal: AbortSignal): Promise<void> {
    const pages: MessagePage[] = [];
    let olderThan: number | undefined;
    for (let count = 0; count < mostPages; count += 1) {
      const page = await parts.calls().history(address, {
        limit: pageSize,
        ...(olderThan === undefined ? {} : { olderThan }),
      });
      const fresh = page.messages.filter(({ sentAt }) => sentAt >= since);
      pages.push({ ...page, messages: fresh });
      if (fresh.length < pageSize) break;
      olderThan = Math.min(...fresh.map(({ id }) => id));
      await clock.sleep(timing.betweenPages, signal);
    }
    for (const page of pages.toReversed()) store(page, 'log');
  }

  return { loadOlder, fill };
}
