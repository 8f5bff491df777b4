import type { AnswerStore } from '../db/answer-store.ts';
import type { MergeStore } from '../db/merge-store.ts';
import type { SearchStore } from '../db/search-store.ts';
import type { SimilarStore } from '../db/similar-store.ts';
import type { Chats } from '../chats/create-chats.ts';
import type { MoveLetter } from '../intake/move-letter.ts';
import type { LetterParts } from '../letters/parts.ts';

/** What the use-cases on several incidents need besides those of letters. */
export type LinkParts = LetterParts & {
  readonly merges: MergeStore;
  readonly similarity: SimilarStore;
  readonly answers: AnswerStore;
  readonly search: SearchStore;
  readonly moveRows: MoveLetter;
  readonly chats: Pick<Chats, 'send' | 'takeBack'>;
};
