import { Api } from 'telegram/tl/index.js';
import { method, RpcError, type Context } from '../rpc.ts';
import { isChannelKey, userKey, type ChatKey, type Message } from '../world/model.ts';
import { edit, react, remove } from '../world/change.ts';
import { namedIn, renderEvent, renderUpdates } from '../world/render.ts';
import { toChatKey } from './peers.ts';

export const changingMethods = [
  method(Api.messages.EditMessage, (context, { peer, id, message: text, entities }) => {
    const { world, account, session } = context;
    const chat = toChatKey(context, peer);
    const stored = requireMessage(context, chat, id);
    if (stored.from !== userKey(account.person.id)) throw new RpcError(403, 'MESSAGE_AUTHOR_REQUIRED');
    if (!text || text === stored.text) throw new RpcError(400, 'MESSAGE_NOT_MODIFIED');
    const event = edit(world, account, { chat, id, text, entities: entities ?? [] }, { except: session.id });
    const update = renderEvent(world, account, chat, event);
    return renderUpdates(world, account, update === undefined ? [] : [update], namedIn([stored]));
  }),
  method(Api.messages.DeleteMessages, ({ world, account, session }, { id }) => {
    const chats = id.flatMap((each) => account.box.find(each)?.chat ?? []);
    const [chat] = chats;
    if (chat === undefined) return new Api.messages.AffectedMessages({ pts: account.box.pts, ptsCount: 0 });
    const { pts, count } = remove(world, account, { chat, ids: id }, { except: session.id });
    return new Api.messages.AffectedMessages({ pts, ptsCount: count });
  }),
  method(Api.channels.DeleteMessages, (context, { channel, id }) => {
    const { world, account, session } = context;
    const chat = toChatKey(context, channel);
    const { pts, count } = remove(world, account, { chat, ids: id }, { except: session.id });
    return new Api.messages.AffectedMessages({ pts, ptsCount: count });
  }),
  method(Api.messages.SetTyping, (context, { peer }) => {
    toChatKey(context, peer);
    return true;
  }),
  method(Api.messages.SendReaction, (context, { peer, msgId, reaction }) => {
    const { world, account, session } = context;
    const chat = toChatKey(context, peer);
    const id = Number(msgId);
    const message = requireMessage(context, chat, id);
    const [first] = reaction ?? [];
    if (first !== undefined && !(first instanceof Api.ReactionEmoji))
      throw new RpcError(400, 'REACTION_INVALID');
    const by = account.person.id;
    const update = react(world, account, { chat, id, by, emoji: first?.emoticon }, { except: session.id });
    return renderUpdates(world, account, [update], namedIn([message]));
  }),
];

function requireMessage({ world, account }: Context, chat: ChatKey, id: number): Message {
  const message = world.boxOf(account, chat).find(id);
  const isThere = message !== undefined && (isChannelKey(chat) || message.chat === chat);
  if (!isThere) throw new RpcError(400, 'MESSAGE_ID_INVALID');
  return message;
}
