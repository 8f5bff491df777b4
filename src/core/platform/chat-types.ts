/** `u<id>`, `g<id>` for a basic group, `c<id>` for a supergroup or channel; ids are decimal. */
export type PeerId = string;

export type PeerKind = 'user' | 'bot' | 'group' | 'supergroup' | 'channel';

/** Offsets and lengths in UTF-16 units, as JavaScript counts. */
export type TextEntity = {
  readonly kind:
    | 'bold'
    | 'italic'
    | 'underline'
    | 'strike'
    | 'code'
    | 'pre'
    | 'quote'
    | 'spoiler'
    | 'link'
    | 'mention'
    | 'hashtag'
    | 'email'
    | 'phone';
  readonly offset: number;
  readonly length: number;
  /** Of a link: where it leads, already only http, https, mailto or tg; else the entity is dropped. */
  readonly url?: string;
};

export type Reaction = { readonly emoji: string; readonly count: number; readonly mine: boolean };

/** What a message carries that is no file. */
export type MessageExtra =
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly live: boolean;
      readonly title: string | null;
    }
  | { readonly kind: 'contact'; readonly name: string; readonly phone: string }
  /** Joined, left, renamed, pinned, a call: `what` is a code for the page to word. */
  | { readonly kind: 'service'; readonly what: string; readonly text: string }
  /** A poll, a dice, something newer than this version: the text says what can be said. */
  | { readonly kind: 'unsupported'; readonly what: string };

export type FileKind =
  | 'photo'
  | 'document'
  | 'voice'
  | 'audio'
  | 'video'
  | 'video-note'
  | 'animation'
  | 'sticker';

/** Telegram's handle of the bytes; the reference grows old and is renewed by reading the message again. */
export type FileLocation = {
  readonly id: string;
  readonly accessHash: string;
  /** Base64. */
  readonly reference: string;
  readonly dc: number;
  /** Size letter of a photo; empty for the whole document. */
  readonly thumb: string;
  readonly isPhoto: boolean;
};
