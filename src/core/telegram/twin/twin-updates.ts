import type {
  ChannelDifference,
  Difference,
  PeerAddress,
  TelegramConnection,
  UpdateState,
} from '../telegram-port.ts';
import { call, requireSignedIn, type CallParts } from './twin-call.ts';
import { requireMember } from './twin-peers.ts';
import type { LogEntry, TwinAccount, TwinMessage, TwinState } from './twin-types.ts';
import { entryView, messagesOf, messageView, peersOf } from './twin-views.ts';

type UpdateCalls = Pick<TelegramConnection, 'updateState' | 'difference' | 'channelDifference'>;

const seq = 1;

export function updateCalls(parts: CallParts): UpdateCalls {
  const { state } = parts;
  return {
    updateState: () => call(parts, 'updateState', () => stateAt(state, requireSignedIn(parts).box.pts)),
    difference: (from) =>
      call(parts, 'difference', () => differenceFrom(state, requireSignedIn(parts), from.pts)),
    channelDifference: (channel, pts) =>
      call(parts, 'channelDifference', () => channelFrom(state, requireSignedIn(parts), channel, pts)),
  };
}

function stateAt({ clock }: TwinState, pts: number): UpdateState {
  return { pts, qts: 0, date: Math.floor(clock.now() / 1000), seq };
}

function differenceFrom(state: TwinState, account: TwinAccount, pts: number): Difference {
  const { box } = account;
  const missed = box.log.filter((entry) => entry.pts > pts);
  const current = stateAt(state, box.pts);
  if (pts > box.pts || missed.length > state.limits.tooLong) return { kind: 'too-long', pts: box.pts };
  if (missed.length === 0) return { kind: 'empty', date: current.date, seq };
  const slice = missed.slice(0, state.limits.slice);
  const more = slice.length < missed.length;
  return {
    kind: 'part',
    ...contentOf(state, account, slice, null),
    state: { ...current, pts: slice.at(-1)?.pts ?? box.pts },
    more,
  };
}

function channelFrom(
  state: TwinState,
  account: TwinAccount,
  address: PeerAddress,
  pts: number,
): ChannelDifference {
  const { box, id } = requireMember(state, account, address);
  const missed = box.log.filter((entry) => entry.pts > pts);
  const nothing = { messages: [], updates: [], peers: [], more: false };
  if (pts > box.pts || missed.length > state.limits.channelTooLong) {
    const newest = messagesOf(state, account, id).slice(-state.limits.channelSlice);
    return { ...nothing, kind: 'too-long', pts: box.pts, ...shown(state, account, newest) };
  }
  if (missed.length === 0) return { ...nothing, kind: 'empty', pts };
  const slice = missed.slice(0, state.limits.channelSlice);
  return {
    kind: 'part',
    pts: slice.at(-1)?.pts ?? box.pts,
    ...contentOf(state, account, slice, id),
    more: slice.length < missed.length,
  };
}

/** A message deleted meanwhile is told by its deletion alone. */
function contentOf(
  state: TwinState,
  account: TwinAccount,
  entries: readonly LogEntry[],
  channel: string | null,
) {
  const messages = entries.flatMap(({ update }) =>
    update.kind === 'message' && !update.message.deleted ? [update.message] : [],
  );
  const others = entries.filter(
    ({ update }) => update.kind !== 'message' && !(update.kind === 'edited' && update.message.deleted),
  );
  return {
    ...shown(state, account, messages),
    updates: others.map((entry) => entryView(state, account, entry, channel)),
  };
}

function shown(state: TwinState, account: TwinAccount, messages: readonly TwinMessage[]) {
  return {
    messages: messages.map((message) => messageView(state, account, message)),
    peers: peersOf(state, account, messages),
  };
}
