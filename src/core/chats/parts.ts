import type { ChatDraftStore } from '../db/chat-draft-store.ts';
import type { ChatFileStore } from '../db/chat-file-store.ts';
import type { ChatListStore } from '../db/chat-list-store.ts';
import type { ChatMessageStore } from '../db/chat-message-store.ts';
import type { ChatFileRecord, ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import type { ChatRuleStore } from '../db/chat-rule-store.ts';
import type { ChatStore } from '../db/chat-store.ts';
import type { ContactStore } from '../db/contact-store.ts';
import type { TelegramStore } from '../db/telegram-store.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { Intake } from '../intake/intake.ts';
import type { MoveLetter } from '../intake/move-letter.ts';
import type { LetterParts } from '../letters/parts.ts';
import type { Logger } from '../platform/logger.ts';

/** A message of a chat with its files, as just written. */
export type SaidMessage = {
  readonly chat: ChatRecord;
  readonly message: ChatMessageRecord;
  readonly files: readonly ChatFileRecord[];
};

/** What the use-cases on chats need besides those of letters. */
export type ChatParts = LetterParts & {
  readonly chats: ChatStore;
  readonly chatMessages: ChatMessageStore;
  readonly chatFiles: ChatFileStore;
  readonly chatDrafts: ChatDraftStore;
  readonly chatRules: ChatRuleStore;
  readonly chatList: ChatListStore;
  readonly contacts: ContactStore;
  readonly telegram: Pick<TelegramStore, 'peer'>;
  readonly incidentDesk: IncidentDesk;
  readonly intake: Intake;
  readonly moveRows: MoveLetter;
  /** Where the bytes of that hash live. */
  readonly attachmentFile: (sha256: string) => string;
  /** Asks for the bytes of a file; how and when is the engine's. */
  readonly wantFile: (fileId: number) => void;
  readonly log: Logger;
};
