import type {
  DialogPage,
  DialogRow,
  HistoryPage,
  MessagePage,
  PeerAddress,
  TelegramConnection,
} from '../telegram-port.ts';
import { call, requireSignedIn, type CallParts } from './twin-call.ts';
import { pushLoose, recordFor } from './twin-delivery.ts';
import { requirePeer } from './twin-peers.ts';
import { sendMessages } from './twin-send.ts';
import { boxOf } from './twin-state.ts';
import type { TwinAccount, TwinDialog, TwinMessage, TwinState } from './twin-types.ts';
import { messagesOf, messageView, peersOf, peerView, unreadOf } from './twin-views.ts';

type ChatCalls = Pick<
  TelegramConnection,
  'dialogs' | 'folders' | 'history' | 'messages' | 'send' | 'markRead'
>;

const longestPage = 100;

export function chatCalls(parts: CallParts): ChatCalls {
  const { state } = parts;
  const account = () => requireSignedIn(parts);
  return {
    dialogs: (page) => call(parts, 'dialogs', () => dialogPage(state, account(), page)),
    folders: () => call(parts, 'folders', () => account().folders),
    history: (peer, page) => call(parts, 'history', () => historyPage(state, account(), peer, page)),
    messages: (peer, ids) =>
      call(parts, 'messages', () => {
        const all = messagesOf(state, account(), requirePeer(state, account(), peer));
        return pageOf(
          state,
          account(),
          all.filter(({ id }) => ids.includes(id)),
        );
      }),
    send: (message, hooks, signal) =>
      call(parts, 'send', () => sendMessages(state, account(), message, { hooks, signal })),
    markRead: (peer, maxId) =>
      call(parts, 'markRead', () => markRead(state, account(), requirePeer(state, account(), peer), maxId)),
  };
}

function dialogPage(
  state: TwinState,
  account: TwinAccount,
  { after, limit }: { readonly after: DialogRow | null; readonly limit: number },
): DialogPage {
  const all = [...account.dialogs.values()]
    .map((dialog) => ({ dialog, top: messagesOf(state, account, dialog.peer).at(-1) }))
    .toSorted((a, b) => b.dialog.pinned - a.dialog.pinned || (b.top?.sentAt ?? 0) - (a.top?.sentAt ?? 0));
  const start = after === null ? 0 : all.findIndex(({ dialog }) => dialog.peer === after.peer.id) + 1;
  const page = all.slice(start, start + limit);
  const tops = page.flatMap(({ top }) => top ?? []);
  return {
    rows: page.flatMap(({ dialog, top }) => dialogRow(state, account, dialog, top) ?? []),
    peers: peersOf(state, account, tops),
    more: start + page.length < all.length,
  };
}

function dialogRow(
  state: TwinState,
  account: TwinAccount,
  dialog: TwinDialog,
  top: TwinMessage | undefined,
): DialogRow | undefined {
  const peer = peerView(state, account, dialog.peer);
  if (!peer) return undefined;
  const { box, channel } = boxOf(state, account, dialog.peer);
  const { pinned, archived, mutedUntil, readInboxMax, readOutboxMax } = dialog;
  return {
    peer,
    pinned: pinned > 0,
    archived,
    mutedUntil,
    readInboxMax,
    readOutboxMax,
    unread: unreadOf(state, account, dialog),
    pts: channel === null ? null : box.pts,
    top: top === undefined ? null : messageView(state, account, top),
  };
}

function historyPage(
  state: TwinState,
  account: TwinAccount,
  peer: PeerAddress,
  { olderThan, newerThan, limit }: HistoryPage,
): MessagePage {
  const most = Math.min(limit, longestPage);
  const all = messagesOf(state, account, requirePeer(state, account, peer));
  if (newerThan !== undefined) {
    return pageOf(state, account, all.filter(({ id }) => id > newerThan).slice(0, most));
  }
  const older = olderThan === undefined ? all : all.filter(({ id }) => id < olderThan);
  return pageOf(state, account, older.slice(-most));
}

/** Newest first, as Telegram answers. */
function pageOf(state: TwinState, account: TwinAccount, messages: readonly TwinMessage[]): MessagePage {
  return {
    messages: messages.toReversed().map((message) => messageView(state, account, message)),
    peers: peersOf(state, account, messages),
  };
}

function markRead(state: TwinState, account: TwinAccount, peer: string, maxId: number): void {
  const dialog = account.dialogs.get(peer);
  if (!dialog || maxId <= dialog.readInboxMax) return;
  dialog.readInboxMax = maxId;
  const update = { kind: 'read-inbox', peer, maxId, unread: unreadOf(state, account, dialog) } as const;
  const { channel } = boxOf(state, account, peer);
  if (channel === null) recordFor(state, account, peer, { update });
  else pushLoose(state, account, update, { channel });
  const other = state.accounts.get(peer);
  if (other && other !== account) readAtOther(state, account, other);
}

/** Two accounts of this world talk to each other: the writer hears that it was read. */
function readAtOther(state: TwinState, account: TwinAccount, other: TwinAccount): void {
  const peer = account.user.id;
  const dialog = other.dialogs.get(peer);
  const last = messagesOf(state, other, peer).findLast(({ from }) => from === other.user.id);
  if (!dialog || !last || last.id <= dialog.readOutboxMax) return;
  dialog.readOutboxMax = last.id;
  recordFor(state, other, peer, { update: { kind: 'read-outbox', peer, maxId: last.id } });
}
