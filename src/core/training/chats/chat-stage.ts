import type { ChatKey, PersonKey } from './chat-cast.ts';

export type ChatMedia =
  /** A JPEG of 640×480. */
  | { readonly kind: 'photo'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'document';
      readonly fileName: string;
      readonly mimeType: string;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'place'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'contact'; readonly name: string; readonly phone: string };

export type ChatLine = {
  readonly chat: ChatKey;
  /** `desk`: the dispatcher, on the phone; undefined: the channel itself. */
  readonly from: PersonKey | 'desk' | undefined;
  readonly text: string;
  /** Stands in bold: how far from the beginning of the text. */
  readonly boldLength?: number;
  readonly media?: ChatMedia;
  /** Pictures of one number were sent as one. */
  readonly album?: number;
  /** Whose words they were first. */
  readonly forwardOf?: string;
  /** The message answered. */
  readonly replyTo?: number;
};

export type MessageOf = { readonly chat: ChatKey; readonly id: number };

/** Where the lesson's chats are played: the test servers of a checkout, or the memory twin where there are none. */
export type ChatStage = {
  /** `at` in epoch milliseconds puts the line into the past, before anybody signed in. Answers its number in the chat. */
  say(line: ChatLine, at?: number): Promise<number>;
  edit(message: MessageOf, text: string): Promise<void>;
  remove(message: MessageOf): Promise<void>;
  react(message: MessageOf, from: PersonKey, emoji: string): Promise<void>;
  typing(chat: ChatKey, from: PersonKey): Promise<void>;
  /** Chats the dispatcher has written to since the last call. */
  heard(): Promise<readonly ChatKey[]>;
  /** The other side has read what the dispatcher wrote. */
  readByThem(chat: ChatKey): Promise<void>;
  /** The account's owner holds the phone before the QR on the page, which says this address. */
  scan(url: string): Promise<void>;
};
