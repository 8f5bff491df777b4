import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChatMessage } from '../../../shared/contract/chats.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import type { Feed } from '../../lib/feed.ts';
import {
  countFresh,
  emptyChat,
  gapsOf,
  tipOf,
  withChat,
  withNewer,
  withOlder,
  withReread,
  windowLength,
  withWindow,
  type ChatState,
  type HistoryPage,
} from './chat-state.ts';
import { createPaced } from './paced.ts';

export type ChatSource = {
  readonly store: StoreApi<ChatState>;
  /** One page up or down from storage; up goes on over the network where storage ends. */
  older(): Promise<void>;
  newer(): Promise<void>;
  /** From Telegram: what is missing before this message, or before the first. */
  fetchBefore(messageId: number | null): Promise<void>;
  /** Past a gap, to what is stored above it. */
  skipGap(): Promise<void>;
  /** Moves the window to a message; the failure is the caller's to tell. */
  show(messageId: number): Promise<void>;
  showNewest(): Promise<void>;
  /** The reader stands at the end: what comes is seen. */
  seeEnd(atEnd: boolean): void;
  reload(): Promise<void>;
  start(signal: AbortSignal): void;
};

const pageLength = 60;
const longestPage = 200;
/** Read messages that stand above the first unread one. */
const lead = 20;
/** Beyond it what came is a place of its own, to be opened anew. */
const longestRead = 2 * windowLength;

type Parts = {
  readonly rpc: Rpc;
  readonly feed: Feed;
  readonly id: number;
  /** Where to open; null is where reading goes on. */
  readonly around: number | null;
};

