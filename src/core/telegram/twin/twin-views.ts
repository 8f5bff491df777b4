import { createHash } from 'node:crypto';
import type { PeerId, Reaction } from '../../platform/chat-types.ts';
import type { Peer, PositionedUpdate, RemoteFile, RemoteMessage, Update } from '../telegram-port.ts';
import { boxOf } from './twin-state.ts';
import type {
  Delivery,
  LogEntry,
  TwinAccount,
  TwinDialog,
  TwinFile,
  TwinMessage,
  TwinState,
  TwinUpdate,
} from './twin-types.ts';

/** Each account has its own; without the right one nobody is found. */
export function accessHashOf(account: TwinAccount, peer: PeerId): string {
  const digest = createHash('sha256').update(`${account.user.id} ${peer}`).digest();
  return digest.readBigInt64BE().toString();
}

/** What an account sees of a person or a chat; undefined when there is none. */
export function peerView(
  state: TwinState,
  account: TwinAccount,
  id: PeerId,
  { min = false }: Delivery = {},
): Peer | undefined {
  const user = state.users.get(id);
  const chat = state.chats.get(id);
  const isSelf = id === account.user.id;
  const common = { id, isSelf, isMin: min };
  if (user) {
    return {
      ...common,
      accessHash: min ? '1' : accessHashOf(account, id),
      kind: user.kind,
      title: user.name,
      username: user.username,
      phone: isSelf ? null : user.phone,
      isContact: account.contacts.has(id),
      isService: user.isService,
      canSend: !user.isService,
    };
  }
  if (!chat) return undefined;
  const canSend = chat.members.has(account.user.id) && !chat.readers.has(account.user.id);
  const accessHash = chat.kind === 'group' ? null : accessHashOf(account, id);
  return {
    ...common,
    accessHash: min && accessHash !== null ? '1' : accessHash,
    kind: chat.kind,
    title: chat.title,
    username: chat.username,
    phone: null,
    isContact: false,
    isService: false,
    canSend,
  };
}

export function peersOf(
  state: TwinState,
  account: TwinAccount,
  messages: readonly TwinMessage[],
  delivery: Delivery = {},
): readonly Peer[] {
  const ids = new Set(messages.flatMap(({ peer, from }) => (from === null ? [peer] : [peer, from])));
  return [...ids].flatMap((id) => peerView(state, account, id, delivery) ?? []);
}

export function messageView(state: TwinState, account: TwinAccount, message: TwinMessage): RemoteMessage {
  const { key: _key, deleted: _deleted, reactions: _reactions, file, ...rest } = message;
  const author = message.from === null ? undefined : state.users.get(message.from);
  return {
    ...rest,
    fromName: author?.name ?? null,
    out: message.from === account.user.id,
    file: file === null ? null : fileView(state, file),
    reactions: reactionsView(account, message),
  };
}

export function reactionsView(account: TwinAccount, { reactions }: TwinMessage): readonly Reaction[] {
  const counted = Map.groupBy(reactions, ([, emoji]) => emoji);
  return [...counted].map(([emoji, of]) => ({
    emoji,
    count: of.length,
    mine: of.some(([who]) => who === account.user.id),
  }));
}

function fileView(state: TwinState, file: TwinFile): RemoteFile {
  const { bytes, id, ...rest } = file;
  return {
    ...rest,
    size: bytes.length,
    location: {
      id,
      accessHash: '1',
      reference: fileReference(state),
      dc: 2,
      thumb: file.kind === 'photo' ? 'y' : '',
      isPhoto: file.kind === 'photo',
    },
  };
}

export function fileReference({ fileGeneration }: TwinState): string {
  return Buffer.from(`reference ${fileGeneration}`).toString('base64');
}

export function updateView(state: TwinState, account: TwinAccount, update: TwinUpdate): Update {
  if (!('message' in update)) return update;
  return { kind: update.kind, message: messageView(state, account, update.message) };
}

export function entryView(
  state: TwinState,
  account: TwinAccount,
  { update, pts, count }: LogEntry,
  channel: PeerId | null,
): PositionedUpdate {
  return { update: updateView(state, account, update), pts, count, channel };
}

/** Messages of a peer that are not deleted, oldest first. */
export function messagesOf(state: TwinState, account: TwinAccount, peer: PeerId): readonly TwinMessage[] {
  return boxOf(state, account, peer).box.messages.filter(
    (message) => message.peer === peer && !message.deleted,
  );
}

export function unreadOf(state: TwinState, account: TwinAccount, dialog: TwinDialog): number {
  const isUnread = ({ id, from }: TwinMessage) => id > dialog.readInboxMax && from !== account.user.id;
  return messagesOf(state, account, dialog.peer).filter(isUnread).length;
}
