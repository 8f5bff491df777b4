import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import type { PeerId, PeerKind } from '../../platform/chat-types.ts';
import { telegramError } from '../telegram-error.ts';
import type {
  DialogPage,
  DialogRow,
  Folder,
  Peer,
  RemoteMessage,
  TelegramConnection,
} from '../telegram-port.ts';
import type { Invoke } from './calls.ts';
import { mapMessages, readerOf } from './map-message.ts';
import { mapPeers } from './map-peer.ts';
import { mutedUntil } from './map-update.ts';
import { fromInputPeer, toInputPeer, toPeerId } from './peer-ids.ts';

type Calls = Pick<TelegramConnection, 'dialogs' | 'folders'>;

/** Telegram cuts longer pages short without a word. */
const longestPage = 100;

export function createDialogCalls(invoke: Invoke, self: () => PeerId | null): Calls {
  const quietly = { priority: 'background', repeatable: true } as const;
  return {
    async dialogs({ after, limit: wanted }): Promise<DialogPage> {
      const limit = Math.min(wanted, longestPage);
      const request = new Api.messages.GetDialogs({ ...offsetOf(after), limit, hash: bigInt.zero });
      const found = await invoke(request, quietly);
      if (found instanceof Api.messages.DialogsNotModified) throw telegramError('unexpected-answer');
      const peers = mapPeers([...found.users, ...found.chats]);
      const messages = mapMessages(found.messages, readerOf(self(), peers));
      const rows = found.dialogs.flatMap((dialog) => toRow(dialog, peers, messages) ?? []);
      const isSlice = found instanceof Api.messages.DialogsSlice;
      return { rows, peers, more: isSlice && found.dialogs.length >= limit };
    },
    async folders() {
      const { filters } = await invoke(new Api.messages.GetDialogFilters(), quietly);
      return filters.flatMap((filter) => toFolder(filter, self()) ?? []);
    },
  };
}

/**
 * The list goes on from a message's date, but pinned chats stand first whatever their date: after one of them the list
 * begins with the first that is not pinned.
 */
function offsetOf(after: DialogRow | null) {
  const start = { offsetDate: 0, offsetId: 0, offsetPeer: new Api.InputPeerEmpty() };
  if (after === null) return start;
  if (after.pinned || after.top === null) return { ...start, excludePinned: true };
  return {
    offsetDate: Math.floor(after.top.sentAt / 1000),
    offsetId: after.top.id,
    offsetPeer: toInputPeer(after.peer),
    excludePinned: true,
  };
}

function toRow(
  dialog: Api.TypeDialog,
  peers: readonly Peer[],
  messages: readonly RemoteMessage[],
): DialogRow | undefined {
  if (!(dialog instanceof Api.Dialog)) return undefined;
  const id = toPeerId(dialog.peer);
  const peer = peers.find((each) => each.id === id);
  if (peer === undefined) return undefined;
  return {
    peer,
    pinned: dialog.pinned === true,
    archived: dialog.folderId === 1,
    unread: dialog.unreadCount,
    readInboxMax: dialog.readInboxMaxId,
    readOutboxMax: dialog.readOutboxMaxId,
    mutedUntil: mutedUntil(dialog.notifySettings),
    pts: dialog.pts ?? null,
    top: messages.find((each) => each.peer === id && each.id === dialog.topMessage) ?? null,
  };
}

function toFolder(filter: Api.TypeDialogFilter, self: PeerId | null): Folder | undefined {
  if (filter instanceof Api.DialogFilterDefault) return undefined;
  const idsOf = (peers: readonly Api.TypeInputPeer[]) =>
    peers.flatMap((peer) => fromInputPeer(peer, self) ?? []);
  return {
    id: filter.id,
    title: filter.title.text,
    include: idsOf([...filter.pinnedPeers, ...filter.includePeers]),
    exclude: filter instanceof Api.DialogFilter ? idsOf(filter.excludePeers) : [],
    kinds: filter instanceof Api.DialogFilter ? kindsOf(filter) : [],
  };
}

function kindsOf({ contacts, nonContacts, groups, broadcasts, bots }: Api.DialogFilter): readonly PeerKind[] {
  const kinds: PeerKind[] = [];
  if (contacts === true || nonContacts === true) kinds.push('user');
  if (groups === true) kinds.push('group', 'supergroup');
  if (broadcasts === true) kinds.push('channel');
  if (bots === true) kinds.push('bot');
  return kinds;
}
