import type { ChatFolder } from '../db/chat-store.ts';
import type { PeerId } from '../platform/chat-types.ts';
import { createChatWriter } from './chat-writer.ts';
import { noRoom } from './log-sink.ts';
import type { DialogPage, DialogRow, Folder, TelegramConnection } from './telegram-port.ts';
import type { TelegramTiming } from './telegram-timing.ts';
import type { WriterParts } from './writer-parts.ts';

export type ChatListParts = WriterParts & {
  readonly calls: () => Pick<TelegramConnection, 'dialogs' | 'folders'>;
  readonly timing: TelegramTiming;
  readonly mayStore: () => boolean;
  /** Where each channel's own log stands. */
  readonly onChannel: (channel: PeerId, pts: number) => void;
  readonly onGone: (peer: PeerId) => void;
};

export type ChatList = {
  /**
   * `recent` reads as far as something may have changed since the newest message stored. `isFirst`: nothing is stored
   * yet, and the log begins with this list. Returns the chats that were read.
   */
  read(
    how: { readonly what: 'all' | 'recent'; readonly isFirst: boolean },
    signal: AbortSignal,
  ): Promise<PeerId[]>;
  readFolders(): Promise<void>;
};

const pageSize = 100;
const mostPages = 200;
/** Lists and messages are made by different servers. */
const overlapMs = 60_000;

export function createChatList(parts: ChatListParts): ChatList {
  const { accountId, chats, clock, db, timing } = parts;

  function store(page: DialogPage, firstPin: number, isFirst: boolean): void {
    if (!parts.mayStore()) throw noRoom();
    db.transact((revision) => {
      const writer = createChatWriter(parts, revision);
      for (const peer of page.peers) writer.peer(peer);
      let pin = firstPin;
      for (const row of page.rows) {
        if (row.pinned) pin += 1;
        writer.dialog(row, { pinned: row.pinned ? pin : 0, isFirst });
      }
      writer.finish();
    });
    for (const { peer, pts } of page.rows) if (pts !== null) parts.onChannel(peer.id, pts);
  }

  /** What the whole list does not name is left or deleted; its messages stay. */
  function markGone(seen: ReadonlySet<PeerId>, before: number): void {
    const gone = chats
      .ofAccount(accountId)
      .filter(({ peerId, goneAt, revision }) => goneAt === null && revision <= before && !seen.has(peerId));
    if (gone.length === 0) return;
    db.transact((revision) => {
      for (const chat of gone) {
        chats.save({ ...chat, goneAt: clock.now(), revision });
        db.touch('chat', chat.id);
      }
    });
    for (const { peerId } of gone) parts.onGone(peerId);
  }

  return {
    async read({ what, isFirst }, signal) {
      const known = Math.max(0, ...chats.ofAccount(accountId).map(({ lastMessageAt }) => lastMessageAt ?? 0));
      const before = db.revision();
      const seen = new Set<PeerId>();
      let after: DialogRow | null = null;
      let pins = 0;
      for (let count = 0; count < mostPages; count += 1) {
        if (after !== null) await clock.sleep(timing.betweenPages, signal);
        const page = await parts.calls().dialogs({ after, limit: pageSize });
        store(page, pins, isFirst);
        pins += page.rows.filter(({ pinned }) => pinned).length;
        const isRepeated = page.rows.every(({ peer }) => seen.has(peer.id));
        for (const { peer } of page.rows) seen.add(peer.id);
        after = page.rows.at(-1) ?? null;
        if (!page.more || isRepeated || after === null) {
          markGone(seen, before);
          return [...seen];
        }
        if (what === 'recent' && isOlder(after, known - overlapMs)) return [...seen];
      }
      return [...seen];
    },
    async readFolders() {
      const folders = (await parts.calls().folders()).map(toFolder);
      if (JSON.stringify(folders) === JSON.stringify(chats.folders(accountId))) return;
      db.transact(() => {
        chats.replaceFolders(accountId, folders);
        db.touch('chat');
      });
    },
  };
}

function isOlder({ pinned, top }: DialogRow, than: number): boolean {
  return !pinned && top !== null && top.sentAt < than;
}

function toFolder({ id, title, include, exclude, kinds }: Folder): ChatFolder {
  return { id, title, rule: { include, exclude, kinds } };
}
