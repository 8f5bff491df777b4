import type {
  FileKind,
  FileLocation,
  MessageExtra,
  PeerId,
  PeerKind,
  Reaction,
  TextEntity,
} from '../platform/chat-types.ts';
import type { TelegramNetwork } from './telegram-network.ts';

/**
 * What the desk wants of a Telegram client, in plain data: ids are strings because Telegram's are 64 bits wide, times
 * are epoch milliseconds. GramJS stands behind it in `gramjs/`, the memory twin in `twin/`.
 *
 * Every call rejects with an AppError whose reason is one of `telegramTroubles`, also when the connection is closed in
 * the middle or the signal aborts; none hangs.
 */
export type TelegramPort = {
  /** Checks nothing and touches no network. */
  open(options: OpenOptions): TelegramConnection;
};

export type OpenOptions = {
  /** What `session()` gave once; undefined for a new sign-in. Unreadable text is refused with `session-broken`. */
  readonly session: string | undefined;
  readonly api: ApiKey;
  readonly network: TelegramNetwork | undefined;
  readonly events: ConnectionEvents;
};

export type ApiKey = { readonly id: number; readonly hash: string };

export type ConnectionEvents = {
  /** In the order they came; not yet put in order by position, and some may be missing. */
  readonly onUpdates: (batch: UpdateBatch) => void;
  /** Changes only. `lost` is followed by `ready` without anybody's doing. */
  readonly onState: (state: 'ready' | 'lost') => void;
  /** Telegram has ended this session: nothing but a new sign-in helps. */
  readonly onSignedOut: (reason: SignedOutReason) => void;
  /** Calls of this name wait until then; the rest goes on. */
  readonly onPause: (pause: FloodPause) => void;
};

export type SignedOutReason = 'session-revoked' | 'session-duplicated' | 'account-banned' | 'session-broken';

/** `until` is epoch milliseconds. */
export type FloodPause = { readonly method: string; readonly until: number };

export type TelegramConnection = SignInCalls & UpdateCalls & ChatCalls & FileCalls & Lifetime;

type Lifetime = {
  /** Resolves when Telegram has answered; until then it goes on trying, whatever the network does. */
  connect(signal: AbortSignal): Promise<void>;
  /** After the machine slept or the network changed: the old socket may be dead without knowing it. */
  reconnect(): void;
  /** Everything needed to come back without signing in. Full access to the account: sealed, never logged. */
  session(): string;
  /** Rejects what is running with `cancelled`; idempotent, resolves within two seconds. */
  close(): Promise<void>;
};

type SignInCalls = {
  /** Asks for a QR token, or for what became of the last one; follows it to another data centre by itself. */
  requestQr(): Promise<QrAnswer>;
  requestCode(phone: string): Promise<CodeSent>;
  resendCode(code: CodeKey): Promise<CodeSent>;
  cancelCode(code: CodeKey): Promise<void>;
  submitCode(code: CodeKey & { readonly code: string }): Promise<SignInAnswer>;
  passwordHint(): Promise<string | null>;
  /** SRP; Telegram never sees the password. */
  submitPassword(password: string): Promise<SignInAnswer>;
  logOut(): Promise<void>;
  self(): Promise<Self>;
};

export type Self = { readonly peer: Peer; readonly phone: string | null; readonly about: string | null };
export type QrAnswer =
  | { readonly step: 'token'; readonly url: string; readonly expiresAt: number }
  | SignInAnswer;
export type SignInAnswer =
  | { readonly step: 'signed-in'; readonly self: Self }
  | { readonly step: 'password' };
export type CodeKey = { readonly phone: string; readonly hash: string };
export type CodeVia = 'app' | 'sms' | 'call' | 'flash-call' | 'missed-call' | 'email' | 'fragment';
export type CodeSent = {
  readonly hash: string;
  readonly via: CodeVia;
  readonly length: number | null;
  /** What resending would use; null when it cannot be resent. */
  readonly nextVia: CodeVia | null;
  /** From when it may be resent, milliseconds from now. */
  readonly resendAfterMs: number | null;
};

