import { Api } from 'telegram/tl/index.js';
import { strippedPhotoToJpg } from 'telegram/Utils.js';
import type { FileKind } from '../../platform/chat-types.ts';
import type { RemoteFile } from '../telegram-port.ts';

type Attributes = {
  readonly fileName: string | undefined;
  readonly video: Api.DocumentAttributeVideo | undefined;
  readonly audio: Api.DocumentAttributeAudio | undefined;
  readonly image: Api.DocumentAttributeImageSize | undefined;
  readonly isSticker: boolean;
  readonly isAnimated: boolean;
};

/** Endings of what Telegram sends without a name. */
const extensions: Readonly<Record<string, string>> = {
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'application/x-tgsticker': 'tgs',
};

const largestPreview = 16_384;

/** The largest size of a picture; undefined when Telegram keeps none any more. */
export function mapPhoto(photo: Api.TypePhoto | undefined): RemoteFile | undefined {
  if (!(photo instanceof Api.Photo)) return undefined;
  const [best] = photo.sizes.flatMap(sizeOf).toSorted((a, b) => b.w * b.h - a.w * a.h);
  if (best === undefined) return undefined;
  return {
    kind: 'photo',
    location: {
      id: photo.id.toString(),
      accessHash: photo.accessHash.toString(),
      reference: Buffer.from(photo.fileReference).toString('base64'),
      dc: photo.dcId,
      thumb: best.type,
      isPhoto: true,
    },
    fileName: `photo-${photo.id.toString()}.jpg`,
    mimeType: 'image/jpeg',
    size: best.size,
    width: best.w,
    height: best.h,
    duration: null,
    preview: previewOf(photo.sizes),
  };
}

export function mapDocument(document: Api.TypeDocument | undefined): RemoteFile | undefined {
  if (!(document instanceof Api.Document)) return undefined;
  const attributes = readAttributes(document.attributes);
  const kind = kindOf(attributes, document.mimeType);
  const { video, image, audio, fileName } = attributes;
  const duration = video?.duration ?? audio?.duration;
  const ending = extensions[document.mimeType];
  return {
    kind,
    location: {
      id: document.id.toString(),
      accessHash: document.accessHash.toString(),
      reference: Buffer.from(document.fileReference).toString('base64'),
      dc: document.dcId,
      thumb: '',
      isPhoto: false,
    },
    fileName: fileName || `${kind}-${document.id.toString()}${ending === undefined ? '' : `.${ending}`}`,
    mimeType: document.mimeType,
    size: document.size.toJSNumber(),
    width: video?.w ?? image?.w ?? null,
    height: video?.h ?? image?.h ?? null,
    duration: duration === undefined ? null : Math.round(duration),
    preview: previewOf(document.thumbs ?? []),
  };
}

function sizeOf(size: Api.TypePhotoSize): readonly { type: string; w: number; h: number; size: number }[] {
  if (size instanceof Api.PhotoSize) return [{ type: size.type, w: size.w, h: size.h, size: size.size }];
  if (size instanceof Api.PhotoSizeProgressive) {
    return [{ type: size.type, w: size.w, h: size.h, size: size.sizes.at(-1) ?? 0 }];
  }
  // Stripped and cached ones carry their bytes and cannot be asked for; a path is an outline.
  return [];
}

function previewOf(sizes: readonly Api.TypePhotoSize[]): Uint8Array | null {
  const stripped = sizes.find((size) => size instanceof Api.PhotoStrippedSize);
  if (stripped !== undefined) return Uint8Array.from(strippedPhotoToJpg(Buffer.from(stripped.bytes)));
  const cached = sizes.find((size) => size instanceof Api.PhotoCachedSize);
  const isSmall = cached !== undefined && cached.bytes.length <= largestPreview;
  return isSmall && cached.bytes[0] === 0xff ? Uint8Array.from(cached.bytes) : null;
}

function readAttributes(attributes: readonly Api.TypeDocumentAttribute[]): Attributes {
  const name = attributes.find((each) => each instanceof Api.DocumentAttributeFilename);
  return {
    fileName: name?.fileName,
    video: attributes.find((each) => each instanceof Api.DocumentAttributeVideo),
    audio: attributes.find((each) => each instanceof Api.DocumentAttributeAudio),
    image: attributes.find((each) => each instanceof Api.DocumentAttributeImageSize),
    isSticker: attributes.some((each) => each instanceof Api.DocumentAttributeSticker),
    isAnimated: attributes.some((each) => each instanceof Api.DocumentAttributeAnimated),
  };
}

function kindOf({ video, audio, isSticker, isAnimated }: Attributes, mimeType: string): FileKind {
  if (isSticker) return 'sticker';
  if (video?.roundMessage === true) return 'video-note';
  if (isAnimated) return 'animation';
  if (video !== undefined) return 'video';
  if (audio !== undefined) return audio.voice === true ? 'voice' : 'audio';
  return mimeType === 'image/gif' ? 'animation' : 'document';
}
