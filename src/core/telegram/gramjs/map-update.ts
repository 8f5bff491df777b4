import { Api } from 'telegram/tl/index.js';
import type { PeerId } from '../../platform/chat-types.ts';
import type { PositionedUpdate, Update } from '../telegram-port.ts';
import { isAbsent } from './absent.ts';
import { mapMessage, mapReactions, mapShortMessage, type Reader } from './map-message.ts';
import { channelId, groupId, isChannel, toPeerId, userId } from './peer-ids.ts';

/** `unknown` names what this version does not know, so that it can be told once. */
export type MappedUpdate = { readonly update: PositionedUpdate } | { readonly unknown: string } | undefined;

type Raw = Api.TypeUpdate | Api.TypeUpdates;

export function mapUpdate(raw: Raw, reader: Reader): MappedUpdate {
  const update = mapMessageUpdate(raw, reader) ?? mapMarkUpdate(raw) ?? mapListUpdate(raw);
  if (update !== undefined) return { update };
  const place = positionOf(raw);
  // Of no interest, but it has a place in the log, and an unfilled place is a lost update.
  if (place.pts !== null)
    return { update: { ...place, update: { kind: 'deleted', peer: place.channel, ids: [] } } };
  return uninteresting.has(raw.className) ? undefined : { unknown: raw.className };
}

const uninteresting: ReadonlySet<string> = new Set([
  'UpdateUserStatus',
  'UpdateDraftMessage',
  'UpdateConfig',
  'UpdateDcOptions',
  'UpdatePtsChanged',
  'UpdateChannelMessageViews',
  'UpdateChannelMessageForwards',
  'UpdateRecentReactions',
  'UpdateStickerSets',
  'UpdateRecentStickers',
  'UpdateSavedGifs',
  'UpdateAttachMenuBots',
  'UpdateReadFeaturedStickers',
  'UpdateStory',
  'UpdateReadStories',
  'UpdateMessagePoll',
  'UpdateUserEmojiStatus',
  'UpdateNewAuthorization',
  'UpdatePeerSettings',
  'UpdateGroupCall',
  'UpdateServiceNotification',
]);

function accountWide(update: Update, pts: number | null = null, count = 0): PositionedUpdate {
  return { update, pts, count, channel: null };
}

/** Nothing that has a place in a log, though it may belong to a channel. */
function unplaced(update: Update, peer: PeerId | null): PositionedUpdate {
  return { update, pts: null, count: 0, channel: peer !== null && isChannel(peer) ? peer : null };
}

function mapMessageUpdate(raw: Raw, reader: Reader): PositionedUpdate | undefined {
  if (raw instanceof Api.UpdateShortMessage || raw instanceof Api.UpdateShortChatMessage) {
    return accountWide({ kind: 'message', message: mapShortMessage(raw, reader) }, raw.pts, raw.ptsCount);
  }
  if (raw instanceof Api.UpdateNewMessage || raw instanceof Api.UpdateNewChannelMessage) {
    const message = mapMessage(raw.message, reader);
    return message && { ...positionOf(raw), update: { kind: 'message', message } };
  }
  if (raw instanceof Api.UpdateEditMessage || raw instanceof Api.UpdateEditChannelMessage) {
    const message = mapMessage(raw.message, reader);
    return message && { ...positionOf(raw), update: { kind: 'edited', message } };
  }
  if (raw instanceof Api.UpdateDeleteMessages) {
    return accountWide({ kind: 'deleted', peer: null, ids: raw.messages }, raw.pts, raw.ptsCount);
  }
  if (raw instanceof Api.UpdateDeleteChannelMessages) {
    return {
      ...positionOf(raw),
      update: { kind: 'deleted', peer: channelId(raw.channelId), ids: raw.messages },
    };
  }
  if (raw instanceof Api.UpdateMessageID && !isAbsent(raw.randomId)) {
    return accountWide({ kind: 'message-id', id: raw.id, randomId: raw.randomId.toString() });
  }
  if (raw instanceof Api.UpdateMessageReactions) {
    const peer = toPeerId(raw.peer);
    const reactions = mapReactions(raw.reactions);
    return unplaced({ kind: 'reactions', peer, id: raw.msgId, reactions }, peer);
  }
  return undefined;
}

