import { toAppError } from '../../shared/errors.ts';
import { createBackoff } from '../platform/backoff.ts';
import type { PeerId } from '../platform/chat-types.ts';
import type { Logger } from '../platform/logger.ts';
import type { Health, ResumedFrom } from '../platform/service.ts';
import { createSleepWatch } from '../platform/sleep-watch.ts';
import { createChatList } from './chat-list.ts';
import { createChatWriter } from './chat-writer.ts';
import { createChores } from './chores.ts';
import { createHistory, type History } from './history.ts';
import { createLogSink } from './log-sink.ts';
import { sendReadMarks } from './read-marks.ts';
import { createRefill } from './refill.ts';
import { telegramError } from './telegram-error.ts';
import type { TelegramNetwork } from './telegram-network.ts';
import type {
  ApiKey,
  FloodPause,
  SignedOutReason,
  TelegramConnection,
  TelegramPort,
} from './telegram-port.ts';
import type { TelegramTiming } from './telegram-timing.ts';
import { createUpdateManager } from './update-manager.ts';
import { addressOf } from './write-peer.ts';
import type { WriterParts } from './writer-parts.ts';

export type EngineState = 'starting' | 'ready' | 'reconnecting' | 'signed-out';

export type EngineStatus = {
  readonly state: EngineState;
  readonly reason: string | null;
  readonly pauses: readonly FloodPause[];
  readonly lastUpdateAt: number | null;
};

export type EngineParts = Omit<WriterParts, 'accountId'> & {
  readonly log: Logger;
  readonly port: TelegramPort;
  readonly network: TelegramNetwork | undefined;
  readonly timing: TelegramTiming;
  /** undefined until a person entered it. */
  readonly api: () => ApiKey | undefined;
  /** Rejects with a reason when this workstation has none. */
  readonly session: (accountId: number) => Promise<string>;
  readonly mayStore: () => boolean;
  readonly onTyping: (accountId: number, peer: PeerId, from: PeerId | null) => void;
  /** Telegram has ended the session: a person must sign in again. */
  readonly onSignedOut: (accountId: number, reason: SignedOutReason | 'session-elsewhere') => void;
  /** What waits to be sent may leave. */
  readonly onReady: (accountId: number) => void;
};

export type AccountEngine = {
  start(): void;
  /** Idempotent; resolves when nothing is left. */
  stop(): Promise<void>;
  status(): EngineStatus;
  health(): Health;
  /** After a sleep the socket is not trusted; after a lock what may have been missed is asked for. */
  resumed(from: ResumedFrom): void;
  /** Throws with a reason when there is none. */
  connection(): TelegramConnection;
  readonly history: Pick<History, 'loadOlder'>;
};

const failedLoopMs = 5000;

