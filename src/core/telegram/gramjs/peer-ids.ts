import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import type { PeerId } from '../../platform/chat-types.ts';
import { telegramError } from '../telegram-error.ts';
import type { PeerAddress } from '../telegram-port.ts';

export const serviceUser: PeerId = 'u777000';

export function userId(id: { toString(): string }): PeerId {
  return `u${id.toString()}`;
}

export function groupId(id: { toString(): string }): PeerId {
  return `g${id.toString()}`;
}

export function channelId(id: { toString(): string }): PeerId {
  return `c${id.toString()}`;
}

export function toPeerId(peer: Api.TypePeer): PeerId {
  if (peer instanceof Api.PeerUser) return userId(peer.userId);
  if (peer instanceof Api.PeerChat) return groupId(peer.chatId);
  return channelId(peer.channelId);
}

/** Of a chat as a folder or a dialog list names it; undefined for what is no chat. */
export function fromInputPeer(peer: Api.TypeInputPeer, self: PeerId | null): PeerId | undefined {
  if (peer instanceof Api.InputPeerSelf) return self ?? undefined;
  if (peer instanceof Api.InputPeerUser || peer instanceof Api.InputPeerUserFromMessage)
    return userId(peer.userId);
  if (peer instanceof Api.InputPeerChat) return groupId(peer.chatId);
  if (peer instanceof Api.InputPeerChannel || peer instanceof Api.InputPeerChannelFromMessage) {
    return channelId(peer.channelId);
  }
  return undefined;
}

export function isChannel(peer: PeerId): boolean {
  return peer.startsWith('c');
}

/** Throws `peer-unknown` for an address that opens nothing. */
export function toInputPeer({ id, accessHash }: PeerAddress): Api.TypeInputPeer {
  const number = bigInt(/^[ugc](\d+)$/.exec(id)?.[1] ?? '0');
  if (number.isZero()) throw telegramError('peer-unknown');
  if (id.startsWith('g')) return new Api.InputPeerChat({ chatId: number });
  if (accessHash === null) throw telegramError('peer-unknown');
  return isChannel(id)
    ? new Api.InputPeerChannel({ channelId: number, accessHash: bigInt(accessHash) })
    : new Api.InputPeerUser({ userId: number, accessHash: bigInt(accessHash) });
}

export function toInputChannel(address: PeerAddress): Api.InputChannel {
  const peer = toInputPeer(address);
  if (!(peer instanceof Api.InputPeerChannel)) throw telegramError('peer-unknown');
  return new Api.InputChannel({ channelId: peer.channelId, accessHash: peer.accessHash });
}
