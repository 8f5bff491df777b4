import { Api } from 'telegram/tl/index.js';
import type { BoxEvent } from './box.ts';
import { isChannelKey, type Account, type ChatKey, type Message } from './model.ts';
import { announce, type PostOptions } from './post.ts';
import { renderReactions, renderUpdates, toPeer } from './render.ts';
import type { World } from './world.ts';

type Edit = {
  readonly chat: ChatKey;
  readonly id: number;
  readonly text: string;
  readonly entities?: readonly Api.TypeMessageEntity[];
};

export function edit(world: World, account: Account, change: Edit, options: PostOptions = {}): BoxEvent {
  const box = world.boxOf(account, change.chat);
  const { chat, id, text, entities = [] } = change;
  const message = requireMessage(world, account, chat, id);
  box.replace({ ...message, text, entities, editedAt: world.clock.seconds() });
  const event = box.log({ kind: 'edited', id });
  announce(world, account, chat, event, options);
  return event;
}

/** Ids that are not there are passed over; each that is costs a pts. */
export function remove(
  world: World,
  account: Account,
  { chat, ids }: { readonly chat: ChatKey; readonly ids: readonly number[] },
  options: PostOptions = {},
): BoxEvent {
  const box = world.boxOf(account, chat);
  const removed = box.remove(ids).map(({ id }) => id);
  if (removed.length === 0) return { pts: box.pts, count: 0, change: { kind: 'removed', ids: [] } };
  const event = box.log({ kind: 'removed', ids: removed }, removed.length);
  announce(world, account, chat, event, options);
  return event;
}

type Reaction = {
  readonly chat: ChatKey;
  readonly id: number;
  readonly by: number;
  /** Nothing takes the reaction back. */
  readonly emoji: string | undefined;
};

/** Reactions cost no pts: who misses the update finds them when the message is read again. */
export function react(
  world: World,
  account: Account,
  { chat, id, by, emoji }: Reaction,
  { push = true, except }: PostOptions = {},
): Api.UpdateMessageReactions {
  const message = requireMessage(world, account, chat, id);
  const reactions = new Map(message.reactions);
  if (emoji === undefined) reactions.delete(by);
  else reactions.set(by, emoji);
  const changed: Message = { ...message, reactions };
  world.boxOf(account, chat).replace(changed);
  const update = new Api.UpdateMessageReactions({
    peer: toPeer(chat),
    msgId: id,
    reactions: renderReactions(changed),
  });
  const readers = isChannelKey(chat) ? world.readers(chat) : [account];
  for (const reader of push ? readers : []) {
    world.push(reader, renderUpdates(world, reader, [update], [chat, `user:${by}`]), except);
  }
  return update;
}

function requireMessage(world: World, account: Account, chat: ChatKey, id: number): Message {
  const message = world.boxOf(account, chat).find(id);
  if (message?.chat !== chat) throw new Error(`no message ${id} in ${chat}`);
  return message;
}
