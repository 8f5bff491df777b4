import { foundInChat, letterRead } from '../letters/letter-outcomes.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { ChatFileRecord, ChatMessageRecord, ChatRecord } from '../db/chat-records.ts';
import { attachmentsOf, joinLetters, setLetterText } from './join-letters.ts';
import { placeOfFile, placeOfMessage } from './locate.ts';
import type { ChatParts, SaidMessage } from './parts.ts';
import { placeEdited, placeMessage, placeMs, saidAt, type Placing } from './place-message.ts';
import { saidTogether } from './said-text.ts';

/** Everything that arrived, inside the transaction of its rows. */
export function received(parts: ChatParts, messages: readonly SaidMessage[], revision: number): void {
  for (const said of messages) {
    // An earlier one of the same batch may have joined it, as the part of an album or as a place.
    const current = parts.chatMessages.find(said.message.id);
    if (current) receiveOne(parts, { ...said, message: current }, revision);
  }
}

function receiveOne(parts: ChatParts, said: SaidMessage, revision: number): void {
  if (said.message.direction === 'out' && reconcile(parts, said, revision)) return;
  const placing = placeMessage(parts, said);
  if (placing) stand(parts, said, placing, said.message.sentAt, revision);
}

function stand(
  parts: ChatParts,
  said: SaidMessage,
  { incidentId, link, notes, rule }: Placing,
  at: number,
  revision: number,
): void {
  const typeId = rule?.typeId ?? null;
  const joining = { incidentId, link, notes, typeId, actorId: null, saidAt: at };
  const joined = joinLetters(parts, said, joining, revision);
  joinAlbum(parts, said, joined.incidentId, revision);
  if (!rule) return;
  parts.chatRules.countHit(rule.id);
  joinEarlierPlaces(parts, said, joined.incidentId, revision);
}

/** Pictures come before the words under them as well: the parts that waited are one letter with it. */
function joinAlbum(
  parts: ChatParts,
  { chat, message }: SaidMessage,
  incidentId: number,
  revision: number,
): void {
  for (const part of parts.chatLinks.album(message)) {
    if (part.messageId !== null || part.deletedAt !== null) continue;
    const said = { chat, message: part, files: parts.chatFiles.ofMessage(part.id) };
    const joining = {
      incidentId,
      link: { by: 'same-sender' },
      notes: [],
      typeId: null,
      actorId: null,
    } as const;
    joinLetters(parts, said, joining, revision);
  }
}

/** What waited without anybody knowing whether it left: Telegram's log shows that it did. */
function reconcile(parts: ChatParts, { message }: SaidMessage, revision: number): boolean {
  if (message.messageId !== null || message.text === '') return false;
  const unknown = parts.chatLinks.unknownOf(message.chatId, message.text);
  if (!unknown) return false;
  const record = parts.outbox.require(unknown.outboxId);
  // A minute of difference between their clock and ours.
  if (message.sentAt < record.createdAt - 60_000) return false;
  takeOver(parts, message, unknown.messageId, revision);
  foundInChat(parts, record);
  return true;
}

/** The engine knew it by its random id, or by what it says. */
export function found(parts: ChatParts, { message }: SaidMessage): void {
  const record = message.messageId === null ? undefined : parts.outbox.ofMessage(message.messageId);
  if (record) foundInChat(parts, record);
}

/** The row Telegram numbered stands for the letter; the one that waited goes. */
export function takeOver(
  parts: ChatParts,
  message: ChatMessageRecord,
  messageId: number,
  revision: number,
): void {
  for (const { id, serverId } of parts.chatMessages.ofMessage(messageId)) {
    if (serverId === null) parts.chatMessages.remove(id);
  }
  parts.chatMessages.save({ ...message, messageId, revision });
  parts.chatLinks.stateChanged(messageId, revision);
}

