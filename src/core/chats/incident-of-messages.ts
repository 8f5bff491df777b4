import type { JournalFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChatMessageRecord } from '../db/chat-records.ts';
import { livingIncident } from '../incidents/living-incident.ts';
import { moveLetter } from '../letters/move-letter.ts';
import { joinEarlierPlaces } from './follow-events.ts';
import { joinLetters } from './join-letters.ts';
import type { ChatParts, SaidMessage } from './parts.ts';
import { titleOf } from './said-text.ts';

type Taken = JournalFacts['incident.messages-taken']['letters'][number];

/**
 * By one key: the first of the messages is the letter, the others stand with it. Throws `conflict` (reasons
 * `in-incident` with `code`, `several-chats`, `nothing-said`), `not-found`.
 */
export function openIncident(
  parts: ChatParts,
  messageIds: readonly number[],
  actor: number,
): { readonly incidentId: number; readonly code: string; readonly undo: number | null } {
  return parts.db.transact((revision) => {
    const messages = requireMessages(parts, messageIds);
    for (const message of messages) refuseKnown(parts, message);
    const said = messages.filter(isSaid).map((message) => withFiles(parts, message));
    const [first, ...rest] = said;
    if (!first) throw new AppError('conflict', { details: { reason: 'nothing-said' } });
    const { incidentId, messageId } = begin(parts, first, titleOf(said), actor, revision);
    const taken: Taken[] = [{ messageId, from: null }];
    take(
      parts,
      rest.map(({ message }) => message),
      { incidentId, actor, taken },
      revision,
    );
    const place = joinEarlierPlaces(parts, first, incidentId, revision);
    if (place !== undefined) taken.push({ messageId: place, from: null });
    const undo = tell(parts, first.chat.id, { incidentId, actor, taken });
    return { incidentId, code: parts.incidents.require(incidentId).code, undo };
  });
}

function begin(parts: ChatParts, first: SaidMessage, title: string, actor: number, revision: number) {
  const { messageId } = first.message;
  // It was taken out of every incident: its letter is there and begins one of its own.
  if (messageId !== null) {
    const moving = { messageId, incidentId: null, why: 'hand', actor } as const;
    return { messageId, incidentId: moveLetter(parts, parts.moveRows, moving).incidentId };
  }
  const opening = { incidentId: null, link: { by: 'opened' }, notes: [], typeId: null } as const;
  return joinLetters(parts, first, { ...opening, actorId: actor, title }, revision);
}

/** Puts messages of a chat into an incident, from another one too; tells how many are new there. Throws as above. */
export function joinIncident(
  parts: ChatParts,
  messageIds: readonly number[],
  wantedId: number,
  actor: number,
): { readonly joined: number; readonly undo: number | null } {
  return parts.db.transact((revision) => {
    const incidentId = livingIncident(parts.incidents, wantedId).id;
    const messages = requireMessages(parts, messageIds);
    const taken: Taken[] = [];
    const joined = take(parts, messages.filter(isSaid), { incidentId, actor, taken }, revision);
    const undo = tell(parts, messages[0]?.chatId ?? 0, { incidentId, actor, taken });
    return { joined, undo };
  });
}

type Taking = { readonly incidentId: number; readonly actor: number; readonly taken: Taken[] };

/** Writes down every letter that was not there before; returns how many messages are new. */
function take(
  parts: ChatParts,
  messages: readonly ChatMessageRecord[],
  { incidentId, actor, taken }: Taking,
  revision: number,
): number {
  const moved = new Set<number>();
  let joined = 0;
  for (const message of messages) {
    // The parts of an album are one letter: moving the first has moved them all.
    const { messageId } = message;
    if (messageId === null) {
      const album = parts.chatLinks.albumLetter(message);
      const letter = joinByHand(parts, withFiles(parts, message), incidentId, actor, revision);
      // A part of an album that was here already goes nowhere by itself.
      if (letter !== album) taken.push({ messageId: letter, from: null });
      joined += 1;
      continue;
    }
    const from = parts.views.incidentOf(messageId) ?? null;
    if (moved.has(messageId) || from === incidentId) continue;
    moveLetter(parts, parts.moveRows, { messageId, incidentId, why: 'hand', actor });
    moved.add(messageId);
    taken.push({ messageId, from });
    joined += 1;
  }
  return joined;
}

/** One entry for one decision: taking it back takes back all of it. */
function tell(parts: ChatParts, chatId: number, { incidentId, actor, taken }: Taking): number | null {
  if (taken.length === 0) return null;
  return parts.journal.append({
    kind: 'incident.messages-taken',
    subject: 'incident',
    subjectId: incidentId,
    actorId: actor,
    facts: { chatId, letters: taken },
  });
}

function joinByHand(
  parts: ChatParts,
  said: SaidMessage,
  incidentId: number,
  actor: number,
  revision: number,
): number {
  const joining = { incidentId, link: { by: 'hand' }, notes: [], typeId: null, actorId: actor } as const;
  return joinLetters(parts, said, joining, revision).messageId;
}

/** In the order they were said, whatever the order of the selection. */
function requireMessages(parts: ChatParts, ids: readonly number[]): ChatMessageRecord[] {
  const messages = parts.chatLinks.messages([...new Set(ids)]);
  const [first] = messages;
  if (!first || messages.length < new Set(ids).size) {
    throw new AppError('not-found', { details: { reason: 'message' } });
  }
  if (messages.some(({ chatId }) => chatId !== first.chatId)) {
    throw new AppError('conflict', { details: { reason: 'several-chats' } });
  }
  return messages;
}

function isSaid({ extra }: ChatMessageRecord): boolean {
  return extra?.kind !== 'service';
}

function withFiles(parts: ChatParts, message: ChatMessageRecord): SaidMessage {
  const chat = parts.chats.require(message.chatId);
  return { chat, message, files: parts.chatFiles.ofMessage(message.id) };
}

function refuseKnown(parts: ChatParts, { messageId, direction }: ChatMessageRecord): void {
  if (messageId === null) return;
  const incidentId = parts.views.incidentOf(messageId) ?? null;
  if (incidentId !== null) {
    const { code } = parts.incidents.require(incidentId);
    throw new AppError('conflict', { details: { reason: 'in-incident', code } });
  }
  // Written here: it can be joined to an incident, but nobody asked for help by it.
  if (direction === 'out') throw new AppError('conflict', { details: { reason: 'own-message' } });
}
