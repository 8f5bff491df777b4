import { Api } from 'telegram/tl/index.js';
import type { MessageExtra } from '../../platform/chat-types.ts';

const codes: Readonly<Record<string, string>> = {
  MessageActionChatAddUser: 'joined',
  MessageActionChatJoinedByLink: 'joined',
  MessageActionChatJoinedByRequest: 'joined',
  MessageActionContactSignUp: 'joined',
  MessageActionChatDeleteUser: 'left',
  MessageActionChatCreate: 'created',
  MessageActionChannelCreate: 'created',
  MessageActionTopicCreate: 'created',
  MessageActionChatEditTitle: 'title-changed',
  MessageActionTopicEdit: 'title-changed',
  MessageActionChatEditPhoto: 'photo-changed',
  MessageActionChatDeletePhoto: 'photo-removed',
  MessageActionPinMessage: 'pinned',
  MessageActionPhoneCall: 'call',
  MessageActionGroupCall: 'call',
  MessageActionInviteToGroupCall: 'call',
  MessageActionGroupCallScheduled: 'call',
  MessageActionChatMigrateTo: 'migrated',
  MessageActionChannelMigrateFrom: 'migrated',
  MessageActionSetMessagesTTL: 'auto-delete',
};

/** Who did it is the sender; `text` is what it was done with, where that can be said. */
export function mapAction(
  action: Api.TypeMessageAction,
  nameOf: (userId: { toString(): string }) => string | undefined,
): MessageExtra {
  return { kind: 'service', what: codes[action.className] ?? 'other', text: wordsOf(action, nameOf) };
}

function wordsOf(
  action: Api.TypeMessageAction,
  nameOf: (userId: { toString(): string }) => string | undefined,
): string {
  if (action instanceof Api.MessageActionChatEditTitle) return action.title;
  if (action instanceof Api.MessageActionChatCreate) return action.title;
  if (action instanceof Api.MessageActionChannelCreate) return action.title;
  if (action instanceof Api.MessageActionTopicCreate) return action.title;
  if (action instanceof Api.MessageActionTopicEdit) return action.title ?? '';
  if (action instanceof Api.MessageActionCustomAction) return action.message;
  if (action instanceof Api.MessageActionChatDeleteUser) return nameOf(action.userId) ?? '';
  if (action instanceof Api.MessageActionChatAddUser) {
    return action.users.flatMap((id) => nameOf(id) ?? []).join(', ');
  }
  return '';
}
