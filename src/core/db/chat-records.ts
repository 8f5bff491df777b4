import type {
  FileKind,
  FileLocation,
  MessageExtra,
  PeerId,
  PeerKind,
  Reaction,
  TextEntity,
} from '../platform/chat-types.ts';

export type ChatRecord = {
  readonly id: number;
  readonly uuid: string;
  readonly accountId: number;
  readonly peerId: PeerId;
  readonly kind: PeerKind;
  readonly title: string;
  /** 0 is not pinned; 1 stands highest. */
  readonly pinned: number;
  /** 0 or 1, as SQLite keeps it; so are the other flags. */
  readonly archived: number;
  readonly mutedUntil: number | null;
  readonly unreadCount: number;
  readonly readInboxMax: number;
  readonly readOutboxMax: number;
  /** What a dispatcher marked read and Telegram has not heard yet. */
  readonly readWanted: number | null;
  readonly pts: number | null;
  readonly lastMessageAt: number | null;
  readonly goneAt: number | null;
  readonly canSend: number;
  readonly complete: number;
  readonly contactId: number | null;
  readonly revision: number;
};

export type ChatMessageRecord = {
  readonly id: number;
  readonly chatId: number;
  /** null until Telegram has taken our message. */
  readonly serverId: number | null;
  readonly randomId: string | null;
  readonly position: number;
  readonly direction: 'in' | 'out';
  readonly senderId: PeerId | null;
  readonly senderName: string;
  readonly text: string;
  readonly entities: readonly TextEntity[];
  /** Server id. */
  readonly replyTo: number | null;
  readonly topicId: number | null;
  readonly forward: { readonly name: string; readonly sentAt: number } | null;
  readonly groupedId: string | null;
  readonly extra: MessageExtra | null;
  readonly reactions: readonly Reaction[];
  readonly sentAt: number;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
  /** The letter of an incident it became, or was written as. */
  readonly messageId: number | null;
  readonly revision: number;
};

export type ChatFileRecord = {
  readonly id: number;
  readonly chatMessageId: number;
  readonly kind: FileKind;
  readonly remote: FileLocation | null;
  /** Set when the bytes are here. */
  readonly sha256: string | null;
  readonly fileName: string;
  readonly mimeType: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration: number | null;
  readonly preview: Uint8Array | null;
};

/** A message that waits: it stands after everything Telegram has numbered, in the order it was written. */
export const waitingPosition = 2 ** 52;
