import { z } from 'zod';
import type { Heard, HeardFile, HeardMove, HeardPress, HeardWords } from '../heard.ts';
import { readButton } from '../messenger-words.ts';

const user = z.object({
  id: z.number(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
});
const chat = z.object({ id: z.number(), type: z.string() });
const stored = z.object({
  file_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
});
const message = z.object({
  message_id: z.number(),
  date: z.number(),
  edit_date: z.number().optional(),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(z.object({ file_id: z.string(), width: z.number(), height: z.number() })).optional(),
  document: stored.optional(),
  video: stored.optional(),
  animation: stored.optional(),
  audio: stored.optional(),
  voice: stored.optional(),
  video_note: stored.optional(),
  sticker: z.object({ emoji: z.string().optional() }).optional(),
  contact: z.object({ phone_number: z.string(), first_name: z.string().optional() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  venue: z.object({ title: z.string().optional(), address: z.string().optional() }).optional(),
  reply_to_message: z.object({ message_id: z.number() }).optional(),
});
type Message = z.infer<typeof message>;

const button = z.object({ text: z.string(), callback_data: z.string().optional() });
const update = z.object({
  update_id: z.number(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: user,
      data: z.string().optional(),
      message: z
        .object({
          message_id: z.number(),
          chat,
          reply_markup: z.object({ inline_keyboard: z.array(z.array(button)) }).optional(),
        })
        .optional(),
    })
    .optional(),
  my_chat_member: z.object({ chat, new_chat_member: z.object({ status: z.string() }) }).optional(),
});

const bare = z.object({ update_id: z.number() });

/** What an update says; undefined for what is no business of the desk. Throws nothing: what cannot be read is passed by. */
export function readUpdate(
  raw: unknown,
): { readonly id: number; readonly heard: Heard | undefined } | undefined {
  const numbered = bare.safeParse(raw);
  if (!numbered.success) return undefined;
  const read = update.safeParse(raw);
  return { id: numbered.data.update_id, heard: read.success ? toHeard(read.data) : undefined };
}

/** In groups anybody could press or speak for somebody else: only private chats are heard. */
function toHeard(told: z.infer<typeof update>): Heard | undefined {
  const { message: said, edited_message: edited, callback_query: query, my_chat_member: member } = told;
  if (member) {
    if (member.chat.type !== 'private') return undefined;
    const { status } = member.new_chat_member;
    const isBlocked = status === 'kicked' || status === 'left';
    return { kind: 'blocked', chatId: String(member.chat.id), isBlocked } as const;
  }
  if (query) return toPress(query);
  if (edited) return toMove(edited);
  if (!said || said.chat.type !== 'private' || said.from?.is_bot === true) return undefined;
  return toStart(said) ?? toWords(said);
}

/** Words that are put right afterwards are not heard: what was said was said. */
function toMove({
  chat: { id, type },
  location,
  message_id,
  date,
  edit_date,
}: Message): HeardMove | undefined {
  if (type !== 'private' || !location) return undefined;
  const { latitude, longitude } = location;
  const at = (edit_date ?? date) * 1000;
  return {
    kind: 'moved',
    chatId: String(id),
    messageId: String(message_id),
    at,
    place: { latitude, longitude },
  };
}

function toPress(query: NonNullable<z.infer<typeof update>['callback_query']>): HeardPress {
  const under = query.message;
  const isOwn = under?.chat.type === 'private' && under.chat.id === query.from.id;
  const buttons = under?.reply_markup?.inline_keyboard.flat() ?? [];
  return {
    kind: 'press',
    queryId: query.id,
    // Nobody's chat: they are told so.
    chatId: isOwn ? String(under.chat.id) : '',
    messageId: String(under?.message_id ?? ''),
    data: query.data ?? '',
    text: '',
    shown: buttons.flatMap(({ callback_data: data }) => readButton(data ?? '')?.verb ?? []),
  };
}

function toStart({ text = '', chat: { id }, from }: Message): Heard | undefined {
  const [isStart, code = ''] = /^\/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*$/.exec(text) ?? [];
  if (isStart === undefined) return undefined;
  const called = [from?.first_name, from?.last_name].filter(Boolean).join(' ');
  const title = [called, from?.username ? `@${from.username}` : ''].filter((part) => part !== '').join(', ');
  return { kind: 'start', code, chatId: String(id), userId: String(from?.id ?? id), title };
}

function toWords(said: Message): HeardWords {
  const { location } = said;
  return {
    kind: 'words',
    chatId: String(said.chat.id),
    messageId: String(said.message_id),
    at: said.date * 1000,
    text: textOf(said),
    replyTo: said.reply_to_message ? String(said.reply_to_message.message_id) : null,
    files: filesOf(said),
    place: location ? { latitude: location.latitude, longitude: location.longitude } : null,
  };
}

function textOf({ text, caption, sticker, contact, venue }: Message): string {
  if (contact) return [contact.first_name, contact.phone_number].filter(Boolean).join(' ');
  if (venue) return [venue.title, venue.address].filter(Boolean).join(', ');
  return text ?? caption ?? sticker?.emoji ?? '';
}

function filesOf(said: Message): readonly HeardFile[] {
  const { message_id: id } = said;
  const largest = said.photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (largest) return [{ ref: largest.file_id, fileName: `photo-${id}.jpg`, mimeType: 'image/jpeg' }];
  const other = said.document ?? said.video ?? said.animation ?? said.audio ?? said.voice ?? said.video_note;
  if (!other) return [];
  const extension = said.voice ? 'ogg' : said.video_note || said.video || said.animation ? 'mp4' : 'bin';
  const fileName = other.file_name ?? `file-${id}.${extension}`;
  return [{ ref: other.file_id, fileName, mimeType: other.mime_type ?? 'application/octet-stream' }];
}
