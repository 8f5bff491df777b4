import type { Receipt } from '../../../../shared/domain/channels.ts';
import { readAnswerWords } from '../../answer-words.ts';
import type { InboundAnswer, RouteInbox } from '../../route-driver.ts';
import { fieldOf, wordsOf } from '../http-refusal.ts';
import { readButton } from '../messenger-words.ts';
import { readWhatsappError } from './whatsapp-errors.ts';
import { listOf } from './whatsapp-webhook.ts';

type ReceiptEvent = Parameters<RouteInbox['receipt']>[0];

const statuses: Readonly<Record<string, Receipt | 'failed'>> = {
  sent: 'accepted',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

/** undefined is a status that says nothing here, such as `deleted`. They come unordered, and again. */
export function toReceipt(status: unknown): ReceiptEvent | undefined {
  const said = wordsOf(fieldOf(status, 'status'));
  const id = wordsOf(fieldOf(status, 'id'));
  const meaning = statuses[said];
  if (meaning === undefined || id === '') return undefined;
  const [error] = listOf(fieldOf(status, 'errors'));
  const words = error === undefined ? '' : readWhatsappError(error).words;
  return {
    providerId: id,
    eventId: `${id}:${said}`,
    at: Number(fieldOf(status, 'timestamp')) * 1000,
    report: { status: meaning, raw: `${said} ${words}`.trim() },
  };
}

export type MediaFound = { readonly id: string; readonly fileName: string; readonly mimeType: string };

export type MessageFound = {
  readonly answer: Omit<InboundAnswer, 'files'>;
  readonly media: MediaFound | undefined;
};

const mediaTypes = ['image', 'document', 'video', 'audio', 'sticker'] as const;

/** undefined is what nobody said: a message without an id, a reaction that was taken away, a system notice. */
export function toMessage(message: unknown): MessageFound | undefined {
  const id = wordsOf(fieldOf(message, 'id'));
  const from = wordsOf(fieldOf(message, 'from'));
  if (id === '' || from === '') return undefined;
  const pressed = readButton(
    wordsOf(fieldOf(message, 'interactive', 'button_reply', 'id')) ||
      wordsOf(fieldOf(message, 'button', 'payload')),
  );
  const media = mediaIn(message);
  const place = placeIn(message);
  const text = textIn(message);
  if (!pressed && !media && !place && text === '') return undefined;
  const said = pressed ?? readAnswerWords(text);
  return {
    media,
    answer: {
      eventId: id,
      at: Number(fieldOf(message, 'timestamp')) * 1000,
      address: from,
      verb: said.verb,
      code: said.code,
      providerId: wordsOf(fieldOf(message, 'context', 'id')) || null,
      text: pressed ? '' : text,
      place,
    },
  };
}

function textIn(message: unknown): string {
  const caption = mediaTypes.map((type) => wordsOf(fieldOf(message, type, 'caption'))).find(Boolean);
  return (
    wordsOf(fieldOf(message, 'text', 'body')) ||
    wordsOf(fieldOf(message, 'button', 'text')) ||
    wordsOf(fieldOf(message, 'interactive', 'button_reply', 'title')) ||
    wordsOf(fieldOf(message, 'reaction', 'emoji')) ||
    (caption ?? '')
  );
}

function mediaIn(message: unknown): MediaFound | undefined {
  const type = mediaTypes.find((one) => wordsOf(fieldOf(message, one, 'id')) !== '');
  if (type === undefined) return undefined;
  const mimeType = wordsOf(fieldOf(message, type, 'mime_type')).split(';')[0] || 'application/octet-stream';
  const named = wordsOf(fieldOf(message, type, 'filename'));
  const ending = mimeType.split('/')[1] ?? 'bin';
  return {
    id: wordsOf(fieldOf(message, type, 'id')),
    mimeType,
    fileName: named || `${type}.${ending === 'jpeg' ? 'jpg' : ending}`,
  };
}

function placeIn(message: unknown): InboundAnswer['place'] {
  const latitude = fieldOf(message, 'location', 'latitude');
  const longitude = fieldOf(message, 'location', 'longitude');
  const isPlace =
    typeof latitude === 'number' &&
    typeof longitude === 'number' &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180;
  return isPlace ? { latitude, longitude } : null;
}
