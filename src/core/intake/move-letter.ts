import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import { createConversationStore, type ConversationStore } from '../db/conversation-store.ts';
import { createMessageStore } from '../db/message-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

export type MovedLetter = {
  readonly from: number | null;
  readonly to: number | null;
  /** Holds the moved letters and nothing else; later replies to them follow. */
  readonly conversationId: number;
  /** The letter and everything that answers it, oldest first. */
  readonly messageIds: readonly number[];
};

/**
 * Moves a letter with all that answers it to another incident, or out of every incident. Rows only: counts, journal
 * and the new incident are for the use-case. Throws `not-found`.
 */
export type MoveLetter = (input: {
  readonly messageId: number;
  readonly incidentId: number | null;
  /** Evidence the letter gets; by default that a person moved it. */
  readonly link?: LinkEvidence;
  /** Without the answers to it: they stay where they stand. */
  readonly alone?: boolean;
}) => MovedLetter;

type Parts = { readonly db: Db; readonly clock: Clock; readonly random: Random };

export function createMoveLetter({ db, clock, random }: Parts): MoveLetter {
  const conversations = createConversationStore(db);
  const messages = createMessageStore(db);
  return ({ messageId, incidentId, link = { by: 'hand' }, alone = false }) =>
    db.transact((revision) => {
      const place = conversations.ofMessage(messageId);
      if (!place) throw new AppError('not-found', { message: 'No such letter', details: { id: messageId } });
      const { branch, whole } = alone
        ? findAlone(conversations, place.id, messageId)
        : findBranch(conversations, place.id, messageId);
      let conversationId = place.id;
      if (whole) {
        conversations.setIncident(place.id, incidentId);
      } else {
        const from = conversations.find(place.id);
        conversationId = conversations.insert({
          uuid: uuidv7(clock.now(), random.bytes(10)),
          channel: from?.channel ?? 'mail',
          accountId: from?.accountId ?? null,
          incidentId,
          createdAt: clock.now(),
        });
        conversations.moveLetters(branch, conversationId, revision);
      }
      messages.setLink(messageId, link, revision);
      for (const id of [place.incidentId, incidentId]) db.touch('message', id ?? undefined);
      return { from: place.incidentId, to: incidentId, conversationId, messageIds: branch };
    });
}

function findAlone(conversations: ConversationStore, conversationId: number, messageId: number) {
  return { branch: [messageId], whole: conversations.letters(conversationId).length === 1 };
}

/** The letter and its descendants: whatever refers to a letter of the branch, directly or through another. */
function findBranch(
  conversations: ConversationStore,
  conversationId: number,
  messageId: number,
): { readonly branch: number[]; readonly whole: boolean } {
  const letters = conversations.letters(conversationId);
  const externalIds = new Map(letters.map(({ id, externalId }) => [id, externalId]));
  const answers = new Map<string, number[]>();
  for (const { messageId: answer, externalId } of conversations.references(conversationId)) {
    const known = answers.get(externalId);
    if (known) known.push(answer);
    else answers.set(externalId, [answer]);
  }
  const branch = new Set([messageId]);
  // A Set grows while it is walked: answers to answers are found in the same walk, and a loop ends.
  for (const id of branch) {
    const externalId = externalIds.get(id);
    if (externalId === null || externalId === undefined) continue;
    for (const answer of answers.get(externalId) ?? []) branch.add(answer);
  }
  const ordered = letters.map(({ id }) => id).filter((id) => branch.has(id));
  return { branch: ordered, whole: ordered.length === letters.length };
}
