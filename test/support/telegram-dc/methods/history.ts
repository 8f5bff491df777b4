import { Api } from 'telegram/tl/index.js';
import { method, RpcError, type Context } from '../rpc.ts';
import type { TlResult } from '../tl.ts';
import type { Box } from '../world/box.ts';
import { isChannelKey, userKey, type ChatKey, type Message } from '../world/model.ts';
import { announce } from '../world/post.ts';
import { namedIn, renderEntities, renderMessage } from '../world/render.ts';
import { openDialog, toChatKey } from './peers.ts';

const largestPage = 100;

type Window = {
  readonly offsetId: number;
  readonly offsetDate?: number;
  readonly addOffset: number;
  readonly limit: number;
  readonly maxId: number;
  readonly minId: number;
};

export const historyMethods = [
  method(Api.messages.GetHistory, (context, request) => {
    const chat = toChatKey(context, request.peer);
    const all = context.world.boxOf(context.account, chat).in(chat);
    return answer(context, chat, windowOf(all, request), all.length);
  }),
  method(Api.messages.Search, (context, request) => {
    const { q, filter, fromId, minDate, maxDate, offsetId, addOffset, limit, maxId, minId } = request;
    const chat = toChatKey(context, request.peer);
    const from = fromId ? toChatKey(context, fromId) : undefined;
    const wanted = q.toLowerCase();
    const found = context.world
      .boxOf(context.account, chat)
      .in(chat)
      .filter(
        (message) =>
          message.text.toLowerCase().includes(wanted) &&
          (from === undefined || message.from === from) &&
          (!minDate || message.date > minDate) &&
          (!maxDate || message.date < maxDate) &&
          passes(context, filter, message),
      );
    return answer(context, chat, windowOf(found, { offsetId, addOffset, limit, maxId, minId }), found.length);
  }),
  method(Api.messages.GetMessages, (context, { id }) => {
    const { world, account } = context;
    const found = pick(account.box, id);
    const messages = found.map((each) => renderFound(context, each));
    const stored = found.filter((each) => typeof each !== 'number');
    return new Api.messages.Messages({ messages, ...renderEntities(world, account, namedIn(stored)) });
  }),
  method(Api.channels.GetMessages, (context, { channel, id }) => {
    const { world, account } = context;
    const chat = toChatKey(context, channel);
    const box = world.boxOf(account, chat);
    const found = pick(box, id);
    const stored = found.filter((each) => typeof each !== 'number');
    return new Api.messages.ChannelMessages({
      pts: box.pts,
      count: found.length,
      messages: found.map((each) => renderFound(context, each)),
      topics: [],
      ...renderEntities(world, account, [chat, ...namedIn(stored)]),
    });
  }),
  method(Api.messages.ReadHistory, (context, { peer, maxId }) => {
    const { account, session } = context;
    const dialog = openDialog(context, peer);
    if (isChannelKey(dialog.chat)) throw new RpcError(400, 'PEER_ID_INVALID');
    markRead(context, dialog.chat, maxId);
    const { chat, readInboxMaxId, unread } = dialog;
    const event = account.box.log({ kind: 'read inbox', chat, maxId: readInboxMaxId, unread });
    announce(context.world, account, chat, event, { except: session.id });
    return new Api.messages.AffectedMessages({ pts: event.pts, ptsCount: event.count });
  }),
  method(Api.channels.ReadHistory, (context, { channel, maxId }) => {
    markRead(context, toChatKey(context, channel), maxId);
    return true;
  }),
];

/**
 * The page a client asks for, newest first: it begins with the first message older than the offset, is moved by
 * `addOffset` (below zero: towards newer ones) and loses what lies beyond either end.
 */
function windowOf(rising: readonly Message[], window: Window): readonly Message[] {
  const { offsetId, offsetDate = 0, addOffset, limit, maxId, minId } = window;
  const falling = rising.toReversed();
  const isBehind = ({ id, date }: Message) => (offsetId ? id < offsetId : date < offsetDate);
  const first = offsetId || offsetDate ? falling.findIndex(isBehind) : 0;
  const start = (first < 0 ? falling.length : first) + addOffset;
  const end = start + Math.min(limit || largestPage, largestPage);
  return falling
    .slice(Math.max(0, start), Math.max(0, end))
    .filter(({ id }) => (!maxId || id < maxId) && (!minId || id > minId));
}

function markRead({ world, account }: Context, chat: ChatKey, maxId: number) {
  const dialog = world.dialogOf(account, chat);
  const messages = world.boxOf(account, chat).in(chat);
  const upTo = maxId || (messages.at(-1)?.id ?? 0);
  dialog.readInboxMaxId = Math.max(dialog.readInboxMaxId, upTo);
  const own = userKey(account.person.id);
  dialog.unread = messages.filter(({ id, from }) => id > dialog.readInboxMaxId && from !== own).length;
}

function answer(
  { world, account }: Context,
  chat: ChatKey,
  page: readonly Message[],
  count: number,
): TlResult {
  const messages = page.map((message) => renderMessage(world, account, message));
  const body = { messages, ...renderEntities(world, account, [chat, ...namedIn(page)]) };
  if (isChannelKey(chat)) {
    const { pts } = world.boxOf(account, chat);
    return new Api.messages.ChannelMessages({ pts, count, topics: [], ...body });
  }
  return page.length === count
    ? new Api.messages.Messages(body)
    : new Api.messages.MessagesSlice({ count, ...body });
}

function pick(box: Box, ids: readonly unknown[]): readonly (Message | number)[] {
  return ids.flatMap((each) => {
    const id = each instanceof Api.InputMessageID ? each.id : undefined;
    return id === undefined ? [] : [box.find(id) ?? id];
  });
}

function renderFound({ world, account }: Context, found: Message | number): Api.TypeMessage {
  return typeof found === 'number'
    ? new Api.MessageEmpty({ id: found })
    : renderMessage(world, account, found);
}

function passes({ world }: Context, filter: Api.TypeMessagesFilter, { media }: Message): boolean {
  if (filter instanceof Api.InputMessagesFilterEmpty) return true;
  if (filter instanceof Api.InputMessagesFilterGeo) return media?.kind === 'geo';
  if (filter instanceof Api.InputMessagesFilterContacts) return media?.kind === 'contact';
  if (media?.kind !== 'photo' && media?.kind !== 'document') return false;
  const { mimeType, kind } = world.files.get(media.file) ?? { mimeType: '', kind: undefined };
  if (filter instanceof Api.InputMessagesFilterPhotos) return kind === 'photo';
  if (filter instanceof Api.InputMessagesFilterDocument) return kind === 'document';
  if (filter instanceof Api.InputMessagesFilterVoice) return mimeType.startsWith('audio/');
  if (filter instanceof Api.InputMessagesFilterPhotoVideo) {
    return kind === 'photo' || mimeType.startsWith('video/');
  }
  throw new Error(`${filter.className} is not in the test DC`);
}
