import { createStore, type StoreApi } from 'zustand/vanilla';
import type { z } from 'zod';
import type { ChatFilter, ChatRow } from '../../../shared/contract/chats.ts';
import type { PultContract } from '../../../shared/contract/index.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import type { Rpc } from '../../lib/desk.ts';
import { touches, type Feed } from '../../lib/feed.ts';
import { createPaced } from './paced.ts';

type Answer = z.output<PultContract['chats']['list']['output']>;

export type ListQuestion = {
  readonly accountId: number | null;
  readonly filter: ChatFilter;
  readonly folderId: number | null;
};

export type ListState = {
  readonly question: ListQuestion;
  readonly status: 'loading' | 'live' | 'stale' | 'failed';
  readonly error: AppError | null;
  readonly total: number;
  readonly unread: number;
  /** Ids by place; a page that was not asked for is missing. */
  readonly order: ReadonlyMap<number, number>;
  readonly rows: ReadonlyMap<number, ChatRow>;
  readonly folders: Answer['folders'];
  /** Another order waits until the hand rests. */
  readonly held: boolean;
};

export type ChatList = {
  readonly store: StoreApi<ListState>;
  /** First and last place on the screen: fetches what is missing there. */
  see(first: number, last: number): void;
  choose(question: Partial<ListQuestion>): void;
  /** Shows the order that was held back. */
  release(): Promise<void>;
  reload(): Promise<void>;
  start(signal: AbortSignal): void;
};

const pageSize = 100;

type Parts = {
  readonly rpc: Rpc;
  readonly feed: Feed;
  readonly question: ListQuestion;
  /** The hand works: rows must not move from under it. */
  readonly isBusy: () => boolean;
};

/** The chats on the screen, the latest heard from first; each stays in its place while the hand works. */
export function createChatList({ rpc, feed, question, isBusy }: Parts): ChatList {
  const store = createStore<ListState>(() => ({
    question,
    status: 'loading',
    error: null,
    total: 0,
    unread: 0,
    order: new Map(),
    rows: new Map(),
    folders: [],
    held: false,
  }));
  let seen = { first: 0, last: 0 };
  let asked = 0;
  const fetching = new Set<number>();

  const ask = (page: number): Promise<Answer> =>
    rpc.chats.list({ ...store.getState().question, offset: page * pageSize, limit: pageSize });

  function fail(thrown: unknown, mine: number): void {
    if (mine !== asked) return;
    store.setState(({ order }) => ({
      error: toAppError(thrown),
      status: order.size > 0 ? 'stale' : 'failed',
    }));
  }

  function seenPages(): readonly number[] {
    const first = Math.floor(seen.first / pageSize);
    const last = Math.floor(seen.last / pageSize);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  async function load(mustHold: boolean): Promise<void> {
    const mine = asked;
    const pages = seenPages();
    try {
      const answers = await Promise.all(pages.map(ask));
      if (mine !== asked) return;
      store.setState((state) => withPages(state, pages, answers, mustHold));
    } catch (thrown) {
      fail(thrown, mine);
    }
  }

  async function fetchPage(page: number): Promise<void> {
    if (fetching.has(page)) return;
    const mine = asked;
    fetching.add(page);
    try {
      const answer = await ask(page);
      if (mine === asked) store.setState((state) => withPage(state, page, answer));
    } catch (thrown) {
      fail(thrown, mine);
    } finally {
      fetching.delete(page);
    }
  }

  /** What changes while it runs is taken together by the next. */
  const refresh = createPaced(() => load(isBusy()));

  return {
    store,
    see(first, last) {
      seen = { first, last };
      const { order, status, total } = store.getState();
      if (status === 'loading') return;
      for (const page of seenPages()) {
        if (page * pageSize < total && !order.has(page * pageSize)) void fetchPage(page);
      }
    },
    choose(part) {
      asked += 1;
      seen = { first: 0, last: 0 };
      fetching.clear();
      // The old rows stay, dimmed, until the new ones are here.
      store.setState((state) => ({
        question: { ...state.question, ...part },
        status: 'loading',
        held: false,
      }));
      void load(false);
    },
    release: () => load(false),
    reload: () => load(false),
    start(signal) {
      const off = feed.on((change) => {
        if (touches(change, 'chat', 'contact', 'telegram', 'outbox')) refresh();
      });
      signal.addEventListener('abort', off, { once: true });
      void load(false);
    },
  };
}

function withPage(state: ListState, page: number, answer: Answer): ListState {
  const order = new Map(state.order);
  const rows = new Map(state.rows);
  answer.chats.forEach((chat, index) => {
    order.set(page * pageSize + index, chat.id);
    rows.set(chat.id, chat);
  });
  return { ...state, total: answer.total, unread: answer.unread, folders: answer.folders, order, rows };
}

/** What is on the screen, read again; when it must hold, rows change in their places and the order waits. */
function withPages(
  state: ListState,
  pages: readonly number[],
  answers: readonly Answer[],
  mustHold: boolean,
): ListState {
  const last = answers.at(-1);
  if (!last) return state;
  let fresh: ListState = { ...state, order: new Map() };
  answers.forEach((answer, place) => {
    fresh = withPage(fresh, pages[place] ?? 0, answer);
  });
  const hasMoved = [...fresh.order].some(([place, id]) => state.order.get(place) !== id);
  const isFirst = state.order.size === 0 || state.status === 'loading';
  if (!mustHold || isFirst || !hasMoved) {
    return { ...fresh, total: last.total, status: 'live', error: null, held: false };
  }
  return { ...fresh, order: state.order, total: state.total, status: 'live', error: null, held: true };
}
