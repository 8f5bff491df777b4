import { Api } from 'telegram/tl/index.js';
import type { CodeVia } from '../auth-key.ts';
import { big } from '../tl.ts';
import type { ChatKey, Folder, Forward, Media } from './model.ts';
import type { World } from './world.ts';

export type PersonSeed = {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly phone?: string;
  readonly about?: string;
  readonly bot?: boolean;
  readonly contact?: boolean;
};

export type AccountSeed = PersonSeed & {
  readonly phone: string;
  /** Default 2. */
  readonly dcId?: number;
  /** Default 12345. */
  readonly code?: string;
  readonly codeVia?: CodeVia;
  readonly password?: string;
  readonly hint?: string;
};

export type GroupSeed = {
  /** Of channels and supergroups at least 1,000,000,000: clients tell them apart by that. */
  readonly id: number;
  readonly title: string;
  readonly username?: string;
  readonly about?: string;
  /** Channels only. */
  readonly broadcast?: boolean;
  /** Default: every account. */
  readonly members?: readonly number[];
};

export type EntitySeed = {
  readonly type: 'bold' | 'italic' | 'code' | 'pre' | 'strike' | 'underline' | 'url' | 'textUrl' | 'mention';
  readonly offset: number;
  readonly length: number;
  /** Of a `textUrl`. */
  readonly url?: string;
};

export type FileSeed = {
  readonly base64: string;
  /** Default 2. */
  readonly dcId?: number;
  readonly width?: number;
  readonly height?: number;
};

type DocumentSeed = FileSeed &
  (
    | { readonly kind: 'document'; readonly name: string; readonly mimeType?: string }
    | { readonly kind: 'voice' | 'round'; readonly seconds: number }
  );

export type MediaSeed =
  | (FileSeed & { readonly kind: 'photo' })
  | DocumentSeed
  | Extract<Media, { kind: 'geo' }>
  | Extract<Media, { kind: 'contact' }>;

export type ForwardSeed = Partial<Forward>;

export type MessageSeed = {
  /** Default: the other side of a private chat, the channel itself where it broadcasts. */
  readonly from?: number;
  readonly text?: string;
  readonly entities?: readonly EntitySeed[];
  readonly media?: MediaSeed;
  readonly replyTo?: number;
  readonly forward?: ForwardSeed;
  readonly groupedId?: string;
  /** Unix seconds. */
  readonly date?: number;
};

export type DialogSeed = {
  readonly account: number;
  readonly chat: ChatKey;
  readonly pinned?: boolean;
  /** Unix seconds. */
  readonly mutedUntil?: number;
  /** Of the messages seeded here, the last so many are unread; default 0. */
  readonly unread?: number;
  readonly messages?: readonly MessageSeed[];
};

export type WorldSeed = {
  readonly people?: readonly PersonSeed[];
  readonly accounts?: readonly AccountSeed[];
  readonly groups?: readonly GroupSeed[];
  readonly channels?: readonly GroupSeed[];
  readonly dialogs?: readonly DialogSeed[];
  readonly folders?: readonly (Folder & { readonly account: number })[];
};

export function toEntity({ type, offset, length, url = '' }: EntitySeed): Api.TypeMessageEntity {
  const at = { offset, length };
  switch (type) {
    case 'bold':
      return new Api.MessageEntityBold(at);
    case 'italic':
      return new Api.MessageEntityItalic(at);
    case 'code':
      return new Api.MessageEntityCode(at);
    case 'pre':
      return new Api.MessageEntityPre({ ...at, language: '' });
    case 'strike':
      return new Api.MessageEntityStrike(at);
    case 'underline':
      return new Api.MessageEntityUnderline(at);
    case 'url':
      return new Api.MessageEntityUrl(at);
    case 'textUrl':
      return new Api.MessageEntityTextUrl({ ...at, url });
    case 'mention':
      return new Api.MessageEntityMention(at);
  }
}

/** Puts the bytes, if there are any, among the files of the world. */
export function toMedia(world: World, seed: MediaSeed): Media {
  if (seed.kind === 'geo' || seed.kind === 'contact') return seed;
  const { base64, dcId = 2, width = 640, height = 480 } = seed;
  const file = { bytes: Buffer.from(base64, 'base64'), dcId, width, height };
  if (seed.kind === 'photo') {
    const { id } = world.addFile({ ...file, kind: 'photo', mimeType: 'image/jpeg' });
    return { kind: 'photo', file: id };
  }
  const { id } = world.addFile({ ...file, kind: 'document', ...describe(seed) });
  return { kind: 'document', file: id };
}

function describe(seed: DocumentSeed) {
  if (seed.kind === 'document') {
    const { name: fileName, mimeType = 'application/octet-stream' } = seed;
    return { mimeType, attributes: [new Api.DocumentAttributeFilename({ fileName })] };
  }
  const { seconds: duration, width: w = 240, height: h = 240 } = seed;
  if (seed.kind === 'round') {
    const video = new Api.DocumentAttributeVideo({ roundMessage: true, duration, w, h });
    return { mimeType: 'video/mp4', attributes: [video] };
  }
  const waveform = Buffer.from('0042210842210842', 'hex');
  const audio = new Api.DocumentAttributeAudio({ voice: true, duration, waveform });
  return { mimeType: 'audio/ogg', attributes: [audio] };
}

export function toGroupedId(seed: string | undefined): bigint | undefined {
  return seed === undefined ? undefined : BigInt(big(seed).toString());
}
