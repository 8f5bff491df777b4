import type { PeerId } from '../../platform/chat-types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { TwinAccount, TwinBox, TwinChat, TwinState, TwinUser } from './twin-types.ts';

/** Telegram's own account, which sends login codes. */
export const servicePeer: PeerId = 'u777000';

/** Telegram's own numbers of channels have ten digits and more. */
const firstNumber = 1_000_000_000;

export function createTwinState(parts: { readonly clock: Clock; readonly random: Random }): TwinState {
  const service: TwinUser = {
    id: servicePeer,
    kind: 'user',
    name: 'Telegram',
    username: null,
    phone: '42777',
    isService: true,
  };
  return {
    ...parts,
    users: new Map([[service.id, service]]),
    accounts: new Map(),
    chats: new Map(),
    links: new Set(),
    ended: new Map(),
    sessions: new Map(),
    tokens: new Map(),
    codes: new Map(),
    files: new Map(),
    faults: [],
    floods: new Map(),
    holds: new Map(),
    calls: [],
    limits: { slice: 100, tooLong: 10_000, channelSlice: 100, channelTooLong: 10_000 },
    online: true,
    networkBack: Promise.withResolvers(),
    apiRefused: false,
    fileGeneration: 1,
    nextNumber: firstNumber,
  };
}

export function createBox(): TwinBox {
  return { pts: 1, lastId: 0, messages: [], log: [] };
}

export function takeNumber(state: TwinState): number {
  state.nextNumber += 1;
  return state.nextNumber;
}

/** A word nobody can guess. */
export function takeKey({ random }: TwinState): string {
  return Buffer.from(random.bytes(18)).toString('base64url');
}

/** A scenario that names somebody who is not there is a mistake of whoever wrote it. */
export function requireAccount(state: TwinState, id: PeerId): TwinAccount {
  const account = state.accounts.get(id);
  if (!account) throw new Error(`The twin has no account ${id}`);
  return account;
}

export function requireChat(state: TwinState, id: PeerId): TwinChat {
  const chat = state.chats.get(id);
  if (!chat) throw new Error(`The twin has no chat ${id}`);
  return chat;
}

export function findByPhone(state: TwinState, phone: string): TwinAccount | undefined {
  const digits = digitsOf(phone);
  return [...state.accounts.values()].find((account) => account.phone === digits);
}

export function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}

/** Where the messages of a peer lie for an account, and whose log tells of them. */
export function boxOf(
  state: TwinState,
  account: TwinAccount,
  peer: PeerId,
): { readonly box: TwinBox; readonly channel: PeerId | null } {
  const chat = state.chats.get(peer);
  return chat === undefined || chat.kind === 'group'
    ? { box: account.box, channel: null }
    : { box: chat.box, channel: chat.id };
}