/** One chat as it is stored here, kept in step with the feed; reading it changes nothing anywhere. */
export function createChatSource({ rpc, feed, id, around }: Parts): ChatSource {
  const store = createStore<ChatState>(() => emptyChat);
  let atEnd = true;
  /** Of the newest message known when the reader was last at the end. */
  let tip: number | null = null;
  /** Another place or another window: answers to what was asked before are dropped. */
  let question = 0;
  let rereading = false;
  let again = false;

  const ask = (input: Partial<Parameters<Rpc['chats']['history']>[0]>): Promise<HistoryPage> =>
    rpc.chats.history({ id, limit: pageLength, ...input });

  async function open(where: number | null): Promise<void> {
    question += 1;
    const mine = question;
    try {
      const [{ chat }, first] = await Promise.all([
        rpc.chats.open({ id }),
        ask(where === null ? {} : { around: where }),
      ]);
      // Where a page cannot reach the first unread one reading goes on at the end, and needs no long page.
      const isFar = chat.unread > longestPage || chat.unread + lead <= pageLength;
      const limit = Math.min(longestPage, chat.unread + lead);
      const page = where !== null || isFar ? first : await ask({ limit });
      if (mine !== question) return;
      if (where !== null && !page.messages.some((message) => message.id === where)) {
        throw new AppError('not-found', { details: { reason: 'message' } });
      }
      store.setState((state) => withWindow(withChat(state, chat), page));
      noteTip();
    } catch (thrown) {
      if (mine !== question) return;
      if (where !== null && toAppError(thrown).code === 'not-found') throw thrown;
      fail(toAppError(thrown));
    }
  }

  function fail(error: AppError): void {
    store.setState(({ messages }) => ({ error, status: messages === null ? 'failed' : 'stale' }));
  }

  function noteTip(): void {
    const { messages, newer } = store.getState();
    if (!newer && messages) tip = tipOf(messages) ?? tip;
  }

  async function turn(
    busy: 'older' | 'newer',
    page: () => Promise<HistoryPage>,
    fold: typeof withOlder,
  ): Promise<void> {
    if (store.getState().busy !== null) return;
    const mine = question;
    store.setState({ busy });
    try {
      const answer = await page();
      if (mine === question) store.setState((state) => fold(state, answer));
    } catch (thrown) {
      if (mine === question) fail(toAppError(thrown));
    } finally {
      store.setState({ busy: null });
    }
  }

  async function storedOlder(): Promise<void> {
    const first = store.getState().messages?.[0];
    if (first) await turn('older', () => ask({ before: first.position }), withOlder);
  }

  async function fetchBefore(messageId: number | null): Promise<void> {
    const { network, messages } = store.getState();
    if (network.status === 'busy') return;
    const target = messages?.find((message) => message.id === messageId) ?? messages?.[0];
    store.setState({ network: { status: 'busy', error: null } });
    try {
      const { added, complete } = await rpc.chats.loadOlder({
        id,
        beforeServerId: target?.serverId ?? null,
      });
      const nothing = added === 0 && !complete;
      store.setState({ network: { status: nothing ? 'nothing' : 'idle', error: null } });
      await reread();
      if (target === messages?.[0]) await storedOlder();
    } catch (thrown) {
      store.setState({ network: { status: 'failed', error: toAppError(thrown) } });
    }
  }

  /** Every message of the window once more, stretch by stretch between the gaps, and the end as far as it goes now. */
  async function readWindow(state: ChatState): Promise<Parameters<typeof withReread>[1]> {
    const known = state.messages ?? [];
    const starts = known.filter((message, index) => index === 0 || state.gaps.has(message.id));
    if (starts.length === 0) {
      const page = await ask({});
      return { ...page, gaps: gapsOf(page) };
    }
    const messages: ChatMessage[] = [];
    const gaps = new Set<number>();
    let top: HistoryPage | undefined;
    let isLast = true;
    for (const [index, start] of starts.entries()) {
      const end = starts[index + 1]?.position ?? (state.newer ? (known.at(-1)?.position ?? 0) + 1 : Infinity);
      let from = start.position - 1;
      for (;;) {
        const page = await ask({ after: from, limit: longestPage });
        const inside = page.messages.filter(({ position }) => position < end);
        top ??= page;
        if (inside.length > 0) for (const id of gapsOf(page)) gaps.add(id);
        messages.push(...inside);
        from = inside.at(-1)?.position ?? from;
        isLast = !page.newer;
        if (inside.length < page.messages.length || isLast || messages.length > longestRead) break;
      }
    }
    const older = top?.older ?? state.older;
    return {
      messages,
      gaps,
      older,
      newer: state.newer || !isLast,
      complete: top?.complete ?? state.complete,
    };
  }

  /** One at a time; what changes meanwhile is read by the next. */
  async function reread(): Promise<void> {
    again = true;
    if (rereading) return;
    rereading = true;
    try {
      while (again) {
        again = false;
        const mine = question;
        const state = store.getState();
        const [{ chat }, window] = await Promise.all([rpc.chats.open({ id }), readWindow(state)]);
        if (mine !== question) continue;
        if (store.getState().messages !== state.messages) {
          // A page came meanwhile: this window is no longer the one on the screen.
          again = true;
          continue;
        }
        store.setState((now) => withReread(withChat(now, chat), window, atEnd));
        if (atEnd && !state.newer && window.newer) await open(null);
        await countBelow();
      }
    } catch (thrown) {
      fail(toAppError(thrown));
    } finally {
      rereading = false;
    }
  }

  const follow = createPaced(reread);

  async function countBelow(): Promise<void> {
    const { messages, newer } = store.getState();
    if (atEnd && !newer) {
      noteTip();
      return;
    }
    const end = newer ? (await ask({})).messages : (messages ?? []);
    if (tip === null) tip = tipOf(end);
    const known = tip;
    if (known !== null) store.setState({ fresh: countFresh(end, known) });
  }

  return {
    store,
    async older() {
      const { messages, older, complete, gaps, network } = store.getState();
      if (!messages) return;
      const first = messages[0];
      const isGap = first !== undefined && gaps.has(first.id);
      if (older && !isGap) await storedOlder();
      else if ((isGap || !complete) && network.status === 'idle') await fetchBefore(first?.id ?? null);
    },
    async newer() {
      const last = store.getState().messages?.at(-1);
      if (!last || !store.getState().newer) return;
      await turn('newer', () => ask({ after: last.position }), withNewer);
      noteTip();
    },
    fetchBefore,
    skipGap: storedOlder,
    show: (messageId) => open(messageId),
    async showNewest() {
      tip = null;
      await open(null);
    },
    seeEnd(isAtEnd) {
      atEnd = isAtEnd;
      const { newer, fresh } = store.getState();
      if (!isAtEnd || newer) return;
      noteTip();
      if (fresh > 0) store.setState({ fresh: 0 });
    },
    reload: () => open(null),
    start(signal) {
      const off = feed.on((change) => {
        if (change.reset || change.chatIds.has(id) || change.kinds.has('contact')) follow();
      });
      signal.addEventListener(
        'abort',
        () => {
          off();
          question += 1;
        },
        { once: true },
      );
      open(around).catch(() => {
        store.setState({ lost: true });
        return open(null);
      });
    },
  };
}
