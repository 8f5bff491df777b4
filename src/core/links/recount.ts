import type { IncidentRecord } from '../db/incident-store.ts';
import type { MergeStore } from '../db/merge-store.ts';
import type { LetterParts } from '../letters/parts.ts';

type Parts = LetterParts & { readonly merges: MergeStore };

/** What the row says of its letters, from the letters themselves. */
export function recounted({ merges }: Parts, incident: IncidentRecord): IncidentRecord {
  const { count, lastAt } = merges.countLetters(incident.id);
  return { ...incident, messageCount: count, lastMessageAt: lastAt ?? incident.lastMessageAt };
}

/** Messages of chats show which incident they stand in. */
export function tellChats({ chatLinks }: Parts, messageIds: readonly number[], revision: number): void {
  for (const messageId of messageIds) chatLinks.stateChanged(messageId, revision);
}
