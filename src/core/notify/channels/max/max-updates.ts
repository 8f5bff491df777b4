import { z } from 'zod';
import type { Heard, HeardPress } from '../heard.ts';
import { readButton } from '../messenger-words.ts';

const user = z.object({ user_id: z.number(), name: z.string().optional(), is_bot: z.boolean().optional() });
const attachment = z.object({
  type: z.string(),
  filename: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  payload: z
    .object({
      url: z.string().optional(),
      buttons: z.array(z.array(z.object({ payload: z.string().optional() }))).optional(),
    })
    .optional(),
});
type Attachment = z.infer<typeof attachment>;
const body = z.object({
  mid: z.string(),
  text: z.string().nullish(),
  attachments: z.array(attachment).nullish(),
});
const message = z.object({
  sender: user.optional(),
  recipient: z.object({ chat_id: z.number().nullish(), chat_type: z.string().optional() }),
  timestamp: z.number().optional(),
  body,
  link: z.object({ type: z.string(), message: z.object({ mid: z.string() }).optional() }).nullish(),
});

const update = z.discriminatedUnion('update_type', [
  z.object({
    update_type: z.literal('bot_started'),
    chat_id: z.number(),
    user,
    payload: z.string().nullish(),
  }),
  z.object({ update_type: z.literal('bot_stopped'), chat_id: z.number() }),
  z.object({ update_type: z.literal('message_created'), timestamp: z.number(), message }),
  z.object({
    update_type: z.literal('message_callback'),
    callback: z.object({ callback_id: z.string(), payload: z.string().nullish(), user }),
    message: message.nullish(),
  }),
]);
type Update = z.infer<typeof update>;

/** What an update says; undefined for what is no business of the desk, or cannot be read. */
export function readUpdate(raw: unknown): Heard | undefined {
  const read = update.safeParse(raw);
  return read.success ? toHeard(read.data) : undefined;
}

function toHeard(said: Update): Heard | undefined {
  switch (said.update_type) {
    case 'bot_started':
      return {
        kind: 'start',
        code: said.payload ?? '',
        chatId: String(said.chat_id),
        userId: String(said.user.user_id),
        title: said.user.name ?? '',
      };
    case 'bot_stopped':
      return { kind: 'blocked', chatId: String(said.chat_id), isBlocked: true };
    case 'message_created':
      return toWords(said.message, said.timestamp);
    case 'message_callback':
      return toPress(said);
  }
}

/** In groups anybody could press for somebody else: only dialogs are heard. */
function dialogOf({ recipient }: z.infer<typeof message>): string | undefined {
  const isDialog = recipient.chat_type === undefined || recipient.chat_type === 'dialog';
  const { chat_id: id } = recipient;
  return isDialog && id !== null && id !== undefined ? String(id) : undefined;
}

function toPress({
  callback,
  message: under,
}: Extract<Update, { update_type: 'message_callback' }>): HeardPress | undefined {
  const chatId = under ? dialogOf(under) : undefined;
  if (!under || chatId === undefined) return undefined;
  const buttons = (under.body.attachments ?? []).flatMap(({ payload }) => payload?.buttons?.flat() ?? []);
  return {
    kind: 'press',
    queryId: callback.callback_id,
    chatId,
    messageId: under.body.mid,
    data: callback.payload ?? '',
    text: under.body.text ?? '',
    shown: buttons.flatMap(({ payload }) => readButton(payload ?? '')?.verb ?? []),
  };
}

function toWords(said: z.infer<typeof message>, timestamp: number): Heard | undefined {
  const chatId = dialogOf(said);
  if (chatId === undefined || said.sender?.is_bot === true) return undefined;
  const attachments = said.body.attachments ?? [];
  const place = attachments.find(({ type }) => type === 'location');
  return {
    kind: 'words',
    chatId,
    messageId: said.body.mid,
    at: said.timestamp ?? timestamp,
    text: said.body.text ?? '',
    replyTo: said.link?.type === 'reply' ? (said.link.message?.mid ?? null) : null,
    files: attachments.flatMap((one, index) => fileOf(one, said.body.mid, index)),
    place:
      place?.latitude === undefined || place.longitude === undefined
        ? null
        : { latitude: place.latitude, longitude: place.longitude },
  };
}

const kinds: Readonly<Record<string, { readonly extension: string; readonly mimeType: string } | undefined>> =
  {
    image: { extension: 'jpg', mimeType: 'image/jpeg' },
    video: { extension: 'mp4', mimeType: 'video/mp4' },
    audio: { extension: 'ogg', mimeType: 'audio/ogg' },
    file: { extension: 'bin', mimeType: 'application/octet-stream' },
  };

function fileOf({ type, filename, payload }: Attachment, mid: string, index: number) {
  const kind = kinds[type];
  if (!kind || payload?.url === undefined) return [];
  const fileName = filename ?? `${type}-${mid.slice(-8)}-${index + 1}.${kind.extension}`;
  return [{ ref: payload.url, fileName, mimeType: kind.mimeType }];
}
