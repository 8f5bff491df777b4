import { Api } from 'telegram/tl/index.js';
import { big } from '../tl.ts';
import type { Media, StoredFile } from './model.ts';
import type { World } from './world.ts';

const thumbnailSide = 320;

export function renderMedia(world: World, media: Media): Api.TypeMessageMedia {
  if (media.kind === 'geo') {
    const geo = new Api.GeoPoint({ lat: media.latitude, long: media.longitude, accessHash: big(0) });
    return new Api.MessageMediaGeo({ geo });
  }
  if (media.kind === 'contact') {
    const { phone: phoneNumber, firstName, lastName, userId } = media;
    return new Api.MessageMediaContact({ phoneNumber, firstName, lastName, vcard: '', userId: big(userId) });
  }
  const file = world.files.get(media.file);
  if (file === undefined) return new Api.MessageMediaEmpty();
  if (file.kind === 'photo') return new Api.MessageMediaPhoto({ photo: renderPhoto(file) });
  const attributes = file.attributes;
  return new Api.MessageMediaDocument({
    document: renderDocument(file),
    voice: attributes.some((each) => each instanceof Api.DocumentAttributeAudio && each.voice) || undefined,
    round:
      attributes.some((each) => each instanceof Api.DocumentAttributeVideo && each.roundMessage) || undefined,
    video: attributes.some((each) => each instanceof Api.DocumentAttributeVideo) || undefined,
  });
}

function renderPhoto(file: StoredFile): Api.Photo {
  return new Api.Photo({
    ...location(file),
    sizes: [
      thumbnailOf(file),
      new Api.PhotoSize({ type: 'x', w: file.width, h: file.height, size: file.bytes.length }),
    ],
  });
}

function renderDocument(file: StoredFile): Api.Document {
  const hasPicture = file.mimeType.startsWith('image/') || file.mimeType.startsWith('video/');
  return new Api.Document({
    ...location(file),
    mimeType: file.mimeType,
    size: big(file.bytes.length),
    thumbs: hasPicture ? [thumbnailOf(file)] : undefined,
    attributes: [...file.attributes],
  });
}

function location({ id, accessHash, reference, date, dcId }: StoredFile) {
  return { id: big(id), accessHash: big(accessHash), fileReference: reference, date, dcId };
}

function thumbnailOf({ width, height, thumbnail }: StoredFile): Api.PhotoSize {
  const scale = Math.min(1, thumbnailSide / Math.max(width, height));
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  return new Api.PhotoSize({ type: 'm', w, h, size: thumbnail.length });
}
