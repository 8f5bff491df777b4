import type { Party } from '../shared/domain/reaching.ts';
import type { Stores } from './compose-stores.ts';
import type { RouteRecord } from './db/route-store.ts';
import type { MessengerChat } from './notify/parts.ts';
import { chatAddress } from './platform/chat-reach.ts';

/** Where a bot, or the desk's own account, writes to somebody; undefined where they are not known there. */
export function createMessengerChats({ bindings, contacts, chats }: Stores) {
  return ({ id, kind }: Pick<RouteRecord, 'id' | 'kind'>, party: Party): MessengerChat | undefined => {
    if (kind !== 'telegram') {
      const bound = bindings.ofParty(party).filter(({ routeId }) => routeId === id);
      const chosen = bound.find(({ blockedAt }) => blockedAt === null) ?? bound[0];
      return chosen && { chatId: chosen.chatId, blocked: chosen.blockedAt !== null };
    }
    if (party.kind !== 'contact') return undefined;
    const theirs = (contacts.find(party.id)?.chatIds ?? []).flatMap((chatId) => chats.find(chatId) ?? []);
    const isOpen = (chat: (typeof theirs)[number]) => chat.canSend === 1 && chat.goneAt === null;
    // A chat of two rather than a group, and where they were last heard.
    const [first] = theirs.toSorted(
      (a, b) =>
        Number(isOpen(b)) - Number(isOpen(a)) ||
        Number(b.kind === 'user') - Number(a.kind === 'user') ||
        (b.lastMessageAt ?? 0) - (a.lastMessageAt ?? 0),
    );
    return first && { chatId: chatAddress(first.id), blocked: !isOpen(first) };
  };
}