/** One signed-in account: its connection, its log, its list of chats and the marks it owes Telegram. */
export function createAccountEngine(accountId: number, engineParts: EngineParts): AccountEngine {
  const { clock, random, timing, db, telegram, chats } = engineParts;
  const log = engineParts.log.child({ telegramAccount: accountId });
  const parts = { ...engineParts, log, accountId };
  const stopping = new AbortController();
  const pauses = new Map<string, number>();
  let link: TelegramConnection | undefined;
  let state: EngineState = 'starting';
  let reason: string | null = null;
  /** Why there is no link when the network is not to blame. */
  let lacking: ReturnType<typeof needOf>;
  let lastUpdateAt: number | null = null;
  let listed: 'all' | 'recent' = 'all';
  let isIntroduced = false;
  let running: Promise<unknown> = Promise.resolve();
  let unfollow = () => {};
  const sleepWatch = createSleepWatch(clock, timing.sleepGap);

  function connection(): TelegramConnection {
    if (state === 'signed-out') throw telegramError('signed-out');
    if (!link) throw telegramError(lacking ?? 'network-unreachable');
    return link;
  }

  const wantList = () => {
    listed = 'all';
    chores.want('list');
  };
  const list = createChatList({
    ...parts,
    calls: connection,
    onChannel: (channel, pts) => manager.channelAt(channel, pts),
    onGone: (peer) => manager.forget(peer),
  });
  const history = createHistory({ ...parts, calls: connection });
  const refill = createRefill({ ...parts, calls: connection, list, history });
  const sink = createLogSink({
    ...parts,
    onTyping: (peer, from) => parts.onTyping(accountId, peer, from),
    onListWanted: wantList,
    onFoldersWanted: () => chores.want('folders'),
  });
  const manager = createUpdateManager({
    ...parts,
    sink,
    calls: connection,
    addressOf: (channel) => addressOf(parts, channel),
    refill: refill.account,
    refillChannel: (channel) => refill.channel(channel, stopping.signal),
    onListWanted: wantList,
    onGone: markGone,
  });
  const chores = createChores(parts, {
    begin,
    async list(signal) {
      await manager.caughtUp(signal);
      const what = listed;
      listed = 'recent';
      await list.read({ what, isFirst: false }, signal).catch((failure: unknown) => {
        if (what === 'all') listed = 'all';
        throw failure;
      });
    },
    folders: () => list.readFolders(),
    reads: () => sendReadMarks(parts, connection()),
  });

  /** Who we are, and where the log begins when this account is new to the desk. */
  async function begin(signal: AbortSignal): Promise<void> {
    const self = await connection().self();
    db.transact((revision) => {
      const writer = createChatWriter(parts, revision);
      writer.peer(self.peer);
      writer.finish();
    });
    isIntroduced = true;
    if (telegram.updateState(accountId)) return;
    const position = await connection().updateState();
    await list.read({ what: 'all', isFirst: true }, signal);
    db.transact(() => telegram.saveUpdateState(accountId, position));
    manager.begin(position, channelsFollowed());
    listed = 'recent';
    manager.online(true);
  }

  function channelsFollowed() {
    return chats.channelPositions(accountId).map(({ peerId, pts }) => [peerId, pts] as const);
  }

  function markGone(channel: PeerId): void {
    const chat = chats.ofPeer(accountId, channel);
    if (!chat || chat.goneAt !== null) return;
    db.transact((revision) => {
      chats.save({ ...chat, goneAt: clock.now(), revision });
      db.touch('chat', chat.id);
    });
  }

  function becomeReady(): void {
    if (state === 'ready' || state === 'signed-out') return;
    state = 'ready';
    reason = null;
    log.info({}, 'telegram.ready');
    db.transact(() => db.touch('telegram'));
    manager.online(true);
    chores.online(true);
    if (!isIntroduced) chores.want('begin');
    chores.want('list');
    chores.want('folders');
    chores.want('reads');
    parts.onReady(accountId);
  }

  function becomeLost(): void {
    if (state !== 'ready') return;
    state = 'reconnecting';
    reason = 'network-unreachable';
    manager.online(false);
    chores.online(false);
    db.transact(() => db.touch('telegram'));
  }

  function signedOut(why: SignedOutReason | 'session-elsewhere'): void {
    if (state === 'signed-out') return;
    state = 'signed-out';
    reason = why;
    log.warn({ reason: why }, 'telegram.signed-out');
    // The rest of the work ends here; whoever stops the engine waits for it.
    stopping.abort(telegramError('signed-out'));
    void link?.close();
    parts.onSignedOut(accountId, why);
  }

  async function connect(signal: AbortSignal): Promise<void> {
    const backoff = createBackoff(
      { firstMs: timing.backoffFirst, factor: 2, maxMs: timing.backoffMax },
      random,
    );
    while (!signal.aborted) {
      try {
        link ??= await open();
        lacking = undefined;
        await link.connect(signal);
        becomeReady();
        return;
      } catch (failure) {
        signal.throwIfAborted();
        const error = toAppError(failure);
        // What cannot be read here is kept: only Telegram ends a session for good.
        if (isSessionTrouble(error.reason) && (link || error.reason === 'session-elsewhere')) {
          signedOut(error.reason);
          return;
        }
        if (!link) lacking = needOf(error.reason);
        tellTrouble(error.reason ?? error.code);
        await clock.sleep(error.retryAfterMs ?? backoff.next(), signal);
      }
    }
  }

  function tellTrouble(why: string): void {
    if (reason === why) return;
    reason = why;
    log.warn({ reason }, 'telegram.connect-failed');
    db.transact(() => db.touch('telegram'));
  }

  async function watchSleep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(timing.sleepCheck, signal);
      if (sleepWatch.hasSlept()) reconnect();
    }
  }

  /** The machine slept: the socket may be dead without knowing it. */
  function reconnect(): void {
    if (state === 'signed-out') return;
    link?.reconnect();
    manager.ask();
    wantList();
  }

  /** A loop that ended with its first failure would leave the account deaf without a word. */
  async function keep(name: string, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = stopping;
    while (!signal.aborted) {
      try {
        await run(signal);
        return;
      } catch (failure) {
        if (signal.aborted) return;
        log.error({ err: toAppError(failure), loop: name }, 'telegram.loop-failed');
        await clock.sleep(failedLoopMs, signal).catch(() => {
          // Stopped: the loop's condition ends it.
        });
      }
    }
  }

  async function open(): Promise<TelegramConnection> {
    // First: a keyring that is away hides both, and the key of the application is not to be entered again for that.
    const session = await parts.session(accountId);
    const api = parts.api();
    if (!api) throw telegramError('api-missing');
    return parts.port.open({
      session,
      api,
      network: parts.network,
      events: {
        onUpdates(batch) {
          lastUpdateAt = clock.now();
          manager.push(batch);
        },
        onState: (now) => (now === 'ready' ? becomeReady() : becomeLost()),
        onSignedOut: signedOut,
        onPause({ method, until }) {
          pauses.set(method, until);
          if (!stopping.signal.aborted) db.transact(() => db.touch('telegram'));
        },
      },
    });
  }

  return {
    history,
    connection,
    start() {
      const position = telegram.updateState(accountId);
      if (position) manager.begin(position, channelsFollowed());
      unfollow = db.onCommit(({ kinds }) => {
        if (!kinds.has('chat') || state !== 'ready' || chores.isWanted('reads')) return;
        if (chats.wantingRead(accountId).length > 0) chores.want('reads');
      });
      running = Promise.all([
        keep('connect', connect),
        keep('updates', (signal) => manager.run(signal)),
        keep('chores', (signal) => chores.run(signal)),
        keep('sleep', watchSleep),
      ]);
    },
    async stop() {
      unfollow();
      stopping.abort(telegramError('signed-out'));
      await link?.close();
      await running;
    },
    resumed(from) {
      if (from === 'sleep') {
        // Seen by the clocks as well it would be reconnected twice.
        sleepWatch.hasSlept();
        reconnect();
      } else if (state === 'ready') {
        manager.ask();
        chores.want('list');
      }
    },
    status: () => ({ state, reason, pauses: currentPauses(), lastUpdateAt }),
    health: () => toHealth(state, reason, lastUpdateAt, currentPauses()),
  };

  function currentPauses(): FloodPause[] {
    for (const [method, until] of pauses) if (until <= clock.now()) pauses.delete(method);
    return [...pauses].map(([method, until]) => ({ method, until }));
  }
}

