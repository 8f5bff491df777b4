import { foldText } from '../../shared/domain/search-text.ts';
import { cleanTitle } from '../../shared/domain/subject.ts';
import type { MessageStore, Place } from '../db/message-store.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { Letter } from './letter.ts';

/** What the headers say about where a letter belongs. */
export type Thread = {
  /** The letter it stands by; undefined when headers lead nowhere. */
  readonly place: Place | undefined;
  /** The Message-ID that led there. */
  readonly matched: string | undefined;
  /** Found through a letter that answers this one: the reply came before its original. */
  readonly beforeReply: boolean;
  /** Letters beyond the place that the headers name and that stand elsewhere. */
  readonly others: readonly Place[];
};

const nowhere: Thread = { place: undefined, matched: undefined, beforeReply: false, others: [] };

/** Ancestors first, nearest before farther; then letters that answer this one; then answers to the same unseen letter. */
export function findThread(messages: MessageStore, desk: IncidentDesk, letter: Letter): Thread {
  const ancestors = messages.ofExternalIds(letter.parents);
  const { externalId } = letter.source;
  const replies = externalId === undefined ? [] : bestFirst(desk, messages.referringTo(externalId));
  const ancestor = ancestors.find(({ incidentId }) => incidentId !== null);
  const others = [...ancestors, ...replies];
  if (ancestor) return { place: ancestor, matched: ancestor.externalId, beforeReply: false, others };
  const reply = replies.at(0);
  if (reply && reply.incidentId !== null) {
    return { place: reply, matched: externalId, beforeReply: true, others };
  }
  const stored = ancestors.at(0);
  if (stored) return { place: stored, matched: stored.externalId, beforeReply: false, others };
  if (reply) return { place: reply, matched: externalId, beforeReply: true, others };
  return findSibling(messages, desk, letter) ?? nowhere;
}

/**
 * Two answers to a letter nobody here has seen belong together if they are about the same thing: some robots put one
 * made-up root over everything they send.
 */
function findSibling(messages: MessageStore, desk: IncidentDesk, letter: Letter): Thread | undefined {
  const prefixes = [desk.codePrefix()];
  const about = foldText(cleanTitle(letter.source.subject, prefixes));
  if (about === '') return undefined;
  for (const id of letter.parents) {
    const siblings = messages
      .referringTo(id)
      .filter(({ subject }) => foldText(cleanTitle(subject, prefixes)) === about);
    const place = bestFirst(desk, siblings).at(0);
    if (place) return { place, matched: id, beforeReply: false, others: siblings };
  }
  return undefined;
}

/** Open incidents before finished ones, those before none; within a kind the older. */
function bestFirst(desk: IncidentDesk, places: readonly Place[]): Place[] {
  const rank = ({ incidentId }: Place) => (incidentId === null ? 2 : desk.isOpen(incidentId) ? 0 : 1);
  return places.toSorted(
    (a, b) => rank(a) - rank(b) || (a.incidentId ?? 0) - (b.incidentId ?? 0) || a.messageId - b.messageId,
  );
}
