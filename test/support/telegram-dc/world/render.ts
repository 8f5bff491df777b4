import { Api } from 'telegram/tl/index.js';
import { big } from '../tl.ts';
import type { BoxEvent } from './box.ts';
import {
  idOf,
  isChannelKey,
  isUserKey,
  type Account,
  type ChatKey,
  type Group,
  type Message,
  type Person,
} from './model.ts';
import { renderMedia } from './render-media.ts';
import type { World } from './world.ts';

const foundedAt = 1_700_000_000;

export type Entities = { readonly users: Api.TypeUser[]; readonly chats: Api.TypeChat[] };

export function toPeer(chat: ChatKey): Api.TypePeer {
  const id = big(idOf(chat));
  if (isUserKey(chat)) return new Api.PeerUser({ userId: id });
  return isChannelKey(chat) ? new Api.PeerChannel({ channelId: id }) : new Api.PeerChat({ chatId: id });
}

export function renderPerson(person: Person, viewer: Account): Api.User {
  return new Api.User({
    self: person.id === viewer.person.id || undefined,
    contact: person.contact || undefined,
    id: big(person.id),
    accessHash: big(person.accessHash),
    firstName: person.firstName,
    lastName: person.lastName,
    username: person.username,
    phone: person.id === viewer.person.id ? viewer.phone : person.phone,
    bot: person.bot || undefined,
    botInfoVersion: person.bot ? 1 : undefined,
    status: new Api.UserStatusRecently({}),
  });
}

export function renderGroup(group: Group): Api.Chat | Api.Channel {
  const common = { id: big(group.id), title: group.title, photo: new Api.ChatPhotoEmpty(), date: foundedAt };
  const participantsCount = group.members.size;
  if (!isChannelKey(group.key)) return new Api.Chat({ ...common, participantsCount, version: 1 });
  return new Api.Channel({
    ...common,
    accessHash: big(group.accessHash),
    username: group.username,
    broadcast: group.broadcast || undefined,
    megagroup: !group.broadcast || undefined,
    participantsCount,
  });
}

/** Everybody that is named, once, and always the reader. */
export function renderEntities(
  world: World,
  viewer: Account,
  named: readonly (ChatKey | undefined)[],
): Entities {
  const users: Api.TypeUser[] = [];
  const chats: Api.TypeChat[] = [];
  for (const key of new Set([`user:${viewer.person.id}` as const, ...named])) {
    if (key === undefined) continue;
    const person = isUserKey(key) ? world.people.get(idOf(key)) : undefined;
    const group = world.groups.get(key);
    if (person !== undefined) users.push(renderPerson(person, viewer));
    if (group !== undefined) chats.push(renderGroup(group));
  }
  return { users, chats };
}

export function namedIn(messages: readonly Message[]): readonly (ChatKey | undefined)[] {
  return messages.flatMap(({ chat, from, forward }) => [chat, from, forward?.from]);
}

export function renderMessage(world: World, viewer: Account, message: Message): Api.Message {
  const { chat, from, media, replyTo, forward, groupedId } = message;
  const out = idOf(from) === viewer.person.id && isUserKey(from);
  const isPost = isChannelKey(from);
  return new Api.Message({
    id: message.id,
    out: out || undefined,
    post: isPost || undefined,
    silent: message.silent,
    peerId: toPeer(chat),
    fromId: isPost || (isUserKey(chat) && !out) ? undefined : toPeer(from),
    date: message.date,
    message: message.text,
    entities: message.entities,
    media: media && renderMedia(world, media),
    replyTo: replyTo === undefined ? undefined : new Api.MessageReplyHeader({ replyToMsgId: replyTo }),
    fwdFrom: forward && renderForward(forward),
    groupedId: groupedId === undefined ? undefined : big(groupedId),
    editDate: message.editedAt,
    reactions: message.reactions.size === 0 ? undefined : renderReactions(message),
    // One flag stands for both numbers.
    ...(isPost ? { views: 1, forwards: 0 } : {}),
  });
}

export function renderReactions({ reactions }: Message): Api.MessageReactions {
  const counts = Map.groupBy(reactions.values(), (emoji) => emoji);
  return new Api.MessageReactions({
    canSeeList: true,
    results: [...counts].map(
      ([emoticon, all]) =>
        new Api.ReactionCount({ reaction: new Api.ReactionEmoji({ emoticon }), count: all.length }),
    ),
  });
}

/** What happened, as this reader is told; nothing when the message is gone in the meantime. */
export function renderEvent(
  world: World,
  viewer: Account,
  chat: ChatKey | undefined,
  { pts, count: ptsCount, change }: BoxEvent,
): Api.TypeUpdate | undefined {
  const inChannel = chat !== undefined && isChannelKey(chat);
  const channelId = big(inChannel ? idOf(chat) : 0);
  if (change.kind === 'removed') {
    const messages = [...change.ids];
    return inChannel
      ? new Api.UpdateDeleteChannelMessages({ channelId, messages, pts, ptsCount })
      : new Api.UpdateDeleteMessages({ messages, pts, ptsCount });
  }
  if (change.kind === 'read inbox') {
    const { maxId, unread: stillUnreadCount } = change;
    return inChannel
      ? new Api.UpdateReadChannelInbox({ channelId, maxId, stillUnreadCount, pts })
      : new Api.UpdateReadHistoryInbox({ peer: toPeer(change.chat), maxId, stillUnreadCount, pts, ptsCount });
  }
  if (change.kind === 'read outbox') {
    return new Api.UpdateReadHistoryOutbox({ peer: toPeer(change.chat), maxId: change.maxId, pts, ptsCount });
  }
  const stored = (inChannel ? world.channels.get(chat)?.box : viewer.box)?.find(change.id);
  if (stored === undefined) return undefined;
  const message = renderMessage(world, viewer, stored);
  if (change.kind === 'edited') {
    return inChannel
      ? new Api.UpdateEditChannelMessage({ message, pts, ptsCount })
      : new Api.UpdateEditMessage({ message, pts, ptsCount });
  }
  return inChannel
    ? new Api.UpdateNewChannelMessage({ message, pts, ptsCount })
    : new Api.UpdateNewMessage({ message, pts, ptsCount });
}

export function renderUpdates(
  world: World,
  viewer: Account,
  updates: readonly Api.TypeUpdate[],
  named: readonly (ChatKey | undefined)[],
): Api.Updates {
  const date = world.clock.seconds();
  return new Api.Updates({ updates: [...updates], ...renderEntities(world, viewer, named), date, seq: 0 });
}

function renderForward({ from, name, date, post }: NonNullable<Message['forward']>): Api.MessageFwdHeader {
  return new Api.MessageFwdHeader({
    fromId: from === undefined ? undefined : toPeer(from),
    fromName: name,
    date,
    channelPost: post,
  });
}
