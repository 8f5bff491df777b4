import type { TelegramTrouble } from '../../../shared/domain/telegram-troubles.ts';
import type { PeerId, TextEntity } from '../../platform/chat-types.ts';
import type { RemoteMessage, SignedOutReason } from '../telegram-port.ts';
import { enterLost, enterReady } from './twin-connection.ts';
import { endSessions, later, membersOf, pushLoose, recordFor } from './twin-delivery.ts';
import { editMessage, postMessage, reactTo, removeMessages, type TwinDraft } from './twin-messages.ts';
import { boxOf, digitsOf, requireAccount } from './twin-state.ts';
import type {
  Delivery,
  TwinAccount,
  TwinCall,
  TwinFile,
  TwinLimits,
  TwinMessage,
  TwinState,
} from './twin-types.ts';
import { keepFile } from './twin-send.ts';
import { messagesOf, messageView, unreadOf } from './twin-views.ts';

/** A message by its number in the chat, as the account sees it. */
type At = Delivery & { readonly account: PeerId; readonly peer: PeerId; readonly id: number };

export type Reception = Delivery &
  Omit<TwinDraft, 'file'> & {
    readonly account: PeerId;
    readonly peer: PeerId;
    /** The peer itself when left out; the account's own id for what was written on the phone. */
    readonly from?: PeerId;
    readonly file?: Omit<TwinFile, 'id'>;
  };

/** What happens in the chats. */
export type ChatScenario = {
  /** Answers the message's number as the account sees it. */
  receive(message: Reception): number;
  edit(at: At & { readonly text: string; readonly entities?: readonly TextEntity[] }): void;
  remove(at: Omit<At, 'id'> & { readonly ids: readonly number[] }): void;
  /** Without an emoji the reaction is taken back. */
  react(at: At & { readonly from: PeerId; readonly emoji: string | null }): void;
  type(where: { readonly account: PeerId; readonly peer: PeerId; readonly from: PeerId }): void;
  /** The other side has read everything of the account's, up to the number when there is one. */
  readByOther(at: Omit<At, 'id'> & { readonly maxId?: number }): void;
  /** Read on the phone. */
  readHere(at: Omit<At, 'id'> & { readonly maxId?: number }): void;
  /** The server's own truth, oldest first. */
  messages(account: PeerId, peer: PeerId): readonly RemoteMessage[];
};

/** What happens to connections and sessions. */
export type WireScenario = {
  /** The phone scans the code on the screen. False when it is too old. `lost`: the desk is not told. */
  scan(url: string, account: PeerId, delivery?: Pick<Delivery, 'lost'>): boolean;
  /** The code sent last to this number. */
  code(phone: string): string | undefined;
  offline(): void;
  online(): void;
  /** Calls of this name are refused for so long. */
  flood(method: string, ms: number): void;
  fail(method: string, reason: TelegramTrouble, how?: FailHow): void;
  /** Calls of this name wait until the answer is called. */
  hold(method: string): () => void;
  refuseApi(refused: boolean): void;
  /** Every session of the account is ended. */
  revoke(account: PeerId, reason?: SignedOutReason): void;
  /** The servers forget the keys of the account's sessions. */
  forget(account: PeerId): void;
  /** Positions must be asked for, in the account's log or a channel's. */
  tooLong(account: PeerId, channel?: PeerId): void;
  /** References to files given out so far are too old. */
  expireFiles(): void;
  /** How many sessions the account has. */
  sessions(account: PeerId): number;
  /** Every call, oldest first. */
  readonly calls: readonly TwinCall[];
  readonly limits: TwinLimits;
  /** Connections that are not closed. */
  readonly open: number;
};

type FailHow = {
  /** The work is done and only its answer is lost. */
  readonly after?: boolean;
  /** Once, when left out. */
  readonly times?: number;
  readonly retryAfterMs?: number;
};

