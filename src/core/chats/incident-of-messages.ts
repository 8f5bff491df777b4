import { AppError } from '../../shared/errors.ts';
import type { ChatMessageRecord } from '../db/chat-records.ts';
import { moveLetter } from '../letters/move-letter.ts';
import { joinEarlierPlaces } from './follow-events.ts';
import { joinLetters } from './join-letters.ts';
import type { ChatParts, SaidMessage } from './parts.ts';
import { titleOf } from './said-text.ts';

/**
 * By one key: the first of the messages is the letter, the others stand with it. Throws `conflict` (reasons
 * `in-incident` with `code`, `several-chats`, `nothing-said`), `not-found`.
 */
export function openIncident(
  parts: ChatParts,
  messageIds: readonly number[],
  actor: number,
): { readonly incidentId: number; readonly code: string } {
  return parts.db.transact((revision) => {
    const messages = requireMessages(parts, messageIds);
    for (const message of messages) refuseKnown(parts, message);
    const said = messages.filter(isSaid).map((message) => withFiles(parts, message));
    const [first, ...rest] = said;
    if (!first) throw new AppError('conflict', { details: { reason: 'nothing-said' } });
    const incidentId = begin(parts, first, titleOf(said), actor, revision);
    joinIncident(
      parts,
      rest.map(({ message }) => message.id),
      incidentId,
      actor,
    );
    joinEarlierPlaces(parts, first, incidentId, revision);
    return { incidentId, code: parts.incidents.require(incidentId).code };
  });
}

function begin(parts: ChatParts, first: SaidMessage, title: string, actor: number, revision: number): number {
  const { messageId } = first.message;
  // It was taken out of every incident: its letter is there and begins one of its own.
  if (messageId !== null) {
    return moveLetter(parts, parts.moveRows, { messageId, incidentId: null, why: 'hand', actor }).incidentId;
  }
  const opening = { incidentId: null, link: { by: 'opened' }, notes: [], typeId: null } as const;
  return joinLetters(parts, first, { ...opening, actorId: actor, title }, revision).incidentId;
}

/** Puts messages of a chat into an incident, from another one too; returns how many are new there. Throws as above. */
export function joinIncident(
  parts: ChatParts,
  messageIds: readonly number[],
  incidentId: number,
  actor: number,
): number {
  return parts.db.transact((revision) => {
    parts.incidents.require(incidentId);
    const moved = new Set<number>();
    let joined = 0;
    const messages = messageIds.length === 0 ? [] : requireMessages(parts, messageIds).filter(isSaid);
    for (const message of messages) {
      // The parts of an album are one letter: moving the first has moved them all.
      const { messageId } = message;
      if (messageId === null) {
        joinByHand(parts, withFiles(parts, message), incidentId, actor, revision);
        joined += 1;
      } else if (!moved.has(messageId) && parts.views.incidentOf(messageId) !== incidentId) {
        moveLetter(parts, parts.moveRows, { messageId, incidentId, why: 'hand', actor });
        moved.add(messageId);
        joined += 1;
      }
    }
    return joined;
  });
}

function joinByHand(
  parts: ChatParts,
  said: SaidMessage,
  incidentId: number,
  actor: number,
  revision: number,
): void {
  const joining = { incidentId, link: { by: 'hand' }, notes: [], typeId: null, actorId: actor } as const;
  joinLetters(parts, said, joining, revision);
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