type UpdateCalls = {
  updateState(): Promise<UpdateState>;
  difference(from: UpdateState): Promise<Difference>;
  channelDifference(channel: PeerAddress, pts: number): Promise<ChannelDifference>;
};

/** Where the account stands in Telegram's log: https://core.telegram.org/api/updates. `date` is in seconds, as sent. */
export type UpdateState = {
  readonly pts: number;
  readonly qts: number;
  readonly date: number;
  readonly seq: number;
};

export type Difference =
  | { readonly kind: 'empty'; readonly date: number; readonly seq: number }
  | { readonly kind: 'too-long'; readonly pts: number }
  | {
      readonly kind: 'part';
      readonly messages: readonly RemoteMessage[];
      readonly updates: readonly PositionedUpdate[];
      readonly peers: readonly Peer[];
      readonly state: UpdateState;
      /** There is more to ask for. */
      readonly more: boolean;
    };

export type ChannelDifference = {
  readonly kind: 'empty' | 'part' | 'too-long';
  readonly pts: number;
  /** For `too-long` the newest messages only: what lies before them must be read as history. */
  readonly messages: readonly RemoteMessage[];
  readonly updates: readonly PositionedUpdate[];
  readonly peers: readonly Peer[];
  readonly more: boolean;
};

export type UpdateBatch = {
  readonly updates: readonly PositionedUpdate[];
  readonly peers: readonly Peer[];
};

/**
 * `pts` is the position after the update and `count` how many it spans; both null for what has no place in the log.
 * `channel` names the log: null is the account's own.
 */
export type PositionedUpdate = {
  readonly update: Update;
  readonly pts: number | null;
  readonly count: number;
  readonly channel: PeerId | null;
};

export type Update =
  | { readonly kind: 'message'; readonly message: RemoteMessage }
  | { readonly kind: 'edited'; readonly message: RemoteMessage }
  /** Outside channels Telegram names no chat: `peer` is null and the number is unique in the account. */
  | { readonly kind: 'deleted'; readonly peer: PeerId | null; readonly ids: readonly number[] }
  | {
      readonly kind: 'read-inbox';
      readonly peer: PeerId;
      readonly maxId: number;
      readonly unread: number | null;
    }
  | { readonly kind: 'read-outbox'; readonly peer: PeerId; readonly maxId: number }
  | {
      readonly kind: 'reactions';
      readonly peer: PeerId;
      readonly id: number;
      readonly reactions: readonly Reaction[];
    }
  /** Our own message got this number; its text comes by another update, or not at all. */
  | { readonly kind: 'message-id'; readonly id: number; readonly randomId: string }
  | { readonly kind: 'typing'; readonly peer: PeerId; readonly from: PeerId | null }
  | { readonly kind: 'pinned'; readonly peer: PeerId; readonly pinned: boolean }
  | { readonly kind: 'muted'; readonly peer: PeerId; readonly until: number | null }
  | { readonly kind: 'folders-changed' }
  /** The list of chats must be read again: something about them changed that no other update says. */
  | { readonly kind: 'chats-changed'; readonly peer: PeerId | null }
  | { readonly kind: 'login-token' }
  /** Positions must be asked for; `channel` of the envelope says which log. */
  | { readonly kind: 'too-long' };

/** Decimal access hash; groups have none, and a user or channel without one cannot be addressed. */
export type PeerAddress = { readonly id: PeerId; readonly accessHash: string | null };

export type Peer = PeerAddress & {
  readonly kind: PeerKind;
  readonly title: string;
  readonly username: string | null;
  /** Never the account's own. */
  readonly phone: string | null;
  readonly isSelf: boolean;
  readonly isContact: boolean;
  /** Telegram's own service account, which sends login codes. */
  readonly isService: boolean;
  readonly canSend: boolean;
  /** Seen in passing: its access hash does not open anything and must not replace a good one. */
  readonly isMin: boolean;
};

