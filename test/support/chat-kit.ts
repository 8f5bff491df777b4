import { createChats, type Chats } from '../../src/core/chats/create-chats.ts';
import { createChatFileStore, type ChatFileStore } from '../../src/core/db/chat-file-store.ts';
import { createChatMessageStore, type ChatMessageStore } from '../../src/core/db/chat-message-store.ts';
import type { ChatFileRecord, ChatMessageRecord, ChatRecord } from '../../src/core/db/chat-records.ts';
import { createChatRangeStore } from '../../src/core/db/chat-range-store.ts';
import { createChatStore, type ChatStore } from '../../src/core/db/chat-store.ts';
import { createTelegramStore } from '../../src/core/db/telegram-store.ts';
import type { PeerKind } from '../../src/core/platform/chat-types.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createCoreKit, type CoreKit } from './core-kit.ts';

export type Arrival = Partial<Omit<ChatMessageRecord, 'id' | 'chatId' | 'position'>> & {
  readonly files?: readonly Partial<Omit<ChatFileRecord, 'id' | 'chatMessageId'>>[];
};

export type ChatKit = CoreKit & {
  readonly chats: Chats;
  readonly chatStore: ChatStore;
  readonly chatMessages: ChatMessageStore;
  readonly chatFiles: ChatFileStore;
  /** Ids of files that incidents asked for. */
  readonly wanted: number[];
  readonly accountId: number;
  /** Where bytes are, by hash: what a test put there. */
  readonly blobs: Map<string, string>;
  chat(title: string, kind?: PeerKind): ChatRecord;
  /** Stored and told as the engine does, in one transaction. */
  arrive(chat: ChatRecord, ...arrivals: readonly Arrival[]): ChatMessageRecord[];
  /** Stored as older history: nobody is told. */
  store(chat: ChatRecord, arrival: Arrival): ChatMessageRecord;
  /** The row as it stands now. */
  row(message: Pick<ChatMessageRecord, 'id'>): ChatMessageRecord;
  /** The incident a message stands in. */
  incidentOf(message: Pick<ChatMessageRecord, 'id'>): number | null;
};

/** A desk with one Telegram account; the engine is played by the test. */
export function createChatKit(options: { readonly foreignPrefixes?: readonly string[] } = {}): ChatKit {
  const core = createCoreKit();
  const { foreignPrefixes = [] } = options;
  const kit = { ...core, desk: { ...core.desk, foreignPrefixes: () => foreignPrefixes } };
  const { db, clock, desk } = kit;
  const telegram = createTelegramStore(db);
  const chatStore = createChatStore(db);
  const chatMessages = createChatMessageStore(db);
  const chatFiles = createChatFileStore(db);
  const ranges = createChatRangeStore(db);
  const wanted: number[] = [];
  const blobs = new Map<string, string>();
  const accountId = db.transact((revision) =>
    telegram.insertAccount({
      uuid: 'telegram-1',
      userId: 'u1',
      name: 'Диспетчер',
      username: 'desk',
      phoneMask: '',
      signedInAt: clock.now(),
      revision,
    }),
  );
  const chats = createChats({
    ...desk,
    log: silentLogger,
    attachmentFile: (sha256) => blobs.get(sha256) ?? `/nowhere/${sha256}`,
    wantFile: (id) => void wanted.push(id),
  });
  let nextPeer = 100;
  let nextServerId = 0;

  function insert(chat: ChatRecord, arrival: Arrival, revision: number) {
    const { files = [], ...given } = arrival;
    nextServerId += 1;
    const message = chatMessages.insert({
      chatId: chat.id,
      serverId: nextServerId,
      randomId: null,
      direction: 'in',
      senderId: chat.kind === 'user' ? chat.peerId : 'u500',
      senderName: 'Ким',
      text: '',
      entities: [],
      replyTo: null,
      topicId: null,
      forward: null,
      groupedId: null,
      extra: null,
      reactions: [],
      sentAt: clock.now(),
      editedAt: null,
      deletedAt: null,
      messageId: null,
      revision,
      announced: true,
      ...given,
    });
    const stored = files.map((file) =>
      chatFiles.insert({
        chatMessageId: message.id,
        kind: 'photo',
        remote: { id: '1', accessHash: '1', reference: '', dc: 2, thumb: 'y', isPhoto: true },
        sha256: null,
        fileName: 'photo.jpg',
        mimeType: 'image/jpeg',
        size: 1000,
        width: null,
        height: null,
        duration: null,
        preview: null,
        ...file,
      }),
    );
    chatMessages.index(message.id, [message.text, message.senderName]);
    if (message.serverId !== null) {
      const below = ranges.below(chat.id, message.serverId);
      ranges.cover(chat.id, below?.to ?? message.serverId, message.serverId);
    }
    return { chat: chatStore.require(chat.id), message, files: stored };
  }

  return {
    ...kit,
    chats,
    chatStore,
    chatMessages,
    chatFiles,
    wanted,
    accountId,
    blobs,
    chat: (title, kind = 'user') =>
      db.transact((revision) => {
        nextPeer += 1;
        const peerId = `${kind === 'user' || kind === 'bot' ? 'u' : 'c'}${nextPeer}`;
        telegram.savePeer(accountId, {
          id: peerId,
          kind,
          accessHash: '1',
          title,
          username: kind === 'user' ? `user${nextPeer}` : null,
          phone: null,
          isSelf: false,
          isContact: false,
          isService: false,
          canSend: true,
          isMin: false,
        });
        const uuid = `chat-${nextPeer}`;
        return chatStore.insert({ uuid, accountId, peerId, kind, title, canSend: 1, revision });
      }),
    arrive: (chat, ...arrivals) =>
      db.transact((revision) => {
        const told = arrivals.map((arrival) => insert(chat, arrival, revision));
        chats.events.received(told, revision);
        return told.map(({ message }) => chatMessages.find(message.id) ?? message);
      }),
    store: (chat, arrival) => db.transact((revision) => insert(chat, arrival, revision).message),
    row({ id }) {
      const message = chatMessages.find(id);
      if (!message) throw new Error(`No message ${id}`);
      return message;
    },
    incidentOf({ id }) {
      const letter = chatMessages.find(id)?.messageId ?? null;
      return letter === null ? null : (desk.views.incidentOf(letter) ?? null);
    },
  };
}
