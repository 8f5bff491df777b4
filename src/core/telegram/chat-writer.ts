import type { ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import type { PeerId, Reaction } from '../platform/chat-types.ts';
import { type ChatDraft, createChatDrafts } from './chat-drafts.ts';
import type { StoredChatMessage } from './chat-events.ts';
import type { DialogRow, Peer, RemoteFile, RemoteMessage } from './telegram-port.ts';
import { differs, isSameWriting, tellRow, wordsOf, writeFile } from './write-message.ts';
import { writePeer } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

/** `log`: the message is new to the desk. `list`: it stands in the list of chats. `history`: somebody reads back. */
export type Via = 'log' | 'list' | 'history';

export type ChatWriter = ReturnType<typeof createChatWriter>;

/**
 * Rows of one transaction. Nothing else may write chats of the account between the first call and `finish`.
 */
export function createChatWriter(parts: WriterParts, revision: number) {
  const { accountId, chats, messages, files, ranges, events } = parts;
  const drafts = createChatDrafts(parts, revision);
  const { change, tell, stored } = drafts;

  function peer(seen: Peer): void {
    const row = writePeer(parts, seen);
    const draft = row && drafts.find(seen.id);
    if (draft) change(draft, { kind: row.kind, title: row.title, canSend: row.canSend ? 1 : 0 });
  }

  /** Returns whether the row is new. */
  function message(remote: RemoteMessage, via: Via): boolean {
    const draft = drafts.require(remote.peer);
    const known = messages.byServerId(draft.chat.id, remote.id) ?? adopt(draft.chat, remote, via);
    const row = known ? update(draft, known, remote) : insert(draft, remote, via);
    if (via === 'log') announce(draft, row, known !== undefined);
    if (via !== 'history')
      change(draft, { lastMessageAt: Math.max(draft.chat.lastMessageAt ?? 0, remote.sentAt) });
    return known === undefined;
  }

  function insert(draft: ChatDraft, remote: RemoteMessage, via: Via): ChatMessageRecord {
    const row = messages.insert({
      ...tellRow(parts, draft.chat, remote),
      chatId: draft.chat.id,
      randomId: null,
      deletedAt: null,
      messageId: null,
      announced: via === 'log',
      revision,
    });
    const kept = remote.file === null ? [] : writeFile(parts, row.id, remote.file);
    messages.index(row.id, wordsOf(row, kept));
    if (via === 'log') {
      drafts.receive(row);
      count(draft, remote);
    }
    draft.isChanged = true;
    return row;
  }

  function count(draft: ChatDraft, { out, id }: RemoteMessage): void {
    const isCounted = id <= (draft.newestId ?? 0) || id <= draft.chat.readInboxMax;
    if (!out && !isCounted) change(draft, { unreadCount: draft.chat.unreadCount + 1 });
  }

  /** The log has come to this message: everything between it and the one before is here. */
  function announce(draft: ChatDraft, row: ChatMessageRecord, wasKnown: boolean): void {
    if (wasKnown && messages.announce(row.id) && row.randomId === null) drafts.receive(row);
    if (row.serverId === null) return;
    cover(draft, row.serverId);
    if (draft.chat.goneAt !== null) change(draft, { goneAt: null });
  }

  function cover(draft: ChatDraft, serverId: number): void {
    const { newestId, chat } = draft;
    if (newestId !== undefined && serverId > newestId) ranges.cover(chat.id, newestId, serverId);
    else if (newestId !== undefined && ranges.around(chat.id, serverId)) return;
    else ranges.cover(chat.id, ranges.below(chat.id, serverId)?.to ?? serverId, serverId);
    draft.newestId = Math.max(newestId ?? 0, serverId);
  }

  function update(draft: ChatDraft, known: ChatMessageRecord, remote: RemoteMessage): ChatMessageRecord {
    const fresh = tellRow(parts, draft.chat, remote);
    // An edit that came before the message it edits, or twice.
    if ((known.editedAt ?? 0) > (remote.editedAt ?? 0)) return known;
    const kept = writeFile(parts, known.id, remote.file);
    const next = { ...known, ...fresh, senderName: nameOf(known, fresh.senderName) };
    if (JSON.stringify(next) === JSON.stringify(known)) return known;
    const row = { ...next, revision };
    messages.save(row);
    draft.isChanged = true;
    if (differs(known, fresh)) messages.index(row.id, wordsOf(row, kept));
    return row;
  }

  function edited(remote: RemoteMessage): void {
    const draft = drafts.find(remote.peer);
    const known = draft && messages.byServerId(draft.chat.id, remote.id);
    // Older than what is stored here: it is read as it is now when somebody reads so far back.
    if (!draft || !known) return;
    const isOther = differs(known, tellRow(parts, draft.chat, remote));
    const row = update(draft, known, remote);
    if (isOther && row !== known) tell(() => listen(events.edited, row.id));
  }

  function listen(event: (message: StoredChatMessage, revision: number) => void, id: number): void {
    const now = stored(id);
    if (now) event(now, revision);
  }

  /** Our own message that Telegram has and the desk does not know the number of: its answer was lost. */
  function adopt(chat: ChatRecord, remote: RemoteMessage, via: Via): ChatMessageRecord | undefined {
    if (!remote.out) return undefined;
    const alike = messages
      .tried(chat.id)
      .filter((row) => isSameWriting(row, files.ofMessage(row.id)[0], remote));
    // The photos of an album are alike: the list shows the last of them, everything else begins with the first.
    const own = via === 'list' ? alike.at(-1) : alike[0];
    if (!own) return undefined;
    tell(() => events.found && listen(events.found, own.id));
    return numbered(own, { id: remote.id, sentAt: remote.sentAt, file: remote.file });
  }

  /** The number Telegram gave our message; a second row of the same message goes. */
  function numbered(
    own: ChatMessageRecord,
    sent: { readonly id: number; readonly sentAt: number | null; readonly file: RemoteFile | null },
  ): ChatMessageRecord {
    if (own.serverId === sent.id) return own;
    const other = messages.byServerId(own.chatId, sent.id);
    if (other) messages.remove(other.id);
    const row = { ...own, serverId: sent.id, position: sent.id, sentAt: sent.sentAt ?? own.sentAt, revision };
    messages.save(row);
    // The same words written on the phone had been taken for ours.
    if (own.serverId !== null)
      messages.insert({ ...own, randomId: null, messageId: null, announced: true, revision });
    writeFile(parts, own.id, sent.file);
    const draft = drafts.ofMessage(own);
    change(draft, { lastMessageAt: Math.max(draft.chat.lastMessageAt ?? 0, row.sentAt) });
    return row;
  }

  /** `isPlaced`: this is all the log ever says of the message. */
  function messageId(id: number, randomId: string, isPlaced: boolean): void {
    const own = messages.byRandomId(randomId);
    if (!own) return;
    const row = numbered(own, { id, sentAt: null, file: null });
    if (isPlaced) announce(drafts.ofMessage(row), row, true);
  }

  function deleted(peerId: PeerId | null, ids: readonly number[]): void {
    const gone: number[] = [];
    for (const id of ids) {
      const draft = peerId === null ? undefined : drafts.find(peerId);
      const known =
        peerId === null ? messages.byNumber(accountId, id) : draft && messages.byServerId(draft.chat.id, id);
      if (!known || known.deletedAt !== null) continue;
      messages.save({ ...known, deletedAt: parts.clock.now(), revision });
      const of = draft ?? drafts.ofMessage(known);
      const wasUnread = known.direction === 'in' && id > of.chat.readInboxMax;
      of.isChanged = true;
      gone.push(known.id);
      if (wasUnread) change(of, { unreadCount: Math.max(0, of.chat.unreadCount - 1) });
    }
    if (gone.length > 0)
      tell(() =>
        events.deleted?.(
          gone.flatMap((id) => stored(id) ?? []),
          revision,
        ),
      );
  }

  function readInbox(peerId: PeerId, maxId: number, unread: number | null): void {
    const draft = drafts.find(peerId);
    if (!draft || maxId < draft.chat.readInboxMax) return;
    const { id, readWanted } = draft.chat;
    change(draft, {
      readInboxMax: maxId,
      unreadCount: unread ?? messages.countIncomingAfter(id, maxId),
      readWanted: readWanted !== null && readWanted <= maxId ? null : readWanted,
    });
  }

  function readOutbox(peerId: PeerId, maxId: number): void {
    const draft = drafts.find(peerId);
    if (!draft || maxId <= draft.chat.readOutboxMax) return;
    change(draft, { readOutboxMax: maxId });
    const { id } = draft.chat;
    tell(() => events.readByOther(chats.require(id), maxId, revision));
  }

  function reactions(peerId: PeerId, id: number, now: readonly Reaction[]): void {
    const draft = drafts.find(peerId);
    const known = draft && messages.byServerId(draft.chat.id, id);
    if (!draft || !known) return;
    messages.save({ ...known, reactions: now, revision });
    draft.isChanged = true;
  }

  function set(peerId: PeerId, values: Partial<ChatRecord>): void {
    const draft = drafts.find(peerId);
    if (draft) change(draft, values);
  }

  /** A row of Telegram's list of chats. `isFirst`: the log begins after this list, so what it shows is known to it. */
  function dialog(
    row: DialogRow,
    { pinned, isFirst }: { readonly pinned: number; readonly isFirst: boolean },
  ): ChatRecord {
    peer(row.peer);
    const isNew = drafts.find(row.peer.id) === undefined;
    const draft = drafts.require(row.peer.id);
    const { chat } = draft;
    const isCurrent = (row.top?.id ?? 0) >= (draft.newestId ?? 0);
    const seen = Math.max(chat.readInboxMax, row.readInboxMax);
    change(draft, {
      pinned,
      archived: row.archived ? 1 : 0,
      mutedUntil: row.mutedUntil,
      readInboxMax: seen,
      // A list older than a push would take back what the push counted.
      unreadCount: isCurrent && chat.readWanted === null ? row.unread : chat.unreadCount,
      readWanted: chat.readWanted !== null && chat.readWanted <= seen ? null : chat.readWanted,
      pts: chat.pts ?? row.pts,
      goneAt: null,
    });
    readOutbox(row.peer.id, row.readOutboxMax);
    if (row.top) top(draft, row.top, isFirst || (isNew && row.pts !== null));
    return draft.chat;
  }

  function top(draft: ChatDraft, remote: RemoteMessage, isKnownToLog: boolean): void {
    message(remote, 'list');
    const row = messages.byServerId(draft.chat.id, remote.id);
    if (row && isKnownToLog) messages.announce(row.id);
    if (ranges.around(draft.chat.id, remote.id)) return;
    ranges.cover(draft.chat.id, remote.id, remote.id);
    draft.newestId = Math.max(draft.newestId ?? 0, remote.id);
  }

  return {
    peer,
    message,
    edited,
    deleted,
    readInbox,
    readOutbox,
    reactions,
    messageId,
    numbered,
    set,
    dialog,
    finish: drafts.finish,
    /** Everything from one message to another is stored. */
    covered(peerId: PeerId, from: number, to: number): void {
      const draft = drafts.require(peerId);
      ranges.cover(draft.chat.id, from, to);
      draft.newestId = Math.max(draft.newestId ?? 0, to);
    },
  };
}

/** Written here it has its writer's name; Telegram knows only the account's. */
function nameOf(known: ChatMessageRecord, told: string): string {
  return known.randomId !== null || told === '' ? known.senderName : told;
}
