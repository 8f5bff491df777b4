import { Api } from 'telegram/tl/index.js';
import type { Account, Dialog, Message } from './model.ts';
import { toPeer } from './render.ts';
import type { World } from './world.ts';

export function renderDialog(world: World, dialog: Dialog, top: Message | undefined): Api.Dialog {
  return new Api.Dialog({
    peer: toPeer(dialog.chat),
    topMessage: top?.id ?? 0,
    readInboxMaxId: dialog.readInboxMaxId,
    readOutboxMaxId: dialog.readOutboxMaxId,
    unreadCount: dialog.unread,
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    notifySettings: notifySettings(dialog),
    pts: world.channels.get(dialog.chat)?.box.pts,
    pinned: dialog.pinned || undefined,
  });
}

export function notifySettings(dialog: Dialog | undefined): Api.PeerNotifySettings {
  return new Api.PeerNotifySettings({ muteUntil: dialog?.mutedUntil || undefined });
}

export function renderState({ box }: Account, nowSeconds: number): Api.updates.State {
  return new Api.updates.State({ pts: box.pts, qts: 0, date: nowSeconds, seq: 0, unreadCount: 0 });
}
