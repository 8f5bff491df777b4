import { Api } from 'telegram/tl/index.js';
import { method, type Context } from '../rpc.ts';
import { big, type TlResult } from '../tl.ts';
import { idOf, isChannelKey, isUserKey, type ChatKey, type Dialog, type Message } from '../world/model.ts';
import { namedIn, renderEntities, renderMessage } from '../world/render.ts';
import { renderDialog, renderState } from '../world/render-dialog.ts';
import { toChatKey } from './peers.ts';

const defaultPage = 20;
const largestPage = 100;

type Listed = { readonly dialog: Dialog; readonly top: Message };

export const dialogMethods = [
  method(Api.messages.GetDialogs, (context, request) => {
    const { folderId, offsetDate, offsetId, limit, excludePinned = false } = request;
    const all = listed(context);
    // The archive is empty here.
    if (folderId === 1) return page(context, [], 0);
    const pinned = all.filter(({ dialog }) => dialog.pinned);
    const others = all.filter(({ dialog }) => !dialog.pinned);
    const isFirst = !offsetDate && !offsetId;
    const from = isFirst ? 0 : others.findIndex(({ top }) => isOlder(top, offsetDate, offsetId));
    const rest = from < 0 ? [] : others.slice(from);
    const candidates = isFirst && !excludePinned ? [...pinned, ...rest] : rest;
    return page(context, candidates.slice(0, Math.min(limit || defaultPage, largestPage)), all.length);
  }),
  method(Api.messages.GetPinnedDialogs, (context) =>
    peerDialogs(
      context,
      listed(context).filter(({ dialog }) => dialog.pinned),
    ),
  ),
  method(Api.messages.GetPeerDialogs, (context, { peers }) => {
    const chats = peers.flatMap((each) => {
      const peer: unknown = each;
      return peer instanceof Api.InputDialogPeer ? [toChatKey(context, peer.peer)] : [];
    });
    return peerDialogs(
      context,
      listed(context).filter(({ dialog }) => chats.includes(dialog.chat)),
    );
  }),
  method(Api.messages.GetDialogFilters, ({ world, account }) => {
    const toInputPeer = (chat: ChatKey): Api.TypeInputPeer => {
      const id = big(idOf(chat));
      if (!isUserKey(chat) && !isChannelKey(chat)) return new Api.InputPeerChat({ chatId: id });
      const { accessHash = 0n } =
        (isUserKey(chat) ? world.people.get(idOf(chat)) : world.groups.get(chat)) ?? {};
      return isUserKey(chat)
        ? new Api.InputPeerUser({ userId: id, accessHash: big(accessHash) })
        : new Api.InputPeerChannel({ channelId: id, accessHash: big(accessHash) });
    };
    const filters = account.folders.map(
      ({ id, title, include, kinds }) =>
        new Api.DialogFilter({
          id,
          title: new Api.TextWithEntities({ text: title, entities: [] }),
          contacts: kinds.includes('contacts') || undefined,
          nonContacts: kinds.includes('nonContacts') || undefined,
          groups: kinds.includes('groups') || undefined,
          broadcasts: kinds.includes('broadcasts') || undefined,
          bots: kinds.includes('bots') || undefined,
          pinnedPeers: [],
          includePeers: include.map(toInputPeer),
          excludePeers: [],
        }),
    );
    return new Api.messages.DialogFilters({ filters: [new Api.DialogFilterDefault(), ...filters] });
  }),
];

/** Newest first, as the list of a client shows them; a chat without a message is none. */
function listed({ world, account }: Context): readonly Listed[] {
  const all = [...account.dialogs.values()].flatMap((dialog): Listed[] => {
    const top = world.boxOf(account, dialog.chat).in(dialog.chat).at(-1);
    return top === undefined ? [] : [{ dialog, top }];
  });
  return all.sort((a, b) => b.top.date - a.top.date || b.top.id - a.top.id);
}

function isOlder(top: Message, offsetDate: number, offsetId: number): boolean {
  return top.date < offsetDate || (top.date === offsetDate && top.id < offsetId);
}

function page(context: Context, rows: readonly Listed[], count: number): TlResult {
  const body = render(context, rows);
  return rows.length === count
    ? new Api.messages.Dialogs(body)
    : new Api.messages.DialogsSlice({ count, ...body });
}

function peerDialogs(context: Context, rows: readonly Listed[]): TlResult {
  return new Api.messages.PeerDialogs({
    ...render(context, rows),
    state: renderState(context.account, context.clock.seconds()),
  });
}

function render({ world, account }: Context, rows: readonly Listed[]) {
  const tops = rows.map(({ top }) => top);
  return {
    dialogs: rows.map(({ dialog, top }) => renderDialog(world, dialog, top)),
    messages: tops.map((top) => renderMessage(world, account, top)),
    ...renderEntities(world, account, namedIn(tops)),
  };
}
