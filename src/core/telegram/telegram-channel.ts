import { channelReceipts } from '../../shared/domain/channels.ts';
import { AppError, toAppError, type ErrorDetails } from '../../shared/errors.ts';
import type { ChatFileRecord, ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import type { Channel, Certainty } from '../notify/channel.ts';
import { createChatWriter } from './chat-writer.ts';
import { telegramError } from './telegram-error.ts';
import type {
  OutgoingFile,
  OutgoingMessage,
  RemoteMessage,
  SentMessage,
  TelegramConnection,
} from './telegram-port.ts';
import type { TransferBoard } from './transfer-board.ts';
import { isSameWriting } from './write-message.ts';
import { addressOf } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

export type ChannelParts = Omit<WriterParts, 'accountId'> & {
  readonly board: TransferBoard;
  readonly blobPath: (sha256: string) => string;
  /** Throws with a reason when the account is not connected. */
  readonly connectionOf: (accountId: number) => TelegramConnection;
};

/** One message of the outbox as rows of its chat: several for an album. */
type Outgoing = {
  readonly chat: ChatRecord;
  readonly rows: readonly ChatMessageRecord[];
  readonly files: ReadonlyMap<number, ChatFileRecord>;
};

/**
 * Sends what waits in the outbox as the account's own messages. The random ids of a message are written with it and
 * never change, so that Telegram takes it once however often it is tried.
 */
export function createTelegramChannel(parts: ChannelParts): Channel {
  const { board } = parts;
  return {
    receipts: channelReceipts.telegram,
    isIdempotent: true,
    async deliver(record, { wrote }, signal) {
      const key = { outboxId: record.id };
      let size = 0;
      try {
        const outgoing = load(parts, record.messageId);
        const message = compose(parts, outgoing);
        size = message.files.reduce((sum, file) => sum + file.size, 0);
        const connection = parts.connectionOf(outgoing.chat.accountId);
        const onProgress = size > 0 ? (done: number) => board.progress(key, done, size) : undefined;
        const hooks = { wrote, ...(onProgress ? { onProgress } : {}) };
        const response = await send(parts, outgoing, () => connection.send(message, hooks, signal));
        board.done(key);
        return { response };
      } catch (failure) {
        if (size > 0) board.failed(key, failure);
        throw toDeliveryError(failure);
      }
    },
  };
}

function load(parts: ChannelParts, messageId: number): Outgoing {
  const rows = parts.messages.ofMessage(messageId).filter(({ randomId }) => randomId !== null);
  const [first] = rows;
  if (!first) throw refused(telegramError('chat-gone'));
  const chat = parts.chats.require(first.chatId);
  const files = new Map(
    rows.flatMap(({ id }) =>
      parts.files
        .ofMessage(id)
        .slice(0, 1)
        .map((file) => [id, file] as const),
    ),
  );
  return { chat, rows, files };
}

function compose(parts: ChannelParts, { chat, rows, files }: Outgoing): OutgoingMessage {
  const peer = addressOf({ ...parts, accountId: chat.accountId }, chat.peerId);
  if (!peer) throw telegramError('peer-unknown');
  const worded = rows.find(({ text }) => text !== '');
  return {
    peer,
    text: worded?.text ?? '',
    entities: worded?.entities ?? [],
    replyTo: rows[0]?.replyTo ?? null,
    files: rows.flatMap(({ id }) => {
      const file = files.get(id);
      return file ? [toOutgoing(parts, file)] : [];
    }),
    randomIds: rows.flatMap(({ randomId }) => randomId ?? []),
  };
}

function toOutgoing({ blobPath }: ChannelParts, file: ChatFileRecord): OutgoingFile {
  if (file.sha256 === null) throw telegramError('file-missing');
  const { fileName, mimeType, size } = file;
  return {
    path: blobPath(file.sha256),
    fileName,
    mimeType,
    size,
    as: file.kind === 'photo' ? 'photo' : 'document',
  };
}

/** What the desk tells the journal: the number Telegram gave, or that it had the message before. */
async function send(
  parts: ChannelParts,
  outgoing: Outgoing,
  call: () => Promise<readonly SentMessage[]>,
): Promise<string> {
  try {
    const sent = await call();
    settle(parts, outgoing.chat.accountId, sent);
    return sent.map(({ id }) => `#${id}`).join(' ');
  } catch (failure) {
    if (!(failure instanceof AppError) || failure.reason !== 'already-sent') throw failure;
    await findSent(parts, outgoing);
    return 'already-sent';
  }
}

function settle(parts: ChannelParts, accountId: number, sent: readonly SentMessage[]): void {
  parts.db.transact((revision) => {
    const writer = createChatWriter({ ...parts, accountId }, revision);
    for (const { randomId, id, sentAt, file } of sent) {
      const own = parts.messages.byRandomId(randomId);
      if (own) writer.numbered(own, { id, sentAt, file });
    }
    writer.finish();
  });
}

/** How far back an answer that was lost is looked for. */
const lookedThrough = 100;

/**
 * Telegram has it and its answer was lost. Mostly the log has told its number meanwhile; else the newest messages of the
 * chat are looked through. Not to find it is no failure: it has left, and the log will name it.
 */
async function findSent(parts: ChannelParts, { chat, rows }: Outgoing): Promise<void> {
  const open = rows.filter(({ id }) => parts.messages.find(id)?.serverId === null);
  const peer = addressOf({ ...parts, accountId: chat.accountId }, chat.peerId);
  if (open.length === 0 || !peer) return;
  const page = await parts
    .connectionOf(chat.accountId)
    .history(peer, { limit: lookedThrough })
    .catch(() => undefined);
  if (!page) return;
  const candidates = page.messages
    .filter((message) => isFree(parts, chat, message))
    .toSorted((a, b) => b.id - a.id);
  parts.db.transact((revision) => {
    const writer = createChatWriter({ ...parts, accountId: chat.accountId }, revision);
    for (const row of open.toReversed()) {
      const [file] = parts.files.ofMessage(row.id);
      const index = candidates.findIndex((message) => isSameWriting(row, file, message));
      const [found] = index < 0 ? [] : candidates.splice(index, 1);
      const current = parts.messages.find(row.id);
      if (found && current?.serverId === null) writer.numbered(current, found);
    }
    writer.finish();
  });
}

/** Ours, and not yet known as another message written here. */
function isFree({ messages }: ChannelParts, chat: ChatRecord, message: RemoteMessage): boolean {
  return message.out && (messages.byServerId(chat.id, message.id)?.randomId ?? null) === null;
}

/** What no second try mends. */
const final: ReadonlySet<string | undefined> = new Set([
  'write-forbidden',
  'chat-gone',
  'peer-unknown',
  'privacy',
  'spam-limit',
  'message-empty',
  'message-too-long',
  'file-too-large',
  'file-refused',
  'file-missing',
]);
/** What concerns this chat or message; everything else is the whole account's trouble. */
const ofChat: ReadonlySet<string | undefined> = new Set(['flood-wait', 'slow-mode']);

function toDeliveryError(failure: unknown): AppError {
  const error = toAppError(failure);
  if (final.has(error.reason) || error.details['certainty'] === 'refused') return refused(error);
  if (ofChat.has(error.reason)) return withDetails(error, { certainty: 'not-sent', scope: 'chat' });
  if (error.code === 'internal' || error.reason === 'unexpected-answer') {
    return withDetails(error, { certainty: 'unknown' });
  }
  // Said again with the same random ids it is taken once: never a matter of doubt.
  return withDetails(error, { certainty: 'not-sent', scope: 'channel' });
}

function refused(error: AppError): AppError {
  return withDetails(error, { certainty: 'refused' satisfies Certainty });
}

function withDetails(error: AppError, more: ErrorDetails): AppError {
  return new AppError(error.code, {
    message: error.message,
    details: { ...error.details, ...more },
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    cause: error,
  });
}
