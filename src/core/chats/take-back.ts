import { writeMarked } from '../../shared/domain/write-marked.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChatMessageRecord } from '../db/chat-records.ts';
import type { OutboxRecord } from '../db/outbox-store.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import { settle } from '../letters/letter-outcomes.ts';
import { takeOver } from './follow-events.ts';
import type { ChatParts } from './parts.ts';

/** The message is the chat's draft again, if nothing of it has left. Throws `conflict` (reason `already-leaving`). */
export function takeBackFromChat(parts: ChatParts, outboxId: number, personId: number): void {
  parts.db.transact((revision) => {
    const record = parts.outbox.require(outboxId);
    const waiting = parts.chatMessages.ofMessage(record.messageId);
    if (!mayTakeBack(record, waiting)) {
      throw new AppError('conflict', { details: { reason: 'already-leaving', state: record.state } });
    }
    const incidentId = parts.views.incidentOf(record.messageId) ?? null;
    restoreDraft(parts, { messageId: record.messageId, waiting, incidentId, personId });
    removeWaiting(parts, record, waiting, revision);
    leaveIncident(parts, incidentId, { messageId: record.messageId, outboxId, personId }, revision);
    parts.db.touch('draft');
  });
}

/** What nobody typed is nobody's draft: it is gone from its chat. False when it may have left. */
export function withdrawFromChat(parts: ChatParts, outboxId: number): boolean {
  return parts.db.transact((revision) => {
    const record = parts.outbox.require(outboxId);
    if (record.state === 'cancelled') return true;
    const waiting = parts.chatMessages.ofMessage(record.messageId);
    if (!mayTakeBack(record, waiting)) return false;
    removeWaiting(parts, record, waiting, revision);
    for (const chatId of new Set(waiting.map((message) => message.chatId))) {
      parts.chats.save({ ...parts.chats.require(chatId), revision });
      parts.db.touch('chat', chatId);
    }
    return true;
  });
}

function mayTakeBack({ state, wroteAt }: OutboxRecord, waiting: readonly ChatMessageRecord[]): boolean {
  // While its files are on their way nothing of the message has been said.
  const isUploading = state === 'sending' && wroteAt === null;
  const isStill = state === 'queued' || state === 'failed' || isUploading;
  // Of an album a part may be there although the rest was refused; a try without an answer may have been taken.
  const mayHaveLeft =
    waiting.some(({ serverId }) => serverId !== null) || (state === 'queued' && wroteAt !== null);
  return isStill && !mayHaveLeft;
}

function removeWaiting(
  parts: ChatParts,
  record: OutboxRecord,
  waiting: readonly ChatMessageRecord[],
  revision: number,
): void {
  parts.outbox.save({ ...record, state: 'cancelled', leaseUntil: null, revision });
  parts.chatLinks.stateChanged(record.messageId, revision);
  for (const { id } of waiting) parts.chatMessages.remove(id);
  parts.db.touch('outbox');
}

/** A person looked and says it did arrive; where the history shows it already, that row stands for it. */
export function settleInChat(parts: ChatParts, outboxId: number, actor: number): void {
  parts.db.transact((revision) => {
    settle(parts, outboxId, actor);
    const record = parts.outbox.require(outboxId);
    const [waiting, ...more] = parts.chatMessages.ofMessage(record.messageId);
    if (!waiting || more.length > 0 || waiting.serverId !== null || waiting.text === '') return;
    const copy = parts.chatLinks.ownCopy(waiting.chatId, waiting.text, record.createdAt - 60_000);
    const found = copy === undefined ? undefined : parts.chatMessages.find(copy);
    if (found) takeOver(parts, found, record.messageId, revision);
  });
}

type Restored = {
  readonly messageId: number;
  readonly waiting: readonly ChatMessageRecord[];
  readonly incidentId: number | null;
  readonly personId: number;
};

/** What was begun since stays below what comes back; a draft is what was typed, with its marks. */
function restoreDraft(parts: ChatParts, { waiting, incidentId, personId }: Restored): void {
  const [first] = waiting;
  if (!first) return;
  const key = { personId, chatId: first.chatId, incidentId };
  const begun = parts.chatDrafts.find(key);
  const text = [writeMarked(first.text, first.entities), begun?.text ?? '']
    .filter((part) => part !== '')
    .join('\n');
  const answered =
    first.replyTo === null ? undefined : parts.chatMessages.byServerId(first.chatId, first.replyTo);
  const files = waiting.flatMap(({ id }) =>
    parts.chatFiles.ofMessage(id).flatMap(({ sha256, fileName, mimeType, size, kind }) => {
      const as = kind === 'photo' ? ('photo' as const) : ('document' as const);
      return sha256 === null ? [] : [{ sha256, fileName, mimeType, size, as }];
    }),
  );
  const draft = {
    text,
    replyTo: answered?.id ?? begun?.replyTo ?? null,
    files: [...files, ...(begun?.files ?? [])].slice(0, 10),
  };
  parts.chatDrafts.save(key, draft, parts.clock.now());
}

function leaveIncident(
  parts: ChatParts,
  incidentId: number | null,
  { messageId, outboxId, personId }: { messageId: number; outboxId: number; personId: number },
  revision: number,
): void {
  if (incidentId === null) return;
  const incident = parts.incidents.require(incidentId);
  parts.journal.append({
    kind: 'incident.letter-taken-back',
    subject: 'incident',
    subjectId: incidentId,
    actorId: personId,
    facts: { messageId, outboxId },
  });
  saveIncident(parts, { ...incident, messageCount: Math.max(0, incident.messageCount - 1) }, revision);
  parts.db.touch('message', incidentId);
}