function mapMarkUpdate(raw: Raw): PositionedUpdate | undefined {
  if (raw instanceof Api.UpdateReadHistoryInbox) {
    const { maxId, stillUnreadCount: unread } = raw;
    const update = { kind: 'read-inbox', peer: toPeerId(raw.peer), maxId, unread } as const;
    return accountWide(update, raw.pts, raw.ptsCount);
  }
  if (raw instanceof Api.UpdateReadHistoryOutbox) {
    const update = { kind: 'read-outbox', peer: toPeerId(raw.peer), maxId: raw.maxId } as const;
    return accountWide(update, raw.pts, raw.ptsCount);
  }
  if (raw instanceof Api.UpdateReadChannelInbox) {
    // Its pts says how far the channel was then; it is no step in the channel's log.
    const peer = channelId(raw.channelId);
    return unplaced({ kind: 'read-inbox', peer, maxId: raw.maxId, unread: raw.stillUnreadCount }, peer);
  }
  if (raw instanceof Api.UpdateReadChannelOutbox) {
    const peer = channelId(raw.channelId);
    return unplaced({ kind: 'read-outbox', peer, maxId: raw.maxId }, peer);
  }
  return mapTyping(raw);
}

function mapTyping(raw: Raw): PositionedUpdate | undefined {
  if (raw instanceof Api.UpdateUserTyping) {
    const peer = userId(raw.userId);
    return isActive(raw.action) ? unplaced({ kind: 'typing', peer, from: peer }, peer) : undefined;
  }
  if (raw instanceof Api.UpdateChatUserTyping || raw instanceof Api.UpdateChannelUserTyping) {
    const peer = raw instanceof Api.UpdateChatUserTyping ? groupId(raw.chatId) : channelId(raw.channelId);
    const update = { kind: 'typing', peer, from: toPeerId(raw.fromId) } as const;
    return isActive(raw.action) ? unplaced(update, peer) : undefined;
  }
  return undefined;
}

function isActive(action: Api.TypeSendMessageAction): boolean {
  return !(action instanceof Api.SendMessageCancelAction);
}

function mapListUpdate(raw: Raw): PositionedUpdate | undefined {
  if (raw instanceof Api.UpdateDialogPinned) {
    if (!(raw.peer instanceof Api.DialogPeer)) return undefined;
    const peer = toPeerId(raw.peer.peer);
    return accountWide({ kind: 'pinned', peer, pinned: raw.pinned === true });
  }
  if (raw instanceof Api.UpdateNotifySettings) {
    if (!(raw.peer instanceof Api.NotifyPeer)) return undefined;
    const peer = toPeerId(raw.peer.peer);
    return accountWide({ kind: 'muted', peer, until: mutedUntil(raw.notifySettings) });
  }
  if (foldersChanged.has(raw.className)) return accountWide({ kind: 'folders-changed' });
  if (raw instanceof Api.UpdatePinnedDialogs || raw instanceof Api.UpdateFolderPeers) {
    return { ...positionOf(raw), update: { kind: 'chats-changed', peer: null } };
  }
  if (raw instanceof Api.UpdateChannel) return changed(channelId(raw.channelId));
  if (raw instanceof Api.UpdateChat) return changed(groupId(raw.chatId));
  if (raw instanceof Api.UpdateUserName || raw instanceof Api.UpdateUser) return changed(userId(raw.userId));
  if (raw instanceof Api.UpdateChannelTooLong) {
    return { update: { kind: 'too-long' }, pts: null, count: 0, channel: channelId(raw.channelId) };
  }
  if (raw instanceof Api.UpdatesTooLong) return accountWide({ kind: 'too-long' });
  return raw instanceof Api.UpdateLoginToken ? accountWide({ kind: 'login-token' }) : undefined;
}

function changed(peer: PeerId): PositionedUpdate {
  return unplaced({ kind: 'chats-changed', peer }, peer);
}

const foldersChanged: ReadonlySet<string> = new Set([
  'UpdateDialogFilter',
  'UpdateDialogFilters',
  'UpdateDialogFilterOrder',
]);

/** Milliseconds, or null for a chat that may be heard. */
export function mutedUntil({ muteUntil }: Api.TypePeerNotifySettings): number | null {
  return isAbsent(muteUntil) || muteUntil === 0 ? null : muteUntil * 1000;
}

type Place = Pick<PositionedUpdate, 'pts' | 'count' | 'channel'>;

/** `pts` is a place in a log only beside `ptsCount`. */
function positionOf(raw: Raw): Place {
  const counted = 'ptsCount' in raw && 'pts' in raw;
  if (!counted) return { pts: null, count: 0, channel: null };
  const { pts, ptsCount } = raw as { readonly pts: number; readonly ptsCount: number };
  return { pts, count: ptsCount, channel: channelOf(raw) };
}

function channelOf(raw: Raw): PeerId | null {
  if ('channelId' in raw) return channelId(raw.channelId);
  if (raw instanceof Api.UpdateNewChannelMessage || raw instanceof Api.UpdateEditChannelMessage) {
    const { message } = raw;
    return 'peerId' in message && !isAbsent(message.peerId) ? toPeerId(message.peerId) : null;
  }
  return null;
}
