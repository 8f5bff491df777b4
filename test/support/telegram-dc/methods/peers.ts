import type { Api } from 'telegram/tl/index.js';
import { RpcError, type Context } from '../rpc.ts';
import type { Big } from '../tl.ts';
import { userKey, type ChatKey, type Dialog, type Group, type Person } from '../world/model.ts';

/** The structural truth of every way a client names a peer; the library types them as anything that resolves. */
type NamedPeer = {
  readonly className: string;
  readonly userId?: Big;
  readonly chatId?: Big;
  readonly channelId?: Big;
  readonly accessHash?: Big;
};

/** The chat a request names. An access hash that is not the right one is refused, as everywhere. */
export function toChatKey(context: Context, peer: Api.TypeEntityLike): ChatKey {
  const named = peer as unknown as NamedPeer;
  const { className, userId, chatId, channelId } = named;
  if (className === 'InputPeerSelf' || className === 'InputUserSelf')
    return userKey(context.account.person.id);
  if (userId !== undefined) {
    const person = context.world.people.get(Number(userId));
    if (person === undefined || !fits(person, named)) throw new RpcError(400, 'PEER_ID_INVALID');
    return userKey(person.id);
  }
  if (channelId !== undefined) {
    const group = context.world.groups.get(`channel:${Number(channelId)}`);
    if (group === undefined || !fits(group, named)) throw new RpcError(400, 'CHANNEL_INVALID');
    if (!group.members.has(context.account.person.id)) throw new RpcError(400, 'CHANNEL_PRIVATE');
    return group.key;
  }
  const group = chatId === undefined ? undefined : context.world.groups.get(`chat:${Number(chatId)}`);
  if (group === undefined) throw new RpcError(400, 'PEER_ID_INVALID');
  return group.key;
}

export function toPerson(context: Context, user: Api.TypeEntityLike): Person {
  const key = toChatKey(context, user);
  const person = context.world.people.get(Number(key.slice('user:'.length)));
  if (person === undefined) throw new RpcError(400, 'USER_ID_INVALID');
  return person;
}

/** The chat with its dialog, which comes into being when it is first used. */
export function openDialog(context: Context, peer: Api.TypeEntityLike): Dialog {
  return context.world.dialogOf(context.account, toChatKey(context, peer));
}

function fits({ accessHash }: Person | Group, named: NamedPeer): boolean {
  return named.accessHash?.toString() === accessHash.toString();
}