export type RemoteMessage = {
  /** Unique in the chat; grows. */
  readonly id: number;
  readonly peer: PeerId;
  readonly from: PeerId | null;
  readonly fromName: string | null;
  readonly out: boolean;
  readonly sentAt: number;
  readonly editedAt: number | null;
  readonly text: string;
  readonly entities: readonly TextEntity[];
  readonly replyTo: number | null;
  readonly topicId: number | null;
  readonly forward: { readonly name: string; readonly from: PeerId | null; readonly sentAt: number } | null;
  /** Messages of one album share it. */
  readonly groupedId: string | null;
  readonly file: RemoteFile | null;
  readonly extra: MessageExtra | null;
  readonly reactions: readonly Reaction[];
};

export type RemoteFile = {
  readonly kind: FileKind;
  readonly location: FileLocation;
  readonly fileName: string;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  /** Seconds. */
  readonly duration: number | null;
  /** A complete JPEG of a few hundred bytes. */
  readonly preview: Uint8Array | null;
};

type ChatCalls = {
  /** Newest first; `after` is the last row of the page before. */
  dialogs(page: { readonly after: DialogRow | null; readonly limit: number }): Promise<DialogPage>;
  folders(): Promise<readonly Folder[]>;
  /** Newest first. `olderThan` pages back; `newerThan` pages forward; neither gives the newest. */
  history(peer: PeerAddress, page: HistoryPage): Promise<MessagePage>;
  /** These messages again, for fresh file references. */
  messages(peer: PeerAddress, ids: readonly number[]): Promise<MessagePage>;
  /** `hooks.wrote` before the first byte that could be taken. The same `randomIds` never make a second message: then `already-sent`. */
  send(message: OutgoingMessage, hooks: SendHooks, signal: AbortSignal): Promise<readonly SentMessage[]>;
  markRead(peer: PeerAddress, maxId: number): Promise<void>;
};

export type HistoryPage = {
  readonly olderThan?: number;
  readonly newerThan?: number;
  /** At most 100. */
  readonly limit: number;
};

export type MessagePage = {
  readonly messages: readonly RemoteMessage[];
  readonly peers: readonly Peer[];
};

export type DialogRow = {
  readonly peer: Peer;
  readonly pinned: boolean;
  readonly archived: boolean;
  readonly unread: number;
  readonly readInboxMax: number;
  readonly readOutboxMax: number;
  readonly mutedUntil: number | null;
  /** Channels and supergroups only. */
  readonly pts: number | null;
  readonly top: RemoteMessage | null;
};

export type DialogPage = {
  readonly rows: readonly DialogRow[];
  readonly peers: readonly Peer[];
  readonly more: boolean;
};

export type Folder = {
  readonly id: number;
  readonly title: string;
  readonly include: readonly PeerId[];
  readonly exclude: readonly PeerId[];
  /** Kinds of peers taken in as a whole. */
  readonly kinds: readonly PeerKind[];
};

export type OutgoingMessage = {
  readonly peer: PeerAddress;
  readonly text: string;
  readonly entities: readonly TextEntity[];
  readonly replyTo: number | null;
  readonly files: readonly OutgoingFile[];
  /** One for each message this becomes: one, or one for each file of an album. Signed 64-bit decimals. */
  readonly randomIds: readonly string[];
};

export type OutgoingFile = {
  readonly path: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly size: number;
  /** As a picture Telegram makes smaller, or byte for byte. */
  readonly as: 'photo' | 'document';
};

export type SendHooks = {
  wrote(): void;
  onProgress?(sentBytes: number): void;
};

export type SentMessage = {
  readonly randomId: string;
  readonly id: number;
  readonly sentAt: number;
  readonly file: RemoteFile | null;
};

type FileCalls = {
  /** In order, from the first byte; at most 10 parts in flight. Rejects with `file-expired` when the reference is too old. */
  download(
    file: { readonly location: FileLocation; readonly size: number },
    write: (chunk: Uint8Array) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
};