export function chatScenario(state: TwinState): ChatScenario {
  return {
    receive({ account: id, peer, from, file, lost, min, ...draft }) {
      const account = requireAccount(state, id);
      const author = from ?? (state.users.has(peer) ? peer : null);
      const kept = file === undefined ? null : keepFile(state, file);
      const delivery = { lost: lost ?? false, min: min ?? false };
      return postMessage(state, account, { peer, from: author, draft: { ...draft, file: kept }, delivery })
        .id;
    },
    edit: (at) => editMessage(state, requireAccount(state, at.account), find(state, at), at),
    remove(at) {
      const gone = at.ids.map((id) => find(state, { ...at, id }));
      removeMessages(state, requireAccount(state, at.account), gone, at);
    },
    react: (at) => reactTo(state, requireAccount(state, at.account), find(state, at), at),
    type({ account, peer, from }) {
      pushLoose(state, requireAccount(state, account), { kind: 'typing', peer, from });
    },
    readByOther: (at) => read(state, at, 'read-outbox'),
    readHere: (at) => read(state, at, 'read-inbox'),
    messages(id, peer) {
      const account = requireAccount(state, id);
      return messagesOf(state, account, peer).map((message) => messageView(state, account, message));
    },
  };
}

function find(state: TwinState, { account: id, peer, id: number }: At): TwinMessage {
  const account = requireAccount(state, id);
  const message = messagesOf(state, account, peer).find((candidate) => candidate.id === number);
  if (!message) throw new Error(`The twin has no message ${number} in ${peer}`);
  return message;
}

function read(
  state: TwinState,
  { account: id, peer, maxId, ...delivery }: Omit<At, 'id'> & { readonly maxId?: number },
  kind: 'read-outbox' | 'read-inbox',
): void {
  const account: TwinAccount = requireAccount(state, id);
  const dialog = account.dialogs.get(peer);
  const last = maxId ?? messagesOf(state, account, peer).at(-1)?.id;
  if (!dialog || last === undefined) return;
  if (kind === 'read-outbox') dialog.readOutboxMax = last;
  else dialog.readInboxMax = last;
  const update =
    kind === 'read-outbox'
      ? ({ kind, peer, maxId: last } as const)
      : ({ kind, peer, maxId: last, unread: unreadOf(state, account, dialog) } as const);
  const { channel } = boxOf(state, account, peer);
  if (channel === null) recordFor(state, account, peer, { update, delivery });
  else pushLoose(state, account, update, { ...delivery, channel });
}

export function wireScenario(state: TwinState): WireScenario {
  const keysOf = (id: PeerId) =>
    [...state.sessions].flatMap(([key, account]) => (account === id ? [key] : []));
  return {
    scan(url, account, delivery) {
      const token = state.tokens.get(url);
      if (!token || token.expiresAt <= state.clock.now()) return false;
      token.scannedBy = requireAccount(state, account).user.id;
      for (const link of state.links) {
        if (link.key !== token.key || delivery?.lost === true) continue;
        const positioned = { update: { kind: 'login-token' }, pts: null, count: 0, channel: null } as const;
        later(link, () => link.events.onUpdates({ updates: [positioned], peers: [] }));
      }
      return true;
    },
    code: (phone) => [...state.codes.values()].findLast((sent) => sent.phone === digitsOf(phone))?.code,
    offline() {
      if (!state.online) return;
      state.online = false;
      state.networkBack = Promise.withResolvers();
      for (const link of state.links) if (link.state === 'ready') enterLost(link);
    },
    online() {
      state.online = true;
      state.networkBack.resolve();
      for (const link of state.links) if (link.state === 'lost') enterReady(state, link);
    },
    flood: (method, ms) => void state.floods.set(method, state.clock.now() + ms),
    fail(method, reason, { after = false, times = 1, retryAfterMs } = {}) {
      state.faults.push({ method, reason, after, times, retryAfterMs });
    },
    hold(method) {
      const held = Promise.withResolvers<void>();
      state.holds.set(method, held.promise);
      return () => {
        state.holds.delete(method);
        held.resolve();
      };
    },
    refuseApi(refused) {
      state.apiRefused = refused;
    },
    revoke: (account, reason = 'session-revoked') => endSessions(state, keysOf(account), reason),
    forget: (account) => endSessions(state, keysOf(account), 'session-broken'),
    tooLong(id, channel) {
      const told = { channel: channel ?? null };
      const accounts = channel === undefined ? [requireAccount(state, id)] : membersOf(state, channel);
      for (const account of accounts) pushLoose(state, account, { kind: 'too-long' }, told);
    },
    expireFiles() {
      state.fileGeneration += 1;
    },
    sessions: (account) => keysOf(account).length,
    calls: state.calls,
    limits: state.limits,
    get open() {
      return state.links.size;
    },
  };
}
