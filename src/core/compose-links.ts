import type { Chats } from './chats/create-chats.ts';
import type { Stores } from './compose-stores.ts';
import { createFloodWatch } from './incidents/flood-watch.ts';
import type { MoveLetter } from './intake/move-letter.ts';
import type { LetterParts } from './letters/parts.ts';
import { createAnswerWatch } from './links/answer-watch.ts';
import type { LinkParts } from './links/parts.ts';
import type { Logger } from './platform/logger.ts';
import type { Service } from './platform/service.ts';

type Parts = {
  readonly desk: LetterParts;
  readonly stores: Stores;
  readonly moveRows: MoveLetter;
  readonly chats: Chats;
  readonly log: Logger;
};

/** What ties incidents together, with the loops that end floods and write answers. */
export function composeLinks({ desk, stores, moveRows, chats, log }: Parts) {
  const { merges, similarity, answers, search } = stores;
  const links: LinkParts = { ...desk, merges, similarity, answers, search, moveRows, chats };
  const services: readonly Service[] = [createFloodWatch(desk, log), createAnswerWatch(links, log)];
  return { links, services };
}
