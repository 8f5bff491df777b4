import type { PeerId } from '../../platform/chat-types.ts';
import type { PeerAddress } from '../telegram-port.ts';
import { telegramError } from '../telegram-error.ts';
import type { TwinAccount, TwinChat, TwinState } from './twin-types.ts';
import { accessHashOf } from './twin-views.ts';

/** Throws `peer-unknown` for a wrong access hash, `chat-gone` for a chat the account is no member of. */
export function requirePeer(state: TwinState, account: TwinAccount, { id, accessHash }: PeerAddress): PeerId {
  const chat = state.chats.get(id);
  if (!chat && !state.users.has(id)) throw telegramError('peer-unknown');
  if (chat?.kind !== 'group' && accessHash !== accessHashOf(account, id)) throw telegramError('peer-unknown');
  if (chat && !chat.members.has(account.user.id)) throw telegramError('chat-gone');
  return id;
}

/** Of a channel or supergroup. */
export function requireMember(state: TwinState, account: TwinAccount, address: PeerAddress): TwinChat {
  const chat = state.chats.get(requirePeer(state, account, address));
  if (!chat || chat.kind === 'group') throw telegramError('peer-unknown');
  return chat;
}
