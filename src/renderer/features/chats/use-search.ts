import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { ChatRow } from '../../../shared/contract/chats.ts';
import type { PultContract } from '../../../shared/contract/index.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { useDesk } from '../../lib/desk.ts';

export type ChatHit = z.output<PultContract['chats']['search']['output']>['hits'][number];

/** A chat by its name, or a message by its words. */
export type Finding =
  | { readonly kind: 'chat'; readonly chat: ChatRow }
  | { readonly kind: 'message'; readonly hit: ChatHit };

type Found = {
  readonly key: string;
  readonly findings: readonly Finding[] | undefined;
  readonly error: AppError | undefined;
};

const mostChats = 20;
/** A word is typed faster than it is worth asking for its parts. */
const pauseMs = 80;

/** What is stored here about these words; the last findings stay until the next are here. */
export function useSearch(
  text: string,
  chatId: number | null,
): { readonly findings: readonly Finding[] | undefined; readonly error: AppError | undefined } & {
  readonly pending: boolean;
} {
  const { rpc } = useDesk();
  const [found, setFound] = useState<Found>({ key: '', findings: undefined, error: undefined });
  const words = text.trim();
  const key = `${chatId ?? ''} ${words}`;

  useEffect(() => {
    if (words === '') return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    async function ask(): Promise<readonly Finding[]> {
      const named =
        chatId === null
          ? rpc.chats.list({ text: words.slice(0, 100), limit: mostChats }, { signal })
          : Promise.resolve({ chats: [] as readonly ChatRow[] });
      const said = rpc.chats.search({ text: words, chatId, limit: 100 }, { signal });
      const [{ chats }, { hits }] = await Promise.all([named, said]);
      return [
        ...chats.map((chat) => ({ kind: 'chat' as const, chat })),
        ...hits.map((hit) => ({ kind: 'message' as const, hit })),
      ];
    }
    const timer = setTimeout(() => {
      ask().then(
        (findings) => {
          if (!signal.aborted) setFound({ key, findings, error: undefined });
        },
        (thrown: unknown) => {
          if (!signal.aborted) setFound({ key, findings: undefined, error: toAppError(thrown) });
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [rpc, words, chatId, key]);

  return { findings: found.findings, error: found.error, pending: found.key !== key };
}
