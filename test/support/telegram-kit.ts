import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccountEngine, type AccountEngine } from '../../src/core/telegram/account-engine.ts';
import type { ChatEvents, StoredChatMessage } from '../../src/core/telegram/chat-events.ts';
import { createDownloads } from '../../src/core/telegram/downloads.ts';
import { createTelegramChannel } from '../../src/core/telegram/telegram-channel.ts';
import { telegramTiming } from '../../src/core/telegram/telegram-timing.ts';
import { createTransferBoard } from '../../src/core/telegram/transfer-board.ts';
import { createMemoryTelegram } from '../../src/core/telegram/twin/memory-telegram.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import { createCoreKit } from './core-kit.ts';

export type TelegramKit = ReturnType<typeof createTelegramKit>;

/** An account of the desk over the memory twin, with a clock that is moved by hand. */
export function createTelegramKit(
  options: { readonly seed?: number; readonly maskCode?: (text: string) => string } = {},
) {
  const core = createCoreKit();
  const { clock, db, stores } = core;
  const random = createSeededRandom(options.seed ?? 7);
  const { port, world } = createMemoryTelegram({ clock, random });
  const me = world.addAccount({ phone: '+79990001122', name: 'Диспетчерская' });
  const friend = world.addUser({ name: 'Зуев' });
  const accountId = db.transact((revision) =>
    stores.telegram.insertAccount({
      uuid: 'telegram-account',
      userId: me,
      name: 'Диспетчерская',
      username: null,
      phoneMask: '+7 ••• 22',
      signedInAt: clock.now(),
      revision,
    }),
  );
  const heard = {
    received: [] as StoredChatMessage[],
    edited: [] as StoredChatMessage[],
    deleted: [] as StoredChatMessage[],
    read: [] as number[],
    downloaded: [] as number[],
    signedOut: [] as string[],
    typing: [] as string[],
  };
  const listeners: { received?: (messages: readonly StoredChatMessage[]) => void } = {};
  const events: ChatEvents = {
    received(messages) {
      listeners.received?.(messages);
      heard.received.push(...messages);
    },
    edited: (message) => void heard.edited.push(message),
    deleted: (messages) => void heard.deleted.push(...messages),
    readByOther: (_chat, maxServerId) => void heard.read.push(maxServerId),
    downloaded: (file) => void heard.downloaded.push(file.id),
  };
  const disk = { mayStore: true };
  const parts = {
    db,
    clock,
    random,
    log: silentLogger,
    chats: stores.chats,
    messages: stores.chatMessages,
    files: stores.chatFiles,
    ranges: stores.chatRanges,
    telegram: stores.telegram,
    events,
    maskCode: options.maskCode ?? ((text: string) => text),
    port,
    network: undefined,
    timing: telegramTiming,
    api: () => ({ id: 1, hash: 'a'.repeat(32) }),
    session: async () => `twin ${me} session`,
    mayStore: () => disk.mayStore,
    onTyping: (_accountId: number, peer: string) => void heard.typing.push(peer),
    onSignedOut: (_accountId: number, reason: string) => void heard.signedOut.push(reason),
    onReady() {},
  };
  const folder = mkdtempSync(join(tmpdir(), 'pult-telegram-'));
  const board = createTransferBoard(clock, telegramTiming.failedTransfer);
  const blobPath = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  let engine: AccountEngine | undefined;
  const connectionOf = () => {
    if (!engine) throw new Error('No engine is running');
    return engine.connection();
  };
  return {
    ...core,
    world,
    me,
    friend,
    accountId,
    heard,
    listeners,
    parts,
    disk,
    board,
    folder,
    blobPath,
    downloads: createDownloads({ ...parts, board, tmpDir: folder, blobPath, connectionOf }),
    channel: createTelegramChannel({ ...parts, board, blobPath, connectionOf }),
    /** Starts an engine over what the database holds, and lets it come to rest. */
    async start(): Promise<AccountEngine> {
      engine = createAccountEngine(accountId, parts);
      engine.start();
      await clock.advance(2000);
      return engine;
    },
    /** As a killed process leaves it: nothing is finished, nothing more is written. */
    async crash() {
      await engine?.stop();
      engine = undefined;
    },
    chat(peer: string) {
      const chat = stores.chats.ofPeer(accountId, peer);
      if (!chat) throw new Error(`The desk has no chat ${peer}`);
      return chat;
    },
    /** Server ids and texts of a chat as the desk has them, in order. */
    rows(peer: string): readonly string[] {
      const chat = stores.chats.ofPeer(accountId, peer);
      if (!chat) return [];
      return db
        .prepare<[number], { position: number; text: string }>(
          'SELECT position, text FROM chat_message WHERE chat_id = ? AND deleted_at IS NULL ORDER BY position',
        )
        .all(chat.id)
        .map(({ position, text }) => `${position} ${text}`);
    },
    /** The same as Telegram has them. */
    truth: (peer: string): readonly string[] =>
      world.messages(me, peer).map(({ id, text }) => `${id} ${text}`),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
