import { createHash } from 'node:crypto';
import type { LinkEvidence } from '../../shared/contract/incidents.ts';
import type { ChatFileRecord, ChatMessageRecord } from '../db/chat-records.ts';
import type { Actor } from '../incidents/parts.ts';
import { saveIncident } from '../incidents/save-incident.ts';
import type { InboundAttachment, InboundMessage, MessageAddress } from '../platform/inbound-message.ts';
import { placeOfFile, placeOfMessage } from './locate.ts';
import type { ChatParts, SaidMessage } from './parts.ts';
import { saidText, titleOf } from './said-text.ts';
import { wantFiles } from './wanted-files.ts';

export type Joining = {
  /** null opens an incident. */
  readonly incidentId: number | null;
  readonly link: LinkEvidence;
  readonly notes: readonly string[];
  readonly typeId: number | null;
  readonly actorId: Actor;
  readonly title?: string;
  /** When it was said, where that is not when it was sent. */
  readonly saidAt?: number;
};

type Joined = { readonly messageId: number; readonly incidentId: number };

/** A message of a chat becomes a letter of an incident, or a part of the letter its album is already. */
export function joinLetters(parts: ChatParts, said: SaidMessage, joining: Joining, revision: number): Joined {
  const known = parts.chatLinks.albumLetter(said.message);
  const isSameIncident = known !== undefined && parts.views.incidentOf(known) === joining.incidentId;
  const joined =
    isSameIncident && joining.incidentId !== null
      ? addToAlbum(parts, said, { messageId: known, incidentId: joining.incidentId }, revision)
      : takeIn(parts, said, joining);
  parts.chatMessages.save({ ...said.message, messageId: joined.messageId, revision });
  parts.chatLinks.stateChanged(joined.messageId, revision);
  wantFiles(parts, said.files);
  placeOfMessage(parts, joined.incidentId, { ...said.message, messageId: joined.messageId }, revision);
  for (const file of said.files) placeOfFile(parts, { ...joined, file }, revision);
  return joined;
}

function takeIn(parts: ChatParts, said: SaidMessage, joining: Joining): Joined {
  const inbound = toInbound(parts, said, joining);
  const { messageId, incidentId } = parts.intake.accept(inbound, { mayOpen: true });
  const stands = incidentId ?? joining.incidentId;
  if (stands === null) throw new Error('A chat message without an incident');
  return { messageId, incidentId: stands };
}

function addToAlbum(
  parts: ChatParts,
  { message, files }: SaidMessage,
  album: Joined,
  revision: number,
): Joined {
  for (const attachment of attachmentsOf(files)) {
    parts.messages.addAttachment(album.messageId, attachment, revision);
  }
  const words = saidText(message);
  const letter = parts.views.find(album.messageId);
  if (letter && words !== '') {
    const text = letter.text === '' ? words : `${letter.text}\n${words}`;
    setLetterText(parts, album.messageId, text, revision);
  }
  saveIncident(parts, parts.incidents.require(album.incidentId), revision);
  parts.db.touch('message', album.incidentId);
  return album;
}

/** The letter and its words for the search. */
export function setLetterText(parts: ChatParts, messageId: number, text: string, revision: number): void {
  const letter = parts.views.find(messageId);
  if (!letter || letter.textExpiredAt) return;
  parts.messages.setText(messageId, text, revision);
  const people = [letter.from, ...letter.to].map(({ name, address }) => `${name} ${address}`);
  parts.indexLetter({ messageId, subject: letter.subject, text, people, isAgain: true });
}

function toInbound(parts: ChatParts, said: SaidMessage, joining: Joining): InboundMessage {
  const { chat, message, files } = said;
  const contact = chat.contactId === null ? undefined : parts.contacts.find(chat.contactId);
  const from = senderOf(parts, said);
  return {
    channel: 'telegram',
    accountId: chat.accountId,
    direction: message.direction,
    externalId: undefined,
    contentHash: createHash('sha256')
      .update(`telegram ${chat.uuid} ${identity(message)}`)
      .digest('hex'),
    inReplyTo: undefined,
    references: [],
    from,
    replyTo: [],
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    text: saidText(message),
    html: undefined,
    sentAt: joining.saidAt ?? message.sentAt,
    receivedAt: joining.saidAt ?? message.sentAt,
    listId: undefined,
    automatic: undefined,
    attachments: attachmentsOf(files),
    notes: joining.notes,
    place: {
      incidentId: joining.incidentId,
      link: joining.link,
      conversationId:
        joining.incidentId === null
          ? null
          : (parts.chatLinks.conversationIn(chat.id, joining.incidentId) ?? null),
      title: joining.title ?? titleOf([said]),
      applicant: applicantOf(said, contact?.name, from),
      applicantPhone: contact?.phone ?? '',
      typeId: joining.typeId,
      actorId: joining.actorId,
    },
  };
}

/** Whom the chat belongs to, else who spoke; our own words are about the other side. */
function applicantOf(
  { chat, message }: SaidMessage,
  contactName: string | undefined,
  from: MessageAddress,
): MessageAddress {
  if (contactName !== undefined) return { name: contactName, address: from.address };
  return message.direction === 'out' ? { name: chat.title, address: '' } : from;
}

function identity({ serverId, randomId }: ChatMessageRecord): string {
  return serverId === null ? `random ${randomId}` : String(serverId);
}

function senderOf(parts: ChatParts, { chat, message }: SaidMessage): MessageAddress {
  const peer = message.senderId === null ? undefined : parts.telegram.peer(chat.accountId, message.senderId);
  const username = peer?.username ?? null;
  const address = message.direction === 'out' || username === null ? '' : `@${username}`;
  return { name: message.senderName === '' ? chat.title : message.senderName, address };
}

export function attachmentsOf(files: readonly ChatFileRecord[]): InboundAttachment[] {
  return files.flatMap(({ sha256, fileName, mimeType, size }) =>
    sha256 === null ? [] : [{ sha256, fileName, mimeType, size, contentId: undefined, inline: false }],
  );
}
