import type { Party } from '../shared/domain/reaching.ts';
import type { Stores } from './compose-stores.ts';
import type { RouteRecord } from './db/route-store.ts';
import type { MessengerChat } from './notify/parts.ts';
import { chatAddress, chatOfAddress } from './platform/chat-reach.ts';

export type MessengerChats = {
  /** Where a bot, or the desk's own account, writes to somebody; undefined where they are not known there. */
  chatOf(route: Pick<RouteRecord, 'id' | 'kind'>, party: Party): MessengerChat | undefined;
  /** Who writes from there; undefined is a stranger. */
  partyOf(routeId: number, address: string): Party | undefined;
};

/** Whom bots know they have learnt by a link; an account's own chats are kept by the desk. */
export function createMessengerChats({ bindings, contacts, chats }: Stores): MessengerChats {
  function chatOfAccount(contactId: number): MessengerChat | undefined {
    const theirs = (contacts.find(contactId)?.chatIds ?? []).flatMap((chatId) => chats.find(chatId) ?? []);
    const isOpen = (chat: (typeof theirs)[number]) => chat.canSend === 1 && chat.goneAt === null;
    // A chat of two rather than a group, and where they were last heard.
    const [first] = theirs.toSorted(
      (a, b) =>
        Number(isOpen(b)) - Number(isOpen(a)) ||
        Number(b.kind === 'user') - Number(a.kind === 'user') ||
        (b.lastMessageAt ?? 0) - (a.lastMessageAt ?? 0),
    );
    return first && { chatId: chatAddress(first.id), blocked: !isOpen(first) };
  }

  return {
    chatOf({ id, kind }, party) {
      if (kind === 'telegram') return party.kind === 'contact' ? chatOfAccount(party.id) : undefined;
      const bound = bindings.ofParty(party).filter(({ routeId }) => routeId === id);
      const chosen = bound.find(({ blockedAt }) => blockedAt === null) ?? bound[0];
      return chosen && { chatId: chosen.chatId, blocked: chosen.blockedAt !== null };
    },
    partyOf(routeId, address) {
      const chatId = chatOfAddress(address);
      if (chatId === undefined) return bindings.ofChat(routeId, address)?.party;
      const contactId = chats.find(chatId)?.contactId ?? null;
      return contactId === null ? undefined : { kind: 'contact', id: contactId };
    },
  };
}