/** "Here" comes before "no power here" as often as after it. Returns the letter that place became. */
export function joinEarlierPlaces(
  parts: ChatParts,
  { chat, message }: SaidMessage,
  incidentId: number,
  revision: number,
): number | undefined {
  const place = parts.chatLinks
    .before(message)
    .find(
      ({ extra, senderId, sentAt, messageId, deletedAt }) =>
        extra?.kind === 'location' &&
        senderId === message.senderId &&
        sentAt >= message.sentAt - placeMs &&
        messageId === null &&
        deletedAt === null,
    );
  if (!place) return undefined;
  const joining = {
    incidentId,
    link: { by: 'same-sender' },
    notes: [],
    typeId: null,
    actorId: null,
  } as const;
  return joinLetters(parts, { chat, message: place, files: [] }, joining, revision).messageId;
}

/** The incident shows the last words; what was said before stays in its journal. New words may find an incident. */
export function edited(parts: ChatParts, said: SaidMessage, revision: number): void {
  const { message } = said;
  const { messageId } = message;
  if (messageId === null) {
    const placing = placeEdited(parts, said);
    if (placing) stand(parts, said, placing, saidAt(message), revision);
    return;
  }
  const letter = parts.views.find(messageId);
  const incidentId = parts.views.incidentOf(messageId) ?? null;
  if (!letter) return;
  const text = saidTogether(parts.chatMessages.ofMessage(messageId));
  if (incidentId !== null) placeOfMessage(parts, incidentId, message, revision);
  // A live place moves with every edit: the journal tells where to, the letter where it was first.
  if (text === letter.text || message.extra?.kind === 'location') return;
  setLetterText(parts, messageId, text, revision);
  if (incidentId === null) return;
  parts.journal.append({
    kind: 'incident.message-edited',
    subject: 'incident',
    subjectId: incidentId,
    actorId: null,
    facts: { messageId, from: letter.text, to: text },
  });
  touchIncident(parts, incidentId, revision);
}

export function deleted(parts: ChatParts, messages: readonly SaidMessage[], revision: number): void {
  for (const { message } of messages) {
    if (message.messageId === null) continue;
    const incidentId = parts.views.incidentOf(message.messageId) ?? null;
    if (incidentId === null) continue;
    parts.journal.append({
      kind: 'incident.message-deleted',
      subject: 'incident',
      subjectId: incidentId,
      actorId: null,
      facts: { messageId: message.messageId },
    });
    touchIncident(parts, incidentId, revision);
  }
}

/** Statuses only move forward: what has failed or waits to leave is left alone. */
export function readByOther(
  parts: ChatParts,
  chat: Pick<ChatRecord, 'id'>,
  maxServerId: number,
  revision: number,
): void {
  for (const { outboxId, state } of parts.chatLinks.leftUpTo(chat.id, maxServerId)) {
    if (state !== 'accepted' && state !== 'delivered') continue;
    const record = parts.outbox.require(outboxId);
    const isWhole = parts.chatMessages
      .ofMessage(record.messageId)
      .every(({ serverId }) => serverId !== null && serverId <= maxServerId);
    if (isWhole) letterRead(parts, record, revision);
  }
}

/** The bytes of a file are here: they belong to the letter, and a photo may say where it was taken. */
export function downloaded(parts: ChatParts, file: ChatFileRecord, revision: number): void {
  const messageId = parts.chatMessages.find(file.chatMessageId)?.messageId ?? null;
  if (messageId === null) return;
  const isNew = attachmentsOf([file])
    .map((attachment) => parts.messages.addAttachment(messageId, attachment, revision))
    .includes(true);
  const incidentId = parts.views.incidentOf(messageId) ?? null;
  if (incidentId === null) return;
  if (isNew) touchIncident(parts, incidentId, revision);
  placeOfFile(parts, { messageId, incidentId, file }, revision);
}

function touchIncident(parts: ChatParts, incidentId: number, revision: number): void {
  saveIncident(parts, parts.incidents.require(incidentId), revision);
  parts.db.touch('message', incidentId);
}
