import type { ChatRow } from '../../shared/contract/chats.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChatDraft } from '../db/chat-draft-store.ts';
import type { ChatParts } from './parts.ts';

/** What a chat's page needs besides its messages. Throws `not-found`. */
export function openChat(parts: ChatParts, chatId: number, personId: number) {
  return {
    chat: requireRow(parts, chatId),
    rules: parts.chatRules.ofChat(chatId).map(({ createdAt: _createdAt, ...rule }) => rule),
    senders: parts.chatList.senders(chatId),
    draft: toDraft(parts.chatDrafts.find({ personId, chatId, incidentId: null })),
  };
}

/** Where an answer from the incident can go: the chats it came from, then those of the applicant in the directory. */
export function chatsForIncident(parts: ChatParts, incidentId: number, personId: number) {
  const { applicantAddress, applicantPhone } = parts.incidents.require(incidentId);
  const spoken = parts.chatLinks.chatsOf(incidentId);
  const known = parts.chatList.ofApplicant(applicantAddress, applicantPhone);
  const ids = [...new Set([...spoken, ...known])];
  return parts.chatList.rows(ids).map((chat) => {
    const last = parts.chatLinks.lastIncoming(chat.id, incidentId);
    return {
      chat,
      answerTo: last ? { id: last.id, sender: last.senderName, text: last.text.slice(0, 200) } : null,
      draft: toDraft(parts.chatDrafts.find({ personId, chatId: chat.id, incidentId })),
    };
  });
}

function requireRow({ chatList }: ChatParts, chatId: number): ChatRow {
  const [row] = chatList.rows([chatId]);
  if (!row) throw new AppError('not-found', { details: { reason: 'chat', id: chatId } });
  return row;
}

function toDraft(draft: ChatDraft | undefined) {
  return draft ? { ...draft, files: draft.files.map((file) => ({ ...file })) } : null;
}
