import type { PeerRecord } from '../db/telegram-store.ts';
import type { PeerId, PeerKind } from '../platform/chat-types.ts';
import type { Peer, PeerAddress } from './telegram-port.ts';
import type { WriterParts } from './writer-parts.ts';

type Parts = Pick<WriterParts, 'accountId' | 'telegram'>;

/** Returns the row when anything about it is new: most pushes name people who are known. */
export function writePeer({ accountId, telegram }: Parts, peer: Peer): PeerRecord | undefined {
  const known = telegram.peer(accountId, peer.id);
  if (known && isSame(known, peer)) return undefined;
  telegram.savePeer(accountId, peer);
  return telegram.peer(accountId, peer.id);
}

/** Of somebody seen in passing only the name is news. */
function isSame(known: PeerRecord, peer: Peer): boolean {
  if (peer.isMin) return known.title === peer.title;
  const { accessHash, phone, ...told } = known;
  const hasSameHash = peer.accessHash === null || peer.accessHash === accessHash;
  const hasSamePhone = phone === peer.phone || known.isSelf;
  return (
    hasSameHash &&
    hasSamePhone &&
    (Object.keys(told) as (keyof typeof told)[]).every((key) => told[key] === peer[key])
  );
}

/** Groups need no access hash; anybody else without one cannot be addressed. */
export function addressOf({ accountId, telegram }: Parts, peer: PeerId): PeerAddress | undefined {
  const known = telegram.peer(accountId, peer);
  if (!known || (known.accessHash === null && known.kind !== 'group')) return undefined;
  return { id: peer, accessHash: known.accessHash };
}

/** Of somebody only the id of whom is known. */
export function kindOfId(peer: PeerId): PeerKind {
  if (peer.startsWith('g')) return 'group';
  return peer.startsWith('c') ? 'supergroup' : 'user';
}
