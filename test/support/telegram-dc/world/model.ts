import type { Api } from 'telegram/tl/index.js';
import type { CodeVia } from '../auth-key.ts';
import type { PasswordVerifier } from '../srp.ts';
import type { Box } from './box.ts';

/** A chat as everybody in the tests names it: a person, a basic group, a supergroup or broadcast channel. */
export type ChatKey = `user:${number}` | `chat:${number}` | `channel:${number}`;

export type Person = {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string | undefined;
  readonly username: string | undefined;
  readonly phone: string | undefined;
  readonly about: string | undefined;
  readonly bot: boolean;
  readonly contact: boolean;
  readonly accessHash: bigint;
};

export type Group = {
  readonly key: ChatKey;
  readonly id: number;
  readonly title: string;
  readonly username: string | undefined;
  readonly about: string | undefined;
  readonly broadcast: boolean;
  readonly members: Set<number>;
  readonly accessHash: bigint;
};

/** One message log with its own ids and pts, common to all who read it. */
export type Channel = Group & { readonly box: Box };

export type Dialog = {
  readonly chat: ChatKey;
  readInboxMaxId: number;
  readOutboxMaxId: number;
  unread: number;
  pinned: boolean;
  /** Unix seconds. */
  mutedUntil: number;
};

export type Folder = {
  readonly id: number;
  readonly title: string;
  readonly include: readonly ChatKey[];
  readonly kinds: readonly ('contacts' | 'nonContacts' | 'groups' | 'broadcasts' | 'bots')[];
};

/** Somebody who can sign in. Private chats and basic groups share one message log and one row of ids. */
export type Account = {
  readonly person: Person;
  readonly phone: string;
  dcId: number;
  code: string;
  codeVia: CodeVia;
  /** Until a code may be asked for again. */
  resendSeconds: number;
  password: PasswordVerifier | undefined;
  readonly box: Box;
  readonly dialogs: Map<ChatKey, Dialog>;
  readonly folders: Folder[];
};

export type Media =
  | { readonly kind: 'photo' | 'document'; readonly file: string }
  | { readonly kind: 'geo'; readonly latitude: number; readonly longitude: number }
  | {
      readonly kind: 'contact';
      readonly phone: string;
      readonly firstName: string;
      readonly lastName: string;
      readonly userId: number;
    };

export type Forward = {
  readonly from: ChatKey | undefined;
  /** Somebody whose account is hidden. */
  readonly name: string | undefined;
  readonly date: number;
  readonly post: number | undefined;
};

export type Draft = {
  readonly chat: ChatKey;
  readonly from: ChatKey;
  /** Unix seconds. */
  readonly date: number;
  readonly text: string;
  readonly entities?: readonly Api.TypeMessageEntity[];
  readonly media?: Media;
  readonly replyTo?: number;
  readonly forward?: Forward;
  readonly groupedId?: bigint;
  readonly randomId?: string;
  readonly silent?: boolean;
};

export type Message = Draft & {
  readonly id: number;
  readonly editedAt: number | undefined;
  /** Who, and with which emoji. */
  readonly reactions: ReadonlyMap<number, string>;
};

export type StoredFile = {
  readonly id: string;
  readonly kind: 'photo' | 'document';
  readonly bytes: Buffer;
  readonly thumbnail: Buffer;
  readonly dcId: number;
  readonly accessHash: bigint;
  reference: Buffer;
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
  readonly attributes: readonly Api.TypeDocumentAttribute[];
  readonly date: number;
};

export function userKey(id: number): ChatKey {
  return `user:${id}`;
}

export function idOf(key: ChatKey): number {
  return Number(key.slice(key.indexOf(':') + 1));
}

export function isUserKey(key: ChatKey): boolean {
  return key.startsWith('user:');
}

export function isChannelKey(key: ChatKey): boolean {
  return key.startsWith('channel:');
}
