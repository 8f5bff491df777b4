import type { ChatFileRecord, ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';

/** A message of a chat with its files, as just written. */
export type StoredChatMessage = {
  readonly chat: ChatRecord;
  readonly message: ChatMessageRecord;
  readonly files: readonly ChatFileRecord[];
};

/**
 * What the engine tells the rest of the desk, inside the transaction of the rows. `received` hears every message that
 * is new in the log, ours from another device too, in order and once; never those read as older history.
 */
export type ChatEvents = {
  readonly received: (messages: readonly StoredChatMessage[], revision: number) => void;
  readonly edited: (message: StoredChatMessage, revision: number) => void;
  /** Only the first time; the messages are marked and stay. */
  readonly deleted?: (messages: readonly StoredChatMessage[], revision: number) => void;
  /** Ours, whose answer was lost: its number is known after all. */
  readonly found?: (message: StoredChatMessage, revision: number) => void;
  /** The other side has read everything of ours up to this server id. */
  readonly readByOther: (chat: ChatRecord, maxServerId: number, revision: number) => void;
  /** The bytes of a file are here. */
  readonly downloaded: (file: ChatFileRecord, revision: number) => void;
};
