import type { z } from 'zod';
import type { ChatMessage, ChatRow } from '../../../shared/contract/chats.ts';
import type { PultContract } from '../../../shared/contract/index.ts';
import type { AppError } from '../../../shared/errors.ts';

export type HistoryPage = z.output<PultContract['chats']['history']['output']>;

export type ChatState = {
  readonly status: 'loading' | 'live' | 'stale' | 'failed';
  readonly error: AppError | null;
  readonly chat: ChatRow | null;
  /** A window on the chat, oldest first; null until it is here. */
  readonly messages: readonly ChatMessage[] | null;
  /** Ids of messages before which something is not stored. */
  readonly gaps: ReadonlySet<number>;
  /** More is stored above and below the window. */
  readonly older: boolean;
  readonly newer: boolean;
  /** The first message of the chat is stored. */
  readonly complete: boolean;
  readonly busy: 'older' | 'newer' | null;
  /** What comes from the network: nothing asked, asked, or refused; a refusal waits for the hand. */
  readonly network: {
    readonly status: 'idle' | 'busy' | 'failed' | 'nothing';
    readonly error: AppError | null;
  };
  /** The first message nobody has marked read, while the end of the chat is in the window. */
  readonly unreadFrom: number | null;
  /** Came below while the reader was elsewhere. */
  readonly fresh: number;
  /** The message it was to open at is not stored: it opened where reading goes on. */
  readonly lost: boolean;
};

export const emptyChat: ChatState = {
  status: 'loading',
  error: null,
  chat: null,
  messages: null,
  gaps: new Set(),
  older: false,
  newer: false,
  complete: false,
  busy: null,
  network: { status: 'idle', error: null },
  unreadFrom: null,
  fresh: 0,
  lost: false,
};

/** As many stand on the page at most; what is left behind is read again from storage. */
export const windowLength = 400;
/** Who reads at the end reads what comes: with each message all of the window is read and laid out anew. */
const longestEnd = 200;
const endLength = 120;

/** A window on a new place; what was on the page before is gone. */
export function withWindow(state: ChatState, page: HistoryPage): ChatState {
  return withUnread({
    ...state,
    status: 'live',
    error: null,
    messages: page.messages,
    gaps: gapsOf(page),
    older: page.older,
    newer: page.newer,
    complete: page.complete,
    fresh: page.newer ? state.fresh : 0,
    unreadFrom: null,
  });
}

export function withOlder(state: ChatState, page: HistoryPage): ChatState {
  const known = state.messages ?? [];
  const ids = new Set(known.map(({ id }) => id));
  const messages = [...page.messages.filter(({ id }) => !ids.has(id)), ...known];
  return {
    ...state,
    messages: messages.slice(0, windowLength),
    gaps: new Set([...state.gaps, ...gapsOf(page)]),
    older: page.older,
    newer: state.newer || messages.length > windowLength,
    complete: page.complete,
  };
}

export function withNewer(state: ChatState, page: HistoryPage): ChatState {
  const known = state.messages ?? [];
  const ids = new Set(known.map(({ id }) => id));
  const messages = [...known, ...page.messages.filter(({ id }) => !ids.has(id))];
  return withUnread({
    ...state,
    messages: messages.slice(-windowLength),
    gaps: new Set([...state.gaps, ...gapsOf(page)]),
    older: state.older || messages.length > windowLength,
    newer: page.newer,
    fresh: page.newer ? state.fresh : 0,
  });
}

/** The same window read again; what has not changed stays the same object, so that only changes are drawn. */
export function withReread(
  state: ChatState,
  reread: {
    readonly messages: readonly ChatMessage[];
    readonly gaps: ReadonlySet<number>;
    readonly older: boolean;
    readonly newer: boolean;
    readonly complete: boolean;
  },
  atEnd: boolean,
): ChatState {
  const before = new Map((state.messages ?? []).map((message) => [message.id, message]));
  const all = reread.messages.map((message) => {
    const known = before.get(message.id);
    return known && JSON.stringify(known) === JSON.stringify(message) ? known : message;
  });
  const isLong = all.length > (atEnd ? longestEnd : windowLength * 1.5);
  const messages = isLong ? (atEnd ? all.slice(-endLength) : all.slice(0, windowLength)) : all;
  return withUnread({
    ...state,
    ...reread,
    messages,
    older: reread.older || (isLong && atEnd),
    newer: reread.newer || (isLong && !atEnd),
    status: 'live',
    error: null,
  });
}

export function withChat(state: ChatState, chat: ChatRow): ChatState {
  return withUnread({ ...state, chat });
}

/** Incoming messages that stand after the newest one known before. */
export function countFresh(messages: readonly ChatMessage[], tip: number): number {
  return messages.filter(({ out, position, serverId }) => !out && serverId !== null && position > tip).length;
}

/** Position of the newest message that Telegram has numbered; those that wait to leave stand after all. */
export function tipOf(messages: readonly ChatMessage[]): number | null {
  return messages.findLast(({ serverId }) => serverId !== null)?.position ?? null;
}

/** Before the first stored message it is the top of the chat, not a hole in it. */
export function gapsOf({ messages: [first], gapBefore, older }: HistoryPage): ReadonlySet<number> {
  return new Set(gapBefore && older && first ? [first.id] : []);
}

function withUnread(state: ChatState): ChatState {
  if (!state.chat || !state.messages) return state;
  if (state.chat.unread === 0) return { ...state, unreadFrom: null };
  if (state.newer) return state;
  return { ...state, unreadFrom: firstUnread(state.messages, state.chat.unread) };
}

/** Counted from the end, as Telegram counts, the deleted not; null when it stands above the window. */
export function firstUnread(messages: readonly ChatMessage[], unread: number): number | null {
  const incoming = messages.filter(({ out, deletedAt }) => !out && deletedAt === null);
  return unread > 0 && incoming.length >= unread ? (incoming.at(-unread)?.id ?? null) : null;
}
