import type { PeerId } from '../platform/chat-types.ts';
import type { Clock } from '../platform/clock.ts';
import { telegramError } from './telegram-error.ts';
import type {
  Peer,
  PeerAddress,
  PositionedUpdate,
  RemoteMessage,
  TelegramConnection,
  Update,
  UpdateState,
} from './telegram-port.ts';

export type AskParts = {
  readonly clock: Clock;
  readonly calls: () => Pick<TelegramConnection, 'difference' | 'channelDifference'>;
  readonly addressOf: (channel: PeerId) => PeerAddress | undefined;
  /** Too much is missing to be told one by one: everything since is read from the chats themselves. */
  readonly refill: (signal: AbortSignal) => Promise<void>;
  /** The same for one channel: the messages between the newest known and now. */
  readonly refillChannel: (channel: PeerId) => Promise<void>;
};

export type AccountPart = {
  readonly updates?: readonly PositionedUpdate[];
  readonly peers: readonly Peer[];
  readonly account?: UpdateState;
};

export type ChannelPart = {
  readonly updates: readonly Update[];
  readonly peers: readonly Peer[];
  readonly pts: number;
};

/** As many in one transaction, so that a page is answered between two. */
const mostAtOnce = 200;
/** An answer that says "there is more" for ever would ask for ever. */
const mostSlices = 10_000;

/** Asks for the account's log until there is no more. A crash between two parts repeats one of them. */
export async function askAccount(
  parts: AskParts,
  state: () => UpdateState,
  store: (part: AccountPart) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let slice = 0; slice < mostSlices; slice += 1) {
    const from = state();
    const difference = await parts.calls().difference(from);
    if (difference.kind === 'empty') {
      const { date, seq } = difference;
      store({ peers: [], account: { ...state(), date, seq } });
      return;
    }
    if (difference.kind === 'too-long') {
      await parts.refill(signal);
      store({ peers: [], account: { ...from, pts: difference.pts } });
      continue;
    }
    const { messages, updates, peers, more } = difference;
    const all = [...messages.map(asUpdate), ...updates];
    await inChunks(parts.clock, all, signal, (chunk, isLast) =>
      store({ updates: chunk, peers, ...(isLast ? { account: difference.state } : {}) }),
    );
    if (!more) return;
  }
  throw telegramError('unexpected-answer');
}

export async function askChannel(
  parts: AskParts,
  channel: PeerId,
  position: () => number,
  store: (part: ChannelPart) => void,
): Promise<void> {
  for (let slice = 0; slice < mostSlices; slice += 1) {
    const address = parts.addressOf(channel);
    if (!address) throw telegramError('peer-unknown');
    const { kind, pts, messages, updates, peers, more } = await parts
      .calls()
      .channelDifference(address, position());
    if (kind === 'too-long') await parts.refillChannel(channel);
    const inOrder = messages.toSorted((a, b) => a.id - b.id);
    const told = [...inOrder.map(asUpdate), ...updates].map(({ update }) => update);
    await inChunks(parts.clock, told, undefined, (chunk, isLast) =>
      store({ updates: chunk, peers, pts: isLast ? pts : position() }),
    );
    if (!more) return;
  }
  throw telegramError('unexpected-answer');
}

function asUpdate(message: RemoteMessage): PositionedUpdate {
  return { update: { kind: 'message', message }, pts: null, count: 0, channel: null };
}

/** The position moves with the last chunk only. */
async function inChunks<Item>(
  clock: Clock,
  items: readonly Item[],
  signal: AbortSignal | undefined,
  store: (chunk: readonly Item[], isLast: boolean) => void,
): Promise<void> {
  let at = 0;
  do {
    if (at > 0) await clock.sleep(0, signal);
    const chunk = items.slice(at, at + mostAtOnce);
    at += mostAtOnce;
    store(chunk, at >= items.length);
  } while (at < items.length);
}
