import type { PeerId } from '../platform/chat-types.ts';
import type { Clock } from '../platform/clock.ts';
import type { AccountPart, ChannelPart } from './ask-difference.ts';
import type { Peer, PositionedUpdate, Update, UpdateBatch, UpdateState } from './telegram-port.ts';
import type { TelegramTiming } from './telegram-timing.ts';
import { createUpdateLog, type Placed, type Ready, takeReady, type UpdateLog } from './update-log.ts';

/** Rows and the positions they bring the logs to: one transaction. */
export type LogPart = {
  /** What has no place in any log. */
  readonly loose: readonly Update[];
  readonly updates: readonly Update[];
  readonly peers: readonly Peer[];
  readonly account?: UpdateState;
  readonly channels?: ReadonlyMap<PeerId, number>;
};

export type LogSink = {
  /** Throws when nothing could be written: no log has moved then. */
  commit(part: LogPart): void;
  /** Whether this peer can be shown and addressed. */
  knows(peer: PeerId): boolean;
};

export type LogBook = ReturnType<typeof createLogBook>;

export type LogBookParts = {
  readonly sink: LogSink;
  readonly clock: Clock;
  readonly timing: TelegramTiming;
  /** A channel nobody has heard of wrote: the list of chats knows more. */
  readonly onListWanted: () => void;
  /** Something has come, or positions must be asked for. */
  readonly onChange: () => void;
};

/** As many in one transaction: ten or twenty milliseconds of the loop, and a key must be answered between two. */
const mostAtOnce = 100;
/** More that came too early are thrown away: asking brings them back. */
const mostWaiting = 5000;

/** Every log of an account as far as it is stored, and what has come and is not. */
export function createLogBook({ sink, clock, timing, onListWanted, onChange }: LogBookParts) {
  const channels = new Map<PeerId, UpdateLog>();
  const account = createUpdateLog(null, 0);
  let state: UpdateState = { pts: 0, qts: 0, date: 0, seq: 0 };
  let isBegun = false;
  let incoming: PositionedUpdate[] = [];
  let peers: Peer[] = [];

  const logs = () => [account, ...channels.values()];

  function want(target: UpdateLog): void {
    target.wanted = true;
    target.gapAt = undefined;
    onChange();
  }

  function logOf({ channel, pts, count }: Placed): UpdateLog {
    if (channel === null) return account;
    const known = channels.get(channel);
    if (known) return known;
    const created = createUpdateLog(channel, pts - count);
    channels.set(channel, created);
    onListWanted();
    return created;
  }

  function wantNamed(channel: PeerId | null): void {
    const target = channel === null ? account : channels.get(channel);
    if (target) want(target);
    else onListWanted();
  }

  /** Into the log it belongs to; what belongs to none is given back. */
  function sortIn(each: PositionedUpdate): readonly Update[] {
    const { update, pts, channel } = each;
    if (update.kind === 'too-long') {
      wantNamed(channel);
      return [];
    }
    if (pts === null) return [update];
    const target = logOf({ ...each, pts });
    target.waiting.push({ ...each, pts });
    if (target.waiting.length > mostWaiting) {
      target.waiting = [];
      want(target);
    }
    return [];
  }

  function commit(part: LogPart, moved: readonly (readonly [UpdateLog, number])[]): void {
    sink.commit(part);
    if (part.account) state = part.account;
    for (const [target, pts] of moved) {
      if (target.pts !== pts) target.fruitless = 0;
      target.pts = pts;
    }
  }

  function keepWaiting(target: UpdateLog, { waiting, isBlocked }: Ready): void {
    target.waiting = waiting;
    if (isBlocked) {
      const at = waiting[0]?.pts;
      // Asked for already: to ask again with every push would never end.
      if (target.wanted && target.unknownAt === at) return;
      target.unknownAt = at;
      want(target);
    } else if (waiting.length === 0) target.gapAt = undefined;
    // Asked for in vain, it is asked for ever more rarely: the server may not have it either.
    else target.gapAt ??= clock.elapsed() + Math.min(timing.gap * 2 ** target.fruitless, timing.backoffMax);
  }

  /** Stores what can be stored of what has come. */
  function flush(): void {
    const loose = incoming.splice(0, mostAtOnce).flatMap(sortIn);
    const known = peers;
    peers = [];
    const named = new Set(known.flatMap((peer) => (peer.isMin ? [] : [peer.id])));
    const isKnown = ({ update }: PositionedUpdate) =>
      update.kind !== 'message' || named.has(update.message.peer) || sink.knows(update.message.peer);
    const taken = logs().flatMap((target) =>
      target.asking || target.waiting.length === 0 ? [] : [{ target, ready: takeReady(target, isKnown) }],
    );
    const moved = taken.flatMap(({ target, ready }) =>
      ready.pts === target.pts ? [] : [[target, ready.pts] as const],
    );
    const own = moved.find(([target]) => target === account)?.[1];
    const updates = taken.flatMap(({ ready }) => ready.updates.map(({ update }) => update));
    if (loose.length + updates.length + known.length > 0) {
      const ends = moved.flatMap(([{ channel }, pts]) => (channel === null ? [] : [[channel, pts] as const]));
      const position = own === undefined ? {} : { account: { ...state, pts: own } };
      commit({ loose, updates, peers: known, channels: new Map(ends), ...position }, moved);
    }
    for (const { target, ready } of taken) keepWaiting(target, ready);
  }

  return {
    account,
    logs,
    want,
    flush,
    state: () => state,
    isBegun: () => isBegun,
    hasMore: () => incoming.length > 0,
    begin(position: UpdateState, known: Iterable<readonly [PeerId, number]>): void {
      isBegun = true;
      state = position;
      account.pts = position.pts;
      for (const [channel, pts] of known) channels.set(channel, createUpdateLog(channel, pts));
      onChange();
    },
    push(batch: UpdateBatch): void {
      // Before the first position is asked for, it includes them.
      if (!isBegun) return;
      incoming.push(...batch.updates);
      peers.push(...batch.peers);
      onChange();
    },
    /** Nothing of what has come can be stored: all of it is asked for later. */
    drop(): void {
      incoming = [];
      peers = [];
      for (const target of logs()) {
        target.waiting = [];
        target.wanted = true;
      }
    },
    channelAt(channel: PeerId, pts: number): void {
      const known = channels.get(channel);
      if (!known) channels.set(channel, createUpdateLog(channel, pts));
      else if (known.pts < pts && !known.asking) want(known);
    },
    forget: (channel: PeerId) => void channels.delete(channel),
    storeOwn({ updates = [], peers: known, account: position }: AccountPart): void {
      // A channel's update among them is a push of that channel's log.
      const isPush = ({ channel, pts, update }: PositionedUpdate) =>
        update.kind === 'too-long' || (channel !== null && pts !== null);
      const own = updates.flatMap((each) => (isPush(each) ? [] : [each.update]));
      commit(
        { loose: [], updates: own, peers: known, ...(position ? { account: position } : {}) },
        position ? [[account, position.pts]] : [],
      );
      incoming.push(...updates.filter(isPush));
    },
    storeChannel(target: UpdateLog, channel: PeerId, { updates, peers: known, pts }: ChannelPart): void {
      commit({ loose: [], updates, peers: known, channels: new Map([[channel, pts]]) }, [[target, pts]]);
    },
  };
}
