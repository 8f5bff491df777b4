import { z } from 'zod';
import { command, query, stream, task } from '../rpc/define.ts';
import { done, empty, file, furtherAddress, id, savedItem, time, undoable } from './common.ts';
import { outboxStates } from './incidents.ts';

const chatKinds = ['user', 'bot', 'group', 'supergroup', 'channel'] as const;

export const contact = z.object({
  id,
  kind: z.enum(['applicant', 'contractor', 'technician']),
  name: z.string(),
  organisation: z.string(),
  phone: z.string(),
  email: z.string(),
  note: z.string(),
  /** In the order they are tried. */
  addresses: z.array(furtherAddress),
  active: z.boolean(),
  chatIds: z.array(id),
});
export type Contact = z.infer<typeof contact>;

export const chatRow = z.object({
  id,
  accountId: id,
  kind: z.enum(chatKinds),
  title: z.string(),
  username: z.string().nullable(),
  /** The account's own "Saved messages". */
  isSelf: z.boolean(),
  /** Telegram's service account: its login codes are masked. */
  isService: z.boolean(),
  pinned: z.int(),
  archived: z.boolean(),
  mutedUntil: time.nullable(),
  unread: z.int(),
  canSend: z.boolean(),
  goneAt: time.nullable(),
  lastAt: time.nullable(),
  /** Ready to show: sender and the beginning of the text, or what stands in its place. */
  last: z
    .object({
      out: z.boolean(),
      sender: z.string(),
      text: z.string(),
      /** For a message without text: kind of file or extra. */
      what: z.string().nullable(),
      /** Of our own last message. */
      state: z.enum([...outboxStates, 'none']),
    })
    .nullable(),
  contact: contact.pick({ id: true, kind: true, name: true }).nullable(),
  /** Rules here open incidents. */
  hasRules: z.boolean(),
});
export type ChatRow = z.infer<typeof chatRow>;

const entity = z.object({
  kind: z.enum([
    'bold',
    'italic',
    'underline',
    'strike',
    'code',
    'pre',
    'quote',
    'spoiler',
    'link',
    'mention',
    'hashtag',
    'email',
    'phone',
  ]),
  offset: z.int().nonnegative(),
  length: z.int().positive(),
  url: z.string().optional(),
});
export type ChatEntity = z.infer<typeof entity>;

const extra = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    live: z.boolean(),
    title: z.string().nullable(),
  }),
  z.object({ kind: z.literal('contact'), name: z.string(), phone: z.string() }),
  z.object({ kind: z.literal('service'), what: z.string(), text: z.string() }),
  z.object({ kind: z.literal('unsupported'), what: z.string() }),
]);

