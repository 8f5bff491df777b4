import { AppError, toAppError } from '../../shared/errors.ts';
import type { PeerId } from '../platform/chat-types.ts';
import type { Logger } from '../platform/logger.ts';
import { type ChatWriter, createChatWriter } from './chat-writer.ts';
import type { Update } from './telegram-port.ts';
import type { LogPart, LogSink } from './log-book.ts';
import { addressOf } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

export type LogSinkParts = WriterParts & {
  readonly log: Logger;
  /** False while the disk is too full. */
  readonly mayStore: () => boolean;
  readonly onTyping: (peer: PeerId, from: PeerId | null) => void;
  readonly onListWanted: () => void;
  readonly onFoldersWanted: () => void;
};

const silentEvents: WriterParts['events'] = {
  received() {},
  edited() {},
  readByOther() {},
  downloaded() {},
};

/** Writes what Telegram's logs say, with the positions that brings them to. */
export function createLogSink(parts: LogSinkParts): LogSink {
  const { db, log } = parts;

  function write(part: LogPart, events: WriterParts['events']): void {
    db.transact((revision) => {
      const writer = createChatWriter({ ...parts, events }, revision);
      for (const peer of part.peers) writer.peer(peer);
      for (const update of part.loose) if (update.kind === 'message-id') apply(writer, update, false);
      for (const update of part.updates) apply(writer, update, true);
      for (const update of part.loose) if (update.kind !== 'message-id') apply(writer, update, false);
      for (const [channel, pts] of part.channels ?? []) writer.set(channel, { pts });
      writer.finish();
      if (part.account) parts.telegram.saveUpdateState(parts.accountId, part.account);
    });
  }

  /**
   * One message nobody here can take in must not keep all the others out: they are stored one by one then, and that
   * one without telling the desk, so that it is at least read in its chat.
   */
  function writeApart(part: LogPart): void {
    const last = { loose: [], updates: [], peers: [] };
    const { peers, loose } = part;
    const one = (update: Update): LogPart => ({ ...last, peers, updates: [update] });
    for (const update of part.updates) {
      try {
        write(one(update), parts.events);
      } catch (failure) {
        if (isNoRoom(failure)) throw failure;
        log.error({ err: toAppError(failure), kind: update.kind }, 'telegram.update-not-taken-in');
        write(one(update), silentEvents);
      }
    }
    write({ ...part, updates: [], loose }, silentEvents);
  }

  return {
    knows: (peer) => addressOf(parts, peer) !== undefined,
    commit(part) {
      for (const update of part.loose) passOn(parts, update);
      const kept = { ...part, loose: part.loose.filter(isStored) };
      if (isNothing(kept)) return;
      if (!parts.mayStore()) throw noRoom();
      try {
        write(kept, parts.events);
      } catch (failure) {
        if (isNoRoom(failure)) throw failure;
        log.error({ err: toAppError(failure), updates: kept.updates.length }, 'telegram.updates-taken-apart');
        writeApart(kept);
      }
      for (const update of kept.updates) passOn(parts, update);
    },
  };
}

/** What is not written, or asks for more than it says. */
function passOn(parts: LogSinkParts, update: Update): void {
  if (update.kind === 'typing') parts.onTyping(update.peer, update.from);
  else if (update.kind === 'folders-changed') parts.onFoldersWanted();
  else if (update.kind === 'chats-changed' || update.kind === 'pinned') parts.onListWanted();
}

function isStored({ kind }: Update): boolean {
  return (
    kind !== 'typing' && kind !== 'folders-changed' && kind !== 'chats-changed' && kind !== 'login-token'
  );
}

function isNothing({ loose, updates, peers, account, channels }: LogPart): boolean {
  return loose.length + updates.length + peers.length + (channels?.size ?? 0) === 0 && account === undefined;
}

function apply(writer: ChatWriter, update: Update, isPlaced: boolean): void {
  switch (update.kind) {
    case 'message':
      writer.message(update.message, 'log');
      return;
    case 'edited':
      writer.edited(update.message);
      return;
    case 'deleted':
      writer.deleted(update.peer, update.ids);
      return;
    case 'read-inbox':
      writer.readInbox(update.peer, update.maxId, update.unread);
      return;
    case 'read-outbox':
      writer.readOutbox(update.peer, update.maxId);
      return;
    case 'reactions':
      writer.reactions(update.peer, update.id, update.reactions);
      return;
    case 'message-id':
      writer.messageId(update.id, update.randomId, isPlaced);
      return;
    case 'muted':
      writer.set(update.peer, { mutedUntil: update.until });
      return;
    case 'pinned':
      // Which place among the pinned, the list says.
      writer.set(update.peer, { pinned: update.pinned ? 1 : 0 });
      return;
    case 'typing':
    case 'folders-changed':
    case 'chats-changed':
    case 'login-token':
    case 'too-long':
  }
}

export function noRoom(cause?: unknown): AppError {
  return new AppError('unavailable', {
    message: 'no room for messages',
    details: { reason: 'disk-full' },
    ...(cause === undefined ? {} : { cause }),
  });
}

function isNoRoom(failure: unknown): boolean {
  if (failure instanceof AppError) return failure.reason === 'disk-full';
  return (
    failure instanceof Error &&
    'code' in failure &&
    ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(String(failure.code))
  );
}
