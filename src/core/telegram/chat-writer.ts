import { uuidv7 } from '../../shared/ids.ts';
import type { ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import type { PeerId, Reaction } from '../platform/chat-types.ts';
import type { StoredChatMessage } from './chat-events.ts';
import type { DialogRow, Peer, RemoteFile, RemoteMessage } from './telegram-port.ts';
import { differs, isSameWriting, tellRow, wordsOf, writeFile } from './write-message.ts';
import { kindOfId, writePeer } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

/** `log`: the message is new to the desk. `list`: it stands in the list of chats. `history`: somebody reads back. */
export type Via = 'log' | 'list' | 'history';

export type ChatWriter = ReturnType<typeof createChatWriter>;

type Draft = { chat: ChatRecord; isChanged: boolean; newestId: number | undefined };

/**
 * Rows of one transaction. Chats are saved once at its end, and then the desk hears what happened, in order. Nothing
 * else may write chats of the account between the first call and `finish`.
 */
export function createChatWriter(parts: WriterParts, revision: number) {
  const { accountId, chats, messages, files, ranges, telegram, events } = parts;
  const drafts = new Map<PeerId, Draft>();
  const told: (() => void)[] = [];
  let received: ChatMessageRecord[] = [];

  function draftOf(peerId: PeerId): Draft | undefined {
    const known = drafts.get(peerId);
    if (known) return known;
    const chat = chats.ofPeer(accountId, peerId);
    return chat && keep(chat);
  }

  function keep(chat: ChatRecord): Draft {
    const draft = { chat, isChanged: false, newestId: ranges.newest(chat.id)?.to };
    drafts.set(chat.peerId, draft);
    return draft;
  }

  function requireDraft(peerId: PeerId): Draft {
    const known = draftOf(peerId);
    if (known) return known;
    const peer = telegram.peer(accountId, peerId);
    const chat = chats.insert({
      uuid: uuidv7(parts.clock.now(), parts.random.bytes(10)),
      accountId,
      peerId,
      kind: peer?.kind ?? kindOfId(peerId),
      title: peer?.title ?? '',
      canSend: peer?.canSend === false ? 0 : 1,
      revision,
    });
    const draft = keep(chat);
    draft.isChanged = true;
    return draft;
  }

  function change(draft: Draft, values: Partial<ChatRecord>): void {
    const next = { ...draft.chat, ...values };
    // A list read again says mostly what is known: a page must not fetch every chat for it.
    const isSame = (Object.keys(values) as (keyof ChatRecord)[]).every(
      (name) => next[name] === draft.chat[name],
    );
    if (isSame) return;
    draft.chat = next;
    draft.isChanged = true;
  }

  function tell(action: () => void): void {
    flushReceived();
    told.push(action);
  }

  function flushReceived(): void {
    if (received.length === 0) return;
    const batch = received;
    received = [];
    told.push(() =>
      events.received(
        batch.flatMap(({ id }) => stored(id) ?? []),
        revision,
      ),
    );
  }

  /** As it is when the desk hears of it: an earlier listener may have linked it. */
  function stored(id: number): StoredChatMessage | undefined {
    const message = messages.find(id);
    const chat = message && chats.find(message.chatId);
    return message && chat && { chat, message, files: files.ofMessage(id) };
  }

  function peer(seen: Peer): void {
    const row = writePeer(parts, seen);
    const draft = row && draftOf(seen.id);
    if (draft) change(draft, { kind: row.kind, title: row.title, canSend: row.canSend ? 1 : 0 });
  }

  /** Returns whether the row is new. */
  function message(remote: RemoteMessage, via: Via): boolean {
    const draft = requireDraft(remote.peer);
    const known = messages.byServerId(draft.chat.id, remote.id) ?? adopt(draft.chat, remote);
    const row = known ? update(draft, known, remote) : insert(draft, remote, via);
    if (via === 'log') announce(draft, row, known !== undefined);
    if (via !== 'history')
      change(draft, { lastMessageAt: Math.max(draft.chat.lastMessageAt ?? 0, remote.sentAt) });
    return known === undefined;
  }

  function insert(draft: Draft, remote: RemoteMessage, via: Via): ChatMessageRecord {
    const row = messages.insert({
      ...tellRow(parts, draft.chat, remote),
      chatId: draft.chat.id,
      randomId: null,
      deletedAt: null,
      messageId: null,
      announced: via === 'log',
      revision,
    });
    const kept = writeFile(parts, row.id, remote.file);
    messages.index(row.id, wordsOf(row, kept));
    if (via === 'log') {
      received.push(row);
      count(draft, remote);
    }
    draft.isChanged = true;
    return row;
  }

  function count(draft: Draft, { out, id }: RemoteMessage): void {
    const isCounted = id <= (draft.newestId ?? 0) || id <= draft.chat.readInboxMax;
    if (!out && !isCounted) change(draft, { unreadCount: draft.chat.unreadCount + 1 });
  }

  /** The log has come to this message: everything between it and the one before is here. */
  function announce(draft: Draft, row: ChatMessageRecord, wasKnown: boolean): void {
    if (wasKnown && messages.announce(row.id) && row.randomId === null) received.push(row);
    if (row.serverId === null) return;
    cover(draft, row.serverId);
    if (draft.chat.goneAt !== null) change(draft, { goneAt: null });
  }

  function cover(draft: Draft, serverId: number): void {
    const { newestId, chat } = draft;
    if (newestId !== undefined && serverId > newestId) ranges.cover(chat.id, newestId, serverId);
    else if (newestId !== undefined && ranges.around(chat.id, serverId)) return;
    else ranges.cover(chat.id, ranges.below(chat.id, serverId)?.to ?? serverId, serverId);
    draft.newestId = Math.max(newestId ?? 0, serverId);
  }

  function update(draft: Draft, known: ChatMessageRecord, remote: RemoteMessage): ChatMessageRecord {
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
    const draft = draftOf(remote.peer);
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
  function adopt(chat: ChatRecord, remote: RemoteMessage): ChatMessageRecord | undefined {
    if (!remote.out) return undefined;
    const own = messages
      .tried(chat.id)
      .find((row) => isSameWriting(row, files.ofMessage(row.id).length > 0, remote));
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
    const draft = requireDraft(chats.require(own.chatId).peerId);
    change(draft, { lastMessageAt: Math.max(draft.chat.lastMessageAt ?? 0, row.sentAt) });
    return row;
  }

  /** `isPlaced`: this is all the log ever says of the message. */
  function messageId(id: number, randomId: string, isPlaced: boolean): void {
    const own = messages.byRandomId(randomId);
    if (!own) return;
    const row = numbered(own, { id, sentAt: null, file: null });
    if (isPlaced) announce(requireDraft(chats.require(row.chatId).peerId), row, true);
  }

  function deleted(peerId: PeerId | null, ids: readonly number[]): void {
    const gone: number[] = [];
    for (const id of ids) {
      const draft = peerId === null ? undefined : draftOf(peerId);
      const known =
        peerId === null ? messages.byNumber(accountId, id) : draft && messages.byServerId(draft.chat.id, id);
      if (!known || known.deletedAt !== null) continue;
      messages.save({ ...known, deletedAt: parts.clock.now(), revision });
      const of = draft ?? requireDraft(chats.require(known.chatId).peerId);
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
    const draft = draftOf(peerId);
    if (!draft || maxId < draft.chat.readInboxMax) return;
    const { id, readWanted } = draft.chat;
    change(draft, {
      readInboxMax: maxId,
      unreadCount: unread ?? messages.countIncomingAfter(id, maxId),
      readWanted: readWanted !== null && readWanted <= maxId ? null : readWanted,
    });
  }

  function readOutbox(peerId: PeerId, maxId: number): void {
    const draft = draftOf(peerId);
    if (!draft || maxId <= draft.chat.readOutboxMax) return;
    change(draft, { readOutboxMax: maxId });
    const { id } = draft.chat;
    tell(() => events.readByOther(chats.require(id), maxId, revision));
  }

  function reactions(peerId: PeerId, id: number, now: readonly Reaction[]): void {
    const draft = draftOf(peerId);
    const known = draft && messages.byServerId(draft.chat.id, id);
    if (!draft || !known) return;
    messages.save({ ...known, reactions: now, revision });
    draft.isChanged = true;
  }

  function set(peerId: PeerId, values: Partial<ChatRecord>): void {
    const draft = draftOf(peerId);
    if (draft) change(draft, values);
  }

  /** A row of Telegram's list of chats. `isFirst`: the log begins after this list, so what it shows is known to it. */
  function dialog(
    row: DialogRow,
    { pinned, isFirst }: { readonly pinned: number; readonly isFirst: boolean },
  ): ChatRecord {
    peer(row.peer);
    const isNew = draftOf(row.peer.id) === undefined;
    const draft = requireDraft(row.peer.id);
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

  function top(draft: Draft, remote: RemoteMessage, isKnownToLog: boolean): void {
    message(remote, 'list');
    const row = messages.byServerId(draft.chat.id, remote.id);
    if (row && isKnownToLog) messages.announce(row.id);
    if (ranges.around(draft.chat.id, remote.id)) return;
    ranges.cover(draft.chat.id, remote.id, remote.id);
    draft.newestId = Math.max(draft.newestId ?? 0, remote.id);
  }

  function finish(): void {
    flushReceived();
    for (const { chat, isChanged } of drafts.values()) {
      if (!isChanged) continue;
      chats.save({ ...chat, revision });
      parts.db.touch('chat', chat.id);
    }
    for (const action of told) action();
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
    finish,
    /** Everything from one message to another is stored. */
    covered(peerId: PeerId, from: number, to: number): void {
      const draft = requireDraft(peerId);
      ranges.cover(draft.chat.id, from, to);
      draft.newestId = Math.max(draft.newestId ?? 0, to);
    },
  };
}

/** Written here it has its writer's name; Telegram knows only the account's. */
function nameOf(known: ChatMessageRecord, told: string): string {
  return known.randomId !== null || told === '' ? known.senderName : told;
}
