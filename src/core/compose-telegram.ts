import { hostname, platform, release } from 'node:os';
import type { BackendOptions } from './app-types.ts';
import { type Chats, createChats } from './chats/create-chats.ts';
import type { ChatAccounts } from './chats/reach-by-chat.ts';
import type { Stores } from './compose-stores.ts';
import type { DiskGuard } from './keeping/disk-guard.ts';
import type { LetterParts } from './letters/parts.ts';
import type { MessageChannel } from '../shared/domain/channels.ts';
import { toAppError } from '../shared/errors.ts';
import type { Capabilities, SecretBox } from './platform/capabilities.ts';
import type { DataDir } from './platform/data-dir.ts';
import type { Logger } from './platform/logger.ts';
import { readMachineId } from './platform/machine-id.ts';
import type { Service } from './platform/service.ts';
import { createTelegramDesk, type TelegramDeskParts } from './telegram/create-telegram-desk.ts';
import { createGramjsPort } from './telegram/gramjs/gramjs-port.ts';
import { maskLoginCode } from './telegram/mask-login-code.ts';
import { createTelegramChannel } from './telegram/telegram-channel.ts';
import type { LiveState } from './telegram/telegram-desk.ts';
import { createTelegramService, type TelegramService } from './telegram/telegram-service.ts';
import { telegramTiming } from './telegram/telegram-timing.ts';
import { createTransferBoard } from './telegram/transfer-board.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  readonly dataDir: DataDir;
  readonly capabilities: Capabilities;
  /** Seals with the desk's own key. */
  readonly deskBox: SecretBox;
  readonly options: BackendOptions;
  readonly disk: DiskGuard;
  readonly log: Logger;
  readonly attachmentFile: (sha256: string) => string;
  /** What waits for this account may leave now. */
  readonly retryAccount: (channel: MessageChannel, accountId: number) => void;
};

/** Named where Telegram lists the account's devices, and where the page tells about the session. */
const libraryName = 'GramJS 2.26.22';

/** The way of a chat message, in and out, and the accounts it goes by. */
export function composeTelegram(parts: Parts) {
  const { desk, stores, dataDir, options, disk, log, attachmentFile, retryAccount } = parts;
  const { db, clock, random } = desk;
  const board = createTransferBoard(clock, telegramTiming.failedTransfer);
  const network = options.telegramNetwork;
  const port = options.telegramPort ?? createGramjsPort({ clock, log, random, device: deviceOf(options) });
  const rows = {
    db,
    clock,
    random,
    log,
    board,
    chats: stores.chats,
    messages: stores.chatMessages,
    files: stores.chatFiles,
    ranges: stores.chatRanges,
    telegram: stores.telegram,
    maskCode: maskLoginCode,
    blobPath: attachmentFile,
  };
  // Each knows the other: chats ask for bytes, the engine tells chats what it stored.
  const chats: Chats = createChats({
    ...desk,
    log,
    attachmentFile,
    wantFile: (fileId) => wantFile(service, fileId),
  });
  const { events } = chats;
  const service: TelegramService = createTelegramService({
    ...rows,
    events,
    port,
    network,
    timing: telegramTiming,
    tmpDir: dataDir.tmp,
    mayStore: disk.mayStore,
    api: () => accounts.api(),
    session: async (accountId) => (await accounts.openSession(accountId)).session,
    accounts: stores.telegram.accounts,
    onSignedOut(accountId, reason) {
      accounts.markSignedOut(accountId, reason).catch((error: unknown) => {
        log.error({ err: toAppError(error) }, 'telegram.not-marked-signed-out');
      });
    },
    onReady(accountId) {
      retryAccount('telegram', accountId);
      for (const fileId of chats.missingFiles()) wantFile(service, fileId);
    },
  });
  const accounts: TelegramDeskParts = createTelegramDesk({
    ...rows,
    journal: desk.journal,
    store: stores.telegram,
    settings: stores.settings,
    secretBox: parts.capabilities.secretBox,
    deskBox: parts.deskBox,
    dirs: dataDir,
    machineId: readMachineId(),
    device: hostname(),
    engine: options.telegramPort ? 'memory' : libraryName,
    port,
    network,
    liveStates: () => liveStates(service),
    onSignedIn: service.started,
    release: service.stopped,
  });
  const channel = createTelegramChannel({ ...rows, events, connectionOf: service.connectionOf });
  const reach = chats.reach(connectedBy(service));
  return { accounts, chats, service: withSignIn(service, accounts, log), channel, reach };
}

function connectedBy(service: TelegramService): ChatAccounts {
  const isConnected = (accountId: number) => {
    try {
      service.connectionOf(accountId);
      return true;
    } catch {
      // Whatever the reason, nothing can leave by it now.
      return false;
    }
  };
  const connected = () => service.accounts().filter(({ accountId }) => isConnected(accountId)).length;
  return { isConnected, connected };
}

function deviceOf({ version }: BackendOptions) {
  return { model: `Pult, ${hostname()}`, system: `${platform()} ${release()}`, app: version };
}

/** Nobody waits for it: the page sees how it goes, and what failed is asked for again with the next connection. */
function wantFile({ chats }: TelegramService, fileId: number): void {
  chats.download(fileId).catch(() => undefined);
}

function liveStates(service: TelegramService): ReadonlyMap<number, LiveState> {
  const states = service.accounts().flatMap(({ accountId }): [number, LiveState][] => {
    const status = service.statusOf(accountId);
    if (!status || status.state === 'signed-out') return [];
    return [[accountId, { ...status, state: status.state }]];
  });
  return new Map(states);
}

/** Sign-in lives as long as the accounts do. */
function withSignIn(
  service: TelegramService,
  accounts: TelegramDeskParts,
  log: Logger,
): TelegramService & Service {
  return {
    ...service,
    async start(signal) {
      accounts.endLeftovers().catch((error: unknown) => {
        log.error({ err: toAppError(error) }, 'telegram.leftovers-not-ended');
      });
      await service.start(signal);
    },
    async stop() {
      await Promise.all([accounts.stop(), service.stop()]);
    },
  };
}