export const chatFile = z.object({
  id,
  kind: z.enum(['photo', 'document', 'voice', 'audio', 'video', 'video-note', 'animation', 'sticker']),
  fileName: z.string(),
  mimeType: z.string(),
  size: z.int().nonnegative(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Seconds. */
  duration: z.int().nullable(),
  /** Set when the bytes are here: `<base>/blob/<sha256>`. */
  sha256: z.string().nullable(),
  /** `data:` address of a tiny picture, or null. */
  preview: z.string().nullable(),
});
export type ChatFile = z.infer<typeof chatFile>;

export const chatMessage = z.object({
  id,
  chatId: id,
  /** Telegram's number in the chat; null while it waits to leave. */
  serverId: z.int().nullable(),
  /** Order in the chat; what `before` and `after` of `history` take. */
  position: z.int(),
  out: z.boolean(),
  senderId: z.string().nullable(),
  sender: z.string(),
  text: z.string(),
  entities: z.array(entity),
  replyTo: z.object({ id: id.nullable(), sender: z.string(), text: z.string() }).nullable(),
  forward: z.object({ name: z.string(), sentAt: time }).nullable(),
  groupedId: z.string().nullable(),
  extra: extra.nullable(),
  files: z.array(chatFile),
  reactions: z.array(z.object({ emoji: z.string(), count: z.int(), mine: z.boolean() })),
  sentAt: time,
  editedAt: time.nullable(),
  deletedAt: time.nullable(),
  /** The incident it opened, joined or answers. */
  incident: z.object({ id, code: z.string() }).nullable(),
  /** Of our own messages written here; those written on the phone have none. */
  outbox: z
    .object({
      id,
      state: z.enum(outboxStates),
      notBefore: time,
      errorCode: z.string().nullable(),
    })
    .nullable(),
  /** Ours, and the other side has read it. */
  isRead: z.boolean(),
  authorId: id.nullable(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

export const chatRule = z.object({
  id,
  chatId: id,
  kind: z.enum(['all', 'code', 'sender', 'keyword']),
  /** Comma-separated: prefixes of codes, `u<id>` of senders, words. */
  value: z.string().max(500),
  typeId: id.nullable(),
  active: z.boolean(),
  hits: z.int(),
});
export type ChatRule = z.infer<typeof chatRule>;

export const chatFilters = ['all', 'unread', 'people', 'groups', 'channels', 'bots'] as const;
export type ChatFilter = (typeof chatFilters)[number];

const outgoingFile = file.extend({ as: z.enum(['photo', 'document']) });

export const chatsContract = {
  list: query(
    z.strictObject({
      accountId: id.nullable().default(null),
      filter: z.enum(chatFilters).default('all'),
      /** A Telegram folder of that account. */
      folderId: z.int().nullable().default(null),
      /** By name or username. */
      text: z.string().max(100).default(''),
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.object({
      total: z.int(),
      unread: z.int(),
      chats: z.array(chatRow),
      folders: z.array(z.object({ accountId: id, id: z.int(), title: z.string() })),
    }),
  ),
  open: query(
    z.strictObject({ id }),
    z.object({
      chat: chatRow,
      rules: z.array(chatRule),
      /** Who has written here, for rules by sender. */
      senders: z.array(z.object({ id: z.string(), name: z.string() })),
      draft: z
        .object({
          text: z.string(),
          replyTo: z.int().nullable(),
          files: z.array(outgoingFile),
        })
        .nullable(),
    }),
  ),
  /**
   * From local storage, oldest first: the newest when neither is given, `around` a message, or a page in one direction.
   * `gapBefore`: between the first message here and older ones something is not stored; `loadOlder` fetches it.
   */
  history: query(
    z.strictObject({
      id,
      before: z.int().nullable().default(null),
      after: z.int().nullable().default(null),
      around: id.nullable().default(null),
      limit: z.int().min(1).max(200).default(50),
    }),
    z.object({
      messages: z.array(chatMessage),
      /** More are stored beyond the first, and beyond the last. */
      older: z.boolean(),
      newer: z.boolean(),
      gapBefore: z.boolean(),
      /** The first message of the chat is here. */
      complete: z.boolean(),
    }),
  ),
  /** From Telegram into local storage: what comes before this server id. Fails with a reason when offline. */
  loadOlder: task(
    z.strictObject({ id, beforeServerId: z.int().nullable() }),
    z.object({ added: z.int(), complete: z.boolean() }),
  ),
  search: query(
    z.strictObject({
      text: z.string().max(300),
      chatId: id.nullable().default(null),
      limit: z.int().min(1).max(100).default(50),
    }),
    z.object({
      hits: z.array(
        z.object({
          messageId: id,
          chatId: id,
          chatTitle: z.string(),
          sender: z.string(),
          sentAt: time,
          snippet: z.string(),
          marks: z.array(z.tuple([z.int(), z.int()])),
        }),
      ),
    }),
  ),
  /** Into the outbox: leaves when Telegram is there, exactly once. From an incident's card it also stands in the incident. */
  send: command(
    z.strictObject({
      chatId: id,
      text: z.string().max(4096),
      entities: z.array(entity).max(100).default([]),
      /** Row of the message answered. */
      replyTo: id.nullable().default(null),
      files: z.array(outgoingFile).max(10).default([]),
      incidentId: id.nullable().default(null),
    }),
    z.object({ outboxId: id, notBefore: time }),
  ),
  saveDraft: command(
    z.strictObject({
      chatId: id,
      incidentId: id.nullable().default(null),
      /** As typed, with its marks: longer than what may leave. */
      text: z.string().max(16_384),
      replyTo: id.nullable().default(null),
      files: z.array(outgoingFile).max(10).default([]),
    }),
    done,
  ),
  /** Marks everything up to this message read, for the others too; told to Telegram when it can be reached. */
  markRead: command(z.strictObject({ id, upTo: id }), done),
  /** Begins or goes on; how far it is comes by `transfers`. */
  download: task(z.strictObject({ fileId: id }), done),
  cancelDownload: task(z.strictObject({ fileId: id }), done),
  transfers: stream(
    empty,
    z.object({
      transfers: z.array(
        z.object({
          /** Of a download. */
          fileId: id.nullable(),
          /** Of an upload. */
          outboxId: id.nullable(),
          doneBytes: z.int(),
          size: z.int(),
          /** Set when it failed; one of `telegramTroubles`. */
          reason: z.string().nullable(),
          /** A flood wait: it goes on by itself then. */
          waitUntil: time.nullable(),
        }),
      ),
    }),
  ),
  /** Who is typing where; each entry goes by itself after six seconds. */
  typing: stream(
    empty,
    z.object({ typing: z.array(z.object({ chatId: id, name: z.string(), until: time })) }),
  ),
  /** Opens an incident from these messages of one chat; the first is its letter. */
  openIncident: command(
    z.strictObject({ messageIds: z.array(id).min(1).max(100) }),
    /** `undo` is for incidents.undo, as everywhere. */
    z.object({ incidentId: id, code: z.string(), undo: z.int().nullable() }),
  ),
  joinIncident: command(
    z.strictObject({ messageIds: z.array(id).min(1).max(100), incidentId: id }),
    z.object({ joined: z.int(), undo: z.int().nullable() }),
  ),
  /** Chats an answer from this incident can go to, the latest heard from first. */
  forIncident: query(
    z.strictObject({ incidentId: id }),
    z.object({
      chats: z.array(
        z.object({
          chat: chatRow,
          /** The last message of the other side in the incident: what a reply answers. */
          answerTo: z.object({ id, sender: z.string(), text: z.string() }).nullable(),
          draft: z
            .object({ text: z.string(), replyTo: z.int().nullable(), files: z.array(outgoingFile) })
            .nullable(),
        }),
      ),
    }),
  ),
  saveRule: command(chatRule.omit({ id: true, hits: true }).extend({ id: id.optional() }), savedItem),
  removeRule: command(z.strictObject({ id }), undoable),
  setContact: command(z.strictObject({ chatId: id, contactId: id.nullable() }), undoable),
} as const;

/** People outside the desk. */
export const directoryContract = {
  list: query(
    z.strictObject({ text: z.string().max(100).default('') }),
    z.object({ contacts: z.array(contact) }),
  ),
  save: command(
    z.strictObject({
      id: id.optional(),
      kind: z.enum(['applicant', 'contractor', 'technician']),
      name: z.string().trim().min(1).max(200),
      organisation: z.string().trim().max(200),
      phone: z.string().trim().max(40),
      email: z.string().trim().max(320),
      note: z.string().trim().max(2000),
      /** undefined keeps them. */
      addresses: z.array(furtherAddress).max(20).optional(),
      active: z.boolean(),
    }),
    savedItem,
  ),
} as const;
