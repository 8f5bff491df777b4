import { Api } from 'telegram/tl/index.js';
import { big, type TlObject } from '../tl.ts';
import type { BoxEvent } from './box.ts';
import {
  idOf,
  isChannelKey,
  isUserKey,
  userKey,
  type Account,
  type ChatKey,
  type Draft,
  type Message,
} from './model.ts';
import { namedIn, renderEvent, renderUpdates } from './render.ts';
import type { World } from './world.ts';

export type PostOptions = {
  /** False: the update is lost on its way and only the difference has it. Default true. */
  readonly push?: boolean;
  /** False: a full update even where a short one is possible. Default true. */
  readonly short?: boolean;
  /** The session that sent it and has it as an answer. */
  readonly except?: bigint;
};

export type Posted = { readonly message: Message; readonly event: BoxEvent };

/** A new message in the log of this account, or of the channel and so for everybody who reads it. */
export function post(world: World, account: Account, draft: Draft, options: PostOptions = {}): Posted {
  const { push = true, short = true, except } = options;
  const box = world.boxOf(account, draft.chat);
  const message = box.add(draft);
  const event = box.log({ kind: 'new', id: message.id });
  for (const reader of readersOf(world, account, draft.chat)) {
    countUnread(world, reader, message);
    if (!push) continue;
    const updates =
      (short && shortUpdate(reader, message, event)) || fullUpdate(world, reader, message, event);
    world.push(reader, updates, except);
  }
  return { message, event };
}

/** Tells an event to everybody who reads that chat. */
export function announce(
  world: World,
  account: Account,
  chat: ChatKey,
  event: BoxEvent,
  options: PostOptions = {},
) {
  if (options.push === false) return;
  for (const reader of readersOf(world, account, chat)) {
    const update = renderEvent(world, reader, chat, event);
    if (update !== undefined) {
      world.push(reader, renderUpdates(world, reader, [update], [chat]), options.except);
    }
  }
}

/**
 * What somebody sends is received by the accounts on the other side too; in a channel it is one and the same
 * message, elsewhere each side has its own with its own id.
 */
export function send(world: World, account: Account, draft: Draft, except?: bigint): Posted {
  const posted = post(world, account, draft, { short: false, except });
  const { chat } = draft;
  const dialog = world.dialogOf(account, chat);
  dialog.readInboxMaxId = Math.max(dialog.readInboxMaxId, posted.message.id);
  dialog.unread = 0;
  if (isChannelKey(chat)) return posted;
  const { replyTo: _own, randomId: _secret, ...copy } = draft;
  if (isUserKey(chat)) {
    const other = world.accounts.get(idOf(chat));
    if (other !== undefined && other !== account) {
      post(world, other, { ...copy, chat: userKey(account.person.id) });
    }
    return posted;
  }
  for (const other of world.readers(chat)) if (other !== account) post(world, other, copy);
  return posted;
}

function readersOf(world: World, account: Account, chat: ChatKey): readonly Account[] {
  return isChannelKey(chat) ? world.readers(chat) : [account];
}

function countUnread(world: World, reader: Account, { chat, from }: Message) {
  const dialog = world.dialogOf(reader, chat);
  if (from !== userKey(reader.person.id)) dialog.unread += 1;
}

function fullUpdate(world: World, reader: Account, message: Message, event: BoxEvent): TlObject {
  const update = renderEvent(world, reader, message.chat, event);
  if (update === undefined) throw new Error('a message vanished while it was posted');
  return renderUpdates(world, reader, [update], namedIn([message]));
}

/** The form that names nobody: the client has to know the sender already. */
function shortUpdate(reader: Account, message: Message, { pts, count }: BoxEvent): TlObject | undefined {
  const { chat, from, media, replyTo, forward, groupedId, entities, id, text, date } = message;
  const isPlain =
    media === undefined && replyTo === undefined && forward === undefined && groupedId === undefined;
  if (!isUserKey(chat) || !isPlain) return undefined;
  return new Api.UpdateShortMessage({
    out: from === userKey(reader.person.id) || undefined,
    id,
    userId: big(idOf(chat)),
    message: text,
    entities: entities && [...entities],
    pts,
    ptsCount: count,
    date,
  });
}
