import type { ChatKey, PersonKey } from './chat-cast.ts';

export type ChatLine = {
  readonly chat: ChatKey;
  /** undefined: the channel itself. */
  readonly from: PersonKey | undefined;
  readonly text: string;
  /** A JPEG. */
  readonly photo?: Uint8Array;
  readonly place?: { readonly latitude: number; readonly longitude: number };
};

/** Where the lesson's chats are played: the test servers of a checkout, or the memory twin where there are none. */
export type ChatStage = {
  /** `at` in epoch milliseconds puts the line into the past, before anybody signed in. */
  say(line: ChatLine, at?: number): Promise<void>;
  typing(chat: ChatKey, from: PersonKey): Promise<void>;
  /** Chats the dispatcher has written to since the last call. */
  heard(): Promise<readonly ChatKey[]>;
  /** The other side has read what the dispatcher wrote. */
  readByThem(chat: ChatKey): Promise<void>;
  /** The account's owner holds the phone before the QR on the page, which says this address. */
  scan(url: string): Promise<void>;
};