const sessionTroubles: ReadonlySet<string> = new Set([
  'session-revoked',
  'session-duplicated',
  'session-broken',
  'session-elsewhere',
  'account-banned',
] satisfies (SignedOutReason | 'session-elsewhere')[]);

function isSessionTrouble(reason: string | undefined): reason is SignedOutReason | 'session-elsewhere' {
  return reason !== undefined && sessionTroubles.has(reason);
}

/** What goes on being tried, and what nobody but a person can mend. */
const needs = ['session-broken', 'session-sealed', 'api-missing', 'api-refused'] as const;
const needsPerson: ReadonlySet<string> = new Set(needs);

function needOf(reason: string | undefined): (typeof needs)[number] | undefined {
  return needs.find((need) => need === reason);
}

function toHealth(
  state: EngineState,
  reason: string | null,
  lastUpdateAt: number | null,
  pauses: readonly FloodPause[],
): Health {
  const facts = {
    ...(lastUpdateAt === null ? {} : { lastUpdateAt }),
    ...(pauses.length === 0 ? {} : { retryAt: Math.max(...pauses.map(({ until }) => until)) }),
  };
  if (state === 'signed-out') return { state: 'needs-attention', reason: reason ?? 'signed-out', facts };
  if (state === 'starting' && reason !== null && needsPerson.has(reason)) {
    return { state: 'needs-attention', reason, facts };
  }
  if (state === 'starting') return { state: 'starting', ...(reason === null ? {} : { reason }), facts };
  if (state === 'reconnecting') return { state: 'degraded', reason: reason ?? 'network-unreachable', facts };
  return pauses.length > 0 ? { state: 'degraded', reason: 'flood-wait', facts } : { state: 'ok', facts };
}
