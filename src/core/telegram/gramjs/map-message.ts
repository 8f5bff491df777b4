import { Api } from 'telegram/tl/index.js';
import type { PeerId, Reaction } from '../../platform/chat-types.ts';
import type { Peer, RemoteMessage } from '../telegram-port.ts';
import { isAbsent } from './absent.ts';
import { mapMedia } from './map-media.ts';
import { mapAction } from './map-service.ts';
import { mapEntities } from './map-text.ts';
import { groupId, toPeerId, userId } from './peer-ids.ts';

/** What a message does not say itself: who reads it, and what those it names are called. */
export type Reader = { readonly self: PeerId | null; readonly names: ReadonlyMap<PeerId, string> };

export function readerOf(self: PeerId | null, peers: readonly Peer[]): Reader {
  return { self, names: new Map(peers.map(({ id, title }) => [id, title])) };
}

export function mapMessages(messages: readonly Api.TypeMessage[], reader: Reader): readonly RemoteMessage[] {
  return messages.flatMap((message) => mapMessage(message, reader) ?? []);
}

/** Undefined for the place of a message that is gone. One that cannot be read keeps its place without its content. */
export function mapMessage(message: Api.TypeMessage, reader: Reader): RemoteMessage | undefined {
  if (message instanceof Api.MessageEmpty) return undefined;
  try {
    return message instanceof Api.Message ? mapOrdinary(message, reader) : mapService(message, reader);
  } catch {
    // Else every difference that holds it would fail, and nothing after it would ever come.
    return mapUnreadable(message, reader);
  }
}

const plain = {
  fromName: null,
  editedAt: null,
  entities: [],
  replyTo: null,
  topicId: null,
  forward: null,
  groupedId: null,
  file: null,
  extra: null,
  reactions: [],
} as const;

function mapOrdinary(message: Api.Message, reader: Reader): RemoteMessage {
  const from = senderOf(message, reader);
  const media = mapMedia(message.media);
  const wasEdited = !isAbsent(message.editDate) && message.editHide !== true;
  return {
    ...plain,
    id: message.id,
    peer: toPeerId(message.peerId),
    from,
    fromName: message.postAuthor ?? (from === null ? null : (reader.names.get(from) ?? null)),
    out: message.out === true,
    sentAt: message.date * 1000,
    editedAt: wasEdited ? (message.editDate ?? 0) * 1000 : null,
    text: message.message || media.words,
    entities: mapEntities(message.message, message.entities),
    ...mapReply(message.replyTo),
    forward: mapForward(message.fwdFrom, reader),
    groupedId: message.groupedId?.toString() ?? null,
    file: media.file,
    extra: media.extra,
    reactions: mapReactions(message.reactions),
  };
}

function mapService(message: Api.MessageService, reader: Reader): RemoteMessage {
  const from = senderOf(message, reader);
  return {
    ...plain,
    id: message.id,
    peer: toPeerId(message.peerId),
    from,
    fromName: from === null ? null : (reader.names.get(from) ?? null),
    out: message.out === true,
    sentAt: message.date * 1000,
    text: '',
    ...mapReply(message.replyTo),
    extra: mapAction(message.action, (id) => reader.names.get(userId(id))),
  };
}

/** Of a message just sent Telegram may say only its number and what it made of the file. */
export function mapSentMessage(
  { id, date, media, entities }: Api.UpdateShortSentMessage,
  draft: Pick<RemoteMessage, 'peer' | 'from' | 'text' | 'replyTo'>,
): RemoteMessage {
  const { file, extra } = mapMedia(media);
  const sentAt = date * 1000;
  return {
    ...plain,
    ...draft,
    id,
    out: true,
    sentAt,
    entities: mapEntities(draft.text, entities),
    file,
    extra,
  };
}

function mapUnreadable(message: Api.Message | Api.MessageService, reader: Reader): RemoteMessage {
  return {
    ...plain,
    id: message.id,
    peer: toPeerId(message.peerId),
    from: senderOf(message, reader),
    out: message.out === true,
    sentAt: message.date * 1000,
    text: '',
    extra: { kind: 'unsupported', what: 'other' },
  };
}

/** The short forms name nobody and carry nothing but text. */
export function mapShortMessage(
  update: Api.UpdateShortMessage | Api.UpdateShortChatMessage,
  reader: Reader,
): RemoteMessage {
  const out = update.out === true;
  const isPrivate = update instanceof Api.UpdateShortMessage;
  const peer = isPrivate ? userId(update.userId) : groupId(update.chatId);
  const from = isPrivate ? (out ? reader.self : peer) : userId(update.fromId);
  return {
    ...plain,
    id: update.id,
    peer,
    from,
    fromName: from === null ? null : (reader.names.get(from) ?? null),
    out,
    sentAt: update.date * 1000,
    text: update.message,
    entities: mapEntities(update.message, update.entities),
    ...mapReply(update.replyTo),
    forward: mapForward(update.fwdFrom, reader),
  };
}

/** A post of a channel is from nobody; in a private chat only the direction says from whom it is. */
function senderOf(
  { fromId, peerId, out }: Api.Message | Api.MessageService,
  { self }: Reader,
): PeerId | null {
  if (!isAbsent(fromId)) return toPeerId(fromId);
  if (!(peerId instanceof Api.PeerUser)) return null;
  return out === true ? self : toPeerId(peerId);
}

/** In a forum the root of the topic stands where the answered message does, unless a message is answered. */
function mapReply(header: Api.TypeMessageReplyHeader | undefined): {
  readonly replyTo: number | null;
  readonly topicId: number | null;
} {
  if (!(header instanceof Api.MessageReplyHeader)) return { replyTo: null, topicId: null };
  const { replyToMsgId, replyToPeerId, replyToTopId, forumTopic } = header;
  const inTopic = forumTopic === true;
  const topicId = inTopic ? (replyToTopId ?? replyToMsgId ?? null) : null;
  const answersRoot = inTopic && isAbsent(replyToTopId);
  const isElsewhere = !isAbsent(replyToPeerId);
  return { replyTo: isElsewhere || answersRoot ? null : (replyToMsgId ?? null), topicId };
}

function mapForward(
  header: Api.TypeMessageFwdHeader | undefined,
  { names }: Reader,
): RemoteMessage['forward'] {
  if (isAbsent(header)) return null;
  const { fromId, fromName, postAuthor, date } = header;
  const from = isAbsent(fromId) ? null : toPeerId(fromId);
  const title = from === null ? undefined : names.get(from);
  return { name: title || (fromName ?? postAuthor ?? ''), from, sentAt: date * 1000 };
}

/** Drawn ones have no character and are left out. */
export function mapReactions(reactions: Api.TypeMessageReactions | undefined): readonly Reaction[] {
  return (reactions?.results ?? []).flatMap(({ reaction, count, chosenOrder }): Reaction[] => {
    const emoji = reaction instanceof Api.ReactionEmoji ? reaction.emoticon : paidEmoji(reaction);
    return emoji === undefined ? [] : [{ emoji, count, mine: !isAbsent(chosenOrder) }];
  });
}

function paidEmoji(reaction: Api.TypeReaction): string | undefined {
  return reaction instanceof Api.ReactionPaid ? '⭐' : undefined;
}
