import { Api } from 'telegram/tl/index.js';
import { telegramError } from '../telegram-error.ts';
import type { OutgoingFile } from '../telegram-port.ts';

const largestAlbum = 10;

/** What goes out together: Telegram takes ten at most, and pictures never beside files. */
export function inAlbums(files: readonly OutgoingFile[]): readonly (readonly OutgoingFile[])[] {
  const albums: OutgoingFile[][] = [];
  for (const file of files) {
    const last = albums.at(-1);
    if (last === undefined || last.length >= largestAlbum || last[0]?.as !== file.as) albums.push([file]);
    else last.push(file);
  }
  return albums;
}

export function toUploadedMedia(given: OutgoingFile, file: Api.TypeInputFile): Api.TypeInputMedia {
  if (given.as === 'photo') return new Api.InputMediaUploadedPhoto({ file });
  return new Api.InputMediaUploadedDocument({
    file,
    mimeType: given.mimeType,
    attributes: [new Api.DocumentAttributeFilename({ fileName: given.fileName })],
    // Else Telegram makes a picture, a film or a sticker of what looks like one.
    forceFile: true,
  });
}

/** An album is made of what Telegram already keeps. */
export function toKeptMedia(media: Api.TypeMessageMedia): Api.TypeInputMedia {
  if (media instanceof Api.MessageMediaPhoto && media.photo instanceof Api.Photo) {
    const { id, accessHash, fileReference } = media.photo;
    return new Api.InputMediaPhoto({ id: new Api.InputPhoto({ id, accessHash, fileReference }) });
  }
  if (media instanceof Api.MessageMediaDocument && media.document instanceof Api.Document) {
    const { id, accessHash, fileReference } = media.document;
    return new Api.InputMediaDocument({ id: new Api.InputDocument({ id, accessHash, fileReference }) });
  }
  throw telegramError('file-refused');
}
