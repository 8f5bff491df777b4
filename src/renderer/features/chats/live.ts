import { createContext, useContext, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { z } from 'zod';
import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError, toAppError } from '../../../shared/errors.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useSecond } from '../../lib/ticker.ts';

type Group = PultContract['chats'];
export type Transfer = z.output<Group['transfers']['output']>['transfers'][number];
type Typing = z.output<Group['typing']['output']>['typing'][number];

type LiveState = {
  readonly transfers: readonly Transfer[];
  readonly typing: readonly Typing[];
  /** Asked by this page and not yet heard of. */
  readonly asked: ReadonlySet<number>;
  readonly failed: ReadonlyMap<number, AppError>;
};

export type Live = {
  readonly store: StoreApi<LiveState>;
  download(fileId: number): Promise<void>;
  cancel(fileId: number): Promise<void>;
  start(signal: AbortSignal): void;
};

/** What passes and is not stored: bytes on their way, and who is typing. */
function createLive(rpc: Rpc): Live {
  const store = createStore<LiveState>(() => ({
    transfers: [],
    typing: [],
    asked: new Set(),
    failed: new Map(),
  }));

  function note(fileId: number, isAsked: boolean, error: AppError | null): void {
    store.setState(({ asked, failed }) => {
      const others = [...asked].filter((id) => id !== fileId);
      const errors = new Map(failed);
      errors.delete(fileId);
      if (error) errors.set(fileId, error);
      return { asked: new Set(isAsked ? [...others, fileId] : others), failed: errors };
    });
  }

  return {
    store,
    async download(fileId) {
      note(fileId, true, null);
      try {
        await rpc.chats.download({ fileId });
        note(fileId, false, null);
      } catch (thrown) {
        const error = toAppError(thrown);
        note(fileId, false, error.code === 'cancelled' ? null : error);
      }
    },
    async cancel(fileId) {
      note(fileId, false, null);
      try {
        await rpc.chats.cancelDownload({ fileId });
      } catch (thrown) {
        note(fileId, false, toAppError(thrown));
      }
    },
    start(signal) {
      rpc.chats.transfers({}, ({ transfers }) => store.setState({ transfers }), { signal });
      rpc.chats.typing({}, ({ typing }) => store.setState({ typing }), { signal });
    },
  };
}

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive outside of LiveContext');
  return live;
}

/** One for the screen: listens as long as it is open. */
export function useCreateLive(): Live {
  const { rpc } = useDesk();
  const live = useMemo(() => createLive(rpc), [rpc]);
  useEffect(() => {
    const stop = new AbortController();
    live.start(stop.signal);
    return () => stop.abort();
  }, [live]);
  return live;
}

export type FileProgress =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      readonly doneBytes: number;
      readonly size: number;
      readonly waitUntil: number | null;
    }
  | { readonly state: 'failed'; readonly reason: string | null; readonly error: AppError | null };

/** How far the bytes of a file are. */
export function useProgress(fileId: number, size: number): FileProgress {
  const { store } = useLive();
  const transfer = useStore(store, ({ transfers }) => transfers.find((one) => one.fileId === fileId));
  const isAsked = useStore(store, ({ asked }) => asked.has(fileId));
  const error = useStore(store, ({ failed }) => failed.get(fileId));
  if (transfer && transfer.reason === null) {
    const { doneBytes, waitUntil } = transfer;
    return { state: 'running', doneBytes, size: transfer.size || size, waitUntil };
  }
  if (isAsked) return { state: 'running', doneBytes: 0, size, waitUntil: null };
  if (transfer?.reason) return { state: 'failed', reason: transfer.reason, error: null };
  if (error) return { state: 'failed', reason: null, error };
  return { state: 'idle' };
}

/** Of a message on its way out. */
export function useUpload(outboxId: number | null): Transfer | undefined {
  const { store } = useLive();
  return useStore(store, ({ transfers }) =>
    outboxId === null ? undefined : transfers.find((one) => one.outboxId === outboxId),
  );
}

const nobody: readonly string[] = [];

/** Names of those who are typing in a chat this second. */
export function useTyping(chatId: number): readonly string[] {
  const { store } = useLive();
  const typing = useStore(store, (state) => state.typing);
  const now = useSecond();
  const here = typing.filter((one) => one.chatId === chatId && one.until > now);
  return here.length === 0 ? nobody : here.map(({ name }) => name);
}
