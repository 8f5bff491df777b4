import type { TelegramTrouble } from '../../../shared/domain/telegram-troubles.ts';
import type { FileKind, MessageExtra, PeerId, PeerKind, TextEntity } from '../../platform/chat-types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { ApiKey, CodeVia, ConnectionEvents, Folder, SignedOutReason, Update } from '../telegram-port.ts';

/** Somebody on Telegram, whether or not the desk can sign in as them. */
export type TwinUser = {
  readonly id: PeerId;
  readonly kind: 'user' | 'bot';
  readonly name: string;
  readonly username: string | null;
  /** What others see of the number. */
  readonly phone: string | null;
  readonly isService: boolean;
};

/** Messages with their log: an account has one for people and basic groups, each channel and supergroup its own. */
export type TwinBox = {
  pts: number;
  lastId: number;
  readonly messages: TwinMessage[];
  readonly log: LogEntry[];
};

export type TwinAccount = {
  readonly user: TwinUser;
  /** Digits. */
  readonly phone: string;
  readonly about: string | null;
  readonly contacts: Set<PeerId>;
  password: { readonly text: string; readonly hint: string | null } | null;
  banned: boolean;
  folders: readonly Folder[];
  readonly box: TwinBox;
  readonly dialogs: Map<PeerId, TwinDialog>;
  readonly randomIds: Set<string>;
};

export type TwinDialog = {
  readonly peer: PeerId;
  /** 0 is not pinned; 1 stands highest. */
  pinned: number;
  archived: boolean;
  mutedUntil: number | null;
  readInboxMax: number;
  readOutboxMax: number;
};

export type TwinChat = {
  readonly id: PeerId;
  readonly kind: Exclude<PeerKind, 'user' | 'bot'>;
  title: string;
  readonly username: string | null;
  readonly members: Set<PeerId>;
  /** Members who may read only. */
  readonly readers: Set<PeerId>;
  /** Unused in a basic group: its messages lie in each member's own box. */
  readonly box: TwinBox;
};

export type TwinMessage = {
  readonly id: number;
  /** The same for each copy of one message. */
  readonly key: string;
  readonly peer: PeerId;
  readonly from: PeerId | null;
  readonly sentAt: number;
  readonly replyTo: number | null;
  readonly topicId: number | null;
  readonly forward: { readonly name: string; readonly from: PeerId | null; readonly sentAt: number } | null;
  readonly groupedId: string | null;
  readonly file: TwinFile | null;
  readonly extra: MessageExtra | null;
  readonly reactions: Map<PeerId, string>;
  text: string;
  entities: readonly TextEntity[];
  editedAt: number | null;
  deleted: boolean;
};

export type TwinFile = {
  readonly id: string;
  readonly kind: FileKind;
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly mimeType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration: number | null;
  readonly preview: Uint8Array | null;
};

/** As `Update`, with the message as it lies in the box: what a viewer sees of it is worked out when it is asked for. */
export type TwinUpdate =
  | { readonly kind: 'message' | 'edited'; readonly message: TwinMessage }
  | Exclude<Update, { readonly kind: 'message' | 'edited' }>;

export type LogEntry = { readonly pts: number; readonly count: number; readonly update: TwinUpdate };

/** The server's end of one connection. */
export type TwinLink = {
  readonly key: string;
  readonly api: ApiKey;
  readonly events: ConnectionEvents;
  readonly closing: AbortController;
  state: 'new' | 'ready' | 'lost' | 'closed';
  accountId: PeerId | null;
  /** Proved by code or scan, and still owing a password. */
  owesPassword: PeerId | null;
};

export type TwinCode = {
  readonly phone: string;
  readonly hash: string;
  readonly code: string;
  readonly via: CodeVia;
  readonly expiresAt: number;
};

export type TwinToken = { readonly key: string; readonly expiresAt: number; scannedBy: PeerId | null };

export type TwinFault = {
  readonly method: string;
  readonly reason: TelegramTrouble;
  readonly retryAfterMs: number | undefined;
  /** The work is done and its answer is lost. */
  readonly after: boolean;
  times: number;
};

export type TwinState = {
  readonly clock: Clock;
  readonly random: Random;
  readonly users: Map<PeerId, TwinUser>;
  readonly accounts: Map<PeerId, TwinAccount>;
  readonly chats: Map<PeerId, TwinChat>;
  readonly links: Set<TwinLink>;
  /** Sessions that are no more, by key. */
  readonly ended: Map<string, SignedOutReason>;
  /** Who is signed in with which key. */
  readonly sessions: Map<string, PeerId>;
  readonly tokens: Map<string, TwinToken>;
  readonly codes: Map<string, TwinCode>;
  readonly files: Map<string, TwinFile>;
  readonly faults: TwinFault[];
  /** Until when calls of a name are refused. */
  readonly floods: Map<string, number>;
  /** Calls of a name wait for their release. */
  readonly holds: Map<string, Promise<void>>;
  readonly calls: TwinCall[];
  readonly limits: TwinLimits;
  online: boolean;
  /** Resolves when the network comes back; made anew each time it goes. */
  networkBack: PromiseWithResolvers<void>;
  apiRefused: boolean;
  /** References given out before are too old. */
  fileGeneration: number;
  nextNumber: number;
};

export type TwinCall = { readonly method: string; readonly at: number };

export type TwinLimits = {
  /** Entries in one difference. */
  slice: number;
  /** With more than this behind, the difference is `too-long`. */
  tooLong: number;
  channelSlice: number;
  channelTooLong: number;
};

export type Delivery = {
  /** The push is lost on the way: only a difference tells. */
  readonly lost?: boolean;
  /** People come in passing, with access hashes that open nothing. */
  readonly min?: boolean;
};
