import { uuidv7 } from '../../shared/ids.ts';
import type { ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import type { PeerId } from '../platform/chat-types.ts';
import type { StoredChatMessage } from './chat-events.ts';
import { kindOfId } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

/** A chat of the running transaction. `newestId`: the end of what is stored without a hole. */
export type ChatDraft = { chat: ChatRecord; isChanged: boolean; newestId: number | undefined };

/** Chats of one transaction: each is saved once at its end, and then the desk hears what happened, in order. */
export function createChatDrafts(parts: WriterParts, revision: number) {
  const { accountId, chats, messages, files, ranges, telegram, events } = parts;
  const drafts = new Map<PeerId, ChatDraft>();
  const told: (() => void)[] = [];
  let received: number[] = [];

  function find(peerId: PeerId): ChatDraft | undefined {
    const known = drafts.get(peerId);
    if (known) return known;
    const chat = chats.ofPeer(accountId, peerId);
    return chat && keep(chat);
  }

  function keep(chat: ChatRecord): ChatDraft {
    const draft = { chat, isChanged: false, newestId: ranges.newest(chat.id)?.to };
    drafts.set(chat.peerId, draft);
    return draft;
  }

  function require(peerId: PeerId): ChatDraft {
    const known = find(peerId);
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

  function change(draft: ChatDraft, values: Partial<ChatRecord>): void {
    const next = { ...draft.chat, ...values };
    // A list read again says mostly what is known: a page must not fetch every chat for it.
    const isSame = (Object.keys(values) as (keyof ChatRecord)[]).every(
      (name) => next[name] === draft.chat[name],
    );
    if (isSame) return;
    draft.chat = next;
    draft.isChanged = true;
  }

  /** As it is when the desk hears of it: an earlier listener may have linked it. */
  function stored(id: number): StoredChatMessage | undefined {
    const message = messages.find(id);
    const chat = message && chats.find(message.chatId);
    return message && chat && { chat, message, files: files.ofMessage(id) };
  }

  function tellReceived(): void {
    if (received.length === 0) return;
    const batch = received;
    received = [];
    told.push(() =>
      events.received(
        batch.flatMap((id) => stored(id) ?? []),
        revision,
      ),
    );
  }

  return {
    find,
    require,
    change,
    stored,
    ofMessage: ({ chatId }: Pick<ChatMessageRecord, 'chatId'>) => require(chats.require(chatId).peerId),
    /** New in the log; those that follow each other are told together. */
    receive: ({ id }: Pick<ChatMessageRecord, 'id'>) => void received.push(id),
    tell(action: () => void): void {
      tellReceived();
      told.push(action);
    },
    finish(): void {
      tellReceived();
      for (const { chat, isChanged } of drafts.values()) {
        if (!isChanged) continue;
        chats.save({ ...chat, revision });
        parts.db.touch('chat', chat.id);
      }
      for (const action of told) action();
    },
  };
}
