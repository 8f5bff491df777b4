import { Api } from 'telegram/tl/index.js';
import type { MessageExtra } from '../../platform/chat-types.ts';
import type { RemoteFile } from '../telegram-port.ts';
import { isAbsent } from './absent.ts';
import { mapDocument, mapPhoto } from './map-file.ts';

export type MappedMedia = {
  readonly file: RemoteFile | null;
  readonly extra: MessageExtra | null;
  /** What can be said of it in words, for a message without any. */
  readonly words: string;
};

const nothing: MappedMedia = { file: null, extra: null, words: '' };

export function mapMedia(media: Api.TypeMessageMedia | undefined): MappedMedia {
  if (isAbsent(media) || media instanceof Api.MessageMediaEmpty) return nothing;
  if (media instanceof Api.MessageMediaWebPage) return nothing;
  if (media instanceof Api.MessageMediaPhoto) return ofFile(mapPhoto(media.photo));
  if (media instanceof Api.MessageMediaDocument) return ofFile(mapDocument(media.document));
  if (media instanceof Api.MessageMediaGeo) return place(media.geo, false, null);
  if (media instanceof Api.MessageMediaGeoLive) return place(media.geo, true, null);
  if (media instanceof Api.MessageMediaVenue) {
    const title = [media.title, media.address].filter(Boolean).join(', ');
    return place(media.geo, false, title === '' ? null : title);
  }
  if (media instanceof Api.MessageMediaContact) {
    const name = [media.firstName, media.lastName].filter(Boolean).join(' ');
    return { ...nothing, extra: { kind: 'contact', name, phone: media.phoneNumber } };
  }
  if (media instanceof Api.MessageMediaPoll) return unsupported('poll', pollWords(media.poll));
  if (media instanceof Api.MessageMediaDice) return unsupported('dice', `${media.emoticon} ${media.value}`);
  if (media instanceof Api.MessageMediaGame) return unsupported('game', media.game.title);
  if (media instanceof Api.MessageMediaInvoice) return unsupported('invoice', media.title);
  if (media instanceof Api.MessageMediaStory) return unsupported('story');
  return unsupported('other');
}

/** Without the bytes it was a picture or a file that was to vanish, and has. */
function ofFile(file: RemoteFile | undefined): MappedMedia {
  return file === undefined ? unsupported('expired') : { ...nothing, file };
}

function place(geo: Api.TypeGeoPoint, live: boolean, title: string | null): MappedMedia {
  if (!(geo instanceof Api.GeoPoint) || !isOnEarth(geo)) return unsupported('other');
  return { ...nothing, extra: { kind: 'location', latitude: geo.lat, longitude: geo.long, live, title } };
}

/** Eight bytes of the network are any number, also none. */
function isOnEarth({ lat, long }: Api.GeoPoint): boolean {
  return Math.abs(lat) <= 90 && Math.abs(long) <= 180;
}

function unsupported(what: string, words = ''): MappedMedia {
  return { file: null, extra: { kind: 'unsupported', what }, words };
}

function pollWords({ question, answers }: Api.TypePoll): string {
  return [question.text, ...answers.map(({ text }) => `• ${text.text}`)].join('\n');
}
