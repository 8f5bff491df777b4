import { isChannelKey, isUserKey, userKey, type ChatKey, type Draft } from './model.ts';
import { toEntity, toGroupedId, toMedia, type MessageSeed, type WorldSeed } from './seed.ts';
import type { World } from './world.ts';

/** May be called several times; later seeds may name what earlier ones made. */
export function fillWorld(world: World, seed: WorldSeed) {
  for (const person of seed.people ?? []) world.addPerson(person);
  for (const account of seed.accounts ?? []) world.addAccount(account);
  for (const group of seed.groups ?? []) world.addGroup('chat', group);
  for (const channel of seed.channels ?? []) world.addGroup('channel', channel);
  for (const { account, ...folder } of seed.folders ?? []) world.account(account).folders.push(folder);
  for (const { account: id, chat, messages = [], ...state } of seed.dialogs ?? []) {
    const account = world.account(id);
    const box = world.boxOf(account, chat);
    const added = messages.map((message) => box.add(toDraft(world, chat, message)));
    const { pinned = false, mutedUntil = 0, unread = 0 } = state;
    const lastRead = added.at(-1 - unread)?.id ?? 0;
    Object.assign(world.dialogOf(account, chat), { pinned, mutedUntil, unread, readInboxMaxId: lastRead });
  }
}

export function toDraft(world: World, chat: ChatKey, seed: MessageSeed): Draft {
  const { from, text = '', entities, media, replyTo, forward, groupedId, date } = seed;
  const nowSeconds = world.clock.seconds();
  return {
    chat,
    from: from === undefined ? usualSender(world, chat) : userKey(from),
    date: date ?? nowSeconds,
    text,
    entities: entities?.map(toEntity),
    media: media && toMedia(world, media),
    replyTo,
    forward: forward && { from: undefined, name: undefined, post: undefined, date: nowSeconds, ...forward },
    groupedId: toGroupedId(groupedId),
  };
}

function usualSender(world: World, chat: ChatKey): ChatKey {
  if (isUserKey(chat)) return chat;
  if (isChannelKey(chat) && world.groups.get(chat)?.broadcast === true) return chat;
  throw new Error(`a message in ${chat} needs a sender`);
}
