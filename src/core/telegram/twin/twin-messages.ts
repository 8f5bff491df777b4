import type { MessageExtra, PeerId, TextEntity } from '../../platform/chat-types.ts';
import { membersOf, push, pushLoose, record, recordFor } from './twin-delivery.ts';
import { boxOf, takeKey } from './twin-state.ts';
import type { Delivery, TwinAccount, TwinBox, TwinFile, TwinMessage, TwinState } from './twin-types.ts';
import { reactionsView } from './twin-views.ts';

export type TwinDraft = {
  readonly text?: string;
  readonly entities?: readonly TextEntity[];
  /** A number in the chat as the writer's account sees it. */
  readonly replyTo?: number | null;
  readonly topicId?: number | null;
  readonly forward?: TwinMessage['forward'];
  readonly groupedId?: string | null;
  readonly file?: TwinFile | null;
  readonly extra?: MessageExtra | null;
  /** Epoch milliseconds; now when left out. */
  readonly sentAt?: number;
};

type Posting = {
  readonly peer: PeerId;
  readonly from: PeerId | null;
  readonly draft: TwinDraft;
  readonly delivery?: Delivery;
};

/**
 * Writes a message where `account` sees it and, for people and basic groups, a copy for each other account it reaches.
 * Returns the account's own.
 */
export function postMessage(state: TwinState, account: TwinAccount, posting: Posting): TwinMessage {
  const { peer, from, draft, delivery } = posting;
  const key = takeKey(state);
  const { box, channel } = boxOf(state, account, peer);
  const message = append(state, box, { key, peer, from, draft });
  const entry = record(box, { kind: 'message', message });
  const readers = channel === null ? [account] : membersOf(state, channel);
  for (const reader of readers) {
    openDialog(reader, peer);
    if (from === reader.user.id) readUpTo(reader, peer, message.id);
    push(state, reader, { entry, channel }, delivery);
  }
  if (channel === null) copyToOthers(state, account, key, posting);
  return message;
}

function copyToOthers(
  state: TwinState,
  account: TwinAccount,
  key: string,
  { peer, from, draft, delivery }: Posting,
): void {
  const own = account.user.id;
  const others: readonly (readonly [TwinAccount, PeerId])[] = state.chats.has(peer)
    ? membersOf(state, peer).flatMap((other) => (other === account ? [] : [[other, peer] as const]))
    : [state.accounts.get(peer)].flatMap((other) =>
        other === undefined || other === account ? [] : [[other, own] as const],
      );
  for (const [other, seenAs] of others) {
    const replyTo = copyOf(other, account, draft.replyTo ?? null);
    const message = append(state, other.box, {
      key,
      peer: seenAs,
      from,
      draft: { ...draft, replyTo },
    });
    openDialog(other, seenAs);
    push(state, other, { entry: record(other.box, { kind: 'message', message }), channel: null }, delivery);
  }
}

function copyOf(other: TwinAccount, account: TwinAccount, id: number | null): number | null {
  const original = id === null ? undefined : account.box.messages.find((message) => message.id === id);
  return other.box.messages.find((message) => message.key === original?.key)?.id ?? null;
}

function append(
  { clock }: TwinState,
  box: TwinBox,
  { key, peer, from, draft }: Omit<Posting, 'delivery'> & { readonly key: string },
): TwinMessage {
  box.lastId += 1;
  const message: TwinMessage = {
    id: box.lastId,
    key,
    peer,
    from,
    // Telegram counts seconds.
    sentAt: Math.floor((draft.sentAt ?? clock.now()) / 1000) * 1000,
    editedAt: null,
    text: draft.text ?? '',
    entities: draft.entities ?? [],
    replyTo: draft.replyTo ?? null,
    topicId: draft.topicId ?? null,
    forward: draft.forward ?? null,
    groupedId: draft.groupedId ?? null,
    file: draft.file ?? null,
    extra: draft.extra ?? null,
    reactions: new Map(),
    deleted: false,
  };
  box.messages.push(message);
  return message;
}

export function openDialog(account: TwinAccount, peer: PeerId): void {
  if (account.dialogs.has(peer)) return;
  const blank = { pinned: 0, archived: false, mutedUntil: null, readInboxMax: 0, readOutboxMax: 0 };
  account.dialogs.set(peer, { peer, ...blank });
}

function readUpTo(account: TwinAccount, peer: PeerId, id: number): void {
  const dialog = account.dialogs.get(peer);
  if (dialog) dialog.readInboxMax = Math.max(dialog.readInboxMax, id);
}

/** Each account that has a copy, with it; of a channel's message one account, for its log tells all. */
function copiesOf(
  state: TwinState,
  account: TwinAccount,
  message: TwinMessage,
): readonly (readonly [TwinAccount, TwinMessage])[] {
  if (boxOf(state, account, message.peer).channel !== null) return [[account, message]];
  return [...state.accounts.values()].flatMap((other) =>
    other.box.messages.filter(({ key }) => key === message.key).map((copy) => [other, copy] as const),
  );
}

export function editMessage(
  state: TwinState,
  account: TwinAccount,
  message: TwinMessage,
  change: Delivery & { readonly text: string; readonly entities?: readonly TextEntity[] },
): void {
  for (const [owner, copy] of copiesOf(state, account, message)) {
    copy.text = change.text;
    copy.entities = change.entities ?? [];
    copy.editedAt = Math.floor(state.clock.now() / 1000) * 1000;
    recordFor(state, owner, copy.peer, { update: { kind: 'edited', message: copy }, delivery: change });
  }
}

export function removeMessages(
  state: TwinState,
  account: TwinAccount,
  messages: readonly TwinMessage[],
  delivery: Delivery,
): void {
  const copies = messages.flatMap((message) => copiesOf(state, account, message));
  for (const [owner, gone] of Map.groupBy(copies, ([other]) => other)) {
    const [first] = gone;
    if (!first) continue;
    for (const [, copy] of gone) copy.deleted = true;
    const { peer } = first[1];
    const { channel } = boxOf(state, owner, peer);
    const ids = gone.map(([, { id }]) => id);
    const update = { kind: 'deleted', peer: channel, ids } as const;
    recordFor(state, owner, peer, { update, count: ids.length, delivery });
  }
}

export function reactTo(
  state: TwinState,
  account: TwinAccount,
  message: TwinMessage,
  change: Delivery & { readonly from: PeerId; readonly emoji: string | null },
): void {
  for (const [owner, copy] of copiesOf(state, account, message)) {
    if (change.emoji === null) copy.reactions.delete(change.from);
    else copy.reactions.set(change.from, change.emoji);
    const { channel } = boxOf(state, owner, copy.peer);
    for (const reader of channel === null ? [owner] : membersOf(state, channel)) {
      const reactions = reactionsView(reader, copy);
      const update = { kind: 'reactions', peer: copy.peer, id: copy.id, reactions } as const;
      pushLoose(state, reader, update, { ...change, channel });
    }
  }
}
