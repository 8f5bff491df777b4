import type { PeerId } from '../../platform/chat-types.ts';
import type { Peer, SignedOutReason } from '../telegram-port.ts';
import { boxOf } from './twin-state.ts';
import type {
  Delivery,
  LogEntry,
  TwinAccount,
  TwinBox,
  TwinLink,
  TwinState,
  TwinUpdate,
} from './twin-types.ts';
import { entryView, peersOf, updateView } from './twin-views.ts';

/** Gives an update its place in a log. */
export function record(box: TwinBox, update: TwinUpdate, count = 1): LogEntry {
  box.pts += count;
  const entry = { pts: box.pts, count, update };
  box.log.push(entry);
  return entry;
}

/** Tells an account's connections what its log, or a channel's, has just recorded. */
export function push(
  state: TwinState,
  account: TwinAccount,
  told: { readonly entry: LogEntry; readonly channel: PeerId | null },
  delivery: Delivery = {},
): void {
  const { entry, channel } = told;
  const { update } = entry;
  const peers = 'message' in update ? peersOf(state, account, [update.message], delivery) : [];
  send(state, account, { updates: [entryView(state, account, entry, channel)], peers }, delivery);
}

/** Tells what has no place in any log. */
export function pushLoose(
  state: TwinState,
  account: TwinAccount,
  update: TwinUpdate,
  told: Delivery & { readonly channel?: PeerId | null; readonly peers?: readonly Peer[] } = {},
): void {
  const { channel = null, peers = [] } = told;
  const positioned = { update: updateView(state, account, update), pts: null, count: 0, channel };
  send(state, account, { updates: [positioned], peers }, told);
}

/** As `record` and `push` for whichever log holds the peer; a channel's members all hear of it. */
export function recordFor(
  state: TwinState,
  account: TwinAccount,
  peer: PeerId,
  told: { readonly update: TwinUpdate; readonly count?: number; readonly delivery?: Delivery },
): void {
  const { box, channel } = boxOf(state, account, peer);
  const entry = record(box, told.update, told.count);
  const listeners = channel === null ? [account] : membersOf(state, channel);
  for (const listener of listeners) push(state, listener, { entry, channel }, told.delivery);
}

export function membersOf(state: TwinState, chat: PeerId): readonly TwinAccount[] {
  const members = state.chats.get(chat)?.members ?? new Set();
  return [...members].flatMap((id) => state.accounts.get(id) ?? []);
}

function send(
  state: TwinState,
  account: TwinAccount,
  batch: Parameters<TwinLink['events']['onUpdates']>[0],
  { lost = false }: Delivery,
): void {
  if (lost) return;
  for (const link of state.links) {
    if (link.accountId === account.user.id) later(link, () => link.events.onUpdates(batch));
  }
}

/** Events come after the turn of whoever caused them, in order, and never to a connection that is gone meanwhile. */
export function later(link: TwinLink, tell: () => void): void {
  if (link.state !== 'ready') return;
  queueMicrotask(() => {
    if (link.state === 'ready') tell();
  });
}

/** Telegram ends sessions; open connections hear it once, the others when they come back. */
export function endSessions(state: TwinState, keys: Iterable<string>, reason: SignedOutReason): void {
  for (const key of keys) {
    state.ended.set(key, reason);
    state.sessions.delete(key);
    for (const link of state.links) {
      if (link.key === key && link.state === 'ready') dropLink(link, reason);
    }
  }
}

export function dropLink(link: TwinLink, reason: SignedOutReason): void {
  link.accountId = null;
  link.owesPassword = null;
  queueMicrotask(() => {
    if (link.state !== 'closed') link.events.onSignedOut(reason);
  });
}
