import type { TelegramAccountRow } from '../db/telegram-store.ts';
import type { Health, Service } from '../platform/service.ts';
import {
  type AccountEngine,
  createAccountEngine,
  type EngineParts,
  type EngineStatus,
} from './account-engine.ts';
import type { ChatEngine } from './chat-engine.ts';
import { createDownloads, type DownloadParts } from './downloads.ts';
import { telegramError } from './telegram-error.ts';
import type { TelegramConnection } from './telegram-port.ts';
import type { TransferBoard } from './transfer-board.ts';
import { createTypingBoard } from './typing.ts';

export type TelegramAccountView = {
  readonly accountId: number;
  readonly name: string;
  readonly health: Health;
};

export type TelegramService = Service & {
  readonly chats: ChatEngine;
  /** Signed in just now: its engine begins. */
  started(accountId: number): void;
  /** Resolves when nothing of it is left; its session may be ended or forgotten then. */
  stopped(accountId: number): Promise<void>;
  /** Throws `signed-out` when the account has none. */
  connectionOf(accountId: number): TelegramConnection;
  statusOf(accountId: number): EngineStatus | undefined;
  /** Every account that is not removed. */
  accounts(): readonly TelegramAccountView[];
};

export type TelegramServiceParts = Omit<EngineParts, 'onTyping'> &
  Pick<DownloadParts, 'tmpDir' | 'blobPath'> & {
    readonly accounts: () => readonly TelegramAccountRow[];
    readonly board: TransferBoard;
  };

/** One engine per signed-in account, and what pages ask of them. */
export function createTelegramService(parts: TelegramServiceParts): TelegramService {
  const { chats, log, timing } = parts;
  const engines = new Map<number, AccountEngine>();
  const typing = createTypingBoard({ ...parts, lastsMs: timing.typing });
  const downloads = createDownloads({ ...parts, connectionOf });
  let isRunning = false;

  function connectionOf(accountId: number): TelegramConnection {
    const engine = engines.get(accountId);
    if (!engine) throw telegramError('signed-out');
    return engine.connection();
  }

  function start(accountId: number): void {
    if (!isRunning || engines.has(accountId)) return;
    const engine = createAccountEngine(accountId, { ...parts, onTyping: typing.heard });
    engines.set(accountId, engine);
    engine.start();
  }

  async function stop(accountId: number): Promise<void> {
    const engine = engines.get(accountId);
    engines.delete(accountId);
    await engine?.stop();
  }

  function accounts(): readonly TelegramAccountView[] {
    return parts.accounts().map(({ id, name, state, signedOutReason }) => {
      const reason = signedOutReason ?? 'signed-out';
      const health: Health =
        state === 'signed-out'
          ? { state: 'needs-attention', reason }
          : (engines.get(id)?.health() ?? { state: 'off' });
      return { accountId: id, name, health };
    });
  }

  return {
    name: 'telegram',
    async start() {
      isRunning = true;
      for (const { id, state } of parts.accounts()) if (state === 'signed-in') start(id);
    },
    async stop() {
      isRunning = false;
      typing.stop();
      await downloads.stop();
      await Promise.all([...engines.keys()].map(stop));
    },
    resumed(from) {
      for (const engine of engines.values()) engine.resumed(from);
    },
    health: () => worst(accounts().map(({ health }) => health)),
    chats: {
      async loadOlder(chatId, beforeServerId) {
        const engine = engines.get(chats.require(chatId).accountId);
        if (!engine) throw telegramError('signed-out');
        return engine.history.loadOlder(chatId, beforeServerId);
      },
      download: downloads.download,
      cancelDownload: downloads.cancel,
      transfers: parts.board.follow,
      typing: typing.follow,
    },
    started(accountId) {
      const old = engines.get(accountId);
      if (!old) {
        start(accountId);
        return;
      }
      // Signed in again: the engine of the session that was ended must be gone first.
      void stop(accountId)
        .catch((error: unknown) => log.error({ err: error }, 'telegram.engine-not-stopped'))
        .then(() => start(accountId));
    },
    stopped: stop,
    connectionOf,
    statusOf: (accountId) => engines.get(accountId)?.status(),
    accounts,
  };
}

const severity: readonly Health['state'][] = ['off', 'ok', 'starting', 'degraded', 'needs-attention'];

function worst(all: readonly Health[]): Health {
  return all.toSorted((a, b) => severity.indexOf(b.state) - severity.indexOf(a.state))[0] ?? { state: 'off' };
}
