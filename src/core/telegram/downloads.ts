import { join } from 'node:path';
import { AppError, toAppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { ChatFileRecord, ChatRecord } from '../db/chat-records.ts';
import type { Logger } from '../platform/logger.ts';
import { openBlob } from './blob-file.ts';
import { createChatWriter } from './chat-writer.ts';
import { noRoom } from './log-sink.ts';
import { telegramError } from './telegram-error.ts';
import type { TelegramConnection } from './telegram-port.ts';
import type { TransferBoard } from './transfer-board.ts';
import { addressOf } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

export type DownloadParts = Omit<WriterParts, 'accountId'> & {
  readonly log: Logger;
  readonly board: TransferBoard;
  readonly tmpDir: string;
  readonly blobPath: (sha256: string) => string;
  readonly mayStore: () => boolean;
  /** Throws with a reason when the account has none. */
  readonly connectionOf: (accountId: number) => TelegramConnection;
};

export type Downloads = {
  download(fileId: number): Promise<void>;
  cancel(fileId: number): void;
  /** Ends what is running and resolves when nothing is left. */
  stop(): Promise<void>;
};

/** Telegram takes no larger one from an ordinary account. */
const largestBytes = 2000 * 1024 * 1024;
const mostAtOnce = 3;
const mostTries = 4;
/** A line that came back: the first byte again, for nothing else is known to be whole. */
const againAfterMs = 3000;

const passing: ReadonlySet<string | undefined> = new Set([
  'network-unreachable',
  'timeout',
  'server-trouble',
]);

/** Bytes of chat files, fetched when somebody wants them, each once. */
export function createDownloads(parts: DownloadParts): Downloads {
  const { files, messages, chats, db, clock, random, board, log } = parts;
  const running = new Map<number, { readonly done: Promise<void>; readonly cancel: AbortController }>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function run(file: ChatFileRecord, signal: AbortSignal): Promise<void> {
    board.progress({ fileId: file.id }, 0, file.size);
    await takeTurn(signal);
    try {
      if (file.size > largestBytes) throw telegramError('file-too-large');
      const stored = await fetchWithRetries(file.id, signal);
      // Its message may have been changed for another meanwhile.
      const now = files.find(file.id);
      if (now && now.remote?.id === file.remote?.id) settle({ ...now, ...stored });
      board.done({ fileId: file.id });
    } catch (failure) {
      board.failed({ fileId: file.id }, failure);
      log.warn(
        { reason: toAppError(failure).reason ?? toAppError(failure).code },
        'telegram.download-failed',
      );
      throw failure;
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  }

  async function takeTurn(signal: AbortSignal): Promise<void> {
    if (busy >= mostAtOnce) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const leave = () => {
        waiting.splice(waiting.indexOf(resolve), 1);
        resolve();
      };
      waiting.push(resolve);
      signal.addEventListener('abort', leave, { once: true });
      await promise;
      signal.removeEventListener('abort', leave);
    }
    busy += 1;
  }

  async function fetchWithRetries(
    fileId: number,
    signal: AbortSignal,
  ): Promise<{ sha256: string; size: number }> {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      if (!parts.mayStore()) throw noRoom();
      const file = requireFile(fileId);
      try {
        return await fetchOnce(file, signal);
      } catch (failure) {
        signal.throwIfAborted();
        const error = toAppError(failure);
        const isFlood = error.reason === 'flood-wait';
        if (attempt >= mostTries && !isFlood) throw error;
        if (error.reason === 'file-expired') await renew(file);
        else if (isFlood || passing.has(error.reason)) {
          const waitMs = error.retryAfterMs ?? againAfterMs;
          if (isFlood) board.waiting({ fileId }, clock.now() + waitMs);
          await clock.sleep(waitMs, signal);
        } else throw error;
      }
    }
  }

  async function fetchOnce(file: ChatFileRecord, signal: AbortSignal) {
    if (!file.remote) throw telegramError('file-missing');
    const connection = parts.connectionOf(chatOf(file).accountId);
    const temporary = join(parts.tmpDir, `telegram-${uuidv7(clock.now(), random.bytes(10))}`);
    const blob = await openBlob(temporary, parts.blobPath);
    let doneBytes = 0;
    try {
      await connection.download(
        { location: file.remote, size: file.size },
        async (chunk) => {
          doneBytes += chunk.length;
          if (doneBytes > largestBytes) throw telegramError('file-too-large');
          await blob.write(chunk);
          board.progress({ fileId: file.id }, doneBytes, file.size);
        },
        signal,
      );
      if (file.size > 0 && doneBytes !== file.size) throw telegramError('unexpected-answer');
      return await blob.end();
    } catch (failure) {
      await blob.discard();
      throw toDiskTrouble(failure);
    }
  }

  /** References grow old: the message is read again, and with it a fresh one. */
  async function renew(file: ChatFileRecord): Promise<void> {
    const chat = chatOf(file);
    const message = messages.find(file.chatMessageId);
    const address = addressOf({ ...parts, accountId: chat.accountId }, chat.peerId);
    if (message?.serverId === undefined || message.serverId === null || !address)
      throw telegramError('file-missing');
    const page = await parts.connectionOf(chat.accountId).messages(address, [message.serverId]);
    const found = page.messages.find(({ id }) => id === message.serverId);
    if (!found?.file) throw telegramError('file-missing');
    db.transact((revision) => {
      const writer = createChatWriter({ ...parts, accountId: chat.accountId }, revision);
      for (const peer of page.peers) writer.peer(peer);
      writer.message(found, 'history');
      writer.finish();
    });
  }

  function settle(file: ChatFileRecord): void {
    db.transact((revision) => {
      files.save(file);
      const message = messages.find(file.chatMessageId);
      if (message) {
        messages.save({ ...message, revision });
        chats.save({ ...chats.require(message.chatId), revision });
        db.touch('chat', message.chatId);
      }
      parts.events.downloaded(file, revision);
    });
  }

  function requireFile(fileId: number): ChatFileRecord {
    const file = files.find(fileId);
    if (!file) throw new AppError('not-found', { details: { reason: 'file-missing' } });
    return file;
  }

  function chatOf(file: ChatFileRecord): ChatRecord {
    const message = messages.find(file.chatMessageId);
    if (!message) throw telegramError('file-missing');
    return chats.require(message.chatId);
  }

  return {
    download(fileId) {
      const known = running.get(fileId);
      if (known) return known.done;
      const file = requireFile(fileId);
      if (file.sha256 !== null) return Promise.resolve();
      const cancel = new AbortController();
      const done = run(file, cancel.signal).finally(() => running.delete(fileId));
      running.set(fileId, { done, cancel });
      return done;
    },
    cancel: (fileId) => running.get(fileId)?.cancel.abort(new AppError('cancelled')),
    async stop() {
      const all = [...running.values()];
      for (const { cancel } of all) cancel.abort(new AppError('cancelled'));
      await Promise.allSettled(all.map(({ done }) => done));
    },
  };
}

function toDiskTrouble(failure: unknown): unknown {
  const isFull =
    failure instanceof Error && 'code' in failure && ['ENOSPC', 'EDQUOT'].includes(String(failure.code));
  return isFull ? noRoom(failure) : failure;
}
