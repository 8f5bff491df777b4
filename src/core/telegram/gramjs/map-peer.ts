import { Api } from 'telegram/tl/index.js';
import type { PeerId } from '../../platform/chat-types.ts';
import type { Peer } from '../telegram-port.ts';
import { isAbsent } from './absent.ts';
import { channelId, groupId, serviceUser, userId } from './peer-ids.ts';

export type Entity = Api.TypeUser | Api.TypeChat;

/** One row for each, the fuller one where somebody is named twice. */
export function mapPeers(entities: Iterable<Entity>): readonly Peer[] {
  const peers = new Map<PeerId, Peer>();
  for (const entity of entities) {
    const peer = mapPeer(entity);
    if (peer === undefined) continue;
    const known = peers.get(peer.id);
    if (known === undefined || known.isMin) peers.set(peer.id, peer);
  }
  return [...peers.values()];
}

export function mapPeer(entity: Entity): Peer | undefined {
  if (entity instanceof Api.User) return mapUser(entity);
  if (entity instanceof Api.UserEmpty) return { ...unknown, id: userId(entity.id), kind: 'user' };
  if (entity instanceof Api.Chat) return mapGroup(entity);
  if (entity instanceof Api.ChatEmpty) return { ...unknown, id: groupId(entity.id), kind: 'group' };
  if (entity instanceof Api.ChatForbidden) {
    return { ...unknown, id: groupId(entity.id), kind: 'group', title: entity.title, isMin: false };
  }
  if (entity instanceof Api.Channel) return mapChannel(entity);
  if (entity instanceof Api.ChannelForbidden) {
    const kind = entity.broadcast === true ? 'channel' : 'supergroup';
    const accessHash = entity.accessHash.toString();
    return { ...unknown, id: channelId(entity.id), accessHash, kind, title: entity.title, isMin: false };
  }
  return undefined;
}

const unknown = {
  accessHash: null,
  title: '',
  username: null,
  phone: null,
  isSelf: false,
  isContact: false,
  isService: false,
  canSend: false,
  isMin: true,
} as const;

function mapUser(user: Api.User): Peer {
  const id = userId(user.id);
  const isSelf = user.self === true;
  const username = nameOf(user);
  const phone = phoneOf(user);
  const isService = id === serviceUser;
  return {
    id,
    accessHash: user.accessHash?.toString() ?? null,
    kind: user.bot === true ? 'bot' : 'user',
    title: [user.firstName, user.lastName].filter(Boolean).join(' ') || (username ?? ''),
    username,
    phone: isSelf ? null : phone,
    isSelf,
    isContact: user.contact === true,
    isService,
    canSend: user.deleted !== true && !isService,
    isMin: user.min === true,
  };
}

function mapGroup(group: Api.Chat): Peer {
  const { left, deactivated, migratedTo, creator, adminRights, defaultBannedRights } = group;
  const isGone = left === true || deactivated === true || !isAbsent(migratedTo);
  const isAdmin = creator === true || !isAbsent(adminRights);
  return {
    ...unknown,
    id: groupId(group.id),
    kind: 'group',
    title: group.title,
    canSend: !isGone && (isAdmin || defaultBannedRights?.sendMessages !== true),
    isMin: false,
  };
}

function mapChannel(channel: Api.Channel): Peer {
  const isBroadcast = channel.broadcast === true;
  return {
    ...unknown,
    id: channelId(channel.id),
    accessHash: channel.accessHash?.toString() ?? null,
    kind: isBroadcast ? 'channel' : 'supergroup',
    title: channel.title,
    username: nameOf(channel),
    canSend: isBroadcast ? canPost(channel) : canWrite(channel),
    isMin: channel.min === true,
  };
}

function canPost({ creator, adminRights, left }: Api.Channel): boolean {
  return left !== true && (creator === true || adminRights?.postMessages === true);
}

function canWrite({ creator, adminRights, left, bannedRights, defaultBannedRights }: Api.Channel): boolean {
  if (left === true) return false;
  if (creator === true || !isAbsent(adminRights)) return true;
  return bannedRights?.sendMessages !== true && defaultBannedRights?.sendMessages !== true;
}

function nameOf({ username, usernames }: Api.User | Api.Channel): string | null {
  return username ?? usernames?.find(({ active }) => active === true)?.username ?? null;
}

/** With the plus that Telegram leaves out. */
export function phoneOf({ phone }: Api.User): string | null {
  if (isAbsent(phone) || phone === '') return null;
  return phone.startsWith('+') ? phone : `+${phone}`;
}
