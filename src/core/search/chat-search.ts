import type { z } from 'zod';
import type { chatsContract } from '../../shared/contract/chats.ts';
import { parseQuery } from '../../shared/domain/search-text.ts';
import type { ChatHistoryStore } from '../db/chat-history-store.ts';
import { cutSnippet, headOf } from './snippet.ts';

export type ChatSearchHit = z.infer<typeof chatsContract.search.output>['hits'][number];

export type ChatSearch = {
  find(input: {
    readonly text: string;
    readonly chatId: number | null;
    readonly limit: number;
  }): ChatSearchHit[];
};

/** What was said, in every chat that is stored, newest first; folded, with codes and look-alikes, as letters are searched. */
export function createChatSearch(store: Pick<ChatHistoryStore, 'hits'>): ChatSearch {
  return {
    find({ text, chatId, limit }) {
      const query = parseQuery(text);
      if (!query) return [];
      return store.hits(query.match, chatId, limit).map(({ text: said, fileNames, ...hit }) => ({
        ...hit,
        // A file is found by its name: then that is what was found, whatever stands under it.
        ...(cutSnippet(said, query.needles) ??
          cutSnippet(fileNames, query.needles) ??
          headOf(said || fileNames)),
      }));
    },
  };
}
