import type { PeerId } from '../platform/chat-types.ts';
import type { PositionedUpdate } from './telegram-port.ts';

export type Placed = PositionedUpdate & { readonly pts: number };

/** One log as far as it is known: the account's own, or a channel's. */
export type UpdateLog = {
  readonly channel: PeerId | null;
  pts: number;
  /** Too early or not yet looked at, by position. */
  waiting: Placed[];
  /** By `clock.elapsed`: what is missing before `waiting` is asked for then. */
  gapAt: number | undefined;
  /** Positions must be asked for. */
  wanted: boolean;
  asking: boolean;
  /** By `clock.elapsed`: not asked for before. */
  retryAt: number;
  /** How often what was missing was asked for in vain. */
  fruitless: number;
  /** An update at this position names somebody nobody knows; asked for once. */
  unknownAt: number | undefined;
};

export function createUpdateLog(channel: PeerId | null, pts: number): UpdateLog {
  return {
    channel,
    pts,
    waiting: [],
    gapAt: undefined,
    wanted: false,
    asking: false,
    retryAt: Number.NEGATIVE_INFINITY,
    fruitless: 0,
    unknownAt: undefined,
  };
}

export type Ready = {
  readonly updates: readonly Placed[];
  /** Where the log stands once these are stored. */
  readonly pts: number;
  readonly waiting: Placed[];
  /** What comes next names somebody unknown. */
  readonly isBlocked: boolean;
};

/**
 * What follows without a hole. The rules are Telegram's: the position after an update less its count is where the log
 * must stand before it; what ends lower is known already (https://core.telegram.org/api/updates#update-handling).
 */
export function takeReady(log: UpdateLog, isKnown: (update: PositionedUpdate) => boolean): Ready {
  const sorted = log.waiting.toSorted((a, b) => a.pts - b.pts || a.count - b.count);
  const updates: Placed[] = [];
  let { pts } = log;
  let index = 0;
  for (; index < sorted.length; index += 1) {
    const next = sorted[index];
    if (next === undefined || pts + next.count < next.pts) break;
    if (pts + next.count > next.pts) continue;
    if (!isKnown(next) && (log.unknownAt !== next.pts || log.wanted)) {
      return { updates, pts, waiting: sorted.slice(index), isBlocked: true };
    }
    updates.push(next);
    pts = next.pts;
  }
  return { updates, pts, waiting: sorted.slice(index), isBlocked: false };
}
